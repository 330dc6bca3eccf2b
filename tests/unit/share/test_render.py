"""The bytes of a draft, and the last look at the names in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pln.model.share import KnownPerson, NameAction, NameDecision, ShareDraft
from pln.share.destinations.folder import FolderDestination
from pln.share.render import as_html, as_markdown, file_name, names_left, outgoing, render_file

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
ANNA = KnownPerson(person_id=1, name="Anna Lindqvist", sure=(), soft=(), naming="ask")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Start with the question!", "2026-03-01-start-with-the-question.md"),
        ("../../Été & co.", "2026-03-01-ete-co.md"),
        ("问题", "2026-03-01-note.md"),
        ("x" * 300, f"2026-03-01-{'x' * 60}.md"),
    ],
)
def test_file_names_are_neutral(title, name):
    assert file_name(title, WHEN, ".md") == name


def test_a_title_is_text_and_no_markdown():
    draft = ShareDraft(title="# 1 < 2 *and* <b>[x](y)\nthen <!-- hidden -->", body="b")
    assert as_markdown(draft) == "# # 1 < 2 \\*and\\* \\<b>\\[x\\](y) then\n\nb\n"


def test_html_is_what_the_allow_list_leaves():
    body = "# H\n\n*a* <b onclick='x()'>b</b> [c](https://a.example/ 't') [d](javascript:x) <script>e</script>\n\n3. f"
    assert as_html(ShareDraft(title="", body=body)) == (
        '<h2>H</h2>\n<p><em>a</em> b <a href="https://a.example/" rel="noopener noreferrer">c</a> d</p>\n'
        '<ol start="3">\n<li>f</li>\n</ol>\n'
    )


def test_characters_that_no_feed_may_hold_are_left_out():
    sent = outgoing(ShareDraft(title="a\x00\ud800b", body="c\x08d e\ufffe\r\nf"))
    assert (sent.title, sent.body.split()) == ("ab", ["cd", "e", "f"])


@pytest.mark.parametrize("body", ["An<b>na</b> came", "[x](https://a.example/anna)", "`Anna`", "&#65;nna"])
def test_the_last_look_reads_what_a_reader_will(body, tmp_path):
    draft = ShareDraft(title="T", body=body, uid="1" * 32)
    folder = FolderDestination(tmp_path)
    decided = [NameDecision(matched="anna", action=NameAction.KEEP)]
    for rendered in (render_file(draft, WHEN), folder.render(draft, WHEN, folder.existing())):
        assert names_left(rendered, [ANNA], [])
        assert not names_left(rendered, [ANNA], decided)


def test_the_last_look_reads_title_and_file_name():
    assert len(names_left(render_file(ShareDraft(title="Anna", body="b"), WHEN), [ANNA], [])) == 2
    assert not names_left(render_file(ShareDraft(title="T", body="b"), WHEN), [ANNA], [])
