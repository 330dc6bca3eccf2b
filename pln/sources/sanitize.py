"""Turn an article's HTML from outside into HTML that is safe and quick to show, and its plain text. Runs in the worker.

Safe: an allow-list of tags and attributes, links to the web only, pictures only by the name they have in the store.
Quick: Qt's layout hangs on deep nesting, nested tables, endless words and paragraphs, so these are bounded here.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass

import nh3

from pln.model.feed import PictureLink
from pln.sources import picture_links
from pln.sources.long_text import needs_breaks, with_breaks
from pln.sources.plain_text import one_line, text_of_clean, without_controls
from pln.sources.sanitize_tags import Rewriter
from pln.sources.sanitize_tree import may_be_too_big, with_bounds

__all__ = ["Prepared", "one_line", "prepare", "prepare_plain", "text_of_clean"]

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
    "img": set(picture_links.ATTRIBUTES),
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
}
_DROPPED_WHOLE = _words("""
    script style template noscript iframe object embed applet svg math form button select textarea title
""")


def _cleaner(attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=attributes,
        clean_content_tags=_DROPPED_WHOLE,
        url_schemes={"http", "https", "mailto", "pln-img"},
        link_rel=None,
        tag_attribute_values={tag: {"dir": {"ltr", "rtl", "auto"}} for tag in _TAGS},
    )


_ARTICLE = _cleaner(_ATTRIBUTES)
_ARTICLE_WITH_PLACES = _cleaner({**_ATTRIBUTES, "*": {"id"}, "a": {"href", "name"}})

_NESTING = re.compile(
    r"<(/?(?!(?:p|li|br|img|hr|td|th|tr|dt|dd|col|input|meta|link|option|wbr|area|source)[^a-z0-9])[a-z][a-z0-9]*)"
)
# The end of one of these takes it away from around what is open; the end of any other ends all that is open within it.
_FORMATTING = frozenset(_words("a b big code em font i nobr s small strike strong tt u"))
# HTML knows no <iframe/>: the rest of the article would be taken for what the frame holds, and go with it.
_SELF_CLOSED = re.compile(rf"<({'|'.join(sorted(_DROPPED_WHOLE - {'embed'}))})(?=[\s/])[^<>]*/>", re.I)
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be stored: html to show, text to search, pictures that the html names, in its order."""

    html: str
    text: str
    pictures: tuple[PictureLink, ...] = ()


def prepare(html: str, base: str) -> Prepared:
    """Clean an article. base: the address that its relative links start from, "" if unknown."""
    source = without_controls(html[:MAX_HTML])
    if "<" not in source:
        return prepare_plain(entities.unescape(source) if "&" in source else source)
    if "/>" in source:
        source = _SELF_CLOSED.sub(r"\g<0></\1>", source)
    if _is_too_deep(source):
        return prepare_plain(_without_tags(source))
    inner = _has_inner_links(source, base)
    clean = _clean(source, _ARTICLE_WITH_PLACES if inner else _ARTICLE)
    if not clean.strip():
        return Prepared(html="", text="")
    rewriter = Rewriter(base, inner=inner)
    return _prepared(rewriter.run(clean), tuple(rewriter.pictures))


def prepare_plain(text: str) -> Prepared:
    """An article that is plain text: its blank lines part paragraphs."""
    source = without_controls(text[:MAX_HTML])
    paragraphs = [part.strip() for part in _EMPTY_LINES.split(source) if part.strip()]
    rows = (entities.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs)
    return _prepared("".join(f"<p>{row}</p>" for row in rows), ())


def _clean(source: str, cleaner: nh3.Cleaner) -> str:
    clean = cleaner.clean(source)
    if "&#" in source:  # controls can be written so too
        clean = without_controls(clean)
    if may_be_too_big(clean):
        clean = cleaner.clean(with_bounds(clean))  # its brackets and quotes in the form that the rewriter reads
    return clean


def _prepared(shown: str, pictures: tuple[PictureLink, ...]) -> Prepared:
    text = text_of_clean(shown)
    return Prepared(html=with_breaks(shown) if needs_breaks(text) else shown, text=text, pictures=pictures)


def _has_inner_links(source: str, base: str) -> bool:
    """Whether links may lead to places in the article itself, as those to its footnotes do."""
    if "#" not in source or not ("id=" in source or "name=" in source):
        return False
    page = base.partition("#")[0]
    return 'href="#' in source or "href='#" in source or bool(page and page + "#" in source)


def _is_too_deep(html: str) -> bool:
    """Whether elements may lie too deep within one another, by the way in which HTML takes their ends."""
    if html.count("<") <= MAX_DEPTH:
        return False
    open_here: list[str] = []
    for name in _NESTING.findall(html.lower()):
        if name[0] != "/":
            open_here.append(name)
            if len(open_here) > MAX_DEPTH:
                return True
        elif name[1:] in open_here:
            _end(open_here, name[1:])
    return False


def _end(open_here: list[str], name: str) -> None:
    at = len(open_here) - 1 - open_here[::-1].index(name)
    if name in _FORMATTING:
        del open_here[at]
    else:
        del open_here[at:]


def _without_tags(html: str) -> str:
    return entities.unescape(re.sub(r"<[^<>]*>", "\n", html)).replace("<", " ")
