"""Rewrites Markdown block by block by an allow-list: what is not known to be safe is left out.

The result, parsed again, holds no HTML, no picture and no link but to the open web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pln.share.inline import UNWRITABLE, private_depth, rewrite

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Every link is read as one, file: and javascript: too, so that its target is known and left out.
PARSER.validateLink = lambda url: True  # type: ignore[method-assign]
NEXT_STEP = re.compile(r"[\s>#*_~\[\]xX\-+\d.)|\\☐☑\"'“‘«]*next\s+small\s+steps?\b", re.IGNORECASE)
_LINE_START = re.compile(
    r"^(?:[>+\-=]|#{1,6}(?=\s|$)|~~~|[:|](?=[\s:|\-]*$))|^(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)", re.MULTILINE
)
_ROUNDS = 6
_LANGUAGE = re.compile(r"[\w+#.\-]{1,20}")


def clean(markdown: str, *, keep_tags: bool, references: Mapping[str, Any] | None = None) -> str:
    """The allowed part of a Markdown text, as Markdown. references: link definitions that stand elsewhere.

    What was left out may bring its neighbours together to something new (`[[<b>name]]`), so the result is cleaned
    again until nothing changes.
    """
    text = _once(markdown, keep_tags, references or {})
    for _ in range(_ROUNDS):
        again = _once(text, keep_tags, {})
        if again == text:
            return text
        text = again
    return text


def _once(markdown: str, keep_tags: bool, references: Mapping[str, Any]) -> str:
    tokens = PARSER.parse(markdown, {"references": dict(references)})
    return UNWRITABLE.sub("", "\n\n".join(_blocks(SyntaxTreeNode(tokens).children, keep_tags)))


def _blocks(nodes: Sequence[SyntaxTreeNode], keep_tags: bool) -> Iterator[str]:
    """Each block that has something left. After a private mark nothing follows until its closing mark."""
    hidden = 0
    for node in nodes:
        if node.type == "html_block":
            hidden = private_depth(node.content, hidden)
        elif not hidden and (text := _block(node, keep_tags)):
            yield text


def _block(node: SyntaxTreeNode, keep_tags: bool) -> str:
    match node.type:
        case "paragraph":
            return line_safe(_inline(node, keep_tags))
        case "heading":
            text = " ".join(_inline(node, keep_tags).replace("\\\n", " ").split())
            return f"{'#' * int(node.tag[1])} {re.sub(r'#+$', _escape_hash, text)}" if text else ""
        case "blockquote":
            return _indented("\n\n".join(_blocks(node.children, keep_tags)), "> ", "> ")
        case "bullet_list" | "ordered_list":
            return _list(node, keep_tags)
        case "fence" | "code_block":
            return _code(node)
        case "table":
            return _table(node, keep_tags)
        case "hr":
            return "***"
    return ""


def _escape_hash(run: re.Match[str]) -> str:
    return "\\" + run[0]


def _inline(node: SyntaxTreeNode, keep_tags: bool) -> str:
    tokens = node.children[0].to_tokens()[0].children if node.children else None
    return _before_next_step(rewrite(tokens or [], keep_tags=keep_tags))


def _before_next_step(text: str) -> str:
    """A line that states the next small step, and what follows it in its paragraph, stay here."""
    kept: list[str] = []
    for line in text.split("\n"):
        if NEXT_STEP.match(line):
            break
        kept.append(line)
    return "\n".join(kept).rstrip("\\\n ") if len(kept) < len(text.split("\n")) else text


def line_safe(text: str) -> str:
    """A paragraph none of whose lines begins another kind of block."""
    text = "\n".join(line.lstrip() for line in text.split("\n") if line.strip())
    return _LINE_START.sub(
        lambda found: f"{found['number']}\\{found['dot']}" if found["number"] else "\\" + found[0], text
    )


def _list(node: SyntaxTreeNode, keep_tags: bool) -> str:
    ordered = node.type == "ordered_list"
    number = int(node.attrs.get("start", 1)) if ordered else 0
    items: list[str] = []
    tight = True
    for item in node.children:
        parts = list(_blocks(item.children, keep_tags))
        if not parts:
            continue
        tight = tight and (not item.children or bool(item.children[0].hidden or item.children[0].type != "paragraph"))
        marker = f"{number + len(items)}. " if ordered else "- "
        items.append(_indented(_item(parts), marker, " " * len(marker)))
    return ("\n" if tight else "\n\n").join(items)


def _item(parts: list[str]) -> str:
    parts[0] = re.sub(r"^\\\[([ xX])\\\](?= )", r"[\1]", parts[0])
    text = parts[0]
    for part in parts[1:]:
        text += ("\n" if part.startswith(("- ", "1. ")) else "\n\n") + part
    return text


def _code(node: SyntaxTreeNode) -> str:
    language = (node.info.split() or [""])[0]
    if "private" in node.info.casefold():
        return ""
    longest = max((len(run) for run in re.findall(r"`+", node.content)), default=2)
    fence = "`" * max(3, longest + 1)
    language = language if _LANGUAGE.fullmatch(language) else ""
    return f"{fence}{language}\n{node.content.rstrip(chr(10))}\n{fence}"


def _table(node: SyntaxTreeNode, keep_tags: bool) -> str:
    rows = [row for part in node.children for row in part.children]
    written = [
        [_inline(cell, keep_tags).replace("\n", " ").replace("|", "\\|") for cell in row.children] for row in rows
    ]
    if not any(cell for row in written for cell in row):
        return ""
    rule = [_RULES.get(str(cell.attrs.get("style", "")), "---") for cell in rows[0].children]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (written[0], rule, *written[1:]))


_RULES = {"text-align:left": ":--", "text-align:right": "--:", "text-align:center": ":-:"}


def _indented(text: str, first: str, rest: str) -> str:
    if not text:
        return ""
    head, *lines = text.split("\n")
    return "\n".join([first + head, *((rest + line).rstrip() if line or rest.strip() else "" for line in lines)])
