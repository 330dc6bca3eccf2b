"""The lines of the feed list: what can be listed, in which order, with which numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pln.model.feed import FeedRow, FeedState
from pln.services.reading import Shelf
from pln.services.smart_folders import SmartRow

UNREAD = Shelf(unread=True)
SAVED = Shelf(starred=True)
LATER = Shelf(later=True)
HIGHLIGHTS = Shelf(ids=(-1,))  # stands for the passages that were marked, which are no articles
FITTING = Shelf(ids=())  # stands for the articles that fit somebody; their ids are found when it is read


class Kind(StrEnum):
    """SHELF: one of the four at the top. LABEL: a heading that cannot be chosen."""

    SHELF = "shelf"
    LABEL = "label"
    SMART = "smart"
    FOLDER = "folder"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """count: unread articles. depth: of nesting. sentence: why the feed is quiet, "" where all is well.

    folded: a folder whose feeds are out of sight.
    """

    kind: Kind
    text: str
    shelf: Shelf | None = None
    count: int = 0
    depth: int = 0
    feed: FeedRow | None = None
    sentence: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of the list in the language of the window. paused: sentence of a feed that rests."""

    unread: str = "Unread"
    saved: str = "Saved"
    later: str = "Read later"
    fitting: str = "For your people"
    highlights: str = "Highlights"
    voices: str = "Voices"
    others: str = "Feeds"
    paused: str = "This feed rests; it is not asked for news."


ENGLISH = Words()


def lines_of(
    feeds: Sequence[FeedRow],
    totals: Mapping[str, int],
    fitting: int,
    folded: Collection[str] = (),
    words: Words = ENGLISH,
    smart: Sequence[SmartRow] = (),
) -> tuple[Line, ...]:
    """All lines: the shelves, the smart folders, the voices by name, feeds without a folder, then the folders."""
    voices = sorted((feed for feed in feeds if feed.voice), key=lambda feed: voice_title(feed).casefold())
    loose = [feed for feed in feeds if not feed.voice and not feed.folder]
    rest = [feed for feed in feeds if not feed.voice and feed.folder]
    return (
        Line(kind=Kind.SHELF, text=words.unread, shelf=UNREAD, count=totals["unread"]),
        Line(kind=Kind.SHELF, text=words.saved, shelf=SAVED, count=totals["starred"]),
        Line(kind=Kind.SHELF, text=words.later, shelf=LATER, count=totals["later"]),
        Line(kind=Kind.SHELF, text=words.fitting, shelf=FITTING, count=fitting),
        *_highlights(totals.get("highlights", 0), words),
        *(Line(kind=Kind.SMART, text=each.name, shelf=Shelf(smart_id=each.id), count=each.unread) for each in smart),
        *_titled(words.voices, voices, words),
        *_titled(words.others, loose, words),
        *_folders(rest, feeds, folded, words),
    )


def voice_title(feed: FeedRow) -> str:
    """ "Elin Berg · Edges"; the title alone where it names the person, or there is none."""
    if not feed.voice or feed.voice.casefold() in feed.title.casefold():
        return feed.title
    return f"{feed.voice} · {feed.title}"


def spoken_name(feed: FeedRow) -> str:
    """Who speaks in an article of this feed, for the article list."""
    return feed.voice or feed.title


def shelf_name(shelf: Shelf) -> str:
    """A name to keep something about a shelf by."""
    if shelf.feed_id is not None:
        return f"feed {shelf.feed_id}"
    if shelf.folder is not None:
        return f"folder {shelf.folder}"
    if shelf.smart_id is not None:
        return f"smart {shelf.smart_id}"
    if shelf.tag is not None:
        return f"tag {shelf.tag}"
    return "saved" if shelf.starred else "later" if shelf.later else "unread" if shelf.unread else "other"


def folder_names(feeds: Sequence[FeedRow]) -> tuple[str, ...]:
    """Every folder in use, the outer ones of nested folders included, by name."""
    found = {outer for feed in feeds if feed.folder for outer in _outer(feed.folder)}
    return tuple(sorted(found, key=str.casefold))


def next_shelf(lines: Sequence[Line], current: Shelf) -> Shelf | None:
    """The next feed or folder below the current line with something unread, from the top again after the last.

    None where all is read.
    """
    at = next((number for number, line in enumerate(lines) if line.shelf == current), -1)
    turned = (*lines[at + 1 :], *lines[: max(0, at)])
    feeds = (line.shelf for line in turned if line.kind in (Kind.FEED, Kind.FOLDER) and line.count)
    return next(feeds, None)


def _highlights(count: int, words: Words) -> Iterator[Line]:
    """Out of sight until there are some."""
    if count:
        yield Line(kind=Kind.SHELF, text=words.highlights, shelf=HIGHLIGHTS, count=count)


def _titled(title: str, feeds: Sequence[FeedRow], words: Words) -> Iterator[Line]:
    if feeds:
        yield Line(kind=Kind.LABEL, text=title)
        yield from (_feed_line(feed, 0, words) for feed in feeds)


def _folders(
    feeds: Sequence[FeedRow], everything: Sequence[FeedRow], folded: Collection[str], words: Words
) -> Iterator[Line]:
    for name in folder_names(feeds):
        outer = _outer(name)[:-1]
        if any(each in folded for each in outer):
            continue
        inside = [feed for feed in everything if feed.folder == name or feed.folder.startswith(f"{name}/")]
        yield Line(
            kind=Kind.FOLDER, text=name.rpartition("/")[2], shelf=Shelf(folder=name), depth=len(outer),
            count=sum(feed.unread for feed in inside), folded=name in folded,
        )  # fmt: skip
        if name not in folded:
            yield from (_feed_line(feed, len(outer), words) for feed in feeds if feed.folder == name)


def _outer(folder: str) -> tuple[str, ...]:
    """ "Craft/Learning" -> "Craft", "Craft/Learning"."""
    parts = folder.split("/")
    return tuple("/".join(parts[: end + 1]) for end in range(len(parts)))


def _feed_line(feed: FeedRow, depth: int, words: Words) -> Line:
    sentence = words.paused if feed.state is FeedState.PAUSED else feed.error
    return Line(
        kind=Kind.FEED, text=voice_title(feed), shelf=Shelf(feed_id=feed.id), count=feed.unread, depth=depth,
        feed=feed, sentence=sentence,
    )  # fmt: skip
