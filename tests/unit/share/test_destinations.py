"""Files and folders: exactly the previewed bytes, nobody else's file touched, and a way back."""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import signal
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as Xml

import pytest

from pln.model.errors import PlnError, UnreadableInput, UsageError
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.share.destinations.file import FileDestination
from pln.share.destinations.folder import FolderDestination
from pln.share.render import exact_text

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
LATER = WHEN + timedelta(days=1)
DRAFT = ShareDraft(title="Start with the question", body="One *honest* question.\n\n- a\n- b", uid="0" * 31 + "1")
OTHER = ShareDraft(title="Second", body="More.", uid="0" * 31 + "2")
ATOM = "{http://www.w3.org/2005/Atom}"


def record(rendered, target):
    return ShareRecord(
        uid="r1", kind=rendered.kind, state=ShareState.SENT, at=WHEN, target=target, audience=rendered.audience,
        text=exact_text(rendered), sha256=rendered.sha256,
    )  # fmt: skip


def share(folder, draft, when=WHEN):
    rendered = folder.render(draft, when, folder.existing())
    return rendered, folder.deliver(rendered, folder.path)


def contents(path):
    return {each.name: each.read_bytes() for each in path.iterdir()}


@pytest.fixture
def folder(tmp_path):
    return FolderDestination(tmp_path / "shared", title="Anyone’s notes")


def test_a_file_holds_title_and_body_and_no_properties(tmp_path):
    rendered = FileDestination().render(DRAFT, WHEN)
    assert rendered.files == (
        ("2026-03-01-start-with-the-question.md", b"# Start with the question\n\nOne *honest* question.\n\n- a\n- b\n"),
    )
    assert rendered.audience == "Whoever you give the file to."
    target = FileDestination().deliver(rendered, tmp_path)
    assert contents(tmp_path) == dict(rendered.files)
    assert target == str(tmp_path / rendered.files[0][0])


def test_another_file_of_that_name_is_left_alone(tmp_path):
    (tmp_path / "mine.md").write_text("mine")
    with pytest.raises(PlnError, match="left as it is"):
        FileDestination().deliver(FileDestination().render(DRAFT, WHEN), tmp_path / "mine.md")
    assert contents(tmp_path) == {"mine.md": b"mine"}


def test_a_file_is_taken_back_unless_somebody_changed_it(tmp_path):
    file = FileDestination()
    rendered = file.render(DRAFT, WHEN)
    sent = record(rendered, file.deliver(rendered, tmp_path / "a.md"))
    (tmp_path / "a.md").write_text("changed")
    with pytest.raises(PlnError, match="changed"):
        file.take_back(sent, LATER)
    assert contents(tmp_path) == {"a.md": b"changed"}
    (tmp_path / "a.md").write_bytes(rendered.files[0][1])
    assert "may remain" in file.take_back(sent, LATER)
    assert contents(tmp_path) == {}
    assert "no longer there" in file.take_back(sent, LATER)


def test_edited_bytes_are_refused(tmp_path, folder):
    rendered = FileDestination().render(DRAFT, WHEN)
    with pytest.raises(UsageError):
        FileDestination().deliver(replace(rendered, files=(("a.md", b"other"),)), tmp_path / "a.md")
    page = folder.render(DRAFT, WHEN, folder.existing())
    with pytest.raises(UsageError):
        folder.deliver(replace(page, files=page.files[:-1]), folder.path)
    assert contents(tmp_path) == {}


def test_the_folder_holds_what_was_previewed_and_nothing_else(folder):
    rendered, target = share(folder, DRAFT)
    assert contents(folder.path) == dict(rendered.files)
    assert set(dict(rendered.files)) == {
        *("2026-03-01-start-with-the-question.html", "index.html", "feed.atom", "pln-share.json")
    }
    assert target == str(folder.path / rendered.files[0][0])
    assert rendered.kind is DestinationKind.FOLDER
    assert folder.audience == "Whoever can open this folder, and everyone if you put it on a website."


def test_a_page_asks_nothing_of_other_servers_and_allows_only_its_own_style(folder):
    page = exact_text(
        folder.render(
            replace(DRAFT, body="x [web](https://a.example/) ![i](https://b.example/i.png)"), WHEN, folder.existing()
        )
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert b64decode(re.search(r"sha256-([^']*)'", policy)[1]) == hashlib.sha256(style.encode()).digest()
    assert "b.example" not in page
    assert "<script" not in page and "<img" not in page and "@import" not in style and "url(" not in style
    assert 'href="https://a.example/"' in page
    assert "prefers-color-scheme:dark" in style


def test_the_feed_is_complete_atom(folder):
    share(folder, DRAFT)
    share(folder, OTHER, LATER)
    feed = Xml.fromstring((folder.path / "feed.atom").read_bytes())
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Anyone’s notes"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Second", "Start with the question"]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2026-03-02T04:00:00Z", "2026-03-01T04:00:00Z"]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    assert "<em>honest</em>" in entries[1].findtext(f"{ATOM}content")
    for entry in entries:
        assert (folder.path / entry.find(f"{ATOM}link").get("href")).is_file()


def test_a_second_share_keeps_the_first_and_an_update_takes_its_place(folder):
    first, _ = share(folder, DRAFT)
    share(folder, OTHER, LATER)
    updated, _ = share(folder, replace(DRAFT, body="Better."), LATER)
    assert updated.files[0][0] == first.files[0][0]
    assert "Better." in (folder.path / first.files[0][0]).read_text()
    index = (folder.path / "index.html").read_text()
    assert index.count("<li>") == 2
    assert not list(folder.path.glob(".*"))


def test_two_shares_of_one_title_on_one_day_get_two_pages(folder):
    share(folder, DRAFT)
    rendered, _ = share(folder, replace(OTHER, title=DRAFT.title))
    assert rendered.files[0][0] == "2026-03-01-start-with-the-question-2.html"


def test_a_preview_of_an_older_folder_is_refused(folder):
    stale = folder.render(OTHER, WHEN, folder.existing())
    share(folder, DRAFT)
    before = contents(folder.path)
    with pytest.raises(PlnError, match="changed since you looked"):
        folder.deliver(stale, folder.path)
    assert contents(folder.path) == before


@pytest.mark.parametrize("name", ["index.html", "feed.atom", "pln-share.json"])
def test_files_of_others_are_neither_replaced_nor_deleted(folder, name):
    folder.path.mkdir()
    (folder.path / name).write_text("another's")
    with pytest.raises(PlnError):
        share(folder, DRAFT)
    assert contents(folder.path) == {name: b"another's"}


def test_an_index_changed_by_hand_is_left(folder):
    share(folder, DRAFT)
    (folder.path / "index.html").write_text("my own index")
    before = contents(folder.path)
    with pytest.raises(PlnError, match=r"index\.html"):
        share(folder, OTHER)
    assert contents(folder.path) == before


def test_a_link_in_the_folder_is_not_followed(folder, tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_text("outside")
    folder.path.mkdir()
    (folder.path / "index.html").symlink_to(outside)
    with pytest.raises(PlnError, match="something else"):
        share(folder, DRAFT)
    assert outside.read_text() == "outside"
    assert len(contents(folder.path)) == 1


def test_taking_back_deletes_the_page_everywhere_in_the_folder(folder):
    (folder.path).mkdir()
    (folder.path / "mine.txt").write_text("mine")
    first, target = share(folder, DRAFT)
    share(folder, OTHER, LATER)
    assert "may remain" in folder.take_back(record(first, target), LATER)
    everything = b"".join(contents(folder.path).values())
    assert b"question" not in everything
    assert b"Second" in everything
    second = folder.existing().pages[0].file
    folder.take_back(replace(record(first, target), target=str(folder.path / second)), LATER)
    assert contents(folder.path) == {"mine.txt": b"mine"}


def test_a_page_changed_by_hand_or_of_others_is_not_deleted(folder):
    rendered, target = share(folder, DRAFT)
    (folder.path / rendered.files[0][0]).write_text("changed")
    (folder.path / "mine.html").write_text("mine")
    for name in (target, str(folder.path / "mine.html")):
        with pytest.raises(PlnError):
            folder.take_back(record(rendered, name), LATER)
    assert (folder.path / rendered.files[0][0]).read_text() == "changed"
    assert (folder.path / "mine.html").read_text() == "mine"


def test_the_list_of_the_folder_holds_nothing_but_what_is_public(folder):
    share(folder, replace(DRAFT, entry_id=4711))
    listed = json.loads((folder.path / "pln-share.json").read_text())
    assert set(listed) == {"what", "feed", "files", "pages"}
    assert set(listed["pages"][0]) == {"id", "file", "title", "published", "updated"}
    assert "4711" not in (folder.path / "pln-share.json").read_text()
    assert "+05:30" not in (folder.path / "pln-share.json").read_text()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"pages": [{"file": "../x.html"}], "files": {}, "feed": ""}'])
def test_a_damaged_list_stops_everything(folder, text):
    folder.path.mkdir()
    (folder.path / "pln-share.json").write_text(text)
    with pytest.raises(UnreadableInput):
        folder.existing()


def test_a_full_disk_leaves_the_folder_as_it_was(folder):
    share(folder, DRAFT)
    before = contents(folder.path)
    long = folder.render(replace(OTHER, body="word " * 20_000), LATER, folder.existing())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(PlnError, match="Nothing was shared"):
            folder.deliver(long, folder.path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert contents(folder.path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told_plainly(folder):
    folder.path.mkdir(mode=0o500)
    with pytest.raises(PlnError, match="cannot be written to"):
        share(folder, DRAFT)


def test_a_place_that_is_no_folder_is_told_plainly(tmp_path):
    (tmp_path / "file").write_text("x")
    folder = FolderDestination(tmp_path / "file")
    with pytest.raises(PlnError, match="Nothing was shared"):
        folder.existing()


def test_after_a_cut_between_files_the_folder_can_be_written_again(folder):
    share(folder, DRAFT)
    old = contents(folder.path)
    share(folder, OTHER, LATER)
    new = contents(folder.path)
    # As a power cut leaves it: the announced list, a new page, but the old index.
    announced = json.loads(new["pln-share.json"])
    before = json.loads(old["pln-share.json"])
    for name, hashes in before["files"].items():
        announced["files"][name] = sorted({*announced["files"][name], *hashes})
    announced["pages"] = before["pages"]
    (folder.path / "pln-share.json").write_text(json.dumps(announced))
    (folder.path / "index.html").write_bytes(old["index.html"])
    (folder.path / ".pln-share-3.tmp").write_text("left over")
    share(folder, replace(OTHER, title="Third", uid="0" * 31 + "3"), LATER)
    assert not list(folder.path.glob(".*"))


def test_a_time_without_zone_is_refused(folder):
    with pytest.raises(UsageError):
        folder.render(DRAFT, datetime(2026, 1, 1), folder.existing())  # noqa: DTZ001
    assert folder.render(DRAFT, datetime(2026, 1, 1, tzinfo=UTC), folder.existing()).files
