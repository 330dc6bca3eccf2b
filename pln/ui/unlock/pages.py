"""Asking for the passphrase, showing the recovery code once, telling why the store cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from pln.model.errors import PlnError
from pln.ui.unlock.code_keeping import CodeKeeping
from pln.ui.unlock.recovery_sheet import Sheet
from pln.ui.widgets.boxes import Grow, Item, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.scroll import Page

_WIDTH = 620


class BarePage(QWidget):
    """A column in the middle of the window, as the welcome pages have it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "bg")

    def fill(self, *items: Item) -> None:
        """Give the page its content, once."""
        body = QWidget()
        body.setMaximumWidth(_WIDTH)
        body.setLayout(column(*items, spacing=14))
        middle = row(None, body, None)
        middle.setStretchFactor(body, 20)
        self.setLayout(column(Page(column(None, middle, None)), spacing=0))


class PassphrasePage(BarePage):
    """answered: called with what was typed. Show a refusal with `refuse`; what was typed stays.

    reason: why this computer's password store did not do it, in a sentence or two. again: ask that once more.
    """

    def __init__(
        self, first_time: bool, reason: str, answered: Callable[[str], object],
        again: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._answered, self._first_time = answered, first_time
        self._field = _secret_field(self.tr("Passphrase") if first_time else self.tr("Passphrase or recovery code"))
        self._again = _secret_field(self.tr("The same once more"))
        self._again.setVisible(first_time)
        self._problem = label("", "danger", wrap=True)
        self._problem.hide()
        self._go = button(self.tr("Make my store") if first_time else self.tr("Open"), "primary", run=self._answer)
        ask = button(self.tr("Ask the password store again"), "quiet", run=again)
        title, words = self._words()
        self.fill(
            label(title, "display", wrap=True), *([label(reason, "lead", wrap=True)] if reason else []),
            label(words, "lead", wrap=True),
            self._field, *([self._again] if first_time else []), self._problem,
            row(*([ask] if reason and again else []), None, self._go), hairline(), promise(),
        )  # fmt: skip
        self._field.returnPressed.connect(self._again.setFocus if first_time else self._answer)
        self._again.returnPressed.connect(self._answer)
        self.setFocusProxy(self._field)

    def refuse(self, fault: PlnError) -> None:
        """Say why it did not open."""
        self._tell(f"{fault.title}. {fault.sentence}")

    def _answer(self) -> None:
        if self._first_time and self._field.text() != self._again.text():
            self._tell(self.tr("The two are not the same. Nothing was saved; please type them again."))
            return
        self._go.setEnabled(False)
        self._problem.hide()
        self._answered(self._field.text())

    def _tell(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()
        self._go.setEnabled(True)
        self._field.setFocus()
        self._field.selectAll()

    def _words(self) -> tuple[str, str]:
        if not self._first_time:
            return self.tr("Welcome back"), self.tr("Your store opens with your passphrase or your recovery code.")
        return self.tr("Choose a passphrase"), self.tr(
            "A passphrase opens your store at each start. Eight characters or more; a short sentence is good."
        )


class RecoveryCodePage(BarePage):
    """Shows the code once. It is nowhere else, so one has to show that it is kept, or to say that it is not.

    done: goes on, either way. kept: called before that where the code is kept; without it the next start makes another.
    """

    def __init__(
        self, code: str, done: Callable[[], object], kept: Callable[[], object] = lambda: None, *,
        sheet: Sheet | None = None,
    ) -> None:  # fmt: skip
        """sheet: what is printed of it; without it the code alone."""
        super().__init__()
        self._done, self._kept = done, kept
        words = self.tr(
            "If this computer is lost, or its password store forgets you, this code opens your store and your "
            "backups. Print it or write it on paper. It is shown this once."
        )
        self.code = CodeKeeping(sheet or Sheet(code=code))
        self.later = button(self.tr("Later"), "quiet", run=done)
        self.go = button(self.tr("I have kept it"), "primary", run=self._go)
        self.go.setEnabled(False)
        self.code.proved.connect(self._proved)
        self.code.typed.returnPressed.connect(self.go.click)
        later = self.tr("Later: the next start of PLN shows you another code, and this one ends.")
        self.fill(
            label(self.tr("Your way back in"), "display", wrap=True), label(words, "lead", wrap=True), self.code,
            row(self.later, None, self.go), label(later, "muted", wrap=True), hairline(), promise(),
        )  # fmt: skip
        self.setFocusProxy(self.code)

    def _proved(self) -> None:
        self.go.setEnabled(True)

    def _go(self) -> None:
        self._kept()
        self._done()


class FaultPage(BarePage):
    """Says what happened, that nothing was lost, and what to do."""

    def __init__(self, fault: PlnError, retry: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self.fault = fault
        again = button(self.tr("Try again"), "primary", run=lambda: retry())
        out = button(self.tr("Close PLN"), "quiet", run=lambda: leave())
        sentence = label(fault.sentence, "lead", wrap=True, selectable=True)
        self.fill(label(fault.title, "display", wrap=True), sentence, row(out, None, again), hairline(), promise())
        self.setFocusProxy(again)


def _secret_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field


def promise() -> QLayout:
    """What PLN says wherever nothing of the store is shown yet."""
    words = "Everything is encrypted on this computer. Nothing is sent anywhere until you share it yourself."
    said = label(QCoreApplication.translate("unlock", words), "muted", wrap=True)
    return row(IconLabel("lock", "muted", 14), Grow(said))
