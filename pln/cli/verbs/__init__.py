"""Every verb, in the order of the help text."""

from __future__ import annotations

from pln.cli.verb import Verb
from pln.cli.verbs.person_add import PERSON_ADD

VERBS: tuple[Verb, ...] = (PERSON_ADD,)
