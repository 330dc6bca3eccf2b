"""Flight mode as the owner's wish: kept in the store, in force while it is open."""

from __future__ import annotations

from dataclasses import replace

from pln.services.context import Context
from pln.services.preferences import preferences, save_preferences
from pln.sources.flight import Asked, FlightMode, in_flight, switch_flight

__all__ = ["FlightMode", "in_flight"]


def set_flight_mode(ctx: Context, on: bool, *, origin: str = "") -> None:
    """Switch it on, which ends every request under way, or off again. On at once, and off once that is stored."""
    if on:
        switch_flight(True, Asked.WISH)
    save_preferences(ctx, replace(preferences(ctx), flight_mode=on), origin=origin)
    switch_flight(on, Asked.WISH)


def begin_flight_mode(ctx: Context) -> None:
    """At the opening of a store: as its owner left it."""
    switch_flight(preferences(ctx).flight_mode, Asked.WISH)
