"""The welcome pages once more, for somebody who wants to begin anew. What was chosen before stands in them."""

from __future__ import annotations

from pln.ui.place import PlaceId
from pln.ui.shell import Shell


def show_welcome(shell: Shell) -> None:
    """Show the pages in place of everything else; afterwards one is where one was."""
    from pln.ui.welcome.pages import WelcomePages

    window = shell.window()
    before = window.current() or PlaceId.TODAY

    def done() -> None:
        window.end_bare(pages)
        window.go(before)

    pages = WelcomePages(shell, done)
    window.show_bare(pages)
    pages.setFocus()
