"""What was noted at a meetup: when and over what, and as the fact of a reason."""

from __future__ import annotations

from pln.model.changes import Noun, Ref
from pln.model.marks import Mark
from pln.model.suggestion import Fact, Network
from pln.suggest.phrasing import OVER
from pln.suggest.reasons import on_day


def occasion(mark: Mark, network: Network) -> str:
    """ " over tea on 12 November"; the day alone where the network does not know the meetup."""
    meetup = network.meetups.get(mark.meetup_id)
    over = f" {OVER[meetup.kind]}" if meetup else ""
    return f"{over} {on_day(mark.made_on, network.today)}"


def noted(mark: Mark, network: Network, said: str, then: str = "") -> Fact:
    """ "You promised it over tea on 12 November", with the words of the mark, pointing at the meetup.

    said, then: what stands before and after the occasion.
    """
    return Fact(
        text=f"{said}{occasion(mark, network)}{then}",
        day=mark.made_on,
        quote=mark.text,
        ref=Ref(Noun.MEETUP, mark.meetup_id),
    )
