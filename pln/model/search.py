"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from pln.model.changes import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """title: the record's name. snippet: plain text around the match. when: ISO day or ""."""

    ref: Ref
    title: str
    snippet: str
    when: str = ""
