"""What the decisions of the names pass make of a text: roles, initials, nothing, or the name itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pln.model.errors import UsageError
from pln.model.share import NameAction, NameDecision, NameHit
from pln.share.folding import key


class _Edit(NamedTuple):
    start: int
    end: int
    new: str


_POSSESSIVE = re.compile(r"(?P<mark>['’ʼ])s?(?!\w)|s(?P<late>['’ʼ]?)(?!\w)", re.IGNORECASE)
_LINK = re.compile(r"(?<!\\)\[(?P<label>(?:\\.|[^\[\]\\])*)\]\((?P<target>(?:\\.|[^()\\\n]|\([^()]*\))*)\)")
_WHOLE = re.compile(
    r"<?\b(?:[a-z][a-z0-9+.\-]{1,20}://|www\.|mailto:)[^\s<>]*[^\s<>.,;:!?)\]'\"]>?|(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+",
    re.I,
)
_MARKUP = re.compile(r"\*+|_+|~~|`+")
# Initials of what is matched here would tell too much, or nothing: the name gives them.
_NO_PLAIN_NAME = re.compile(r"^\w(?:[\W_]{1,3}\w(?!\w)){2,}$|@.|\d\D*\d\D*\d\D*\d\D*\d|://|\w\.\w|/")
_SENTENCE_END = re.compile(
    r"(?:^|\n[ \t]*\n|[.!?…。！？])[\s\"'“”‘’«»(\[*_~>#\-+]*$|(?:^|\n)[ \t]*(?:[#>*+\-]+|\d+[.)])[ \t\"'“‘«(\[*_~]*$"
)
# Stands for a removed name until the spaces around it are put right; a private character of Unicode.
_REMOVED = "\ue000"
_OPENING, _CLOSING = "[(", "])"


def apply(text: str, hits: Sequence[NameHit], decisions: Sequence[NameDecision]) -> str:
    """The text after every decision. `hits` are those that find_names gave for this very text.

    A link or an address that names somebody who is not kept loses its target, not its words.
    Raises UsageError where a hit has no decision, or where the text has changed since it was read.
    """
    chosen = {key(decision.matched): decision for decision in decisions}
    if any(text[hit.start : hit.end] != hit.text for hit in hits):
        raise UsageError("The text has changed", "Nothing was shared. Look at the names in it once more.")
    if any(key(hit.text) not in chosen for hit in hits):
        raise UsageError("Each name needs a decision first", "Nothing was shared. Choose what happens to each name.")
    gone = [hit for hit in hits if chosen[key(hit.text)].action is not NameAction.KEEP]
    unlinked = list(_unlinking(text, gone))
    wholes = [found.span() for found in _WHOLE.finditer(text)] if gone else []
    left = [hit for hit in gone if not _covered(hit, unlinked)]
    inside = [_edit(text, hit, chosen[key(hit.text)], _around(hit, wholes)) for hit in left]
    return _tidied(text, _written(text, _merged([*unlinked, *inside])), bool(gone))


def undecided(hits: Sequence[NameHit], decisions: Sequence[NameDecision]) -> tuple[NameHit, ...]:
    """The hits that still need a decision."""
    chosen = {key(decision.matched) for decision in decisions}
    return tuple(hit for hit in hits if key(hit.text) not in chosen)


def _unlinking(text: str, gone: Sequence[NameHit]) -> Iterator[_Edit]:
    """Links whose target or title names somebody become their label."""
    for link in _LINK.finditer(text):
        start, end = link.end("label"), link.end()
        if any(hit.start < end and hit.end > link.start("target") for hit in gone):
            yield _Edit(link.start(), link.start("label"), "")
            yield _Edit(start, end, "")


def _covered(hit: NameHit, edits: Sequence[_Edit]) -> bool:
    return any(edit.start <= hit.start and hit.end <= edit.end for edit in edits)


def _around(hit: NameHit, wholes: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The first address that shares a character with a hit. wholes: in their order, none over another."""
    at = bisect_right(wholes, hit.start, key=lambda span: span[1])
    return wholes[at] if at < len(wholes) and wholes[at][0] < hit.end else None


def _edit(text: str, hit: NameHit, decision: NameDecision, whole: tuple[int, int] | None) -> _Edit:
    if whole:
        start, end = min(whole[0], hit.start), max(whole[1], hit.end)
        return _Edit(start, end, _new(text, start, end, hit, decision, ""))
    tail = _POSSESSIVE.match(text, hit.end)
    start, end, markup = _with_markup(text, hit.start, tail.end() if tail else hit.end)
    left = "".join(char for char in _unpaired(hit.text) if char in _OPENING)
    right = "".join(char for char in _unpaired(hit.text) if char in _CLOSING)
    new = _new(text, start, end, hit, decision, _ending(tail))
    return _Edit(start, end, f"{left}{new}{right}{markup}")


def _ending(tail: re.Match[str] | None) -> str:
    return f"{tail['mark'] or tail['late'] or '’'}s" if tail else ""


def _new(text: str, start: int, end: int, hit: NameHit, decision: NameDecision, ending: str) -> str:
    if decision.action is NameAction.REMOVE:
        return _REMOVED
    role = " ".join(decision.role.split()) or "someone"
    if decision.action is NameAction.INITIALS:
        letters = initials(hit.name if _NO_PLAIN_NAME.search(hit.text) else hit.text)
        if letters and key(letters) != key(hit.text):
            return letters + ending if ending or text[end : end + 1] != "." else letters[:-1]
        return role + ending
    at_start = _SENTENCE_END.search(text[max(0, start - 80) : start]) or start == 0
    return (role[0].upper() + role[1:] if at_start else role) + ending


def initials(name: str) -> str:
    """The first letter of each word: "Anna Lindqvist" -> "A. L."."""
    return " ".join(f"{word[0].upper()}." for word in re.findall(r"[^\W\d_][\w'’\u0300-\u036f\u200b-\u200d]*", name))


def _with_markup(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Where a name is set in emphasis (or half of it is), the marks go with it; what has no partner stays behind."""
    if not _MARKUP.search(text, start, end):
        return start, end, ""
    before = re.search(r"(?:\*+|_+|~~|`+)*$", text[:start])
    after = re.compile(r"(?:\*+|_+|~~|`+)*").match(text, end)
    assert before and after  # both patterns fit the empty string
    left: list[str] = []
    for mark in _MARKUP.findall(text[before.start() : after.end()]):
        if left and left[-1] == mark:
            left.pop()
        else:
            left.append(mark)
    return before.start(), after.end(), "".join(left)


def _unpaired(text: str) -> str:
    signs = "".join(char for char in text if char in _OPENING + _CLOSING)
    while "[]" in signs or "()" in signs:
        signs = signs.replace("[]", "").replace("()", "")
    return signs


def _merged(edits: Sequence[_Edit]) -> list[_Edit]:
    """Several names in one address are replaced once, and all of what they cover."""
    merged: list[_Edit] = []
    for edit in sorted(edits):
        if merged and edit.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, edit.end))
        else:
            merged.append(edit)
    return merged


def _written(text: str, edits: Sequence[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def _tidied(old: str, new: str, changed: bool) -> str:
    """Without the spaces and lonely commas that a removed name leaves."""
    if not changed:
        return old
    new = re.sub(rf",[ \t]*{_REMOVED}[ \t]*(?=,)", "", new)
    new = re.sub(rf"[ \t]*{_REMOVED}(?=[ \t]*(?:[,.;:!?)\n]|$))", "", new)
    new = re.sub(rf"(^|\n)([ \t>]*){_REMOVED}[ \t]*", r"\1\2", new)
    return re.sub(rf"{_REMOVED}[ \t]|[ \t]?{_REMOVED}", "", new)
