"""Reading: feeds, their articles, one article; everything kept on this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pln.model.changes import Noun, Ref
from pln.model.errors import UsageError
from pln.model.feed import Feed, FeedRow
from pln.services.reading import Shelf, feed_rows, get_article
from pln.services.smart_folders import SmartRow
from pln.ui.place import PlaceId
from pln.ui.reading.all_read import all_is_read, mark_read
from pln.ui.reading.article_menu import ArticleMenu
from pln.ui.reading.article_pane import ArticlePane
from pln.ui.reading.bringing import Bringing
from pln.ui.reading.desk import Desk
from pln.ui.reading.feed_list import FeedPane
from pln.ui.reading.feed_menu import FeedMenu
from pln.ui.reading.ground import ReadingGround
from pln.ui.reading.highlight_list import HighlightPane
from pln.ui.reading.highlight_marker import HighlightMarker
from pln.ui.reading.keeping import below
from pln.ui.reading.lists import Lists, Numbers, Wanted, read_lists, read_numbers
from pln.ui.reading.panes import Panes
from pln.ui.reading.removing import Removing
from pln.ui.reading.shelf_order import Order, ShelfOrder
from pln.ui.reading.shelves import FITTING, HIGHLIGHTS, UNREAD, Kind, Line, lines_of, next_shelf
from pln.ui.reading.stepping import Beside, Stepping, follow, is_there
from pln.ui.reading.tagging import Tagging
from pln.ui.reading.throttle import Throttle
from pln.ui.reading.wording import beyond_the_list, list_words, nothing_here
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column

if TYPE_CHECKING:
    from pln.services.refreshing import RefreshReport

_PAUSE, _BUSY_PAUSE = 500, 2_000  # milliseconds between two readings of the lists; while news come in
_BREATH = 30  # milliseconds


class ReadingPlace(ReadingGround):
    """Three panes. The lists are read off the main thread; what the user does shows at once."""

    id = PlaceId.READING

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.refresher = shell.refresher
        self.refresher.ended.connect(self._refreshed)
        self._throttle = Throttle(lambda: _BUSY_PAUSE if self.refresher.busy else _PAUSE, self._freshen, self)
        self._numbers = Throttle(lambda: _PAUSE, lambda: read_numbers(shell, self._numbers_arrived), self)
        self._lists_next = QTimer(self, singleShot=True)
        self._lists_next.timeout.connect(self._show_lists)
        self._shelf, self._typed = UNREAD, ""
        self._feeds: tuple[FeedRow, ...] = ()
        self._smart: tuple[SmartRow, ...] = ()
        self._totals = {"unread": 0, "starred": 0, "later": 0, "all": 0}
        self.order = ShelfOrder(shell)
        self._fitting: tuple[int, ...] = ()
        self._folded: set[str] = set()
        self._kept: set[int] = set()  # opened or changed since the shelf was chosen: they stay in its list
        self._weigh = True  # find anew who might like what, which takes longer than all the rest
        self._begin_at_articles = False
        self._asked = self._answered = 0
        self._new_shelf = True
        self._then: int | str | Beside | None = None  # the article to open, or "next unread", once the shelf is read
        self._build()
        self.refresher.keeper.counted.connect(self.feed_pane.show_room)
        self.refresher.keeper.count()

    # What the window asks

    def refresh(self) -> None:
        self._asked += 1
        number, ctx = self._asked, self._shell.ctx
        wanted = Wanted(
            shelf=self._shelf, typed=self._typed, fitting=self._fitting, weigh=self._weigh,
            shown=() if self._new_shelf else self.articles.ids(), kept=frozenset(self._kept),
            oldest=self.order.is_oldest_first(self._shelf), best=self.order.best,
        )  # fmt: skip
        self._weigh = False
        self._shell.tasks.read(
            lambda: read_lists(ctx, wanted), lambda lists: self._arrived(number, lists), self._shell.fail
        )

    def mark_stale(self) -> None:
        """News come in one feed after the other: the lists are read at most every other second."""
        self._stale = True
        self._weigh = self._weigh or not self.refresher.busy  # after a refresh once, not after each feed
        if self.isVisible():
            self._throttle.nudge()

    def open_record(self, ref: Ref) -> None:
        """Show an article in its feed's list, or a feed."""
        if ref.noun is Noun.FEED:
            self.choose_shelf(Shelf(feed_id=ref.id))
        elif ref.noun is Noun.HIGHLIGHT:
            self.show_highlights()
            self.highlight_pane.choose(ref.id)
        elif ref.noun is Noun.ARTICLE:
            self.article_pane.close_field()
            if not self.articles.choose(ref.id):
                self._find_home(ref.id)
            self.articles.setFocus()

    def focus_first(self) -> None:
        """The articles; before they are read, or where there are none, the feeds; without feeds the way to get some."""
        self._begin_at_articles = not self.articles.ids()
        if self.panes.currentWidget() is self.panes.teaching:
            self.panes.teaching.setFocus()
        else:
            (self.articles if self.articles.ids() else self.feed_pane.list).setFocus()

    # What the commands do

    def choose_shelf(self, shelf: Shelf, then: int | str | None = None) -> None:
        """List another shelf. then: the article to open there, or "next"."""
        self.article_pane.close_field()
        self._shelf, self._then, self._new_shelf = shelf, then, True
        self._kept.clear()
        self._weigh = self._weigh or shelf == FITTING
        self.feed_pane.list.choose(shelf)
        self.article_pane.show_instead(self.highlight_pane if shelf == HIGHLIGHTS else None)
        if shelf == HIGHLIGHTS:
            self.highlight_pane.refresh()
        self.panes.name(beyond_the_list(shelf))
        self.panes.show_feeds(False)
        self.refresh()

    def step(self, by: int) -> None:
        """The next article or highlight of the list, or the one before."""
        (self.highlight_pane.list if self._shelf == HIGHLIGHTS else self.articles).step(by)

    def next_shelf(self) -> None:
        """The next feed or folder with something unread, and its first unread article."""
        if self._then is not None:  # it is on its way
            return
        shelf = next_shelf(self.feed_pane.list.lines(), self._shelf)
        if shelf is None:
            self._shell.toast(all_is_read())
        else:
            self.choose_shelf(shelf, then="next")

    def mark_all_read(self, line: Line | None = None) -> None:
        """Mark a line's articles read, or those that are listed; the toast brings it back."""
        shelf = self._shelf if line is None or line.shelf is None else line.shelf
        if shelf != self._shelf:
            mark_read(self._shell, Shelf(ids=self._fitting) if shelf == FITTING else shelf, self.refresh)
            return
        self._mark(self.articles.ids())

    def mark_below_read(self, record: int | None = None) -> None:
        """Mark read what is listed below an article: the older ones, or the newer ones in the other order."""
        self._mark(below(self.articles.ids(), self.articles.chosen_id() if record is None else record))

    def turn_order(self, shelf: Shelf | None = None) -> None:
        """List the newest first, or the oldest first, in this shelf or another from now on."""
        self.order.turn(shelf or self._shelf)
        if shelf in (None, self._shelf):
            self._list_anew()

    def set_order(self, order: Order) -> None:
        """List in this order what is listed."""
        self.order.choose(self._shelf, order)
        self._list_anew()

    def remove_article(self) -> None:
        """Remove what is open: an article, or a highlight in their list. In the feed list the key does nothing."""
        marked = self.highlight_pane.list.chosen_id()
        if self._shelf == HIGHLIGHTS and marked is not None:
            self.highlight_pane.remove(marked)
        elif self._shelf != HIGHLIGHTS and not self.feed_pane.list.hasFocus():
            self.removing.remove_open()

    def _mark(self, ids: Sequence[int]) -> None:
        listed = tuple(each for each in ids if each in self.desk.unread)
        self._kept.update(listed)
        self._asked += 1  # what is being read now does not know of it
        self.desk.know_unread(frozenset(self.desk.unread.difference(listed)))
        mark_read(self._shell, listed, self.refresh)

    def refresh_feeds(self) -> None:
        """Ask all feeds for news."""
        if feed_rows(self._shell.ctx):
            self.refresher.refresh()
        else:
            self._shell.toast(self.tr("There is no feed to ask yet."))

    def remove_feed(self) -> None:
        """Remove the feed that is listed."""
        if self._shelf.feed_id is not None:
            self.feed_menu.remove(self._shelf.feed_id)

    def open_search(self) -> None:
        """Find words in the articles listed."""
        self.article_pane.open_field()

    def show_feeds(self) -> None:
        """In a narrow window: bring the feed list, or put it away."""
        self.panes.show_feeds(not self.panes.feeds_wanted)
        (self.feed_pane.list if self.panes.feeds_wanted else self.articles).setFocus()

    def show_highlights(self) -> None:
        """List the passages that were marked."""
        if self._shelf != HIGHLIGHTS:
            self.choose_shelf(HIGHLIGHTS)
        self.highlight_pane.list.setFocus()

    @property
    def shelf(self) -> Shelf:
        """What is listed."""
        return self._shelf

    @property
    def listed_feed(self) -> int | None:
        return self._shelf.feed_id

    # How it is built

    def _build(self) -> None:
        self.bringing = Bringing(self._shell, self)
        self.bringing.brought.connect(self._brought)
        self.feed_pane = FeedPane(self.bringing.add_feed, lambda place: self.bringing.show_more(place, *self._offers()))
        self.feed_pane.list.wanted.connect(lambda shelf: self.choose_shelf(shelf))
        self.feed_pane.list.fold.connect(self._fold)
        self.article_pane = ArticlePane(self._shell.ctx, self.show_feeds)
        self.articles = self.article_pane.list
        self.article_pane.found.connect(self._find)
        self.article_pane.again.connect(self._try_again)
        self.article_pane.order.chosen.connect(self.set_order)
        self.article_pane.order.offers = lambda: (
            self.order.offers(self._shelf, self._typed), self.order.of(self._shelf)
        )  # fmt: skip
        self.desk = Desk(self._shell, self.articles, self._changed)
        self.stepping = Stepping(self.articles, self.desk, self.next_shelf)
        self.article_menu = ArticleMenu(self._shell, self)
        self.removing = Removing(self._shell, self.articles, self.desk, self._removed)
        self.tagging = Tagging(self._shell, self.desk.view)
        self.desk.view.tags.wanted.connect(lambda tag: self.choose_shelf(Shelf(tag=tag)))
        self.marker = HighlightMarker(self._shell, self.desk.view)
        self.marker.changed.connect(self._changed)
        self.highlight_pane = HighlightPane(self._shell)
        self.highlight_pane.wanted.connect(self._open_highlight)
        self.highlight_pane.changed.connect(self._changed)
        self.highlight_pane.hide()
        self.articles.chosen.connect(self._open)
        self.articles.opened.connect(lambda _record: self.desk.view.view.setFocus())
        self.desk.feed_wanted.connect(lambda feed: self.choose_shelf(Shelf(feed_id=feed)))
        self.feed_menu = FeedMenu(self._shell, self, self.refresher, self.refresh, self)
        self.feed_pane.list.menu.connect(self.feed_menu.show_for)
        self.article_pane.keep.connect(lambda typed: self.feed_menu.care.keep_smart(self._shelf, typed))
        self.feed_pane.broken.connect(self.feed_menu.care.broken)
        self.feed_pane.kept_card.pressed.connect(self.feed_menu.care.room)
        self.feed_menu.care.made.connect(lambda number: self.choose_shelf(Shelf(smart_id=number)))
        self.panes = Panes(
            self.feed_pane, self.article_pane, self.desk, self.bringing.add_feed, self.bringing.import_list
        )  # fmt: skip
        self.setLayout(column(self.panes, spacing=0))

    def _offers(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        return (self.tr("Refresh all"), self.refresh_feeds), *self.feed_menu.care.offers()

    # What comes back

    def _arrived(self, number: int, lists: Lists) -> None:
        self._fitting = lists.fitting
        if number != self._asked:
            return
        page, self._answered = lists.page, number
        self._feeds, self._totals, self._smart = page.feeds, page.totals, lists.smart
        self.articles.feeds = {feed.id: feed for feed in page.feeds}
        self.desk.know_unread(page.unread)
        if self._new_shelf:
            self.articles.show_shelf(lists.listed)
            self._show_lists()
        else:  # news: the feeds follow in a turn of their own, so that what is typed comes between
            self.articles.bring(lists.listed)
            self._lists_next.start(_BREATH)
        self._new_shelf = False
        if self._begin_at_articles and page.ids and self.feed_pane.list.hasFocus():
            self._begin_at_articles = False
            self.articles.setFocus()
        self._follow()

    def _show_lists(self) -> None:
        self.panes.show_any(bool(self._feeds))
        self.feed_pane.list.set_lines(
            lines_of(self._feeds, self._totals, len(self._fitting), self._folded, list_words(), self._smart)
        )
        if not self._shelf_is_there():
            self.choose_shelf(UNREAD)
        self.feed_pane.list.choose(self._shelf)
        self.feed_pane.show_numbers(kept=self._totals["all"], broken=sum(feed.broken for feed in self._feeds))
        line = self.feed_pane.list.chosen()
        quiet = line is not None and line.kind is Kind.FEED
        self.article_pane.show_state(
            nothing_here(self._shelf, self._typed), line.sentence if quiet and line is not None else ""
        )
        self.panes.arrange()

    def _follow(self) -> None:
        """Open what was wanted when the shelf was chosen."""
        then, self._then = self._then, None
        follow(self.articles, self.desk, then)

    def _open(self, record: int) -> None:
        self._kept.add(record)
        self.desk.open_article(record)

    def _open_highlight(self, record: int, article: int) -> None:
        self._open(article)
        self.marker.bring(record)

    def _removed(self, record: int, beside: int | None) -> None:
        self._kept.discard(record)
        self._then = None if beside is None else Beside(beside)
        self.refresh()

    def _changed(self) -> None:
        """The desk wrote something: the numbers follow, and what is open stays in the list."""
        if self.desk.open_id is not None:
            self._kept.add(self.desk.open_id)
        if self._asked == self._answered:
            self._numbers.nudge()
            return
        self._asked += 1  # what is being read now does not know of it
        self._stale = True
        self._throttle.nudge()

    def _numbers_arrived(self, numbers: Numbers) -> None:
        """The list knows already what changed in it."""
        self._feeds, self._totals, self._smart = numbers
        self._show_lists()

    def _refreshed(self, report: RefreshReport | None) -> None:
        at = self._shell.ctx.clock.now().astimezone().strftime("%H:%M")
        if report is not None:
            words = self.tr("No connection at %1") if report.offline else self.tr("Refreshed at %1")
            self.feed_pane.show_when(words.replace("%1", at))
        self._weigh = self._stale = True
        if self.isVisible():  # out of sight it is read when it is seen next
            self._throttle.stop()  # it may have a longer pause still before it
            self._throttle.nudge()

    def _brought(self, feeds: tuple[Feed, ...]) -> None:
        """Subscribed: fill the new feeds at once; a single one is shown."""
        if len(feeds) == 1:
            self.choose_shelf(Shelf(feed_id=feeds[0].id))
        else:
            self.refresh()
        if feeds:
            self.refresher.refresh([feed.id for feed in feeds])

    # Small things

    def _find_home(self, article: int) -> None:
        try:
            feed = get_article(self._shell.ctx, article).feed_id
        except UsageError as gone:
            self._shell.fail(gone)
        else:
            self.choose_shelf(Shelf(feed_id=feed), then=article)

    def _shelf_is_there(self) -> bool:
        """A feed or folder may have been removed."""
        if self._shelf == HIGHLIGHTS:
            return bool(self._totals.get("highlights", 0))
        return is_there(self._shelf, self._feeds, frozenset(row.id for row in self._smart))

    def _find(self, typed: str) -> None:
        typed = typed.strip()
        if typed != self._typed:
            self._typed = typed
            self.order.best = self.order.best and bool(typed)
            self._list_anew()

    def _list_anew(self) -> None:
        self._new_shelf = True
        self.refresh()

    def _try_again(self) -> None:
        if self._shelf.feed_id is not None:
            self.refresher.refresh([self._shelf.feed_id])

    def _fold(self, line: Line) -> None:
        assert line.shelf is not None
        self._folded ^= {line.shelf.folder or ""}
        self._show_lists()
        if self.feed_pane.list.chosen() is None:  # it went out of sight with its folder
            self.choose_shelf(line.shelf)
