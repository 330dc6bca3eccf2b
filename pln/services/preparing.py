"""A copy prepared for sharing: chosen paragraphs, the names in them, and the exact bytes that would leave.

Nothing here stores or writes anything.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pln.model.contact import Person
from pln.model.share import DestinationKind, KnownPerson, NameAction, NameDecision, NameHit, Rendered, ShareDraft
from pln.services.context import Context
from pln.services.journal import get_entry
from pln.services.shared import destination
from pln.share.destinations.folder import FolderDestination
from pln.share.folding import key
from pln.share.inline import words
from pln.share.names import KnownNames, apply, find_names
from pln.share.page import article_in
from pln.share.paragraphs import Paragraph, compose, split
from pln.share.render import as_html, exact_text, names_left, outgoing
from pln.store.schema import person as person_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareStart:
    """What can be chosen from. uid: of the share to come. kept: names that stayed when this copy was held."""

    uid: str
    entry_id: int | None
    title: str
    paragraphs: tuple[Paragraph, ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePlace:
    """A destination with its place. path: the folder that gets the file, or the folder of pages itself."""

    kind: DestinationKind
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesIn:
    """draft: what would leave before names are decided; title, body: every place where it names somebody."""

    draft: ShareDraft
    title: tuple[NameHit, ...]
    body: tuple[NameHit, ...]

    @property
    def hits(self) -> tuple[NameHit, ...]:
        return self.title + self.body


def new_uid() -> str:
    return secrets.token_hex(16)


def start(ctx: Context, entry_id: int, *, new_uid: Callable[[], str] = new_uid) -> ShareStart:
    """An entry as paragraphs to choose from. Raises UsageError for an unknown id."""
    entry = get_entry(ctx, entry_id)
    return ShareStart(uid=new_uid(), entry_id=entry_id, title=entry.title, paragraphs=split(entry.body))


def draft_of(
    start: ShareStart, chosen: frozenset[int], *, keep_tags: bool, title: str, closing: str = ""
) -> ShareDraft:
    """The copy: the chosen paragraphs, in their order, and a closing question if wanted."""
    body = compose(start.paragraphs, chosen, keep_tags=keep_tags)
    body = "\n\n".join(filter(None, (body, closing.strip())))
    shown = title if keep_tags else words(title, keep_tags=False)
    return ShareDraft(title=shown, body=body, uid=start.uid, entry_id=start.entry_id)


def known_names(ctx: Context) -> KnownNames:
    """Everybody's names and handles, those of removed people too, ready to be looked for. Takes its time: once."""
    with ctx.store.read() as work:
        people = work.people.get_many(range(1, work.people.next_id(person_table)))
    return KnownNames([known_person(person) for person in people])


def known_person(person: Person) -> KnownPerson:
    """The copy that the names pass gets of a person. Notes, interests and the like are not in it."""
    full = f"{person.given} {person.family}" if person.given and person.family else ""
    sure = (full, *(each.value for each in person.handles))
    soft = (person.nickname, person.given, person.family, person.org)
    return KnownPerson(
        person_id=person.id, name=person.name, sure=_some(sure), soft=_some(soft), naming=person.naming.value
    )


def names_in(ctx: Context, draft: ShareDraft, known: KnownNames | None = None) -> NamesIn:
    """Whom the copy names, in title and body, each with what their "may I name you?" suggests."""
    sent = outgoing(draft)
    known = known or known_names(ctx)
    return NamesIn(draft=sent, title=find_names(sent.title, known), body=find_names(sent.body, known))


def decided(names: NamesIn, decisions: Sequence[NameDecision]) -> ShareDraft:
    """The copy after every decision. Raises UsageError where a name has none."""
    title = apply(names.draft.title, names.title, decisions)
    return replace(names.draft, title=title, body=apply(names.draft.body, names.body, decisions))


def preview(
    ctx: Context, draft: ShareDraft, decisions: Sequence[NameDecision], place: SharePlace,
    known: KnownNames | None = None,
) -> Rendered:  # fmt: skip
    """The exact bytes that would leave. Raises UsageError where a name has no decision."""
    return rendered_for(ctx, decided(names_in(ctx, draft, known), decisions), place)


def rendered_for(ctx: Context, final: ShareDraft, place: SharePlace) -> Rendered:
    """A decided copy as the bytes for one place; a folder's list and feed are made from what lies in it now."""
    target = destination(ctx, place.kind, place.path)
    if isinstance(target, FolderDestination):
        return target.render(final, ctx.clock.now(), target.existing())
    return target.render(final, ctx.clock.now())


def names_standing(rendered: Rendered, known: KnownNames) -> tuple[NameHit, ...]:
    """Everybody named in the very bytes of the text and its name."""
    return names_left(rendered, known, ())


def still_named(rendered: Rendered, decisions: Sequence[NameDecision], known: KnownNames) -> tuple[NameHit, ...]:
    """Names in the very bytes that the user did not decide to keep. While there is one, nothing is shared."""
    kept = {key(each.matched) for each in decisions if each.action is NameAction.KEEP}
    return tuple(hit for hit in names_standing(rendered, known) if key(hit.text) not in kept)


def as_read(rendered: Rendered) -> str:
    """What a reader will see, as safe HTML made from the bytes themselves."""
    content = rendered.files[0][1]
    if rendered.kind is DestinationKind.FILE:
        return as_html(ShareDraft(title="", body=exact_text(rendered)))
    whole = content.decode()
    return whole[whole.find("<h1") : whole.find("</h1>") + len("</h1>")] + article_in(content)


def _some(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value.strip()))
