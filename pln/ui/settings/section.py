"""What the sections have in common: a change is kept at once and told quietly; a fault is told in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pln.model.errors import PlnError
from pln.services.preferences import Preferences, preferences, save_preferences
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Item, column
from pln.ui.widgets.labels import label
from pln.ui.widgets.scroll import Page

ORIGIN = "settings"


class Section(QWidget):
    """saved: something was kept; brings what to say of it, "" for the usual word.

    Subclasses call `fill` once. `gone` is set when the dialog closes: answers that arrive later find nobody.
    """

    saved = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.gone = False
        self.problem = label("", "danger", wrap=True)
        self.problem.hide()

    def fill(self, title: str, *items: Item) -> None:
        """Title and content, from top to bottom."""
        inner = column(label(title, "subtitle"), self.problem, *items, None, spacing=12)
        self.setLayout(column(Page(inner, margins=(26, 22, 26, 22)), spacing=0))

    def keep(self, change: Callable[[Preferences], Preferences]) -> None:
        """Write a changed wish. change: gets the wishes as they are when it is written."""
        ctx = self.shell.ctx
        self.write(lambda: save_preferences(ctx, change(preferences(ctx)), origin=ORIGIN))

    def write(self, job: Callable[[], object], done: Callable[[], object] | None = None) -> None:
        """Run a short write; say that it was kept, or what went wrong."""

        def kept(_result: object) -> None:
            if not self.gone:
                self.problem.hide()
                self.saved.emit("")
                if done is not None:
                    done()

        self.shell.tasks.write(job, kept, self.trouble)

    def trouble(self, error: BaseException) -> None:
        """Say a fault here, where it was caused; what is no fault of the surroundings goes to the program."""
        if isinstance(error, PlnError) and not self.gone:
            self.problem.setText(f"{error.title}. {error.sentence}")
            self.problem.show()
        else:
            self.shell.fail(error)

    def flush(self) -> None:
        """Keep what is still being typed. Called before the dialog closes."""


def field(name: str, widget: QWidget, why: str = "") -> QVBoxLayout:
    """A named field, with one sentence about it."""
    head = label(name, "strong")
    head.setBuddy(widget)
    words: list[QLabel] = [label(why, "muted", wrap=True)] if why else []
    return column(head, *words, narrow(widget), spacing=5)


def narrow(widget: QWidget) -> QWidget:
    """Kept at the leading edge, as wide as it wants to be."""
    holder = QWidget()
    holder.setLayout(column(widget, spacing=0))
    layout = holder.layout()
    assert layout is not None
    if isinstance(widget, QComboBox):
        widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Maximum:
        layout.setAlignment(widget, Qt.AlignmentFlag.AlignLeading)
    return holder
