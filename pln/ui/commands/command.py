"""What the user can do, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """The menus, in their order."""

    FILE = "file"
    EDIT = "edit"
    GO = "go"
    PEOPLE = "people"
    MEETUPS = "meetups"
    READING = "reading"
    JOURNAL = "journal"
    VIEW = "view"
    HELP = "help"


class CommandId(StrEnum):
    """Every command there is. The part before the dot says where it belongs."""

    FILE_IMPORT = "file.import"
    FILE_EXPORT = "file.export"
    FILE_READ_BACK = "file.read_back"
    FILE_BACKUP = "file.backup"
    FILE_SETTINGS = "file.settings"
    FILE_RESTORE = "file.restore"
    FILE_LOCK = "file.lock"
    FILE_QUIT = "file.quit"
    EDIT_UNDO = "edit.undo"
    EDIT_REDO = "edit.redo"
    EDIT_FIND = "edit.find"
    GO_TODAY = "go.today"
    GO_PEOPLE = "go.people"
    GO_MEETUPS = "go.meetups"
    GO_READING = "go.reading"
    GO_JOURNAL = "go.journal"
    GO_NETWORK = "go.network"
    GO_PALETTE = "go.palette"
    GO_BACK = "go.back"
    TODAY_LATER = "today.later"
    TODAY_NOT_THIS = "today.not_this"
    PERSON_ADD = "person.add"
    PERSON_EDIT = "person.edit"
    PERSON_REMOVE = "person.remove"
    PERSON_MERGE = "person.merge"
    PERSON_WRITE = "person.write"
    PERSON_BRIEF = "person.brief"
    PERSON_PAUSE = "person.pause"
    PERSON_FIND = "person.find"
    PERSON_NEXT = "person.next"
    PERSON_PREVIOUS = "person.previous"
    MEETUP_LOG = "meetup.log"
    MEETUP_PLAN = "meetup.plan"
    MEETUP_EDIT = "meetup.edit"
    MEETUP_HAPPENED = "meetup.happened"
    MEETUP_FELL_THROUGH = "meetup.fell_through"
    MEETUP_CALENDAR = "meetup.calendar"
    MEETUP_REMOVE = "meetup.remove"
    MEETUP_THANK = "meetup.thank"
    MEETUP_TO_JOURNAL = "meetup.to_journal"
    READING_ADD_FEED = "reading.add_feed"
    READING_REMOVE_FEED = "reading.remove_feed"
    READING_REFRESH = "reading.refresh"
    READING_NEXT = "reading.next"
    READING_PREVIOUS = "reading.previous"
    READING_NEXT_UNREAD = "reading.next_unread"
    READING_STAR = "reading.star"
    READING_MARK_READ = "reading.mark_read"
    READING_MARK_ALL_READ = "reading.mark_all_read"
    READING_OPEN = "reading.open"
    READING_PAGE_DOWN = "reading.page_down"
    READING_SEND = "reading.send"
    READING_WRITE = "reading.write"
    READING_FIND = "reading.find"
    READING_PREVIOUS_UNREAD = "reading.previous_unread"
    READING_PAGE_UP = "reading.page_up"
    READING_LATER = "reading.later"
    READING_MARK_BELOW_READ = "reading.mark_below_read"
    READING_ORDER = "reading.order"
    READING_FIND_IN_PAGE = "reading.find_in_page"
    READING_FIND_AGAIN = "reading.find_again"
    READING_FIND_BEFORE = "reading.find_before"
    READING_LOOK = "reading.look"
    READING_LARGER = "reading.larger"
    READING_SMALLER = "reading.smaller"
    READING_USUAL = "reading.usual"
    READING_FULL = "reading.full"
    READING_CHANGES = "reading.changes"
    READING_REMOVE = "reading.remove"
    READING_PICTURES = "reading.pictures"
    READING_HIGHLIGHT = "reading.highlight"
    READING_NOTE = "reading.note"
    READING_HIGHLIGHTS = "reading.highlights"
    READING_IMPORT = "reading.import"
    READING_EXPORT = "reading.export"
    READING_PASTE = "reading.paste"
    READING_SMART_FOLDER = "reading.smart_folder"
    READING_RULES = "reading.rules"
    READING_BROKEN = "reading.broken"
    READING_ROOM = "reading.room"
    READING_TAGS = "reading.tags"
    READING_BELOW = "reading.below"
    READING_CARET = "reading.caret"
    READING_LESSON = "reading.lesson"
    READING_QUESTION = "reading.question"
    READING_HIGHLIGHTS_SAVE = "reading.highlights_save"
    READING_HIGHLIGHTS_COPY = "reading.highlights_copy"
    READING_FEED_SETTINGS = "reading.feed_settings"
    READING_FEED_HEALTH = "reading.feed_health"
    JOURNAL_WRITE = "journal.write"
    JOURNAL_REMOVE = "journal.remove"
    JOURNAL_PROMPT = "journal.prompt"
    JOURNAL_SHARE = "journal.share"
    JOURNAL_SHARE_LOG = "journal.share_log"
    JOURNAL_LOCK = "journal.lock"
    NETWORK_CIRCLES = "network.circles"
    NETWORK_INTERESTS = "network.interests"
    NETWORK_TIME = "network.time"
    VIEW_QUIET = "view.quiet"
    VIEW_FLIGHT = "view.flight"
    VIEW_LIGHT = "view.light"
    VIEW_DARK = "view.dark"
    VIEW_SYSTEM = "view.system"
    VIEW_LARGER = "view.larger"
    VIEW_SMALLER = "view.smaller"
    VIEW_NORMAL = "view.normal"
    VIEW_MENU_BAR = "view.menu_bar"
    VIEW_FULL_SCREEN = "view.full_screen"
    VIEW_CONTEXT_MENU = "view.context_menu"
    HELP_SHORTCUTS = "help.shortcuts"
    HELP_WELCOME = "help.welcome"
    HELP_ABOUT = "help.about"


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """title: as in a menu ("Log a meetup"). shortcut: in Qt's portable form ("Ctrl+M"), several with "; " between.

    when: may it run now? Asked when a menu opens and before each run. words: more words the palette finds it by.
    place: id of the place in which alone the shortcut works ("reading": j, k); "" for everywhere. group: title of a
    menu within the menu of its category, for categories with many commands.
    """

    id: CommandId
    title: str
    category: Category
    run: Callable[[], object]
    shortcut: str = ""
    when: Callable[[], bool] = always
    icon: str = ""
    words: str = ""
    place: str = ""
    group: str = ""

    def shortcuts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.shortcut.split(";") if part.strip())
