"""What becomes of a click on Today. Imported with the first click: Today is shown before the services are there."""

from __future__ import annotations

from collections.abc import Callable

from pln.model.contact import HandleKind
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry
from pln.model.suggestion import Candidate, Energy, StepAction, StepKind, Verdict
from pln.services import today
from pln.services.contacts import get_person, record_interaction
from pln.ui.shell import Shell

_GIVEN = {StepKind.WARM: InteractionKind.THANKS, StepKind.ARTICLE: InteractionKind.ARTICLE}


def begin(shell: Shell, step: Candidate) -> None:
    """Open the right thing, with the draft ready. What comes of it is recorded when the owner says so."""
    if step.action is StepAction.PLAN:
        shell.log_meetup(people=step.people, plan=True)
    elif step.action in (StepAction.READ, StepAction.BRIEF) and step.ref is not None:
        shell.open(step.ref)
    else:
        person = get_person(shell.ctx, step.people[0])
        shell.compose(to=person.of_kind(HandleKind.EMAIL)[:1], subject=step.subject, body=step.draft)


def answer(shell: Shell, step: Candidate, verdict: Verdict, done: Callable[[], object]) -> None:
    """Keep what was said of a step, and offer to take it back. done: called when it is kept."""
    given = _given(shell, step) if verdict is Verdict.DONE else None

    def job() -> object:
        if given is not None:
            record_interaction(shell.ctx, given, origin="today")
        return today.answer(shell.ctx, step, verdict, origin="today")

    def kept(_undo: object) -> None:
        done()
        top = shell.ctx.undo.top
        shell.toast(top.label if top else "", top)

    shell.write(job, kept)


def set_energy(shell: Shell, key: str) -> None:
    shell.write(lambda: today.set_energy(shell.ctx, Energy(key)))


def wake(shell: Shell) -> None:
    """End the rest."""
    shell.write(lambda: today.pause(shell.ctx, None))


def write_about(shell: Shell, prompt: str) -> None:
    """Begin a journal entry with the question of the day."""
    shell.write(lambda: today.prompt_used(shell.ctx, prompt, origin="today"))
    shell.write_entry(Entry(title="", body="", prompt=prompt))


def pass_over(shell: Shell, prompt: str, done: Callable[[], None]) -> None:
    """Another question, please."""
    shell.write(lambda: today.prompt_used(shell.ctx, prompt, origin="today"), lambda _: done())


def _given(shell: Shell, step: Candidate) -> Interaction | None:
    """What a step done by writing leaves in the log of contact."""
    if step.action not in (StepAction.WRITE, StepAction.INTRODUCE):
        return None
    kind = InteractionKind.INTRODUCTION if step.action is StepAction.INTRODUCE else _GIVEN.get(step.kind)
    other = step.people[1] if step.action is StepAction.INTRODUCE and len(step.people) > 1 else None
    article = step.ref.id if kind is InteractionKind.ARTICLE and step.ref else None
    return Interaction(
        kind=kind or InteractionKind.MESSAGE, person_id=step.people[0], other_id=other, article_id=article,
        day=shell.today(),
    )  # fmt: skip
