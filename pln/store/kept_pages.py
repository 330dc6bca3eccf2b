"""Pages that were computed once and may be shown again, each with a mark that says whether it still holds."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from pln.model.changes import Noun
from pln.store.repository import Repository
from pln.store.schema import kept_page

RESTS_ON = (
    Noun.PERSON, Noun.MEETUP, Noun.MARK, Noun.INTERACTION, Noun.HIGHLIGHT, Noun.RESPONSE, Noun.SETTING, Noun.FEED,
)  # fmt: skip
"""What makes kept pages stale. An article read changes none before the day does."""


class KeptPages(Repository):
    """Touches nothing that a view would have to hear of: what is kept was shown already."""

    def fresh(self, name: str) -> str | None:
        """What was put, None where there is nothing or something it rests on has changed since."""
        query = select(kept_page.c.body).where(kept_page.c.name == name, kept_page.c.stale == 0)
        return self.connection.execute(query).scalar()

    def put(self, name: str, body: str) -> None:
        new = insert(kept_page).values(name=name, body=body, stale=0)
        fresh = {"body": new.excluded.body, "stale": 0}
        self.connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=fresh))

    def grow_stale(self) -> None:
        """Writes nothing where all are stale already."""
        self.connection.execute(update(kept_page).where(kept_page.c.stale == 0).values(stale=1))
