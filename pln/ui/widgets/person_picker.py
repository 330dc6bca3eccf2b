"""Pick one or several people by typing; somebody new is added by name alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pln.ui.widgets.chip_entry import ChipEntry
from pln.ui.widgets.row_look import RowLook

Found = tuple[int, str, str]  # id, name, detail


@dataclass(frozen=True, slots=True)
class Picked:
    """A person of the store, or with id None somebody to be added under this name."""

    id: int | None
    name: str


class PersonPicker(ChipEntry):
    """find: people that fit the typed text, the best first. several: False keeps at most one.

    Enter takes the row chosen; the last row adds a new person under the typed name (unless `adding` is False).
    """

    def __init__(
        self,
        name: str,
        find: Callable[[str], Sequence[Found]],
        placeholder: str = "",
        *,
        several: bool = True,
        adding: bool = True,
    ) -> None:
        super().__init__(name, placeholder)
        self._find, self._several, self._adding = find, several, adding
        self._picked: list[Picked] = []
        self._offered: list[Picked] = []

    def people(self) -> tuple[Picked, ...]:
        return tuple(self._picked)

    def set_people(self, people: Iterable[Picked]) -> None:
        """Show these as picked, in their order."""
        while self._picked:
            self.drop(len(self._picked) - 1)
        for person in people:
            self._add(person)

    def offer(self, text: str) -> None:
        typed = " ".join(text.split())
        found = [one for one in self._find(typed)[:8] if not self._has(Picked(one[0], one[1]))] if typed else []
        rows = [RowLook(title=name, second=detail, avatar=name) for _id, name, detail in found]
        self._offered = [Picked(person, name) for person, name, _detail in found]
        if typed and self._adding and not self._has(Picked(None, typed)):
            self._offered.append(Picked(None, typed))
            rows.append(RowLook(title=self.tr("Add ‘%1’ as a new person").replace("%1", typed), strong=False))
        self.suggestions.offer(rows)

    def take(self, number: int) -> None:
        self._add(self._offered[number])
        self.changed.emit()

    def drop(self, number: int) -> None:
        del self._picked[number]
        self.remove_chip(number)

    def _add(self, person: Picked) -> None:
        if not self._several and self._picked:
            self.drop(0)
        if not self._has(person):
            self._picked.append(person)
            shown = person.name if person.id is not None else self.tr("%1 (new)").replace("%1", person.name)
            self.add_chip(shown, self.tr("Remove %1").replace("%1", person.name), "accent" if person.id else "amber")

    def _has(self, person: Picked) -> bool:
        if person.id is not None:
            return any(one.id == person.id for one in self._picked)
        return any(one.id is None and one.name.casefold() == person.name.casefold() for one in self._picked)
