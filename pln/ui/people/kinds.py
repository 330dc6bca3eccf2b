"""What each kind of contact looks like in the timeline, and how its length is said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.model.highlight import HighlightKind
from pln.model.interaction import InteractionKind
from pln.model.meetup import MeetupKind

JOURNAL = "journal"

# kind -> (icon, role of its colour)
_LOOKS: dict[str, tuple[str, str]] = {
    MeetupKind.COFFEE: ("coffee", "accent"),
    MeetupKind.TEA: ("leaf", "accent"),
    MeetupKind.LUNCH: ("utensils", "accent"),
    MeetupKind.WALK: ("footprints", "plum"),
    MeetupKind.CALL: ("phone", "accent"),
    MeetupKind.VIDEO: ("video", "accent"),
    MeetupKind.LETTER: ("mail", "blue"),
    MeetupKind.EVENT: ("users", "plum"),
    MeetupKind.OTHER: ("handshake", "accent"),
    InteractionKind.ARTICLE: ("send", "blue"),
    InteractionKind.THANKS: ("heart", "plum"),
    InteractionKind.INTRODUCTION: ("git-merge", "plum"),
    InteractionKind.MESSAGE: ("message-circle", "blue"),
    HighlightKind.QUESTION: ("message-circle-question-mark", "plum"),
    HighlightKind.LESSON: ("lightbulb", "accent"),
    JOURNAL: ("feather", "muted"),
}


def look_of(kind: str) -> tuple[str, str]:
    """Icon and colour role of a timeline kind."""
    return _LOOKS.get(kind, ("circle-dot", "muted"))


def spoken_minutes(minutes: int) -> str:
    """ "45 min", "1 h 10", "2 h"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return QCoreApplication.translate("people", "%1 min").replace("%1", str(rest))
    whole = QCoreApplication.translate("people", "%1 h").replace("%1", str(hours))
    return f"{whole} {rest:02d}" if rest else whole
