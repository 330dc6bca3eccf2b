"""docs/cli.md is what the code says, every example runs, and every answer has the shape that is told."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from architecture.source_tree import ROOT
from feed_server import FeedServer, Reply
from pln.cli.docs import document
from pln.cli.verb import Verb
from pln.cli.verbs import VERBS

from .conftest import Pln, Ran
from .files import FEED, lay

# What must be there before the examples of a verb make sense.
ORDER = (
    "person add", "meetup add", "journal add", "feeds add", "refresh", "import", "today", "person list", "person show",
    "meetup list", "feeds list", "journal list", "search", "export", "backup", "restore", "check", "keys list",
    "keys passphrase", "keys code", "keys remove", "demo",
)  # fmt: skip


PARTLY = ("import", "refresh")  # a card without a name, a feed that is gone


def test_the_page_is_made_from_the_code():
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == document() + "\n", (
        "run: python -m pln.cli.docs > docs/cli.md"
    )


def test_every_verb_is_told_whole():
    told = [(listed, listed.load()) for listed in VERBS]
    assert [one.name for one, verb in told if not (verb.shape and verb.examples and one.title.endswith("."))] == []
    names = [verb.name for verb in VERBS]
    assert len(set(names)) == len(names)
    # screens needs a process of its own, sync a server; highlights has its own test
    assert set(names) - {"screens", "sync", "highlights"} == set(ORDER)


def test_each_verb_is_a_file_of_its_name():
    files = {path.stem for path in (ROOT / "pln" / "cli" / "verbs").glob("*.py")} - {"__init__"}
    assert files == {verb.file for verb in VERBS}


def test_every_example_runs_and_answers_in_the_documented_shape(pln: Pln, home: Path):
    lay(home)
    once = iter([FEED.encode()])  # a feed that is there at first and then is not
    routes = {"/feed.xml": FEED.encode(), "/once.xml": lambda request: Reply(body=next(once, b""))}
    with FeedServer(routes) as server:
        for name in ORDER:
            verb, seen = verb_of(name), set[str]()
            for example in verb.examples:
                ran = run_example(pln, name, example.replace("https://example.org", server.url("")))
                assert ran.code == (1 if name in PARTLY else 0), f"{example}\n{ran.out}{ran.err}"
                seen |= set(paths(ran.data))
            if name == "feeds add":
                assert pln("feeds", "add", server.url("/once.xml"), "--allow-local").code == 0
            assert_documented(name, verb, seen)
            for example in verb.examples:
                assert_text(pln, example, name)


def verb_of(name: str) -> Verb:
    return next(listed for listed in VERBS if listed.name == name).load()


def run_example(pln: Pln, name: str, example: str) -> Ran:
    command = [*shlex.split(example)[1:], "--json"]
    command += ["--allow-local"] if name == "feeds add" else []
    profile = command[command.index("--profile") + 1] if "--profile" in command else "profile"
    return pln(*command, profile=profile)


def assert_text(pln: Pln, example: str, name: str) -> None:
    """Verbs that only look are run once more for their text."""
    if name in ("today", "person list", "person show", "meetup list", "feeds list", "journal list", "search"):
        ran = pln(*shlex.split(example)[1:])
        assert ran.code == 0 and ran.out.strip()
        assert not re.search(r"\bNone\b|[{}\[\]]\w*\d|Traceback", ran.out), ran.out


def assert_documented(name: str, verb: Verb, seen: set[str]) -> None:
    told = set(verb.shape)
    stars = {path[:-2] for path in told if path.endswith(".*")}
    plain = {path for path in seen if not any(path == star or path.startswith(f"{star}.") for star in stars)}
    plain -= {path for path in plain if any(each.startswith(f"{path}[].") for each in told)}  # an empty list
    assert plain - told == set(), f"{name} answers with what is not told"
    assert {path for path in told if not path.endswith(".*")} - plain == set(), f"{name} tells of more"


def paths(value: Any, here: str = "") -> Iterator[str]:
    """Paths of all leaves, records and lists of records in an answer, as Verb.shape writes them."""
    if isinstance(value, dict):
        if here and not here.endswith("[]"):
            yield here
        for key, each in value.items():
            yield from paths(each, f"{here}.{key}" if here else key)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for each in value:
            yield from paths(each, f"{here}[]")
    else:
        yield here


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({"a": 1, "b": {"c": None}}, {"a", "b", "b.c"}),
        ({"a": [{"b": 1}, {"b": 2, "c": []}]}, {"a[].b", "a[].c"}),
        ({"a": [1, 2]}, {"a"}),
    ],
)
def test_paths(value: Any, wanted: set[str]):
    assert set(paths(value)) == wanted
