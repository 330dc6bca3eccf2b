"""An article's HTML set as a page to read: type, measure, headings, quotations, code, tables."""

from __future__ import annotations

import re
from collections import deque
from html import escape

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontDatabase, QTextBlock, QTextBlockFormat, QTextCursor, QTextFormat, QTextOption

from pln.ui.reading.direction import by_content
from pln.ui.reading.page_style import PageStyle
from pln.ui.reading.pieces import pieces
from pln.ui.reading.safe_browser import Answer, Refusals, SafeDocument

QUOTE, CODE = QTextFormat.Property.UserProperty.value + 1, QTextFormat.Property.UserProperty.value + 2
_QT_INDENT = 40  # what Qt gives to a quotation on both sides, for each level
STEP = 20
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_FIGURE = re.compile(r"<(/?)(figure|figcaption|caption)\b")
_JOINT = "<p>x</p>"  # Qt joins the first block of what is inserted to the one before; this one is taken out again


def page_html(title: str, byline: str, body: str) -> str:
    """The whole page. title and byline are plain text; body is HTML as the sanitiser made it."""
    by = f'<p class="by">{escape(byline)}</p>' if byline else ""
    # Qt makes headings larger than the size a sheet gives them, so that ours are paragraphs of a class.
    plain = _HEADING.sub(lambda tag: "</p" if tag[1] else f'<p class="h{tag[2]}"', by_content(body))
    plain = _FIGURE.sub(_figure, plain)
    return f'<p class="title">{escape(title)}</p>{by}<div>{plain}</div>'


class PageBuild:
    """Sets a page piece by piece, without a layout at first, so that nothing is laid out twice."""

    def __init__(
        self, html: str, style: PageStyle, refusals: Refusals, parent: QObject, pictures: Answer = lambda _name: None
    ) -> None:  # fmt: skip
        self.style = style
        self.document = SafeDocument(refusals, parent, pictures)
        self.document.setDefaultFont(style.font())
        self.document.setDocumentMargin(0)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document.setDefaultTextOption(option)
        self.document.setDefaultStyleSheet(sheet(style))
        self._rest = deque(pieces(html))
        piece = self._rest.popleft()
        self.document.setHtml(piece)
        self._dress(piece, 0)

    @property
    def whole(self) -> bool:
        return not self._rest

    def step(self) -> None:
        """Set the next piece below what stands already."""
        piece = self._rest.popleft()
        cursor = _at_end(self.document)
        end, first = cursor.position(), self.document.blockCount()
        cursor.beginEditBlock()
        cursor.insertHtml(_JOINT + piece)
        cursor.setPosition(end)
        cursor.deleteChar()
        self._dress(piece, first)
        cursor.endEditBlock()

    def _dress(self, piece: str, first: int) -> None:
        if any(tag in piece for tag in ("<blockquote", "<pre", "<ul", "<ol")):
            _mark_blocks(self.document.findBlockByNumber(first), self.style)
        if self.whole:  # a last block of its own, which `reserve` gives its height
            _at_end(self.document).insertBlock(QTextBlockFormat())
            reserve(self.document, self.style.px(40))


def reserve(document: SafeDocument, height: int) -> None:
    """Keep room of so many pixels below the text."""
    room = QTextBlockFormat()
    room.setLineHeight(max(1, height), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    room.setTopMargin(0)
    room.setBottomMargin(0)
    _at_end(document).setBlockFormat(room)


def _at_end(document: SafeDocument) -> QTextCursor:
    """By its number: to move there by lines, Qt would first lay out all that is above."""
    cursor = QTextCursor(document)
    cursor.setPosition(document.characterCount() - 1)
    return cursor


def sheet(style: PageStyle) -> str:
    """The style sheet of the page."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    colour = style.palette.colour
    muted, line, accent, tint = colour("muted"), colour("line"), colour("accent"), colour("rail")
    small = f"font-size: {style.px(15)}px"
    air = round(style.line * 20 / 28)
    headings = "".join(
        f".h{level} {{ font-size: {style.px(size)}px; line-height: {style.px(size * 1.27)}px; }} "
        for level, size in ((1, 24), (2, 22), (3, 20), (4, 18), (5, 17.5), (6, 16))
    )
    return f"""
    p {{ margin: 0 0 {air}px 0; }}
    p, div, li, dt, dd, blockquote {{ line-height: {style.line}px; }}
    .h1, .h2, .h3, .h4, .h5, .h6 {{ font-weight: 600; margin: {air + 6}px 0 10px 0; }}
    {headings}
    .title {{ font-size: {style.px(29)}px; font-weight: 600; line-height: {style.px(36)}px; margin: 2px 0 12px 0; }}
    .by {{ color: {muted}; {small}; margin: 0 0 18px 0; }}
    .alt {{ color: {muted}; {small}; }}
    .caption {{ color: {muted}; {small}; line-height: {style.px(22)}px; margin: 4px 0 {air}px 0; }}
    ul, ol {{ margin: 0 0 {air}px 0; }}
    li ul, li ol {{ margin: 0; }}
    dt {{ font-weight: 600; }} dd {{ margin: 0 0 8px 24px; }}
    blockquote {{ color: {muted}; }}
    a {{ color: {accent}; text-decoration: underline; }}
    small, sub, sup {{ {small}; }}
    mark {{ background-color: {colour("amber_soft")}; }}
    code, kbd, samp, tt {{ font-family: "{mono}"; {small}; background-color: {tint}; }}
    pre {{ font-family: "{mono}"; {small}; background-color: {tint}; }}
    table {{ border-collapse: collapse; margin: 12px 0 {air}px 0; }}
    td, th {{ border: 1px solid {line}; padding: 6px 10px; {small}; }}
    th {{ font-weight: 600; background-color: {tint}; text-align: left; }}
    """


def _figure(tag: re.Match[str]) -> str:
    """Qt knows no figures and would join their captions to what stands before."""
    if tag[2] == "caption":
        return tag[0]
    if tag[2] == "figure":
        return f"<{tag[1]}div"
    return "</p" if tag[1] else '<p class="caption"'


def _mark_blocks(block: QTextBlock, style: PageStyle) -> None:
    """Say of each block of a quotation or of code what it is: the view draws what Qt's sheets cannot."""
    while block.isValid():
        old = block.blockFormat()
        quoted = round(min(old.leftMargin(), old.rightMargin())) // _QT_INDENT
        if block.textList() is not None:
            _close_list(block, old, style)
        elif old.hasProperty(QTextFormat.Property.BackgroundBrush.value):
            _change(block, _code(old, style))
        elif quoted:
            _change(block, _quotation(old, quoted))
        block = block.next()


def _change(block: QTextBlock, new: QTextBlockFormat) -> None:
    QTextCursor(block).setBlockFormat(new)


def _code(old: QTextBlockFormat, style: PageStyle) -> QTextBlockFormat:
    new = QTextBlockFormat(old)
    new.clearBackground()
    new.setProperty(CODE, 1)
    new.setNonBreakableLines(False)  # a long line goes on below, so that the page need not be moved sideways
    new.setLeftMargin(old.leftMargin() + 14)
    new.setRightMargin(14)
    new.setTopMargin(28 if old.topMargin() else 0)
    new.setBottomMargin(34 if old.bottomMargin() else 0)
    new.setLineHeight(style.px(22), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return new


def _quotation(old: QTextBlockFormat, level: int) -> QTextBlockFormat:
    new = QTextBlockFormat(old)
    new.setProperty(QUOTE, level)
    new.setLeftMargin(STEP * level)
    new.setRightMargin(0)
    return new


def _close_list(block: QTextBlock, old: QTextBlockFormat, style: PageStyle) -> None:
    """Qt puts the air below a list below its last own line, also where an inner list follows."""
    last = block.next().textList() is None
    wanted = round(style.line * 20 / 28) if last else 0
    if old.bottomMargin() != wanted and (last or old.bottomMargin()):
        new = QTextBlockFormat(old)
        new.setBottomMargin(wanted)
        _change(block, new)
