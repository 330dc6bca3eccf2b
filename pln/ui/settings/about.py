"""About PLN: its version, what it is made of, and what is encrypted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QPlainTextEdit

from pln import __version__
from pln.system.resources import resource
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label


class AboutDialog(Dialog):
    """licences: the whole text of the one chosen."""

    def __init__(self, shell: Shell) -> None:
        self._texts = {"inter": ("fonts", "Inter-OFL.txt"), "serif": ("fonts", "SourceSerif4-OFL.txt"),
                       "icons": ("icons", "LICENSE.txt")}  # fmt: skip
        encrypted = _tr(
            "Everything you write and read in PLN is kept in one encrypted file on this computer. Size and look of "
            "the window, and a log without names or texts, lie beside it unencrypted."
        )
        made = _tr(
            "Typefaces: Inter and Source Serif 4, under the SIL Open Font License. Icons: Lucide, under the ISC "
            "License. The window is made with Qt %1, under the LGPL."
        ).replace("%1", qVersion() or "6")
        names = [("inter", _tr("Licence of Inter")), ("serif", _tr("Licence of Source Serif 4")),
                 ("icons", _tr("Licence of Lucide"))]  # fmt: skip
        self.which = Choice(_tr("Licence"), names, "inter")
        self.licence = QPlainTextEdit()
        self.licence.setReadOnly(True)
        self.licence.setTabChangesFocus(True)
        self.licence.setAccessibleName(_tr("Text of the licence"))
        self.licence.setMinimumHeight(150)
        body = column(
            label(_tr("Version %1").replace("%1", __version__), "muted"), label(encrypted, wrap=True),
            label(made, wrap=True), self.which, self.licence, spacing=12,
        )  # fmt: skip
        super().__init__(
            shell.window(), _tr("PLN, your learning network"), body, _tr("Close"),
            subtitle=_tr("A private home for the people you learn with."),
        )  # fmt: skip
        self.cancel.hide()
        self.which.chosen.connect(self._show)
        self._show("inter")
        self.resize(600, min(620, shell.window().height() - 60))
        self.finished.connect(lambda _result: self.deleteLater())

    def _show(self, key: str) -> None:
        path: Path = resource(*self._texts[key])
        self.licence.setPlainText(path.read_text("utf-8"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("about", text)
