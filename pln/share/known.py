"""The forms under which a known person may stand in a text: full and partial names, handles, addresses, domains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pln.model.share import HitStrength, KnownPerson
from pln.share.folding import folded_words
from pln.share.vocabulary import GENERIC, HOSTS, LEGAL, PARTICLES, TITLES

_PHONE = re.compile(r"(?:tel:)?[\d\s().+/·–\-]+(?:(?:ext\.?|x)\s*\d+)?", re.IGNORECASE)
_SHORTEST_PHONE = 5
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}


class Form(NamedTuple):
    """words: the folded words in their order. detail: a way to reach somebody rather than a name.

    tight: written without spaces.
    """

    words: tuple[str, ...]
    strength: HitStrength
    detail: bool = False
    tight: bool = False


def forms(person: KnownPerson) -> set[Form]:
    """Every form of one person that is long enough to mean somebody."""
    return {form for form in _all(person) if len(letters := "".join(form.words)) > 1 and not letters.isdecimal()}


def phones(person: KnownPerson) -> set[str]:
    """Digits of the person's phone numbers without leading zeros. Fewer than five digits name nobody."""
    given = (_digits(word) for word in (*person.sure, *person.soft) if is_phone(word))
    return {digits for digits in given if len(digits) >= _SHORTEST_PHONE}


def is_phone(word: str) -> bool:
    return _PHONE.fullmatch(word.strip()) is not None


def _digits(word: str) -> str:
    number = re.split(r"ext|x", word, flags=re.IGNORECASE)[0]
    return "".join(str(unicodedata.decimal(char)) for char in number if char.isdecimal()).lstrip("0")


def _all(person: KnownPerson) -> Iterator[Form]:
    yield from _name(person.name)
    for word in person.sure:
        yield from _given(word, HitStrength.SURE)
    for word in person.soft:
        yield from _given(word, HitStrength.SOFT)


def _given(word: str, strength: HitStrength) -> Iterator[Form]:
    if is_phone(word):
        return
    if "://" in word or word.casefold().startswith("www."):
        yield from _address(word, strength)
    elif "@" in word:
        yield from _handle(word, strength)
    else:
        yield from _spellings(word, strength)
        yield from _without_legal_form(word)
        yield from _street(word)


def _name(name: str) -> Iterator[Form]:
    """The full name in both orders, without its middle, and each of its words alone."""
    parts = _parts(name)
    yield from _spellings(name, HitStrength.SURE if len(folded_words(name)) > 1 else HitStrength.SOFT)
    if len(parts) > 1:
        ends = (parts[0], parts[-1])
        for order in (ends, ends[::-1], (parts[-1], *parts[:-1]), parts):
            yield from _spellings(" ".join(order), HitStrength.SURE)
    for part in {*parts, *(half for double in parts for half in double.split("-"))}:
        yield from _spellings(part, HitStrength.SOFT)
    if len(name) == 3 and len(folded_words(name)) == 3:  # 王小明, 김민수: a family name of one letter comes first
        yield from _spellings(name[1:], HitStrength.SOFT)


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name without titles, and without particles in its middle ("Ben" in front is a name)."""
    given = (part for part in re.split(r"[\s,\"“”«»()]+", name) if part)
    parts = [part for part in given if part.casefold().strip(".") not in TITLES]
    ends = (0, len(parts) - 1)
    return tuple(part for at, part in enumerate(parts) if at in ends or part.casefold() not in PARTICLES)


def _spellings(name: str, strength: HitStrength) -> Iterator[Form]:
    for parts in _spelled(name):
        yield Form(parts, strength)


@lru_cache(maxsize=50_000)
def _spelled(name: str) -> tuple[tuple[str, ...], ...]:
    """A name as it stands, with its umlauts written out or written back, and as one word (#AnnaLindqvist)."""
    found = []
    lower = unicodedata.normalize("NFC", name).lower()
    for spelling in {lower, _replaced(lower, _UMLAUTS.items()), _written_back(lower)}:
        parts = folded_words(spelling)
        found.append(parts)
        if len(parts) > 1:
            found.append(folded_words("".join(parts)))
    return tuple(found)


def _written_back(name: str) -> str:
    return re.sub(r"[^\W\d_]{5,}", lambda word: re.sub("(?<![aeoqu])([aou])e", r"\1", word[0]), name)


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _without_legal_form(word: str) -> Iterator[Form]:
    parts = word.split()
    if len(parts) > 1 and parts[-1].casefold().strip(".,") in LEGAL:
        yield from _spellings(" ".join(parts[:-1]), HitStrength.SOFT)


def _street(word: str) -> Iterator[Form]:
    """The first part of a postal address ("Storgatan 5" of "Storgatan 5, 111 22 Stockholm")."""
    first, *rest = re.split(r"[,\n]", word)
    if rest and re.search(r"[^\W\d].*\d|\d.*[^\W\d]", first):
        yield from _detail(first, HitStrength.SOFT, tight=False)


def _handle(word: str, strength: HitStrength) -> Iterator[Form]:
    """An e-mail address or a @handle: whole, as the page of that account, by its local part, by its domain."""
    local, _, domain = word.strip().removeprefix("mailto:").lstrip("@").partition("@")
    yield from _detail(f"{local} {domain}", strength)
    if domain:
        yield from _detail(f"{domain} {local}", strength)
    if local.casefold() not in GENERIC:
        yield from _detail(local, strength if not domain else HitStrength.SOFT)
    yield from _domain(domain)


def _address(word: str, strength: HitStrength) -> Iterator[Form]:
    """A web address: whole, by the last part of its path, by its domain."""
    bare = re.sub(r"^(?:[a-z][a-z0-9+.\-]*://)?(?:www\.)?", "", word.strip(), flags=re.IGNORECASE).rstrip("/")
    host, _, path = bare.partition("/")
    if path or host.casefold() not in HOSTS:
        yield from _detail(bare, strength)
    yield from _domain(host)
    last = re.sub(r"\.\w{1,5}$", "", re.split(r"[?#]", path)[0].rsplit("/", 1)[-1])
    if len(last) > 2 and last.casefold().lstrip("@") not in GENERIC:
        yield from _detail(last, HitStrength.SOFT)


def _domain(host: str) -> Iterator[Form]:
    bare = host.casefold().partition(":")[0].removeprefix("www.")
    if "." in bare and bare not in HOSTS:
        yield from _detail(bare, HitStrength.SOFT)


def _detail(text: str, strength: HitStrength, *, tight: bool = True) -> Iterator[Form]:
    yield Form(folded_words(text), strength, detail=True, tight=tight)
