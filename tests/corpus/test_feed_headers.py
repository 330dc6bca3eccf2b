"""feedparser's own test feeds say in their headers what must be found in them: it is found, or the reason is here.

Where a header is about something that PLN does not keep (a copyright, a cloud, how a title was written), it is counted
as that. `pytest -rP` shows the table.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from feed_claims import NotOurs, agrees
from feed_expectations import Claim, Header, read_header
from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources.feed_document import read_feed
from pln.sources.parse import Parser
from shared_corpus import REASON, corpus_files, corpus_folder

FILES = corpus_files("feeds/feedparser/**/*.xml")
SERVER = "http://127.0.0.1:8097/tests/"
"""Where feedparser's own tests serve them, and what relative links in their headers start from."""

# Why a feed is not read as its header expects, with the feeds of which this is so.
DIFFERENT = {
    "a wrong or a missing label of the encoding is mended, and nothing to tell a reader about": """
        encoding/bozo_bogus_encoding encoding/bozo_http_i18n encoding/bozo_http_text_plain
        encoding/bozo_http_text_plain_charset illformed/chardet/big5 illformed/chardet/eucjp illformed/chardet/euckr
        illformed/chardet/gb2312 illformed/chardet/koi8r illformed/chardet/shiftjis illformed/chardet/tis620
        illformed/chardet/windows1255
    """,
    "the same, and brackets that are no markup stay": "encoding/bozo_linenoise",
    "a channel of 1997 (CDF) without anything in it is no feed": """
        wellformed/cdf/channel_abstract_map_description wellformed/cdf/channel_abstract_map_tagline
        wellformed/cdf/channel_href_map_link wellformed/cdf/channel_href_map_links wellformed/cdf/channel_lastmod
        wellformed/cdf/channel_lastmod_parsed wellformed/cdf/channel_title
    """,
    "of a text and its summary the text is kept": """
        wellformed/atom10/entry_content_and_summary wellformed/rss/item_description_and_summary
        wellformed/rss/item_summary_and_description
    """,
    "links start from the address that was asked for: browsers pass Content-Location over too": """
        wellformed/base/http_channel_link_base_content_location
        wellformed/base/http_entry_content_base64_base_content_location
        wellformed/base/http_entry_content_base_content_location
        wellformed/base/http_entry_content_inline_base_content_location
        wellformed/base/http_entry_summary_base64_base_content_location
        wellformed/base/http_entry_summary_base_content_location
        wellformed/base/http_entry_summary_inline_base_content_location
        wellformed/base/http_item_body_base_content_location
        wellformed/base/http_item_content_encoded_base_content_location
        wellformed/base/http_item_description_base_content_location
        wellformed/base/http_item_fullitem_base_content_location wellformed/base/http_item_link_base_content_location
        wellformed/base/http_item_xhtml_body_base_content_location wellformed/http/headers_content_location-relative
    """,
    "an id stays as it was written, so that it outlives a move of the feed": """
        wellformed/base/http_entry_id_base_content_location wellformed/base/http_entry_id_base_docuri
    """,
    "the second of two entries with one id gets an id of its own": "wellformed/node_precedence/atom10_id",
    "formulas and drawings are not shown": """
        wellformed/namespace/atommathml wellformed/namespace/atomsvgdesc wellformed/namespace/atomsvgtitle
        wellformed/namespace/rss2.0mathml wellformed/namespace/rss2.0svgtitle
    """,
    "an enclosure that is a picture is no attachment": "wellformed/rss/item_enclosure_url",
    "a picture without an address is told by its words": """
        encoding/euc-kr-attribute wellformed/sanitize/acceptable_element_img
    """,
    "what stands in a frame or an object is for browsers that know none, and not shown": """
        wellformed/sanitize/entry_content_iframe wellformed/sanitize/entry_content_object
        wellformed/sanitize/entry_summary_iframe wellformed/sanitize/entry_summary_object
        wellformed/sanitize/item_content_encoded_object
        wellformed/sanitize/item_description_object
        wellformed/sanitize/item_fullitem_object
    """,
    "a script that is hidden in odd ways goes as a whole, as browsers see it; feedparser shows parts of its code": """
        wellformed/sanitize/entry_content_crazy wellformed/sanitize/entry_summary_crazy
        wellformed/sanitize/entry_title_crazy wellformed/sanitize/feed_title_crazy
        wellformed/sanitize/item_content_encoded_crazy wellformed/sanitize/item_description_crazy
        wellformed/sanitize/item_fullitem_crazy
    """,
    "a comment or a declaration that never ends hides what follows, as in browsers": """
        wellformed/rss/item_description_not_a_doctype wellformed/rss/item_description_not_a_doctype2
        wellformed/sanitize/item_content_encoded_script_nested_cdata wellformed/sanitize/xml_malicious_comment
    """,
}
REASONS = {name: reason for reason, names in DIFFERENT.items() for name in names.split()}

pytestmark = pytest.mark.skipif(not FILES, reason=REASON)


@dataclass(slots=True)
class Found:
    """What became of the claims of all headers. odd, not_ours: counted by what they are."""

    agreed: int = 0
    files: set[str] = field(default_factory=set)
    differ: dict[str, list[Claim]] = field(default_factory=dict)
    not_ours: Counter[str] = field(default_factory=Counter)

    def table(self) -> str:
        differing = sum(map(len, self.differ.values()))
        lines = [
            f"{len(FILES)} feeds, {len(self.files)} of them with something to check",
            f"{self.agreed + differing} expectations checked: {self.agreed} agreed, {differing} differ"
            f" in {len(self.differ)} feeds; {self.not_ours.total()} are not about what PLN reads",
            "", "DIFFER",
        ]  # fmt: skip
        for reason, names in DIFFERENT.items():
            lines += [f"  {reason}:", *(f"    {name}" for name in names.split())]
        lines += ["", "NOT ABOUT WHAT PLN READS"]
        return "\n".join([*lines, *(f"  {count:5} {what}" for what, count in self.not_ours.most_common())])


def test_what_the_headers_expect_is_read_or_has_a_reason() -> None:
    found = Found()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, about feeds, as in the worker
        for path in FILES:
            _look(path, found)
    sys.stdout.write(found.table() + "\n")
    assert {name: claims for name, claims in found.differ.items() if name not in REASONS} == {}
    assert set(REASONS) - set(found.differ) == set(), "these are read as expected by now"
    assert found.agreed > 2900
    assert len(found.files) > 2000


def test_the_worker_reads_each_of_them_as_it_is_read_here(worker: Parser) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in FILES:
            assert _read(path, worker) == _read(path, None), _name(path)


@pytest.fixture(scope="module")
def worker() -> Iterator[Parser]:
    with Parser(deadline_seconds=60, idle_seconds=3600) as running:
        running.parse(b"<rss version='2.0'/>", url="https://example.org/feed")
        yield running


def _look(path: Path, found: Found) -> None:
    header, feed = _header(path), _read(path, None)
    found.not_ours.update(_odd(part) for part in header.odd)
    for claim in header.claims:
        try:
            agreed = agrees(claim, feed, path.read_bytes())
        except NotOurs as what:
            found.not_ours[str(what)] += 1
            continue
        found.files.add(_name(path))
        found.agreed += agreed
        if not agreed:
            found.differ.setdefault(_name(path), []).append(claim)


def _odd(part: str) -> str:
    return "nothing but that it does not crash" if part == "1" else f"no comparison with a value: {part}"


def _read(path: Path, worker: Parser | None) -> ParsedFeed | None:
    body, url, content_type = path.read_bytes(), f"{SERVER}{_name(path)}.xml", _header(path).content_type
    try:
        return worker.parse(body, url=url, content_type=content_type) if worker else read_feed(body, url, content_type)
    except UnreadableInput:
        return None


def _header(path: Path) -> Header:
    header = read_header(path.read_bytes())
    assert header is not None, f"{_name(path)} has no header"
    return header


def _name(path: Path) -> str:
    folder = corpus_folder()
    assert folder is not None
    return path.relative_to(folder / "feeds" / "feedparser").with_suffix("").as_posix()
