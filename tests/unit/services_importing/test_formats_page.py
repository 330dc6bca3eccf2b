"""docs/formats.md tells every field of an export, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from architecture.source_tree import ROOT
from pln.model.article_around import EarlierWords, PageText, Tombstone
from pln.model.contact import Person
from pln.model.feed import Article, Feed, PictureLink
from pln.model.highlight import Highlight
from pln.model.interaction import Interaction
from pln.model.journal import Entry
from pln.model.marks import Mark
from pln.model.meetup import Meetup
from pln.model.reading_rules import Condition, Rule
from pln.model.share import ShareDraft, ShareRecord
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response
from pln.services.context import Context
from pln.services.exporting import export_all
from pln.services.whole.files import FORMAT, INDEX
from pln.services.whole.form import told_fields
from pln.services.whole.settings import SHAPES, Shape

PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
KINDS: dict[str, tuple[type[Any], set[str]]] = {
    "people": (Person, set()), "meetups": (Meetup, {"marks"}), "marks": (Mark, set()),
    "interactions": (Interaction, set()), "feeds": (Feed, set()),
    "articles": (Article, {"versions", "page", "pictures"}),
    "entries": (Entry, set()), "drafts": (ShareDraft, set()), "share_log": (ShareRecord, set()),
    "responses": (Response, {"step"}), "tombstones": (Tombstone, set()), "highlights": (Highlight, set()),
    "rules": (Rule, set()), "conditions": (Condition, set()), "smart_folders": (SmartFolder, set()),
    "versions": (EarlierWords, set()), "page": (PageText, set()), "pictures": (PictureLink, set()),
}  # fmt: skip


def told(section: str) -> set[str]:
    """The names in the first column of a section's table."""
    text = re.split(r"^#{2,3} ", PAGE.split(f"\n### {section}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("section", KINDS)
def test_every_field_is_told(section: str):
    kind, more = KINDS[section]
    assert told(section) == told_fields(kind).keys() | more


def test_every_setting_is_told():
    assert told("settings") == {key for key, shape in SHAPES.items() if shape is not Shape.HERE}


def test_every_key_of_the_index_is_told(context: Context, tmp_path: Path):
    export_all(context, tmp_path / "out")
    index = json.loads((tmp_path / "out" / INDEX).read_text())
    head = PAGE.split(f"## pln.json, format {FORMAT}\n")[1].split("\n### ")[0]
    assert set(re.findall(r"^\| `([^`]+)` \|", head, re.MULTILINE)) == index.keys()
