"""Light colours for Markdown while it is written. It looks at one block at a time, never at the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextFormat

from pln.ui import look

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"(#{1,6})\s+\S")
_QUOTE = re.compile(r"\s{0,3}>")
_MARKER = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*\w])(\*|_)(?![\s*_])([^*_]+?)(?<!\s)\1(?![*\w])")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_TAG = re.compile(r"(?<![\w/&#])#[^\W\d_][\w-]{0,59}")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_IN_FENCE = 1
# A line of this length is no prose; colouring all of it at every key would be felt.
_LONGEST = 4_000


class MarkdownHighlighter(QSyntaxHighlighter):
    """mentions: the texts of people picked from the list ("@Anna Lindqvist"); only these are green."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._mentions: re.Pattern[str] | None = None
        self.dress()

    def dress(self) -> None:
        """Take the colours in force; call it again when the look changes."""
        self._faint = _format("faint")
        self._muted = _format("muted")
        self._tag = _format("blue")
        self._mention = _format("accent")
        self._bold = _format(weight=QFont.Weight.DemiBold)
        self._italic = QTextCharFormat()
        self._italic.setFontItalic(True)
        self._code = _format("plum")
        self._code.setFontFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
        self._code.setProperty(QTextFormat.Property.FontPixelSize.value, look.px(15))

    def set_mentions(self, texts: Iterable[str]) -> None:
        """Texts to colour from now on; blocks are coloured as they are written."""
        longest_first = sorted(map(_in_units, texts), key=len, reverse=True)
        self._mentions = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def highlightBlock(self, text: str) -> None:
        text = _in_units(text[:_LONGEST])
        if self._fenced(text):
            self.setFormat(0, len(text), self._code)
            return
        if _QUOTE.match(text):
            self.setFormat(0, len(text), self._muted)
        self._line_start(text)
        self._inline(text)

    def _fenced(self, text: str) -> bool:
        inside = self.previousBlockState() == _IN_FENCE
        border = _FENCE.match(text) is not None
        self.setCurrentBlockState(_IN_FENCE if inside != border else 0)
        return inside or border

    def _line_start(self, text: str) -> None:
        if heading := _HEADING.match(text):
            self.setFormat(0, len(text), self._bold)
            self._overlay(0, heading.end(1), self._faint)
        elif marker := _MARKER.match(text):
            self._overlay(0, marker.end(), self._faint)

    def _inline(self, text: str) -> None:
        for pattern, form in ((_BOLD, self._bold), (_ITALIC, self._italic), (_CODE, self._code)):
            for found in pattern.finditer(text):
                self._overlay(found.start(2), found.end(2), form)
                self._overlay(found.start(), found.start(2), self._faint)
                self._overlay(found.end(2), found.end(), self._faint)
        for found in _TAG.finditer(text):
            self._overlay(found.start(), found.end(), self._tag)
        for found in self._mentions.finditer(text) if self._mentions else ():
            self._overlay(found.start(), found.end(), self._mention)
        for found in _COMMENT.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._faint)

    def _overlay(self, start: int, end: int, form: QTextCharFormat) -> None:
        """Add a format to what is there: a tag inside a bold stretch stays bold."""
        for at in range(start, end):
            merged = self.format(at)
            merged.merge(form)
            self.setFormat(at, 1, merged)


def _in_units(text: str) -> str:
    """As long as Qt counts it: characters beyond the basic plane take two units."""
    return _WIDE.sub("\ufffd\ufffd", text)


def _format(role: str = "", weight: QFont.Weight | None = None) -> QTextCharFormat:
    made = QTextCharFormat()
    if role:
        made.setForeground(look.colour(role))
    if weight is not None:
        made.setFontWeight(weight)
    return made
