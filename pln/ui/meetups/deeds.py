"""What can be done with the meetup shown, alike from menu, palette, keyboard and buttons.

Each deed first hands what was typed to the writer, which works in turn: nothing it does is older than the notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.model.changes import Noun, Ref
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, EntryKind, Mention
from pln.model.marks import MarkKind, read_marks
from pln.model.meetup import MeetupState
from pln.services.contacts import record_interaction
from pln.services.meetup_log import set_state
from pln.services.meetup_page import letter_of_thanks
from pln.services.meetups import get_meetup, remove_meetup
from pln.services.undo import UndoStep
from pln.suggest.reasons import once_upper, shortened
from pln.ui.meetups.calendar import hand_to_calendar
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.meetups.place import MeetupsPlace

_ORIGIN = "meetups"


def edit(shell: Shell, place: MeetupsPlace) -> None:
    """Open the details. They are read after all that was typed is written."""
    meetup_id, ctx = place.shown().id, shell.ctx
    place.saver.flush()
    shell.tasks.write(
        lambda: get_meetup(ctx, meetup_id), lambda fresh: shell.log_meetup(meetup=fresh), shell.fail
    )  # fmt: skip


def say(shell: Shell, place: MeetupsPlace, state: MeetupState) -> None:
    """It happened, or it fell through."""
    meetup_id, ctx = place.shown().id, shell.ctx

    def done(step: UndoStep) -> None:
        place.refresh()
        shell.toast(step.label, step)

    place.saver.flush()
    shell.write(lambda: set_state(ctx, meetup_id, state, origin=_ORIGIN), done)


def remove(shell: Shell, place: MeetupsPlace) -> None:
    meetup_id, ctx = place.shown().id, shell.ctx

    def done(step: UndoStep) -> None:
        place.leave(meetup_id)
        shell.toast(step.label, step)

    place.saver.flush()
    shell.write(lambda: remove_meetup(ctx, meetup_id, origin=_ORIGIN), done)


def to_calendar(shell: Shell, place: MeetupsPlace) -> None:
    hand_to_calendar(shell, place.shown())


def thank(shell: Shell, place: MeetupsPlace) -> None:
    """Hand a draft of the thank-you to the mail program, and ask afterwards whether it was sent."""
    side = place.detail.side.side
    if side is None or place.page is None:
        return
    subject, body = letter_of_thanks(place.page, side.person, shell.today())
    shell.compose(to=side.mail, subject=subject, body=body)
    place.detail.follow_up.ask()


def note_thanks(shell: Shell, place: MeetupsPlace) -> None:
    """The owner says that the thank-you was given: it joins the log of contact."""
    side, ctx = place.detail.side.side, shell.ctx
    if side is None:
        return
    given = Interaction(kind=InteractionKind.THANKS, person_id=side.person.id, day=shell.today())

    def done(step: UndoStep) -> None:
        place.detail.follow_up.close_up()
        place.detail.side.reload()
        shell.toast(_tr("Noted: you thanked %1").replace("%1", side.person.first_name), step)

    shell.write(lambda: record_interaction(ctx, given, origin=_ORIGIN), done)


def to_journal(shell: Shell, place: MeetupsPlace) -> None:
    """Begin a journal entry with what was learned, about this meetup, naming those met."""
    assert place.page is not None
    place.saver.flush()
    marks = read_marks(place.detail.notes.text())
    lessons = [once_upper(mark.text) for mark in marks if mark.kind is MarkKind.LESSON]
    mentions = tuple(Mention(who, f"@{name}") for who, name in place.page.people)
    quotes = "".join(f"> {lesson}\n\n" for lesson in lessons)
    shell.write_entry(
        Entry(
            title=shortened(lessons[0], 80) if lessons else "", kind=EntryKind.LESSON if lessons else EntryKind.NOTE,
            body=f"{quotes}{' '.join(mention.text for mention in mentions)} ", mentions=mentions,
            about=Ref(Noun.MEETUP, place.shown().id),
        )
    )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
