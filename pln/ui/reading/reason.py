"""A reason in words, with those words set apart that it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pln.ui.widgets.labels import escape


def reason_markup(first_name: str, reason: str, words: Sequence[str]) -> str:
    """ "<b>Anna</b> asked about <i>surprise</i> on 2 September". Everything in it is escaped."""
    name = f"<b>{escape(first_name)}</b>"
    if not reason:
        return name
    if reason.casefold().startswith(first_name.casefold() + " "):
        return f"{name} {_emphasised(reason[len(first_name) + 1 :], words)}"
    return f"{name} · {_emphasised(reason, words)}"


def _emphasised(text: str, words: Sequence[str]) -> str:
    wanted = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
    parts = pattern.split(text)
    return "".join(f"<i>{escape(part)}</i>" if number % 2 else escape(part) for number, part in enumerate(parts))
