"""Plain text out of HTML: an article's words, and titles and names in one line."""

from __future__ import annotations

import html as entities
import re

import nh3

_NO_TAGS = nh3.Cleaner(tags=set(), attributes={}, clean_content_tags={"script", "style"}, link_rel=None)
_TAG = re.compile(r"<(/?[a-z0-9]*)[^>]*>")
_BLOCKS = (
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "pre", "hr", "br", "caption",
    *(f"h{level}" for level in range(1, 7)),
)  # fmt: skip
_EDGES = {**{tag: "\n" for name in _BLOCKS for tag in (name, f"/{name}")}, "/td": " ", "/th": " "}
_PICTURE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
# What is taken for markup in a line: the names of HTML, of XML's own parts, and of namespaces. "Vec<T>" is none.
_HTML_NAMES = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|bgsound|big|blink|blockquote|body|br"
    "|button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed"
    "|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|image|img"
    "|input|ins|isindex|kbd|keygen|label|legend|li|link|main|map|mark|marquee|math|menu|menuitem|meta|meter|nav|nobr"
    "|noembed|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|plaintext|pre|progress|q|rb|rp|rt|rtc"
    "|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table"
    "|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|xmp"
)
_NO_MARKUP = re.compile(
    rf"<(?!/?(?:{_HTML_NAMES})(?![^\s/>])|!--|!\[CDATA\[|!doctype\s+html|\?|/?[a-z][\w-]*:[a-z][\w-]*[\s/>])", re.I
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_OVERRIDES = re.compile("[\u202d\u202e]")  # they turn the letters of any script around: "exe.gnp" for "png.exe"
_CONTROL_BYTES = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


def without_controls(text: str) -> str:
    """The text without characters that no text may hold; by far the most have none, and are told by their bytes."""
    if text.isprintable():  # as all of one line are
        return text
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # half of a pair of surrogates
        return _CONTROLS.sub("", text)
    if (
        len(raw.translate(None, _CONTROL_BYTES)) == len(raw)
        and b"\xef\xbf\xbe" not in raw
        and b"\xef\xbf\xbf" not in raw
    ):
        return text
    return _CONTROLS.sub("", text)


def one_line(text: str, *, is_html: bool, limit: int = 500) -> str:
    """A title or a name as plain text in one line, of at most `limit` characters."""
    if is_html and ("<" in text or "&" in text):
        text = entities.unescape(_NO_TAGS.clean(_NO_MARKUP.sub("&lt;", text[: limit * 20])))
    line = " ".join(without_controls(text).split())
    if not line.isprintable():
        line = _OVERRIDES.sub("", line)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def text_of_clean(html: str) -> str:
    """The words of HTML that `prepare` made: a line for each block, pictures by their words in brackets."""
    if "<img" in html:
        html = _PICTURE.sub(_words_of_picture, html)
    parts = _TAG.split(html)
    parts[1::2] = [_EDGES.get(tag, "") for tag in parts[1::2]]
    plain = "".join(parts)
    if "&" in plain:
        plain = entities.unescape(plain)
    return "\n".join([line for each in plain.split("\n") if each and (line := _spaced_once(each))])


def _spaced_once(line: str) -> str:
    if line.isprintable() and "  " not in line:  # no blank but single ones: told sooner than put in order
        return line.strip()
    return " ".join(line.split())


def _words_of_picture(match: re.Match[str]) -> str:
    return f"[picture: {match[1]}]" if match[1] else "[picture]"
