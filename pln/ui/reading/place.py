"""Reading: feeds, their articles, one article; everything kept on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QStackedWidget, QWidget

from pln.model.changes import Noun, Ref
from pln.model.feed import Feed, FeedRow
from pln.services.reading import (
    ReadingPage,
    Shelf,
    article_ids,
    find_articles,
    get_article,
    mark_all_read,
    reading_page,
)
from pln.services.refreshing import OpmlReport, RefreshReport
from pln.services.today import for_your_people
from pln.services.undo import UndoStep
from pln.ui import look
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.reading.add_dialog import AddFeedDialog
from pln.ui.reading.article_pane import ArticlePane
from pln.ui.reading.desk import Desk
from pln.ui.reading.feed_list import FeedPane
from pln.ui.reading.feed_menu import FeedMenu
from pln.ui.reading.keeping import merged, next_of
from pln.ui.reading.lists_of_feeds import (
    SUFFIXES,
    SkippedDialog,
    ask_for_list,
    ask_where_to,
    bring_list,
    told,
    write_list,
)
from pln.ui.reading.refresher import AutomaticRefresh, Refresher
from pln.ui.reading.shelves import FITTING, SAVED, UNREAD, Kind, Line, Words, folder_names, lines_of
from pln.ui.reading.throttle import Throttle
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.empty import EmptyState

_PAUSE = 500  # milliseconds between two readings of the lists while news come in
_NARROW = 900
_WIDTHS = {"feeds": 206, "list": 316}
_FOLDED_WIDTHS = {"feeds": 206, "list": 268}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What one reading of the store brought."""

    page: ReadingPage
    fitting: tuple[int, ...] | None


class ReadingPlace(PlaceWidget):
    """Three panes. The lists are read off the main thread; what the user does shows at once."""

    id = PlaceId.READING

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.refresher = Refresher(shell, self)
        self.refresher.ended.connect(self._refreshed)
        self.automatic = AutomaticRefresh(shell, self.refresher)
        self._throttle = Throttle(_PAUSE, self._freshen, self)
        self._shelf, self._typed = UNREAD, ""
        self._feeds: tuple[FeedRow, ...] = ()
        self._totals = {"unread": 0, "starred": 0, "all": 0}
        self._fitting: tuple[int, ...] = ()
        self._folded: set[str] = set()
        self._kept: set[int] = set()  # opened or changed since the shelf was chosen: they stay in its list
        self._asked = 0
        self._new_shelf = True
        self._then: int | str | None = None  # the article to open, or "next unread", once the shelf is read
        self._feeds_wanted = False
        self._build()
        self.setAcceptDrops(True)

    # What the window asks

    def refresh(self) -> None:
        self._asked += 1
        number, shelf, typed, ctx = self._asked, self._shelf, self._typed, self._shell.ctx
        weigh = self._new_shelf or not self.refresher.busy  # who might like what takes longer than all the rest

        def job() -> _Read:
            fitting = for_your_people(ctx) if weigh else None
            wanted = Shelf(ids=fitting if fitting is not None else self._fitting) if shelf == FITTING else shelf
            page = reading_page(ctx, wanted)
            if typed:
                found = find_articles(ctx, Shelf(ids=page.ids) if shelf == FITTING else shelf, typed)
                page = ReadingPage(feeds=page.feeds, totals=page.totals, ids=found, unread=page.unread)
            return _Read(page=page, fitting=fitting)

        self._shell.tasks.read(job, lambda read: self._arrived(number, read), self._shell.fail)

    def mark_stale(self) -> None:
        """News come in one feed after the other: the lists are read at most every half second."""
        self._stale = True
        if self.isVisible():
            self._throttle.nudge()

    def open_record(self, ref: Ref) -> None:
        """Show an article in its feed's list, or a feed."""
        if ref.noun is Noun.FEED:
            self.choose_shelf(Shelf(feed_id=ref.id))
        elif ref.noun is Noun.ARTICLE:
            self._close_field()
            if not self.articles.choose(ref.id):
                feed = get_article(self._shell.ctx, ref.id).feed_id
                self.choose_shelf(Shelf(feed_id=feed), then=ref.id)
            self.articles.setFocus()

    def step_back(self) -> bool:
        if self._feeds_wanted and self._narrow():
            self.show_feeds()
            return True
        return self._close_field()

    def focus_first(self) -> None:
        (self.articles if self._feeds or self._asked == 0 else self._empty).setFocus()

    # What the commands do

    def choose_shelf(self, shelf: Shelf, then: int | str | None = None) -> None:
        """List another shelf. then: the article to open there, or "next"."""
        self._close_field()
        self._shelf, self._then, self._new_shelf = shelf, then, True
        self._kept.clear()
        self._feeds_wanted = False
        self._arrange()
        self.feed_pane.list.choose(shelf)
        self.refresh()

    def step(self, by: int) -> None:
        """The next article of the list, or the one before."""
        self.articles.step(by)

    def next_unread(self) -> None:
        """The next unread article: of this list, else of the next feed that has one."""
        ids = self.articles.ids()
        found = next_of(ids, self.articles.chosen_id(), self.desk.unread)
        if found is not None:
            self.articles.choose(found)
            return
        shelf = self._next_shelf()
        if shelf is None:
            self._shell.toast(self.tr("Everything here is read."))
        else:
            self.choose_shelf(shelf, then="next")

    def page_down(self) -> None:
        """Read on; at the end of the article the next unread one."""
        if self.desk.open_id is None or self.desk.view.view.at_end():
            self.next_unread()
        else:
            self.desk.view.view.page_down()

    def mark_all_read(self, line: Line | None = None) -> None:
        """Mark a line's articles read, or those that are listed; the toast brings it back."""
        ctx, listed = self._shell.ctx, tuple(each for each in self.articles.ids() if each in self.desk.unread)
        shelf = line.shelf if line is not None and line.shelf != self._shelf else None
        fitting = self._fitting

        def job() -> UndoStep | None:
            wanted = Shelf(ids=fitting) if shelf == FITTING else shelf
            ids = listed if wanted is None else article_ids(ctx, wanted)
            return mark_all_read(ctx, ids, origin="reading")

        def done(step: UndoStep | None) -> None:
            if step is None:
                self._shell.toast(self.tr("Everything here is read."))
                return
            self._kept.update(listed)
            self._shell.toast(step.label, step)
            self.refresh()

        self._shell.write(job, done)

    def refresh_feeds(self) -> None:
        """Ask all feeds for news."""
        if self._feeds:
            self.refresher.refresh()
        else:
            self._shell.toast(self.tr("There is no feed to ask yet."))

    def add_feed(self) -> None:
        """Open the dialog for a new feed."""
        AddFeedDialog(
            self._shell, self.window(), folder_names(self._feeds), self._added, lambda: self.import_list()
        ).open()  # fmt: skip

    def remove_feed(self) -> None:
        """Remove the feed that is listed."""
        if self._shelf.feed_id is not None:
            self.feed_menu.remove(self._shelf.feed_id)

    def import_list(self, path: Path | None = None) -> None:
        """Bring a list of feeds (OPML) from a file; asks for it where none is given."""
        if path is None:
            ask_for_list(self.window(), self.import_list)
        else:
            bring_list(self._shell, path, self._list_brought)

    def export_list(self) -> None:
        ask_where_to(self.window(), lambda path: write_list(self._shell, path))

    def open_search(self) -> None:
        """Find words in the articles listed."""
        self.article_pane.open_field()

    def show_feeds(self) -> None:
        """In a narrow window: bring the feed list, or put it away."""
        self._feeds_wanted = not self._feeds_wanted
        self._arrange()
        (self.feed_pane.list if self._feeds_wanted else self.articles).setFocus()

    @property
    def shelf(self) -> Shelf:
        """What is listed."""
        return self._shelf

    @property
    def listed_feed(self) -> int | None:
        return self._shelf.feed_id

    # How it is built

    def _build(self) -> None:
        self.feed_pane = FeedPane(self.add_feed, self._more)
        self.feed_pane.list.wanted.connect(lambda shelf: self.choose_shelf(shelf))
        self.feed_pane.list.fold.connect(self._fold)
        self.article_pane = ArticlePane(self._shell.ctx, self.show_feeds)
        self.articles = self.article_pane.list
        self.article_pane.found.connect(self._find)
        self.article_pane.again.connect(self._try_again)
        self.desk = Desk(self._shell, self.articles, self._changed)
        self.articles.chosen.connect(self._open)
        self.articles.opened.connect(lambda _record: self.desk.view.view.setFocus())
        self.desk.feed_wanted.connect(lambda feed: self.choose_shelf(Shelf(feed_id=feed)))
        self.feed_menu = FeedMenu(self._shell, self, self.refresher, self.refresh, self.mark_all_read)
        self.feed_pane.list.menu.connect(self.feed_menu.show_for)
        panes = QWidget()
        panes.setLayout(row(spacing=0))
        for part, share in ((self.feed_pane, 0), (self.article_pane, 0), (self.desk, 1)):
            panes.layout().addWidget(part)  # type: ignore[union-attr]
            panes.layout().setStretchFactor(part, share)  # type: ignore[union-attr]
        self._empty = self._teaching()
        self._whole = QStackedWidget()
        self._whole.addWidget(panes)
        self._whole.addWidget(self._empty)
        self.setLayout(column(self._whole, spacing=0))
        self._arrange()

    def _teaching(self) -> QWidget:
        page = QWidget()
        self.teaching = EmptyState(
            self.tr("Articles you choose, kept here to be read anywhere. Begin with a feed or a site you like."),
            self.tr("Add a feed"), self.add_feed, "book-open",
        )  # fmt: skip
        bring = button(self.tr("Or bring a list from another reader (OPML)…"), "link", run=self.import_list)
        page.setLayout(column(Grow(self.teaching, 3), row(None, bring, None), Grow(QWidget(), 2), spacing=0))
        assert self.teaching.button is not None
        page.setFocusProxy(self.teaching.button)
        return page

    def _narrow(self) -> bool:
        return self.width() < look.px(_NARROW)

    def _arrange(self) -> None:
        """In a narrow window feeds and articles share one column, so that the text keeps a readable measure."""
        narrow = self._narrow()
        widths = _FOLDED_WIDTHS if narrow else _WIDTHS
        self.feed_pane.setFixedWidth(look.px(widths["list" if narrow else "feeds"]))
        self.article_pane.setFixedWidth(look.px(widths["list"]))
        self.feed_pane.setVisible(not narrow or self._feeds_wanted)
        self.article_pane.setVisible(not narrow or not self._feeds_wanted)
        self.article_pane.show_title(self._title(), narrow=narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._arrange()

    def event(self, event: QEvent) -> bool:
        """Space presses the button that has the focus; only elsewhere it reads on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), QAbstractButton)
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.import_list(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        """The one list of feeds that is being dragged."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return files[0] if len(files) == 1 and files[0].suffix.lower() in SUFFIXES else None

    # What comes back

    def _arrived(self, number: int, read: _Read) -> None:
        if number != self._asked:
            return
        page = read.page
        self._feeds, self._totals = page.feeds, page.totals
        self._fitting = self._fitting if read.fitting is None else read.fitting
        self.articles.feeds = {feed.id: feed for feed in page.feeds}
        self.desk.know_unread(page.unread)
        if self._new_shelf:
            self.articles.show_shelf(page.ids)
        else:
            self.articles.bring(merged(self.articles.ids(), page.ids, self._kept))
        self._new_shelf = False
        self._show_lists()
        self._follow()

    def _show_lists(self) -> None:
        self._whole.setCurrentIndex(0 if self._feeds else 1)
        self.feed_pane.list.set_lines(
            lines_of(self._feeds, self._totals, len(self._fitting), self._folded, self._words())
        )
        if self.feed_pane.list.chosen() is None:
            self.feed_pane.list.choose(self._shelf)
        self.feed_pane.show_kept(self._totals["all"])
        line = self.feed_pane.list.chosen()
        quiet = line is not None and line.kind is Kind.FEED
        self.article_pane.show_state(self._nothing(), line.sentence if quiet and line is not None else "")
        self._arrange()

    def _follow(self) -> None:
        """Open what was wanted when the shelf was chosen."""
        then, self._then = self._then, None
        if isinstance(then, int):
            self.articles.choose(then)
        elif then == "next":
            found = next_of(self.articles.ids(), None, self.desk.unread)
            if found is not None:
                self.articles.choose(found)

    def _open(self, record: int) -> None:
        self._kept.add(record)
        self.desk.open_article(record)

    def _changed(self) -> None:
        """The desk wrote something: the numbers follow, and what is open stays in the list."""
        if self.desk.open_id is not None:
            self._kept.add(self.desk.open_id)
        self._asked += 1  # what is being read now does not know of it
        self._throttle_read()

    def _throttle_read(self) -> None:
        self._stale = True
        self._throttle.nudge()

    def _refreshed(self, report: RefreshReport | None) -> None:
        at = self._shell.ctx.clock.now().astimezone().strftime("%H:%M")
        if report is not None:
            words = self.tr("No connection at %1") if report.offline else self.tr("Refreshed at %1")
            self.feed_pane.show_when(words.replace("%1", at))
        self._throttle_read()

    def _added(self, feeds: tuple[Feed, ...]) -> None:
        """Subscribed: fill the new feeds at once, and show the first."""
        if feeds:
            self.choose_shelf(Shelf(feed_id=feeds[0].id))
            self.refresher.refresh([feed.id for feed in feeds])

    def _list_brought(self, report: OpmlReport) -> None:
        if report.skipped:
            SkippedDialog(self.window(), report).open()
        else:
            self._shell.toast(told(report))
        self.refresh()
        if report.added:
            self.refresher.refresh([feed.id for feed in report.added])

    # Small things

    def _find(self, typed: str) -> None:
        typed = typed.strip()
        if typed != self._typed:
            self._typed, self._new_shelf = typed, True
            self.refresh()

    def _close_field(self) -> bool:
        return self.article_pane.close_field()

    def _try_again(self) -> None:
        if self._shelf.feed_id is not None:
            self.refresher.refresh([self._shelf.feed_id])

    def _fold(self, line: Line) -> None:
        assert line.shelf is not None
        self._folded ^= {line.shelf.folder or ""}
        self._show_lists()

    def _more(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, run in (
            (self.tr("Refresh all"), self.refresh_feeds),
            (self.tr("Bring a list of feeds (OPML)…"), self.import_list),
            (self.tr("Write a list of your feeds (OPML)…"), self.export_list),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, run=run: run())
        menu.popup(place)

    def _next_shelf(self) -> Shelf | None:
        """The next feed below the chosen line that has something unread, from the top again after the last."""
        lines = self.feed_pane.list.lines()
        feeds = [line for line in lines if line.kind in (Kind.FEED, Kind.FOLDER) and line.count]
        at = next((number for number, line in enumerate(lines) if line.shelf == self._shelf), -1)
        below = [line for line in feeds if lines.index(line) > at]
        found = next((line.shelf for line in (*below, *feeds) if line.shelf != self._shelf), None)
        return found if found is not None else (UNREAD if self._totals["unread"] and self._shelf != UNREAD else None)

    def _title(self) -> str:
        line = self.feed_pane.list.chosen()
        return line.text if line is not None else ""

    def _nothing(self) -> str:
        if self._typed:
            return self.tr("No article here holds these words.")
        if self._shelf == SAVED:
            return self.tr("What you save with a star waits here.")
        if self._shelf == FITTING:
            return self.tr("Articles that fit somebody you know appear here, with the reason.")
        if self._shelf == UNREAD:
            return self.tr("Everything is read. New articles come when you refresh.")
        return self.tr("No article yet. Refresh to ask for some.")

    def _words(self) -> Words:
        return Words(
            unread=self.tr("Unread"), saved=self.tr("Saved"), fitting=self.tr("For your people"),
            voices=self.tr("Voices"), others=self.tr("Feeds"),
            paused=self.tr("This feed rests; it is not asked for news."),
        )  # fmt: skip
