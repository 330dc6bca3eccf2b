"""Pictures of a page: only kept ones, by their own names, as wide as the text; by themselves in a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.ui.reading.page_view import PageView
from pln.ui.reading.pictures import fit_size, fitted, key_of, keys_in, with_lead
from pln.ui.reading.typeset import page_html
from pln.ui.reading.zoom_dialog import ZoomDialog
from pln.ui.theme import Theme

KEY, OTHER, GONE = "a" * 24, "b" * 24, "c" * 24
BODY = (
    f'<p>before</p><p><img src="pln-img:{KEY}" alt="A &quot;wide&quot; one" width="1600" height="800"></p>'
    f'<p><img src="pln-img:{GONE}" alt="a &lt;map&gt;"></p><p><img src="pln-img:{OTHER}" alt=""></p>'
    "<p><img src='file:///etc/hostname' alt='a file'><img src='http://127.0.0.1:9/x.png'></p>"
)


def png(width: int, height: int, colour: str) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class Kept:
    """Pictures in memory; counts what is asked for."""

    def __init__(self) -> None:
        self.kept = {KEY: (png(1600, 800, "#2C6A56"), (1600, 800)), OTHER: (png(60, 40, "#8F5B0E"), (60, 40))}
        self.asked: list[str] = []

    def sizes(self, keys: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        return {key: self.kept[key][1] for key in keys if key in self.kept}

    def data(self, key: str) -> bytes | None:
        self.asked.append(key)
        return self.kept[key][0] if key in self.kept else None


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[PageView]:
    made = PageView("Article")
    qtbot.addWidget(made)
    made.pictures = Kept()
    made.resize(700, 900)
    made.show()
    qtbot.waitExposed(made)
    made.show_page(page_html("A title", "", BODY))
    QApplication.processEvents()
    made.grab()
    yield made


def test_names_and_sizes() -> None:
    assert key_of(f"pln-img:{KEY}") == KEY
    assert [key_of(name) for name in ("pln-img:../x", "file:///x", f"http://h/pln-img:{KEY}", "pln-img:")] == [""] * 4
    assert keys_in(BODY) == (KEY, GONE, OTHER)
    assert fit_size((1600, 800), 572) == (572, 286) and fit_size((60, 40), 572) == (60, 40)


def test_what_is_not_there_becomes_words() -> None:
    html = fitted(BODY, {KEY: (1600, 800)}, 572)
    assert f'<img src="pln-img:{KEY}" alt="A &quot;wide&quot; one" width="572" height="286">' in html
    assert "[picture: a &lt;map&gt;]" in html and html.count("[picture]") == 2 and "[picture: a file]" in html
    assert "file:" not in html and "http:" not in html
    assert fitted("<p>no picture</p>", {}, 10) == "<p>no picture</p>"


def test_kept_pictures_are_painted_and_nothing_else_is_asked_for(view: PageView) -> None:
    assert isinstance(view.pictures, Kept)
    assert set(view.pictures.asked) == {KEY, OTHER}
    assert list(view.refusals.names) == []
    image = view.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 700, 10) for y in range(0, 900, 10)}
    assert "#2c6a56" in colours and "#8f5b0e" in colours
    assert "[picture: a <map>]" in view.page_text()
    assert view.horizontalScrollBar().maximum() == 0, "a wide picture is as wide as the text"


def test_a_document_gets_no_other_picture_whatever_its_name(view: PageView) -> None:
    page = view.page
    assert page is not None
    image = QTextDocument.ResourceType.ImageResource.value
    for name in (
        f"pln-img:{GONE}",
        "pln-img:../../x",
        "file:///etc/hostname",
        "http://127.0.0.1:9/x",
        "data:image/png,x",
    ):
        assert page.loadResource(image, name).size().toTuple() == (1, 1), name
    sheet = QTextDocument.ResourceType.StyleSheetResource.value
    assert page.loadResource(sheet, f"pln-img:{KEY}").isEmpty(), "a picture's name gives pictures alone"


def test_a_narrower_view_has_narrower_pictures(qtbot: QtBot, view: PageView) -> None:
    view.resize(420, 900)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0 and 'width="372"' in _shown(view))


def _shown(view: PageView) -> str:
    return view.document().toHtml()


def test_a_click_shows_a_picture_by_itself(qtbot: QtBot, view: PageView) -> None:
    cursor = view.document().find("before")
    below = view.cursorRect(cursor).bottomLeft() + QPoint(100, 120)
    with qtbot.waitSignal(view.picture_clicked) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert told.args == [KEY]


def test_by_itself_it_is_fitted_or_whole_and_leads_on(qtbot: QtBot, view: PageView, tmp_path: Path) -> None:
    assert view.picture_keys() == (KEY, OTHER)
    dialog = ZoomDialog(view, view.pictures, view.picture_keys(), KEY)
    dialog.open()
    QApplication.processEvents()
    assert dialog.shown_size().width() < 1600
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    assert dialog.shown_size().toTuple() == (1600, 800)
    dialog._write(str(tmp_path / "kept.png"))
    assert QImage(str(tmp_path / "kept.png")).size().toTuple() == (1600, 800)
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.key == OTHER and dialog.shown_size().toTuple() == (60, 40)
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.key == KEY
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_footnote_is_shown_and_leads_back(qtbot: QtBot, view: PageView) -> None:
    notes = (
        '<p>text<a name="back"></a><a href="#n1">1</a></p>' + "<p>line</p>" * 80 + '<p><a name="n1"></a>The note.</p>'
    )
    view.show_page(page_html("A title", "", notes))
    wanted: list[str] = []
    view.wanted.connect(wanted.append)
    view.anchorClicked.emit(QUrl("#n1"))
    assert view.verticalScrollBar().value() > 500
    view.anchorClicked.emit(QUrl("#back"))
    assert view.verticalScrollBar().value() < 500 and wanted == []


def test_a_picture_at_the_head_that_is_not_kept_leaves_nothing_behind() -> None:
    lead = f'<p><img src="pln-img:{KEY}" alt=""></p>'
    page = page_html("Title", "Ada", f"{lead}<p>Tea</p>{lead}")
    assert fitted(page, {}, 500).count("[picture]") == 1, "the one within the text is told"
    assert fitted(page, {KEY: (50, 40)}, 500).count("<img") == 2
    assert "[picture]" in fitted(page_html("Title", "", lead), {}, 500), "where there is nothing else, it is told"


def test_the_feeds_picture_leads_a_page_that_brought_none() -> None:
    lead = f'<p><img src="pln-img:{KEY}" alt=""></p>'
    assert with_lead("<p>long</p>", lead + "<p>short</p>") == lead + "<p>long</p>"
    own = f'<p><img src="pln-img:{OTHER}" alt=""></p>'
    assert with_lead(own, lead + "<p>short</p>") == own
    assert with_lead("<p>long</p>", "<p>short</p>" + lead) == "<p>long</p>"
