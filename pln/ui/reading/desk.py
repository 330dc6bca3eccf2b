"""The article that is open, and everything one can do with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from pln.model.changes import Noun, Ref
from pln.model.errors import UsageError
from pln.model.feed import Article
from pln.model.journal import Entry
from pln.model.page_look import PageLook, resized
from pln.services.article_keeping import article_versions
from pln.services.page_look import page_look, save_page_look
from pln.services.passing_on import Fit, not_them, not_this_topic, people_for
from pln.services.reading import article_page, keep_for, keep_no_longer, mark_read, star
from pln.services.reading_state import read_later, remember_place
from pln.services.undo import UndoStep
from pln.ui.reading import page_style
from pln.ui.reading.around import around
from pln.ui.reading.article_list import ArticleList
from pln.ui.reading.article_view import ArticleView
from pln.ui.reading.fit_card import FitCard
from pln.ui.reading.full_asking import FullAsking
from pln.ui.reading.kept_pictures import KeptPictures
from pln.ui.reading.look_panel import LookPanel
from pln.ui.reading.quoting import quoted_link
from pln.ui.reading.sending import compose_letter, copy_letter, note_sent
from pln.ui.shell import Shell
from pln.ui.widgets.empty import EmptyState

_HandOver = Callable[[Shell, Article, int, Callable[[], object]], object]


class Desk(QStackedWidget):
    """changed: called after it wrote something. feed_wanted: the name of the article's feed was pressed."""

    feed_wanted = Signal(int)

    def __init__(self, shell: Shell, articles: ArticleList, changed: Callable[[], object]) -> None:
        super().__init__()
        self._shell, self._articles, self._changed = shell, articles, changed
        self.unread: set[int] = set()
        self._fits: tuple[Fit, ...] = ()
        self._written: set[tuple[int, int]] = set()  # (article, person): a letter was begun
        self.view = ArticleView(shell.ctx.clock)
        self.view.asked.connect(self._do)
        self.view.link.connect(shell.open_link)
        self.view.left.connect(self._keep_place)
        self.view.also.wanted.connect(self.feed_wanted)
        self.full = FullAsking(shell, self)
        self.full.came.connect(self._full_settled)
        self.full.failed.connect(self._full_settled)
        page_style.put(page_look(shell.ctx))
        self.view.view.pictures = KeptPictures(shell.ctx)
        self.addWidget(EmptyState(self.tr("Choose an article, or press N for the next unread one."), icon="glasses"))
        self.addWidget(self.view)

    @property
    def open_id(self) -> int | None:
        """The article that is shown."""
        return None if self.view.page is None else self.view.page.article.id

    def know_unread(self, unread: frozenset[int]) -> None:
        """What the store says is unread of the articles listed."""
        self.unread = set(unread)
        self._articles.unread = self.unread
        self._articles.viewport().update()
        if self.open_id is not None and self._articles.row(self.open_id) is not None:
            self.view.show_marks(unread=self.open_id in self.unread)

    def open_article(self, record: int) -> None:
        """Show an article; it counts as read from then on. Whom it might please is found meanwhile."""
        if record == self.open_id:
            return
        try:
            page = article_page(self._shell.ctx, record)
        except UsageError as gone:  # removed a moment ago
            self._shell.fail(gone)
            return
        self.view.show_article(page, around(self._shell.ctx, page.article))
        if self.full.is_busy(record):
            self.view.show_fetching()
        self.setCurrentWidget(self.view)
        self._fits = ()
        self._find_people()
        if page.article.read_at is None:
            self.set_read(True)

    def close_article(self) -> None:
        """Show none."""
        self.view.forget()
        self.setCurrentIndex(0)

    def set_read(self, read: bool, record: int | None = None) -> None:
        """Say that the open article is read, or keep it unread; or so of another one that is listed."""
        record, ctx = self.open_id if record is None else record, self._shell.ctx
        if record is None:
            return
        (self.unread.discard if read else self.unread.add)(record)
        self._articles.redraw(record)
        if record == self.open_id:
            self.view.show_marks(unread=not read)
        self._write(lambda: mark_read(ctx, [record], read=read, origin="reading"))

    def toggle_read(self) -> None:
        if self.open_id is not None:
            self.set_read(self.open_id in self.unread)

    def toggle_star(self) -> None:
        """Save the open article, or no longer."""
        page = self.view.page
        if page is not None:
            row = self._articles.row(page.article.id)
            self.set_star(
                page.article.id, not (row.starred if row is not None else page.article.starred_at is not None)
            )

    def set_star(self, record: int, starred: bool) -> None:
        """Save an article that is open or listed, or no longer."""
        ctx = self._shell.ctx
        if record == self.open_id:
            self.view.show_marks(starred=starred)
        self._write(lambda: star(ctx, record, starred=starred, origin="reading"), self._articles.refresh_rows)

    def toggle_later(self) -> None:
        """Put the open article aside to be read later, or no longer."""
        page = self.view.page
        if page is not None:
            row = self._articles.row(page.article.id)
            self.set_later(page.article.id, not (row.later if row is not None else page.article.later_at is not None))

    def set_later(self, record: int, later: bool) -> None:
        """Put an article aside that is open or listed, or no longer."""
        ctx = self._shell.ctx
        if record == self.open_id:
            self.view.show_marks(later=later)
        self._write(lambda: read_later(ctx, [record], later=later, origin="reading"), self._articles.refresh_rows)

    def show_look(self) -> None:
        """Open the panel that says how articles are set."""
        panel = LookPanel(self)
        panel.chosen.connect(self.set_look)
        panel.open_below(self.view.look)

    def resize_text(self, by: int) -> None:
        """The next size of articles up or down; 0 for the usual one."""
        self.set_look(resized(page_style.chosen(), by))

    def set_look(self, look: PageLook) -> None:
        """Set articles in another way from now on."""
        ctx = self._shell.ctx
        page_style.put(look)
        self.view.view.dress()
        self._shell.write(lambda: save_page_look(ctx, look, origin="reading"))

    def _keep_place(self, record: int, at: float) -> None:
        ctx = self._shell.ctx
        self._shell.write(lambda: remember_place(ctx, record, round(at * 1000), origin="reading"))

    def open_outside(self) -> None:
        if self.view.page is not None and self.view.page.article.url:
            self._shell.open_link(self.view.page.article.url)

    def write_about(self) -> None:
        """Begin a journal entry with a link to the article, and the words selected in it."""
        page = self.view.page
        if page is None:
            return
        article = page.article
        body = quoted_link(article.title or self.tr("Without a title"), article.url, self.view.selected_text())
        title = self.tr("On “%1”").replace("%1", article.title or self.tr("an article"))
        self._shell.write_entry(Entry(title=title, body=body, about=Ref(Noun.ARTICLE, article.id)))

    def enter_card(self) -> None:
        """Go by key to what stands below the text: what came with it, who might like it."""
        if self.open_id is not None and not self.view.view.card.enter():
            self._shell.toast(self.tr("Nothing stands below this article."))

    def send(self) -> None:
        """Ask for whom: then a letter, a note to copy, or their next meetup."""
        if self.view.page is not None:
            article = self.view.page.article
            from pln.ui.reading.send_dialog import SendDialog

            SendDialog(self._shell, self.window(), article, self._send_to, self._copy_to, self._keep).open()

    def _do(self, what: str) -> None:
        {
            "star": self.toggle_star, "later": self.toggle_later, "unread": self.toggle_read, "look": self.show_look,
            "write": self.write_about, "send": self.send, "open": self.open_outside, "source": self._show_source,
            "full": self.get_full, "changes": self.show_changes,
        }[what]()  # fmt: skip

    def get_full(self) -> None:
        """Get the text of the article's own page; where it is there, turn between it and the feed's text."""
        page = self.view.page
        if page is None:
            return
        if self.view.has_full:
            self.view.turn_text(not self.view.texts.shows_full)
        elif not page.article.url:
            self._shell.toast(self.tr("This article names no page."))
        else:
            self.view.show_fetching()
            self.full.ask(page.article.id)

    def _full_settled(self, record: int, said: str = "") -> None:
        page = self.view.page
        if page is not None and record == page.article.id:
            self.view.show_around(around(self._shell.ctx, page.article), said)

    def show_changes(self) -> None:
        """Show what an edited article said before."""
        page = self.view.page
        if page is not None and article_versions(self._shell.ctx, page.article.id):
            from pln.ui.reading.changes_dialog import ChangesDialog

            ChangesDialog(self._shell, self.window(), page.article).open()
        elif page is not None:
            self._shell.toast(self.tr("This article has always said what it says now."))

    def _show_source(self) -> None:
        page = self.view.page
        if page is not None and page.voice is not None:
            self._shell.open(Ref(Noun.PERSON, page.voice[0]))
        elif page is not None:
            self.feed_wanted.emit(page.feed.id)

    def _find_people(self) -> None:
        record, ctx = self.open_id, self._shell.ctx
        if record is not None:
            self._shell.tasks.read(
                lambda: people_for(ctx, record), lambda fits: self._found(record, fits), self._shell.fail
            )

    def _found(self, record: int, fits: tuple[Fit, ...]) -> None:
        if record == self.open_id:  # else another article was opened meanwhile
            self._fits = fits
            self._show_fits()

    def _show_fits(self) -> None:
        if not self._fits:
            self.view.show_card(None)
            return
        begun = frozenset(person for article, person in self._written if article == self.open_id)
        card = FitCard(self._fits, begun)
        card.send.connect(self._send_to)
        card.copied.connect(self._copy_to)
        card.keep.connect(self._keep)
        card.no_longer.connect(self._keep_no_longer)
        card.sent.connect(self._sent)
        card.not_them.connect(self._not_them)
        card.not_topic.connect(self._not_topic)
        self.view.show_card(card)

    def _send_to(self, person: int) -> None:
        self._hand_over(compose_letter, person)

    def _copy_to(self, person: int) -> None:
        self._hand_over(copy_letter, person)

    def _hand_over(self, how: _HandOver, person: int) -> None:
        page = self.view.page
        if page is None:
            return
        how(self._shell, page.article, person, self._find_people)
        self._written.add((page.article.id, person))
        self._show_fits()

    def _sent(self, person: int) -> None:
        if self.open_id is not None:
            note_sent(self._shell, self.open_id, person, self._find_people)

    def _keep(self, person: int) -> None:
        self._say(lambda record: keep_for(self._shell.ctx, record, person, origin="reading"))

    def _keep_no_longer(self, person: int) -> None:
        self._say(lambda record: keep_no_longer(self._shell.ctx, record, person, origin="reading"))

    def _not_them(self, person: int) -> None:
        self._say(lambda record: not_them(self._shell.ctx, record, person, origin="reading"))

    def _not_topic(self, person: int, words: str) -> None:
        self._say(lambda _record: not_this_topic(self._shell.ctx, person, words, origin="reading"))

    def _say(self, job: Callable[[int], UndoStep]) -> None:
        """Write what was said of somebody below the open article; the toast takes it back."""
        record = self.open_id

        def said(step: UndoStep) -> None:
            self._shell.toast(step.label, step)
            self._find_people()

        if record is not None:
            self._shell.write(lambda: job(record), said)

    def _write(self, job: Callable[[], object], then: Callable[[], object] = lambda: None) -> None:
        def done(_result: object) -> None:
            then()
            self._changed()

        self._shell.write(job, done)
