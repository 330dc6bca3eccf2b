"""A draft as the bytes that leave: Markdown, or HTML made of it. It is cleaned by allow-list on its way out."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import nh3
from markdown_it import MarkdownIt

from pln.model.share import DestinationKind, KnownPerson, NameDecision, NameHit, Rendered, ShareDraft
from pln.share.inline import UNWRITABLE, escaped, words
from pln.share.names import KnownNames, find_names, undecided
from pln.share.paragraphs import compose, split

FILE_AUDIENCE = "Whoever you give the file to."

# With html=False a comment would become visible text; nh3 takes all of it out instead.
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_TAGS = set(
    "p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a hr br table thead tbody tr th td".split()  # noqa: SIM905
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def outgoing(draft: ShareDraft) -> ShareDraft:
    """The draft with nothing in it but what may leave, however it was edited. The names pass reads this one."""
    paragraphs = split(draft.body)
    body = compose(paragraphs, frozenset(each.index for each in paragraphs), keep_tags=True)
    title = words(_COMMENT.sub("", UNWRITABLE.sub("", draft.title)), keep_tags=True)
    return replace(draft, title=" ".join(title.split()), body=body)


def as_markdown(draft: ShareDraft) -> str:
    """Title and body as one Markdown text that ends with a line end."""
    sent = outgoing(draft)
    heading = f"# {_heading(sent.title)}" if sent.title else ""
    return "\n\n".join(filter(None, (heading, sent.body))) + "\n"


def as_html(draft: ShareDraft) -> str:
    """The body as an HTML fragment. Its headings stand one level below the title's."""
    tokens = _MARKDOWN.parse(outgoing(draft).body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
    raw = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(raw, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"})


def render_file(draft: ShareDraft, when: datetime) -> Rendered:
    """One Markdown file: title and body, no properties."""
    name = file_name(outgoing(draft).title, when, ".md")
    return rendered(DestinationKind.FILE, FILE_AUDIENCE, ((name, as_markdown(draft).encode()),))


def rendered(kind: DestinationKind, audience: str, files: Sequence[tuple[str, bytes]]) -> Rendered:
    return Rendered(kind=kind, audience=audience, files=tuple(files), sha256=digest(files))


def digest(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 over names and bytes of all files; their lengths are part of it, so that no two lists look alike."""
    total = hashlib.sha256()
    for name, content in files:
        total.update(f"{len(name.encode())}:{name}{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()


def exact_text(sent: Rendered) -> str:
    """What left, for the share log: the first file is the text itself, others are lists of such files."""
    return sent.files[0][1].decode()


def file_name(title: str, when: datetime, suffix: str) -> str:
    """A neutral name of ASCII letters made of the title that leaves and the day: "2026-03-01-start-small.md"."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
    return f"{when:%Y-%m-%d}-{slug or 'note'}{suffix}"


def names_left(
    sent: Rendered, people: Sequence[KnownPerson] | KnownNames, decisions: Sequence[NameDecision]
) -> tuple[NameHit, ...]:
    """The last look before approval: names without a decision in the very bytes of the text, tags seen through."""
    name, content = sent.files[0]
    text = _read(content.decode()) if name.endswith(".html") else content.decode()
    known = people if isinstance(people, KnownNames) else KnownNames(people)
    return undecided([*find_names(text, known), *find_names(name, known)], decisions)


def _read(page: str) -> str:
    """What a reader or a program reads in a page: its words and its addresses."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    addresses = re.findall(r'href="([^"]*)"', body)
    return "\n\n".join(html.unescape(part) for part in (re.sub(r"<[^<>]*>", "", body), *addresses))


def _heading(title: str) -> str:
    return re.sub(r"#+$", r"\\\g<0>", escaped(title))
