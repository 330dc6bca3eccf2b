"""What a window does first: open the profile, or ask in one that holds nothing yet whether a backup shall come back."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from pln.ui.program.start import Start


def begin(start: Start) -> None:
    """Open the profile. Where nothing was ever kept in it, the choice comes first; a passphrase file has chosen."""
    from pln.services.fresh import is_fresh

    if start.unattended or not is_fresh(start.profile):
        start.open_profile()
        return
    from pln.ui.unlock.first_page import first_page

    gc.enable()  # off since the start (see pln.app), and nobody knows how long the choice takes
    QTimer.singleShot(0, start, start.listen)  # a second start meanwhile brings this page forward
    start.show_page(first_page(start.open_profile, lambda: _restore(start)))


def _restore(start: Start) -> None:
    from pln.ui.unlock.restore_page import RestorePage

    start.show_page(
        RestorePage(start.profile, start.pages.actions().run, start.open_profile, lambda: begin(start))
    )  # fmt: skip
