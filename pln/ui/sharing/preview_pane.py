"""Exactly what would leave: as it reads, and byte for byte; who could see it; the yes that any edit takes away."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QLayout, QPlainTextEdit, QStackedWidget, QTextBrowser, QWidget

from pln.model.share import NameAction, Rendered
from pln.services.sharing import as_read
from pln.ui import fonts, look
from pln.ui.sharing.preparation import Prepared
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.segmented import Tabs

READ, WRITTEN = "read", "written"


class PreviewPane(QWidget):
    """approved: the yes was given or taken away."""

    approved = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._rendered: Rendered | None = None
        self.count = label("", "faint")
        self.named = label("", "muted")
        self.named.setProperty("chip", "amber")
        self.named.setContentsMargins(9, 1, 9, 1)
        self.named.hide()
        self.tabs = Tabs(
            self.tr("How to look at it"), [(READ, self.tr("As it reads")), (WRITTEN, self.tr("Byte for byte"))]
        )
        self.page = _Page()
        self.page.setAccessibleName(self.tr("What others will read"))
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self.raw.setAccessibleName(self.tr("What will be written, byte for byte"))
        self.files = label("", "faint", wrap=True)
        self.audience = label("", "strong", wrap=True)
        self._eye = IconLabel("eye", "ink", 16)
        self.trouble = label("", "danger", wrap=True)
        self.yes = QCheckBox(self.tr("I have looked at it. This may leave."))
        self._file = Choice(self.tr("File"), [("0", "")])
        self._file.chosen.connect(lambda _key: self._show_raw())
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(look.px(200))
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._written())
        self.setLayout(self._arranged())
        self.tabs.chosen.connect(lambda view: self._stack.setCurrentIndex(0 if view == READ else 1))
        self.yes.toggled.connect(self.approved)
        self.void(self.tr("Choose what to share. Nothing is chosen by itself."))

    def void(self, why: str = "") -> None:
        """Something was edited: the yes is taken away, until the new text was looked at."""
        self.yes.setChecked(False)
        self.yes.setEnabled(False)
        if why:
            self._rendered = None
            self.named.hide()
            self.page.clear()
            self.raw.clear()
            self.page.setPlaceholderText(why)
            for words in (self.files, self.audience, self.count):
                words.setText("")
            self._eye.hide()

    def show_prepared(self, prepared: Prepared) -> None:
        self.trouble.setVisible(prepared.fault is not None)
        if prepared.fault is not None:
            self.trouble.setText(f"{prepared.fault.title}. {prepared.fault.sentence}")
        if prepared.rendered is None:
            self.void(self._what_is_missing(prepared))
            return
        self._rendered = prepared.rendered
        self._say_names(prepared)
        self.yes.setEnabled(prepared.can_leave)
        self._show(prepared.rendered)

    def say(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _say_names(self, prepared: Prepared) -> None:
        gone = sum(said.action is not NameAction.KEEP for said in prepared.decisions[: len(prepared.hits)])
        kept = len(prepared.hits) - gone
        said = [self.tr("names replaced: %1").replace("%1", str(gone))] if gone else []
        said += [self.tr("names kept: %1").replace("%1", str(kept))] if kept else []
        self.named.setText(" · ".join(said))
        self.named.setVisible(bool(said))

    def _what_is_missing(self, prepared: Prepared) -> str:
        if prepared.fault is not None:
            return self.tr("There is nothing to show.")
        if prepared.wish.place is None:
            return self.tr("Choose a folder first: what is written depends on where it goes.")
        return self.tr("Choose at least one paragraph. Nothing is chosen by itself.")

    def _show(self, rendered: Rendered) -> None:
        self.audience.setText(rendered.audience)
        self._eye.setVisible(bool(rendered.audience))
        names = [name for name, _content in rendered.files]
        self.files.setText(self.tr("Files written: %1").replace("%1", " · ".join(names)))
        if [self._file.itemText(at) for at in range(self._file.count())] != names:
            self._file.clear()
            for at, name in enumerate(names):
                self._file.addItem(name, str(at))
        at = self.page.verticalScrollBar().value()
        self.page.setHtml(f"<style>{_style()}</style>{as_read(rendered)}")
        self.page.verticalScrollBar().setValue(at)
        self.count.setText(self.tr("%1 characters").replace("%1", str(len(self.page.toPlainText()))))
        self._show_raw()

    def _show_raw(self) -> None:
        if self._rendered is not None:
            _name, content = self._rendered.files[int(self._file.current())]
            self.raw.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self.raw.setPlainText(content.decode())

    def _written(self) -> QWidget:
        made = QWidget()
        made.setLayout(column(self._file, Grow(self.raw), spacing=8))
        return made

    def _arranged(self) -> QLayout:
        head = row(label(self.tr("Exactly what will be sent"), "label"), self.named, None, self.count)
        note = self.tr(
            "Recorded in this entry’s share log. You can take it back: PLN deletes what it wrote and tells you "
            "what may remain."
        )
        recorded = row(IconLabel("history", "muted", 16), Grow(label(note, "muted", wrap=True)), top=True)
        seen_by = row(self._eye, Grow(self.audience), top=True)
        return column(
            head, self.tabs, Grow(self._stack), seen_by, self.files, recorded, self.trouble, self.yes, spacing=10
        )


class _Page(QTextBrowser):
    """Shows the copy. It loads nothing and follows no link: not from the disk, not from the net."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.document().setDocumentMargin(18)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return None


def _style() -> str:
    ink, muted, accent, line = (look.palette().colour(role) for role in ("ink", "muted", "accent", "line"))
    serif = fonts.serif(16.5)
    return (
        f"body, p, li, h1, h2, h3, h4, h5, h6 {{ font-family: '{serif.family()}'; color: {ink}; }}"
        f" body, p, li {{ font-size: {serif.pixelSize()}px; }}"
        f" p {{ line-height: 125%; margin: 0 0 12px 0; }} a {{ color: {accent}; }}"
        f" h1, h2 {{ font-size: {look.px(22)}px; font-weight: 600; margin: 0 0 10px 0; }}"
        f" h3, h4, h5, h6 {{ font-size: {look.px(18)}px; }} blockquote {{ color: {muted}; }} hr {{ color: {line}; }}"
    )
