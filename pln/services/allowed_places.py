"""Places on this computer or in the home network that the owner let PLN fetch from."""

from __future__ import annotations

from pln.services.context import Context

_ALLOWED = "allowed_places"


def allowed_places(ctx: Context) -> frozenset[str]:
    """Each as "host:port"."""
    with ctx.store.read() as work:
        return frozenset(work.settings.get(_ALLOWED, []))


def allow_place(ctx: Context, place: str, *, origin: str = "") -> None:
    """Let PLN fetch from one "host:port" in the home network or on this computer: the owner named it and agreed."""
    with ctx.write(origin) as work:
        work.settings.put(_ALLOWED, sorted({*work.settings.get(_ALLOWED, []), place}))
