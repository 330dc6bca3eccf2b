"""Turn an article's HTML from outside into HTML that is safe and quick to show, and its plain text. Runs in the worker.

Safe: an allow-list of tags and attributes, links to the web only, no pictures (a short text links to each).
Quick: Qt's layout hangs on deep nesting, nested tables, endless words and paragraphs, so these are bounded here.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass

import nh3
from lxml import etree

from pln.sources.long_text import needs_breaks, with_breaks
from pln.sources.sanitize_tree import prepare_tree

MAX_HTML = 1_000_000  # characters of one article
MAX_DEPTH = 100  # elements within one another


def _words(text: str) -> set[str]:
    return set(text.split())


_TAGS = _words("""
    a abbr article aside b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
    figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section
    small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var
""")
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # else nh3 lets lang and title through
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
}
_DROPPED_WHOLE = _words("""
    script style template noscript iframe object embed applet svg math form button select textarea title
""")

_ARTICLE = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    clean_content_tags=_DROPPED_WHOLE,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    tag_attribute_values={tag: {"dir": {"ltr", "rtl", "auto"}} for tag in _TAGS},
)
_NO_TAGS = nh3.Cleaner(tags=set(), attributes={}, clean_content_tags={"script", "style"}, link_rel=None)
_HTML_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)

_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_NEST = _words("p li br img hr td th tr dt dd col input meta link option wbr area source")
_BLOCK_EDGE = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|table|tr|blockquote|pre|h[1-6]|hr|br|caption)\b(?:[^>\"]|\"[^\"]*\")*>"
)
_ANY_TAG = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be stored: html to show, text to search."""

    html: str
    text: str


def prepare(html: str, base: str) -> Prepared:
    """Clean an article. base: the address that its relative links start from, "" if unknown."""
    source = _CONTROLS.sub("", html[:MAX_HTML])
    if "<" not in source:
        return prepare_plain(entities.unescape(source))
    if _is_too_deep(source):
        return prepare_plain(_without_tags(source))
    cleaned = _CONTROLS.sub("", _ARTICLE.clean(source))  # once more, as they can be written as entities
    if not cleaned.strip():
        return Prepared(html="", text="")
    root = etree.fromstring(f"<div>{cleaned}</div>".encode(), _HTML_PARSER)
    return _prepared(prepare_tree(root[0][0], base))


def prepare_plain(text: str) -> Prepared:
    """An article that is plain text: its blank lines part paragraphs."""
    source = _CONTROLS.sub("", text[:MAX_HTML])
    paragraphs = [part.strip() for part in _EMPTY_LINES.split(source) if part.strip()]
    rows = (entities.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs)
    return _prepared("".join(f"<p>{row}</p>" for row in rows))


def one_line(text: str, *, is_html: bool, limit: int = 500) -> str:
    """A title or a name as plain text in one line, of at most `limit` characters."""
    plain = entities.unescape(_NO_TAGS.clean(text[: limit * 20])) if is_html else text
    line = " ".join(_CONTROLS.sub("", plain).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def text_of_clean(html: str) -> str:
    """The words of HTML that `prepare` made: a line for each block."""
    marked = _BLOCK_EDGE.sub("\n", html.replace("</td>", " ").replace("</th>", " "))
    plain = entities.unescape(_ANY_TAG.sub("", marked))
    return "\n".join(filter(None, (" ".join(line.split()) for line in plain.split("\n"))))


def _prepared(shown: str) -> Prepared:
    text = text_of_clean(shown)
    return Prepared(html=with_breaks(shown) if needs_breaks(text) else shown, text=text)


def _is_too_deep(html: str) -> bool:
    if html.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _OPEN_OR_CLOSE.finditer(html):
        if match[2].lower() not in _NEVER_NEST:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False


def _without_tags(html: str) -> str:
    return entities.unescape(re.sub(r"<[^<>]*>", "\n", html)).replace("<", " ")
