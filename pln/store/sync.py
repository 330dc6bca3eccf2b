"""The server that is kept in step, what records are called there, and the states that both sides agreed upon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pln.model.changes import Noun
from pln.model.sync import Link, LocalItem, State, SyncAccount
from pln.store.repository import Repository, pages
from pln.store.schema import article, feed, sync_account, sync_link

_PLAIN = ("uid", "url", "login", "synced", "error")


class Sync(Repository):
    """One account at a time."""

    noun = Noun.SETTING

    def account(self) -> SyncAccount | None:
        row = self.connection.execute(select(sync_account).order_by(sync_account.c.id)).first()
        return None if row is None else SyncAccount(id=row.id, **{name: getattr(row, name) for name in _PLAIN})

    def add(self, new: SyncAccount) -> SyncAccount:
        """Keep an account in place of the one before, of which nothing stays."""
        self.forget()
        stored = replace(new, id=self.next_id(sync_account), uid=new.uid or self.room.new_uid())
        values = {name: getattr(stored, name) for name in _PLAIN}
        self.connection.execute(insert(sync_account).values(id=stored.id, **values))
        self.touched(stored.id)
        return stored

    def ended(self, account: int, when: datetime | None, error: str) -> None:
        """Note how a sync ended. when: None where it was not done whole."""
        values = {"error": error, **({} if when is None else {"synced": when})}
        self.connection.execute(update(sync_account).where(sync_account.c.id == account).values(**values))

    def forget(self) -> None:
        """Forget the account with its links. Feeds and articles stay."""
        self.connection.execute(delete(sync_account))

    def links(self, account: int, noun: Noun) -> dict[int, Link]:
        """Record here -> its link."""
        query = select(sync_link).where(sync_link.c.account_id == account, sync_link.c.noun == noun.value)
        rows = self.connection.execute(query)
        return {row.record: Link(row.remote, State(bool(row.read), bool(row.starred))) for row in rows}

    def put(self, account: int, noun: Noun, links: Mapping[int, Link]) -> None:
        """Write links, new ones and changed ones."""
        if not links:
            return
        rows = [
            {
                "account_id": account, "noun": noun.value, "record": record, "remote": link.remote,
                "read": int(link.base.read), "starred": int(link.base.starred),
            }
            for record, link in links.items()
        ]  # fmt: skip
        new = upsert(sync_link)
        fresh = {name: new.excluded[name] for name in ("remote", "read", "starred")}
        keys = ["account_id", "noun", "record"]
        self.connection.execute(new.on_conflict_do_update(index_elements=keys, set_=fresh), rows)

    def drop(self, account: int, noun: Noun, records: Sequence[int]) -> None:
        for page in pages(records):
            here = (sync_link.c.account_id == account, sync_link.c.noun == noun.value)
            self.connection.execute(delete(sync_link).where(*here, sync_link.c.record.in_(page)))

    def items(self, feed_id: int) -> tuple[LocalItem, ...]:
        """The articles of a feed that is here, newest first."""
        return self._items(article.c.feed_id == feed_id)

    def items_of(self, ids: Sequence[int]) -> tuple[LocalItem, ...]:
        """Those of these articles that are still here."""
        return tuple(item for page in pages(ids) for item in self._items(article.c.id.in_(page)))

    def _items(self, which: object) -> tuple[LocalItem, ...]:
        here = article.c
        query = (
            select(here.id, here.url, here.title, here.published, here.read_at, here.starred_at)
            .join_from(article, feed)
            .where(which, feed.c.removed_at.is_(None), here.removed_at.is_(None))  # type: ignore[arg-type]
            .order_by(here.sort_at.desc())
        )
        return tuple(
            LocalItem(
                id=row.id, url=row.url, title=row.title, published=row.published,
                state=State(row.read_at is not None, row.starred_at is not None),
            )
            for row in self.connection.execute(query)
        )  # fmt: skip
