"""What was given to whom: the passages marked in articles sent, so that a reason can quote the one it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pln.model.suggestion import GivenPassage, Network
from pln.suggest.words import content


@dataclass(frozen=True, slots=True)
class PassageLine:
    """One passage. words: stem to the word as it was written, case-folded."""

    passage: GivenPassage
    words: Mapping[str, str]


def passage_lines(network: Network, people: Collection[int], each: int = 12) -> dict[int, list[PassageLine]]:
    """The passages given last, newest first, for each of these people that were given any."""
    read: dict[str, Mapping[str, str]] = {}
    found: defaultdict[int, list[PassageLine]] = defaultdict(list)
    for passage in sorted(network.given, key=lambda passage: passage.day, reverse=True):
        if passage.person_id in people and len(found[passage.person_id]) < each:
            words = read.setdefault(passage.quote, content(passage.quote))
            found[passage.person_id].append(PassageLine(passage, words))
    return dict(found)
