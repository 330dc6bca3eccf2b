"""An article as the beginning of a journal entry."""

from __future__ import annotations

from pln.model.quoted import link, quotation


def quoted_link(title: str, url: str, selected: str = "") -> str:
    """A Markdown quotation: the words selected, if any, then the link; an empty line to write on below.

    Words from outside are escaped, so that they stay words.
    """
    words = [quotation(selected)] if selected.strip() else []
    return "\n>\n".join([*words, f"> {link(title, url)}"]) + "\n\n"
