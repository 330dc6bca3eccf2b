"""Every verb, in the order of the help text."""

from __future__ import annotations

from pln.cli.verb import Verb
from pln.cli.verbs.backup import BACKUP
from pln.cli.verbs.check import CHECK
from pln.cli.verbs.demo import DEMO
from pln.cli.verbs.export import EXPORT
from pln.cli.verbs.feeds_add import FEEDS_ADD
from pln.cli.verbs.feeds_list import FEEDS_LIST
from pln.cli.verbs.import_ import IMPORT
from pln.cli.verbs.journal_add import JOURNAL_ADD
from pln.cli.verbs.journal_list import JOURNAL_LIST
from pln.cli.verbs.meetup_add import MEETUP_ADD
from pln.cli.verbs.meetup_list import MEETUP_LIST
from pln.cli.verbs.person_add import PERSON_ADD
from pln.cli.verbs.person_list import PERSON_LIST
from pln.cli.verbs.person_show import PERSON_SHOW
from pln.cli.verbs.refresh import REFRESH
from pln.cli.verbs.restore import RESTORE
from pln.cli.verbs.screens import SCREENS
from pln.cli.verbs.search import SEARCH
from pln.cli.verbs.today import TODAY

VERBS: tuple[Verb, ...] = (
    TODAY,
    PERSON_ADD, PERSON_LIST, PERSON_SHOW,
    MEETUP_ADD, MEETUP_LIST,
    FEEDS_ADD, FEEDS_LIST, REFRESH,
    JOURNAL_ADD, JOURNAL_LIST,
    SEARCH,
    IMPORT, EXPORT,
    BACKUP, RESTORE, CHECK,
    DEMO, SCREENS,
)  # fmt: skip
