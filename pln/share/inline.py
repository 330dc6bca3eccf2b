"""Rewrites the inside of one block by an allow-list: words, emphasis, code, links to the open web. No more passes."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from pln.share.hidden import closing, hidden_element

# Controls, surrogates and noncharacters: allowed in no XML file, and of no use to a reader.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_PRIVATE = re.compile(r"<!--+\s*(?:(?P<close>/|end)\s*|(?:begin|start)[\s:_\-]*)?private\b", re.IGNORECASE)
# The words between these tags are for machines.
_MACHINE = re.compile(
    r"<(script|style|template|noscript|textarea|title|svg|math|select|iframe|object)\b", re.IGNORECASE
)
_LOCAL_URI = re.compile(r"\b(?:pln|file|obsidian|logseq|zotero|cid|blob|data):\S+", re.IGNORECASE)
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_WIKI = re.compile(r"\[\[(?:[^\[\]|\n]*[|/])?(?P<shown>[^\[\]|/\n]*)\]\]")
_MENTION = re.compile(r"(?<![\w@＠.])[@＠](?=[^\W\d_])(?![\w.\-]+[@＠])")
_TAG = re.compile(r"(?<![\w/&#])[#＃][^\W\d_][\w/\-]*")
_PUNCTUATION = r"!-/:-@\[-`{-~"
_ESCAPED = re.compile(
    rf"[`*\[\]]|\\(?=[{_PUNCTUATION}\n]|$)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])"
)
_NEAR = re.compile(
    r"localhost$|.*\.(?:localhost|local|internal|lan|home\.arpa|onion)$|127\.|10\.|192\.168\.|169\.254\.|::|f[cd]|fe80|0\.0"
)
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+")
_SHARED_NET = ipaddress.ip_network("100.64.0.0/10")
_TWENTY_BIT = re.compile(r"172\.(?:1[6-9]|2\d|3[01])\.")


def is_public(address: str) -> bool:
    """Whether a link leads to the open web rather than to this computer, its network or another program."""
    try:
        parts = urlsplit(address)
        host = unicodedata.normalize("NFKC", unquote(parts.hostname or "")).replace("\u3002", ".").lower().rstrip(".")
    except ValueError:
        return False
    named = parts.scheme in ("http", "https") and ("." in host or ":" in host) and "@" not in parts.netloc
    return named and not _NEAR.match(host) and not _TWENTY_BIT.match(host) and not _is_near_number(host)


def _is_near_number(host: str) -> bool:
    """Whether a host is a number (also hexadecimal, octal, shortened) that is not surely one of the open web."""
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return False
    try:
        return ipaddress.ip_address(host) in _SHARED_NET
    except ValueError:
        return True


def rewrite(tokens: Sequence[Token], *, keep_tags: bool) -> str:
    """Markdown of the allowed part of a block. HTML, comments, pictures and links to local things are left out."""
    writer = _Writer(keep_tags)
    for token in tokens:
        writer.take(token)
    return writer.done()


def private_opens(html: str) -> bool:
    return any(not mark["close"] for mark in _private_marks(html))


def private_closes(html: str) -> bool:
    return any(mark["close"] for mark in _private_marks(html))


def private_closes_first(html: str) -> bool:
    """Whether the first mark of a text is a closing one."""
    return any(mark["close"] for mark in islice(_private_marks(html), 1))


def private_depth(html: str, depth: int) -> int:
    """How many private regions are open after a text at whose start `depth` of them were."""
    for mark in _private_marks(html):
        depth = max(0, depth - 1) if mark["close"] else depth + 1
    return depth


def _private_marks(html: str) -> Iterator[re.Match[str]]:
    """Opening and closing marks in their order; characters nobody sees do not break one."""
    if not html.isascii():
        html = "".join(char for char in html if unicodedata.category(char) != "Cf")
    return _PRIVATE.finditer(html)


class _Writer:
    """Open emphasis and links wait on a stack until they close; what comes to nothing vanishes with its marks."""

    def __init__(self, keep_tags: bool) -> None:
        self._keep_tags = keep_tags
        self._open: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._until: re.Pattern[str] | None = None
        self._private = 0

    def take(self, token: Token) -> None:
        if token.type == "html_inline":
            self._html(token.content)
        elif self._until is not None or self._private:
            return
        elif token.type.endswith("_open"):
            self._open.append((token.tag, str(token.attrGet("href") or ""), []))
        elif token.type.endswith("_close"):
            self._close(token.tag, token.markup)
        else:
            self._put(self._leaf(token))

    def done(self) -> str:
        while len(self._open) > 1:  # left open only where a hidden stretch swallowed the end
            _, _, parts = self._open.pop()
            self._put("".join(parts))
        return re.sub(r"[ \t]+\n|\n[ \t]+", "\n", "".join(self._open[0][2])).strip()

    def _html(self, content: str) -> None:
        if self._until is not None:
            self._until = None if self._until.match(content) else self._until
        elif self._private or private_opens(content):
            self._private = private_depth(content, self._private)
        elif (machine := _MACHINE.match(content)) and not content.endswith("/>"):
            self._until = closing(machine[1])
        elif name := hidden_element(content):
            self._until = closing(name)

    def _leaf(self, token: Token) -> str:
        match token.type:
            case "text" | "text_special":
                return escaped(words(token.content, keep_tags=self._keep_tags))
            case "code_inline":
                return code_span(token.content)
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "\\\n"
        return ""

    def _put(self, text: str) -> None:
        parts = self._open[-1][2]
        if text.startswith("[") and parts and parts[-1].endswith("!"):
            parts[-1] = parts[-1][:-1] + "\\!"
        if parts and parts[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            parts.append(text)

    def _close(self, tag: str, markup: str) -> None:
        if self._open[-1][0] != tag:
            return
        _, address, parts = self._open.pop()
        content = "".join(parts)
        self._put(_link(content, address, markup) if tag == "a" else _emphasis(content, _MARKS.get(tag, "")))


def words(text: str, *, keep_tags: bool) -> str:
    """Plain text without local addresses, wiki links, the @ of mentions and, unless wanted, #tags."""
    shown = _WIKI.sub(lambda link: link["shown"].partition("#")[0], _EMBED.sub("", text))
    shown = _MENTION.sub("", _LOCAL_URI.sub("", shown))
    shown = shown if keep_tags else _TAG.sub("", shown)
    return text if shown == text else re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", shown)


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return _ESCAPED.sub(r"\\\g<0>", text)


def code_span(content: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    fence = "`" * (longest + 1)
    space = " " if content.startswith("`") or content.endswith("`") or not content.strip() else ""
    return f"{fence}{space}{content}{space}{fence}" if content.strip() else ""


def _emphasis(content: str, mark: str) -> str:
    inner = content.strip()
    if not inner or not mark:
        return content
    before, _, after = content.partition(inner)
    return f"{before}{mark}{inner}{mark}{after}"


def _link(content: str, address: str, markup: str) -> str:
    if not is_public(address):
        return "" if markup == "autolink" or _LOCAL_URI.match(content) else content
    if markup == "autolink":
        return f"<{address}>"
    target = re.sub(r"&(?=#?\w+;)", r"\\&", address)
    target = f"<{target}>" if re.search(r"[()\s]", target) else target
    return f"[{content.strip()}]({target})" if content.strip() else ""
