"""What the owner said of suggested steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, delete, insert, select

from pln.model.changes import Noun
from pln.model.suggestion import Response, StepKind, Verdict
from pln.store.repository import Repository
from pln.store.schema import response

_PLAIN = ("key", "person_id", "at", "until")


class Responses(Repository):
    noun = Noun.RESPONSE

    def add(self, new: Response) -> Response:
        stored = replace(new, id=self.next_id(response))
        values = {name: getattr(stored, name) for name in _PLAIN}
        row = {"id": stored.id, "kind": stored.kind.value, "verdict": stored.verdict.value, **values}
        self.connection.execute(insert(response).values(**row))
        self.touched(stored.id)
        return stored

    def take_back(self, record: int) -> bool:
        """Forget an answer (undo)."""
        done = self.connection.execute(delete(response).where(response.c.id == record))
        self.touched(record)
        return bool(done.rowcount)

    def everything(self) -> tuple[Response, ...]:
        """Oldest first."""
        return tuple(_build(row) for row in self.connection.execute(select(response).order_by(response.c.id)))


def _build(row: Row[Any]) -> Response:
    values = {name: getattr(row, name) for name in _PLAIN}
    return Response(id=row.id, kind=StepKind(row.kind), verdict=Verdict(row.verdict), **values)
