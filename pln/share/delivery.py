"""What every destination offers, and the way a delivery can end badly without anybody knowing how far it came."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from pln.model.errors import PlnError
from pln.model.share import DestinationKind, Rendered, ShareRecord


class UnsureDelivery(PlnError):
    """It cannot be told whether the text arrived: look before trying again."""


class Destination(Protocol):
    @property
    def kind(self) -> DestinationKind: ...

    @property
    def audience(self) -> str: ...

    def deliver(self, rendered: Rendered, target: Path) -> str:
        """Write exactly these bytes; the answer says where they lie. Raises PlnError where nothing was written."""
        ...

    def take_back(self, record: ShareRecord, when: datetime) -> str:
        """Delete what was written and look that it is gone; the answer says what may remain."""
        ...
