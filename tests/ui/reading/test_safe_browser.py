"""Nothing in an article can make the view read, fetch or hang."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.sources.sanitize import prepare
from pln.ui import fonts, look
from pln.ui.reading.page_style import SIZE, style
from pln.ui.reading.page_view import PageView
from pln.ui.reading.safe_browser import shown_address
from pln.ui.reading.typeset import page_html
from pln.ui.theme import Mode, Theme
from pln.ui.widgets.labels import label

HOSTILE = (
    "<p><img src='file:///etc/hostname'><img src='//host/share/x.png'><img src='\\\\host\\share\\y.png'>"
    "<img src='http://127.0.0.1:9/pixel.gif' width=1><img src='data:image/png;base64,AAAA'>"
    "<a href='javascript:alert(1)'>one</a> <a href='file:///etc/passwd'>two</a> <a href='https://ok.example/a'>three</a>"
    "<link rel=stylesheet href='http://127.0.0.1:9/x.css'><style>@import 'http://127.0.0.1:9/y.css';</style>"
    "<table background='http://127.0.0.1:9/t.png'><tr><td background='file:///z.png'>cell</td></tr></table>"
    "<div style=\"background-image:url('http://127.0.0.1:9/b.png')\">styled</div><svg><image href='file:///s'/></svg>"
    "<iframe src='file:///etc/passwd'></iframe><object data='file:///o'></object><base href='file:///'></p>"
)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PageView:
    made = PageView("Article")
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(view: PageView, html: str) -> float:
    """Show a page to its end; seconds."""
    begun = time.perf_counter()
    view.show_page(page_html("A title", "", html))
    QApplication.processEvents()
    view.document().size()
    view.grab()
    return time.perf_counter() - begun


def test_a_prepared_article_asks_for_nothing(view: PageView):
    shown(view, prepare(HOSTILE, "https://feed.example/").html)
    assert list(view.refusals.names) == []
    assert "cell" in view.toPlainText() and "styled" in view.toPlainText()


def test_what_asks_all_the_same_gets_nothing(view: PageView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pln.ui.reading.page_view.fitted", lambda html, _sizes, _width: html)  # else it asks for none
    secret = tmp_path / "secret.html"
    secret.write_text("<p>SECRET</p>")
    unsafe = f"<img src='{secret.as_uri()}'><img src='http://127.0.0.1:9/x.png'>{HOSTILE}"
    shown(view, unsafe)
    asked = list(view.refusals.names)
    assert secret.as_uri() in asked and "http://127.0.0.1:9/x.png" in asked
    for kind in QTextDocument.ResourceType:
        got = view.document().resource(kind.value, QUrl.fromLocalFile(str(secret)))
        assert got is None or got.isNull() or got.size().toTuple() == (1, 1)
    before = len(view.refusals.names)
    view.grab()
    assert len(view.refusals.names) == before, "it does not ask anew at each painting"


def test_no_other_page_can_be_loaded(view: PageView, tmp_path: Path):
    secret = tmp_path / "secret.html"
    secret.write_text("<p>SECRET</p>")
    shown(view, "<p>mine</p>")
    view.setSource(QUrl.fromLocalFile(str(secret)))
    view.reload()
    assert "SECRET" not in view.toPlainText() and "mine" in view.toPlainText()


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://ok.example/a", "https://ok.example/a"), ("mailto:a@b.example", "mailto:a@b.example"),
        ("file:///etc/passwd", ""), ("javascript:alert(1)", ""), ("//host/share", ""), ("pln:x", ""),
        ("https://p\u0430y.example/", "https://xn--py-7kc.example/"),
    ],
)  # fmt: skip
def test_only_web_and_mail_addresses_go_out_as_they_really_are(target: str, address: str):
    assert shown_address(QUrl(target)) == address


def test_a_link_is_told_not_followed(qtbot: QtBot, view: PageView):
    shown(view, "<p><a href='https://ok.example/a'>a link to press</a> <a href='file:///etc/passwd'>no</a></p>")
    wanted: list[str] = []
    view.wanted.connect(wanted.append)
    cursor = view.document().find("press")
    with qtbot.waitSignal(view.pointed):
        qtbot.mouseMove(view.viewport(), view.cursorRect(cursor).center())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center() - QPoint(8, 0))
    assert wanted == ["https://ok.example/a"]
    view.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert wanted == ["https://ok.example/a"]


NESTED = "<table><tr><td>" * 30 + "deep" + "</td></tr></table>" * 30
CASES = {
    "nested tables": NESTED,
    "a giant word": f"<p>{'x' * 300_000}</p>",
    "a giant paragraph": f"<p>{'word ' * 150_000}</p>",
    "deep divisions": "<div>" * 5000 + "deep" + "</div>" * 5000,
    "a table of many rows": f"<table>{'<tr><td>a</td><td>b</td></tr>' * 5000}</table>",
    "many items": f"<ul>{'<li>item</li>' * 20_000}</ul>",
    "many paragraphs": "<p>a</p>" * 60_000,
    "many quotations": "<blockquote><p>a</p></blockquote>" * 10_000,
    "a quotation in a quotation": "<blockquote>" * 80 + "deep" + "</blockquote>" * 80,
    "much code": f"<pre>{'line of code' + chr(10)}</pre>" * 8000,
    "broken": "<p><b><i><table><tr>" * 200,
}


@pytest.mark.parametrize("case", CASES)
def test_hostile_articles_are_shown_without_a_hang(view: PageView, case: str):
    seconds = shown(view, prepare(CASES[case], "https://feed.example/").html)
    assert seconds < 6, f"{case}: {seconds:.1f} s"  # loose: machines under load


def test_the_type_survives_the_style_sheet(qtbot: QtBot, view: PageView, theme: Theme):
    shown(view, "<p>text</p>")
    assert view.document().defaultFont() == fonts.serif(SIZE)
    theme.set_mode(Mode.DARK)
    qtbot.waitUntil(lambda: look.colour("accent").name() in view.document().defaultStyleSheet().casefold())
    assert view.document().defaultFont() == fonts.serif(SIZE)
    theme.set_scale(1.5)
    qtbot.waitUntil(lambda: view.document().defaultFont().pixelSize() == round(SIZE * 1.5))


def test_the_measure_is_readable(view: PageView):
    view.resize(1400, 800)
    shown(view, f"<p>{'the people we know best tend to know what we know ' * 30}</p>")
    block = view.document().findBlockByNumber(1)
    lines = [block.layout().lineAt(number).textLength() for number in range(block.layout().lineCount() - 1)]
    assert all(55 <= length <= 78 for length in lines), lines
    assert view.document().rootFrame().frameFormat().leftMargin() == (view.viewport().width() - style().width()) // 2
    assert block.blockFormat().lineHeight() == 28


def test_a_card_stands_below_the_text_and_scrolls_along(view: PageView):
    shown(view, "<p>a line</p>" * 60)
    card = label("Someone you know might like this", "strong")
    view.set_card(card)
    view.document().size()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    last = view.document().lastBlock().previous()
    text = view.document().documentLayout().blockBoundingRect(last).bottom() - bar.value()
    assert text < card.y() and card.geometry().bottom() < view.viewport().height()
    before = card.y()
    bar.setValue(bar.value() - 100)
    assert card.y() == before + 100


def test_showing_many_articles_keeps_no_memory(view: PageView):
    html = prepare("<p>" + "word " * 4000 + "</p>", "").html

    def some() -> None:
        for _ in range(20):
            shown(view, html)
            view.set_card(label("card"))
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    some()
    documents = len(view.findChildren(QTextDocument))
    tracemalloc.start()
    some()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(view.findChildren(QTextDocument)) == documents
    assert kept < 300_000
