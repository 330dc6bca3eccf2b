"""What is shown while the desktop asks for the password of its password store, perhaps behind the window."""

from __future__ import annotations

from collections.abc import Callable

from pln.ui.unlock.pages import BarePage, promise
from pln.ui.widgets.boxes import hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class WaitingPage(BarePage):
    """use_words: called where the user would rather type than wait."""

    def __init__(self, use_words: Callable[[], object]) -> None:
        super().__init__()
        self._use_words = use_words
        self.words = button(self.tr("Use my passphrase instead"), run=self._left)
        sentence = self.tr(
            "PLN keeps the key of your store there. Your desktop may want an answer first: look for its window, "
            "perhaps behind this one. PLN goes on by itself as soon as it has one."
        )
        self.fill(
            label(self.tr("Waiting for this computer's password store"), "display", wrap=True),
            label(sentence, "lead", wrap=True), row(None, self.words), hairline(), promise(),
        )  # fmt: skip
        self.setFocusProxy(self.words)

    def _left(self) -> None:
        self.words.setEnabled(False)
        self._use_words()
