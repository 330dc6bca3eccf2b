"""From the words of a promise in a note to the step as one would say it."""

from __future__ import annotations

import re

from pln.suggest.reasons import once_upper, shortened

_LENGTH = 64
_SIMPLE = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GIVING = _set("send give show lend bring mail email forward write tell offer post text")
_TO_THEM = _set("him her them")
_ARTICLES = _set("the a an my our that this")
_TWO_THINGS = _set("and or & +")
# Where the thing promised ends: "the guidelines piece | by Elin", "the notes | from Tuesday".
_ENDS = _set(
    """about after again as asap at back before by during for from he i in into next of on once she soon than that they
    this to today tomorrow tonight until via we when where which who with you"""
)


def promised_step(text: str, name: str) -> str:
    """ "send the communities-of-practice paper" -> "Send Anna the paper you promised", on one short line.

    What is not of that form is said in its own words: "As promised to Anna: ask how it went".
    """
    words = text.split()
    verb = words[0].casefold() if words else ""
    to_them = len(words) > 1 and words[1].casefold() in _TO_THEM | {name.casefold()}
    thing = _thing(words[2:] if to_them else words[1:])
    if verb in _GIVING and thing:
        return f"{once_upper(verb)} {name} the {thing} you promised"
    return f"As promised to {name}: {shortened(text.strip().rstrip('.'), _LENGTH)}"


def _thing(words: list[str]) -> str:
    """The noun of "the communities-of-practice paper by Elin": "paper". Empty where the phrase is not so simple."""
    if not words or words[0].casefold() not in _ARTICLES or _TWO_THINGS.intersection(words):
        return ""
    noun = ""
    for word in words[1:]:
        if word.casefold() in _ENDS:
            break
        noun = word.strip(",;:.()!")
        if noun != word:
            break
    return noun if _SIMPLE.fullmatch(noun) and not noun.endswith("ly") else ""
