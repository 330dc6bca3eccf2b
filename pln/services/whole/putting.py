"""What every step of putting back needs: the records of this store by their uids, and how many came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pln.model.changes import Noun
from pln.services.whole.form import Wrong, listing, mapping, uid_in
from pln.store.unit_of_work import Work


class Putting:
    """added, here, restored: numbers by kind ("people", "meetups", ...). restored: what had been removed here and came
    back.
    """

    def __init__(self, work: Work, today: date) -> None:
        self._work, self._today = work, today
        self._ids: dict[tuple[Noun, str], int] = {}
        self._seen: set[tuple[Noun, str]] = set()
        self._twins: list[tuple[int, str, str]] = []  # (article, uid of its twin, where it stands)
        self._fresh: set[str] = set()  # uids of what this reading brought
        self.added: Counter[str] = Counter()
        self.here: Counter[str] = Counter()
        self.restored: Counter[str] = Counter()

    def id_of(self, noun: Noun, uid: str) -> int | None:
        return self._ids.get((noun, uid))

    def _new_uid(self, noun: Noun, data: Any, where: str) -> str:
        uid = uid_in(mapping(data, where).get("uid"), where)
        if (noun, uid) in self._seen:
            raise Wrong(where, "its uid stands in the file twice")
        self._seen.add((noun, uid))
        return uid

    def _known(self, noun: Noun, kind: str, uid: str, repository: Any) -> bool:
        """Whether it is here. What had been removed here comes back."""
        old = repository.by_uid(uid)
        if old is None:
            return False
        self._keep(noun, kind, uid, old.id, restored=repository.restore(old.id))
        return True

    def _count(self, noun: Noun, kind: str, uid: str, record: int) -> None:
        self._ids[noun, uid] = record
        self._fresh.add(uid)
        self.added[kind] += 1

    def _keep(self, noun: Noun, kind: str, uid: str, record: int, *, restored: bool = False) -> None:
        self._ids[noun, uid] = record
        (self.restored if restored else self.here)[kind] += 1

    def _once(self, kind: str, line: Any, here: Counter[Any], add: Callable[[], object]) -> None:
        if here[line] > 0:
            here[line] -= 1
            self.here[kind] += 1
        else:
            add()
            self.added[kind] += 1


_SINCE = dict.fromkeys(("tombstones", "highlights", "rules", "smart_folders"), 2)
"""Lists that exports have from a format on; those before had none."""


def records(index: Mapping[str, Any], kind: str) -> list[tuple[str, dict[str, Any]]]:
    """(where it stands, record) of one list. Raises Wrong where the list is missing."""
    missing: list[Any] | None = [] if index.get("format", 1) < _SINCE.get(kind, 1) else None
    found = listing(index.get(kind, missing), kind)
    return [
        (where, mapping(data, where))
        for where, data in ((f"{kind}, number {at}", each) for at, each in enumerate(found, 1))
    ]
