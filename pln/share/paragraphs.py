"""An entry as paragraphs to choose from. What is private is never offered; a draft is built from chosen ones only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from pln.share.blocks import NEXT_STEP, PARSER, clean
from pln.share.inline import private_closes, private_opens


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an entry (an item, for lists). text: what would be shared of it; where not offered, its source.

    why_not: one sentence where it is not offered, else empty.
    """

    index: int
    text: str
    offered: bool
    why_not: str


FRONT_MATTER = "Properties of the entry stay with it."
PRIVATE = "You marked this private."
COMMENT = "Comments stay here."
NEXT_SMALL_STEP = "Your next small step stays with you."
HTML = "HTML is not shared."
NOTHING_LEFT = "Pictures and links to your own things stay here; nothing else is in it."

_FRONT = re.compile(r"\ufeff?\s*(?P<rule>---|\+\+\+)[ \t]*\n(?:.*?\n)??(?:(?P=rule)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BROKEN_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\n(?:[\w .\-]+:.*\n?|[ \t]+.*\n?|-[ \t].*\n?)+")
_WHOLE_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PERCENT_COMMENT = re.compile(r"[ \t]?%%.*?(?:%%|\Z)", re.DOTALL)
_ITEM = re.compile(r"(?:- |\d+\. )")


@dataclass(frozen=True, slots=True)
class _Source:
    """Lines of one block, and what kind it is. level: of a heading. touches: no blank line before it."""

    kind: str
    text: str
    level: int
    touches: bool


def split(body_md: str) -> tuple[Paragraph, ...]:
    """The blocks of an entry's body in their order, each offered or with the reason why not."""
    body = body_md.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(body) or _BROKEN_FRONT.match(body)
    opening = front[0].strip("\ufeff\n ") if front else ""
    rest = _without_percent_comments(body[front.end() :] if front else body.removeprefix("\ufeff"))
    environment: dict[str, Any] = {}
    sources = list(_sources(rest, environment))
    judged = [(opening, FRONT_MATTER)] if opening else []
    judged += [(source.text, why) for source, why in zip(sources, _judged(sources), strict=True)]
    references = environment.get("references", {})
    return tuple(_paragraph(index, text, why, references) for index, (text, why) in enumerate(judged))


def compose(paragraphs: Sequence[Paragraph], chosen: frozenset[int], *, keep_tags: bool) -> str:
    """The body of a draft: the chosen paragraphs that are offered, and of each only what may leave."""
    texts = (clean(each.text, keep_tags=keep_tags) for each in paragraphs if each.index in chosen and each.offered)
    body = ""
    last = ""
    for text in filter(None, texts):
        items = _ITEM.match(last) and _ITEM.match(text) and "\n\n" not in last + text
        body += ("\n" if items else "\n\n") * bool(body) + text
        last = text
    return body


def _paragraph(index: int, text: str, why: str, references: dict[str, Any]) -> Paragraph:
    if why:
        return Paragraph(index, text, False, why)
    allowed = clean(text, keep_tags=True, references=references)
    return Paragraph(index, allowed, True, "") if allowed else Paragraph(index, text, False, NOTHING_LEFT)


def _without_percent_comments(body: str) -> str:
    """Obsidian's %%comments%% blanked outside code; lines keep their numbers. One left open hides the rest."""
    code = [token.map for token in PARSER.parse(body) if token.type in ("fence", "code_block") and token.map]
    lines = body.split("\n")
    fenced = {number for start, end in code for number in range(start, end)}
    kept = {number: line for number, line in enumerate(lines) if number in fenced}
    masked = "\n".join("" if number in kept else line for number, line in enumerate(lines))
    blanked = _PERCENT_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), masked).split("\n")
    return "\n".join(kept.get(number, line) for number, line in enumerate(blanked))


def _sources(body: str, environment: dict[str, Any]) -> Iterator[_Source]:
    lines = body.split("\n")
    for node in _pieces(SyntaxTreeNode(PARSER.parse(body, environment))):
        start, end = node.map or (0, 0)
        cuts = [start, *_next_steps(lines, start, end, node.type), end]
        for first, last in pairwise(cuts):
            level = int(node.tag[1]) if node.type == "heading" else 0
            touches = first > 0 and bool(lines[first - 1].strip())
            yield _Source(node.type, "\n".join(lines[first:last]).rstrip(), level, touches)


def _pieces(root: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    for node in root.children:
        if node.type in ("bullet_list", "ordered_list"):
            yield from node.children
        else:
            yield node


def _next_steps(lines: list[str], start: int, end: int, kind: str) -> list[int]:
    """Where a paragraph is cut: before its first line that states the next small step."""
    if kind != "paragraph":
        return []
    return [number for number in range(start + 1, end) if NEXT_STEP.match(lines[number])][:1]


def _judged(sources: Sequence[_Source]) -> Iterator[str]:
    """For each block the reason why it is not offered, or an empty text."""
    until: str = ""  # "mark": a private region, "comment": a comment over several blocks, "next": only one block more
    section = 0  # the level of a "next small step" heading whose section runs
    for at, source in enumerate(sources):
        if source.level and source.level <= section:
            section = 0
        if until == "next" and not source.touches:
            until = ""
        yield _why(source, until) or (NEXT_SMALL_STEP if section else "")
        if source.level and not section and NEXT_STEP.match(source.text):
            section = source.level
        until = _following(source, until, sources[at + 1 :])


def _why(source: _Source, until: str) -> str:
    if until in ("mark", "next") or _is_marked(source):
        return PRIVATE
    if until == "comment" or _opens_comment(source):
        return COMMENT
    if source.kind == "html_block":
        return COMMENT if _WHOLE_COMMENT.fullmatch(source.text.strip()) else HTML
    return NEXT_SMALL_STEP if _has_next_step(source) else ""


def _is_marked(source: _Source) -> bool:
    fenced = re.search(r"(?m)^[\s>*+\-\d.)]*(?:`{3,}|~{3,}).*\bprivate\b", source.text, re.IGNORECASE)
    return private_opens(source.text) or private_closes(source.text) or fenced is not None


def _has_next_step(source: _Source) -> bool:
    return source.kind not in ("fence", "code_block") and any(map(NEXT_STEP.match, source.text.split("\n")))


def _opens_comment(source: _Source) -> bool:
    return source.kind not in ("fence", "code_block") and "<!--" in _WHOLE_COMMENT.sub("", source.text)


def _following(source: _Source, until: str, rest: Sequence[_Source]) -> str:
    """What hides the next block, after this one."""
    if until == "comment":
        return "" if "-->" in source.text else "comment"
    if _opens_comment(source):
        return "comment"
    opens, closes = private_opens(source.text), private_closes(source.text)
    if until == "mark" or not opens:
        return "" if closes or not until else until
    if closes:
        return ""
    return _after_mark(source, rest)


def _after_mark(source: _Source, rest: Sequence[_Source]) -> str:
    """A mark with a closing one hides all between; in or right above a block that block; alone, everything after it."""
    marks = (other.text for other in rest if private_opens(other.text) or private_closes(other.text))
    following = next(marks, "")
    if private_closes(following) and not private_opens(following):
        return "mark"
    if source.kind != "html_block":
        return ""
    alone = not rest or not rest[0].touches
    with_words = _WHOLE_COMMENT.sub("", source.text).strip()
    return "mark" if alone and not with_words else "next"
