"""An article's HTML set as a page to read: type, measure, headings, quotations, code, tables."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QTextBlock, QTextBlockFormat, QTextCursor, QTextFormat

from pln.ui import fonts, look
from pln.ui.reading.safe_browser import Refusals, SafeDocument

SIZE, LINE = 17.5, 28
QUOTE, CODE = QTextFormat.Property.UserProperty.value + 1, QTextFormat.Property.UserProperty.value + 2
_SAMPLE = "the people we know best tend to know what we know and that is what makes them good company"
_QT_INDENT = 40  # what Qt gives to a quotation on both sides, for each level
STEP = 20
_HEADING = re.compile(r"<(/?)h([1-6])\b")


def measure() -> int:
    """The width of the text in pixels."""
    return round(QFontMetricsF(fonts.serif(SIZE)).horizontalAdvance(_SAMPLE) * look.measure() / len(_SAMPLE))


def page_html(title: str, byline: str, body: str) -> str:
    """The whole page. title and byline are plain text; body is HTML as the sanitiser made it."""
    by = f'<p class="by">{escape(byline)}</p>' if byline else ""
    # Qt makes headings larger than the size a sheet gives them, so that ours are paragraphs of a class.
    plain = _HEADING.sub(lambda tag: "</p" if tag[1] else f'<p class="h{tag[2]}"', body)
    return f'<p class="title">{escape(title)}</p>{by}<div>{plain}</div>'


def set_page(html: str, refusals: Refusals, parent: QObject) -> SafeDocument:
    """The page as a document. It is built without a layout, so that nothing is laid out twice."""
    document = SafeDocument(refusals, parent)
    document.setDefaultFont(fonts.serif(SIZE))
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(sheet())
    document.setHtml(html)
    if any(tag in html for tag in ("<blockquote", "<pre", "<ul", "<ol")):
        _mark_blocks(document)
    _add_room(document)
    return document


def reserve(document: SafeDocument, height: int) -> None:
    """Keep room of so many pixels below the text."""
    room = QTextBlockFormat()
    room.setLineHeight(max(1, height), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    room.setTopMargin(0)
    room.setBottomMargin(0)
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.setBlockFormat(room)


def sheet() -> str:
    """The style sheet of the page in the look in force."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    muted, line = look.palette().colour("muted"), look.palette().colour("line")
    accent, tint = look.palette().colour("accent"), look.palette().colour("rail")
    px = {size: f"{look.px(size)}px" for size in (15, 17.5, 18, 20, 22, 24, 28, 29, 36)}
    return f"""
    p {{ margin: 0 0 20px 0; }}
    p, div, li, dt, dd, blockquote {{ line-height: {px[28]}; }}
    .h1, .h2, .h3, .h4, .h5, .h6 {{ font-weight: 600; margin: 26px 0 10px 0; }}
    .h1 {{ font-size: {px[24]}; }} .h2 {{ font-size: {px[22]}; }} .h3 {{ font-size: {px[20]}; }}
    .h4, .h5, .h6 {{ font-size: {px[18]}; }}
    .title {{ font-size: {px[29]}; font-weight: 600; line-height: {px[36]}; margin: 2px 0 12px 0; }}
    .by {{ color: {muted}; font-size: {px[15]}; margin: 0 0 18px 0; }}
    ul, ol {{ margin: 0 0 20px 0; }}
    li ul, li ol {{ margin: 0; }}
    blockquote {{ color: {muted}; }}
    a {{ color: {accent}; text-decoration: underline; }}
    code, kbd, samp, tt {{ font-family: "{mono}"; font-size: {px[15]}; background-color: {tint}; }}
    pre {{ font-family: "{mono}"; font-size: {px[15]}; background-color: {tint}; }}
    table {{ border-collapse: collapse; margin: 12px 0 20px 0; }}
    td, th {{ border: 1px solid {line}; padding: 6px 10px; font-size: {px[15]}; }}
    th {{ font-weight: 600; background-color: {tint}; text-align: left; }}
    """


def _mark_blocks(document: SafeDocument) -> None:
    """Say of each block of a quotation or of code what it is: the view draws what Qt's sheets cannot."""
    block = document.begin()
    while block.isValid():
        old = block.blockFormat()
        quoted = round(min(old.leftMargin(), old.rightMargin())) // _QT_INDENT
        if block.textList() is not None:
            _close_list(block, old)
        elif old.hasProperty(QTextFormat.Property.BackgroundBrush.value):
            _change(block, _code(old, block))
        elif quoted:
            _change(block, _quotation(old, quoted))
        block = block.next()


def _change(block: QTextBlock, new: QTextBlockFormat) -> None:
    QTextCursor(block).setBlockFormat(new)


def _code(old: QTextBlockFormat, block: QTextBlock) -> QTextBlockFormat:
    new = QTextBlockFormat(old)
    new.clearBackground()
    new.setProperty(CODE, 1)
    new.setLeftMargin(old.leftMargin() + 14)
    new.setRightMargin(14)
    new.setTopMargin(28 if old.topMargin() else 0)
    new.setBottomMargin(34 if old.bottomMargin() else 0)
    new.setLineHeight(look.px(22), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return new


def _quotation(old: QTextBlockFormat, level: int) -> QTextBlockFormat:
    new = QTextBlockFormat(old)
    new.setProperty(QUOTE, level)
    new.setLeftMargin(STEP * level)
    new.setRightMargin(0)
    return new


def _close_list(block: QTextBlock, old: QTextBlockFormat) -> None:
    """Qt puts the air below a list below its last own line, also where an inner list follows."""
    last = block.next().textList() is None
    wanted = look.px(20) if last else 0
    if old.bottomMargin() != wanted and (last or old.bottomMargin()):
        new = QTextBlockFormat(old)
        new.setBottomMargin(wanted)
        _change(block, new)


def _add_room(document: SafeDocument) -> None:
    """A last block of its own, which `reserve` gives its height."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(QTextBlockFormat())
    reserve(document, look.px(40))
