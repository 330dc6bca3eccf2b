"""Nothing in the invented network is real: no address, telephone number or site of anybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pln.system.resources import resource

FILES = sorted(resource("demo").rglob("*.toml"))
HOST = re.compile(r"(?:https?://|@)([\w.-]+\.\w+)")
PHONE = re.compile(r"\+\d[\d ]{6,}")
FICTION = re.compile(r"\+44 7700 900\d{3}|\+1 202 555 01\d\d")
NEVER = re.compile(
    r"\b(?:overdue|streaks?|scor(?:e|es|ed|ing)|rank(?:s|ed|ing)?|leads?|pipelines?|badges? in red|you haven.t)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_address_is_reserved_for_examples(path: Path):
    text = path.read_text("utf-8")
    assert [host for host in HOST.findall(text) if not host.endswith(".example")] == []
    assert [phone for phone in PHONE.findall(text) if not FICTION.fullmatch(phone.strip())] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_texts_keep_the_manners(path: Path):
    assert NEVER.findall(path.read_text("utf-8")) == []


def test_what_is_stored_is_invented_as_well(filled):
    with filled.store.read() as work:
        handles = [handle.value for person in work.people.everyone() for handle in person.handles]
        links = [address for feed in work.feeds.everything() for address in (feed.url, feed.site_url)]
        links += [article.url for article in work.articles.everything()]
        texts = [article.html for article in work.articles.everything()]
    assert len(handles) > 40
    assert all(re.search(r"\.example(?:/|$)", value) or FICTION.fullmatch(value) for value in handles)
    assert all(re.match(r"https://[\w-]+\.example/", link) for link in links)
    assert not any(re.search(r"(?:src|href)=", text) for text in texts)


def test_the_rules_bite():
    assert HOST.findall("mail anna@somewhere.org") == ["somewhere.org"]
    assert NEVER.search("Team lead")
    assert not FICTION.fullmatch("+44 7911 123456")
