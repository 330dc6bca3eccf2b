"""An entry as paragraphs to choose from. What is private is never offered; a draft is built from chosen ones only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from pln.share.blocks import NEXT_STEP, PARSER, clean
from pln.share.hidden import hidden_element, stays_open
from pln.share.inline import private_closes, private_closes_first, private_depth, private_opens


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
    line, at = 0, 0
    for comment in _PERCENT_COMMENT.finditer(masked):  # code inside a comment is a part of it
        first = line = line + masked.count("\n", at, comment.start())
        line, at = line + comment[0].count("\n"), comment.end()
        for number in range(first, line + 1):
            kept.pop(number, None)
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
    # "mark": a private region that nothing closes, "comment": a comment over several blocks, "next": only one block
    until: str = ""
    section = 0  # the level of a "next small step" heading whose section runs
    inside = _in_regions(sources)
    last_close = max((at for at, source in enumerate(sources) if private_closes(source.text)), default=-1)
    for at, source in enumerate(sources):
        if source.level and source.level <= section:
            section = 0
        if until == "next" and not source.touches:
            until = ""
        yield (PRIVATE if inside[at] else _why(source, until)) or (NEXT_SMALL_STEP if section else "")
        if source.level and not section and NEXT_STEP.match(source.text):
            section = source.level
        lone = at > last_close and private_opens(source.text)
        until = _following(source, until, _after_mark(source, sources[at + 1 : at + 2]) if lone else "")


def _in_regions(sources: Sequence[_Source]) -> list[bool]:
    """Whether each block is between an opening mark and the last closing one that may belong to it.

    Marks nest. A closing mark too many, or one whose opening mark was not understood, hides what is before it.
    """
    last = max((at for at, source in enumerate(sources) if private_closes(source.text)), default=-1)
    inside = [False] * len(sources)
    depth = 0
    for at, source in enumerate(sources):
        inside[at] = depth > 0
        if at <= last:
            after = private_depth(source.text, depth)
            depth = max(depth, after) if source.kind in ("fence", "code_block") else after
    closing = False
    for at in range(last, -1, -1):
        inside[at] = inside[at] or closing
        text = sources[at].text
        closing = private_closes_first(text) or (closing and not private_opens(text))
    return inside


def _why(source: _Source, until: str) -> str:
    if until in ("mark", "next") or _is_marked(source):
        return PRIVATE
    if until == "comment" or _opens_comment(source):
        return COMMENT
    if source.kind == "html_block":
        return HTML if _without_comments(source.text).strip() else COMMENT
    return NEXT_SMALL_STEP if _has_next_step(source) else ""


def _is_marked(source: _Source) -> bool:
    fenced = re.search(r"(?m)^[\s>*+\-\d.)]*(?:`{3,}|~{3,}).*\bprivate\b", source.text, re.IGNORECASE)
    element = source.kind not in ("fence", "code_block") and hidden_element(source.text)
    return private_opens(source.text) or private_closes(source.text) or fenced is not None or bool(element)


def _has_next_step(source: _Source) -> bool:
    return source.kind not in ("fence", "code_block") and any(map(NEXT_STEP.match, source.text.split("\n")))


def _opens_comment(source: _Source) -> bool:
    return source.kind not in ("fence", "code_block") and "<!--" in _without_comments(source.text)


def _without_comments(text: str) -> str:
    """The text without its whole comments; one that nothing closes stays."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _following(source: _Source, until: str, after: str) -> str:
    """What hides the next block, after this one. after: what a mark of this block asks for."""
    if "mark" in (until, after) or (source.kind not in ("fence", "code_block") and stays_open(source.text)):
        return "mark"
    if "-->" not in source.text if until == "comment" else _opens_comment(source):
        return "comment"
    return after or (until if until == "next" else "")


def _after_mark(source: _Source, rest: Sequence[_Source]) -> str:
    """A mark that nothing closes hides its block or the one right below it; alone, everything after it."""
    if source.kind != "html_block":
        return ""
    alone = not rest or not rest[0].touches
    with_words = _without_comments(source.text).strip()
    return "mark" if alone and not with_words else "next"
