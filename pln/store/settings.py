"""Settings that belong to the owner's network and so lie in the encrypted store."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from pln.model.changes import Noun
from pln.store.repository import Repository
from pln.store.schema import setting


class Settings(Repository):
    noun = Noun.SETTING

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key (anything JSON holds), or the default."""
        value = self.connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
        return default if value is None else json.loads(value)

    def put(self, key: str, value: Any) -> None:
        new = insert(setting).values(key=key, value=json.dumps(value))
        fresh = {"value": new.excluded.value}
        self.connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=fresh))
        self.room.bulk.add(Noun.SETTING)

    def everything(self) -> dict[str, Any]:
        rows = self.connection.execute(select(setting.c.key, setting.c.value).order_by(setting.c.key))
        return {row.key: json.loads(row.value) for row in rows}
