"""Invented text whose words are as unevenly common as those of a language."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

_SYLLABLES = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "sh")
              for b in ("a", "e", "i", "o", "u", "ai", "ou")]  # fmt: skip
_VOCABULARY = 30_000
_PARAGRAPHS = 4_000


class Words:
    """The same text from the same seed. vocabulary: the most common word first."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = Random(seed)
        self.vocabulary = list(itertools.islice(self._made(), _VOCABULARY))
        self._weights = list(itertools.accumulate(1 / rank for rank in range(2, _VOCABULARY + 2)))
        self._paragraphs = [" ".join(self.some(self.chance.randint(25, 60))) for _ in range(_PARAGRAPHS)]

    def some(self, number: int) -> list[str]:
        """Words as they come, the common ones often."""
        return self.chance.choices(self.vocabulary, cum_weights=self._weights, k=number)

    def title(self) -> str:
        return " ".join(self.some(self.chance.randint(3, 9))).capitalize()

    def paragraphs(self) -> list[str]:
        """An article: mostly a few paragraphs, one in a hundred a long read of some thousand words."""
        number = self.chance.randint(100, 200) if self.chance.random() < 0.01 else self.chance.randint(1, 6)
        return self.chance.choices(self._paragraphs, k=number)

    def name(self) -> str:
        first, last = self.chance.choices(self.vocabulary, k=2)
        return f"{first.capitalize()} {last.capitalize()}"

    def _made(self) -> Iterator[str]:
        seen: set[str] = set()
        while True:
            # Common words are short, rare ones long.
            length = 1 + min(3, len(seen) // 60 + self.chance.randint(0, 1)) if len(seen) < 400 else None
            word = "".join(self.chance.choices(_SYLLABLES, k=length or self.chance.randint(2, 4)))
            if word not in seen:
                seen.add(word)
                yield word
