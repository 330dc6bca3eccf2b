"""The article pane: a line about where it comes from, what can be done with it, and the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pln.model.offline import FullState
from pln.services.reading import ArticlePage
from pln.system.clock import Clock
from pln.ui import look
from pln.ui.icons import set_icon
from pln.ui.reading.ages import short_day
from pln.ui.reading.also_line import AlsoLine
from pln.ui.reading.around import Around
from pln.ui.reading.attachments import Attachments
from pln.ui.reading.caret import Caret
from pln.ui.reading.find_bar import FindBar
from pln.ui.reading.page_view import PageView
from pln.ui.reading.pictures import with_lead
from pln.ui.reading.tag_line import TagLine
from pln.ui.reading.text_line import TextLine
from pln.ui.reading.typeset import page_html
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import NameButton, icon_button
from pln.ui.widgets.labels import ElidedLabel, set_tip
from pln.ui.widgets.settle import Settle

_A_WHILE = 1500  # milliseconds without scrolling until it is kept how far one is
_READ, _STEP = 0.97, 0.005
NOTHING = Around()


class ArticleView(QWidget):
    """Shows one article. asked: what the user wants of it ("star", "later", "unread", "write", "send", "open",
    "source", "look", "full", "changes").

    link: the address of a link that was opened. left: an article's id, and how far it was read, 0 to 1. The line
    `also` tells which other feed was pressed, the line `tags` which tag.
    """

    asked = Signal(str)
    link = Signal(str)
    left = Signal(int, float)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._places: dict[int, float] = {}
        self._card: QWidget | None = None
        self.page: ArticlePage | None = None
        self.view = PageView(self.tr("Article"))
        self.view.wanted.connect(self.link)
        self.view.arranged.connect(self._align)
        self._build_head()
        self._target = ElidedLabel("", "faint")
        self._target.setParent(self)
        self._target.setProperty("tone", "surface")
        self._target.setContentsMargins(10, 3, 10, 3)
        self._target.setAutoFillBackground(True)
        self._target.hide()
        self.view.pointed.connect(self._point)
        self.view.picture_clicked.connect(self.look_at_pictures)
        self.caret = Caret(self.view)
        self.finder = FindBar(self.view)
        self.finder.closed.connect(self.view.setFocus)
        self._reading = Settle(_A_WHILE, self.leave, self)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self._reading.nudge())
        self.texts = TextLine()
        self.texts.turned.connect(self.turn_text)
        self.texts.fetch.connect(self._ask("full"))
        self.texts.compare.connect(self._ask("changes"))
        self.also, self.tags = AlsoLine(), TagLine()
        self._around = Around()
        self.setLayout(column(self._head, self.also, self.tags, self.texts, self.finder, Grow(self.view), spacing=0))

    def show_article(self, page: ArticlePage, around: Around = NOTHING) -> None:
        """Show an article where it was left, or from its beginning where it was read to its end."""
        self.leave()
        self.page = page
        self._card = None
        self._source.show_name(_short(page.voice[1] if page.voice else page.feed.title or page.feed.url))
        self._source.setAccessibleName(self._source_name(page))
        set_tip(self._source, self._source_name(page))
        self._about.setText(self._facts(page))
        article = page.article
        self.show_marks(starred=article.starred_at is not None, unread=False, later=article.later_at is not None)
        self._open.setEnabled(bool(page.article.url))
        self._point("")
        self.also.show_of(around.sources, around.voices)
        self.tags.show_of(article.tags, page.feed.tags)
        body = self._text_of(around)
        at = self._places.setdefault(article.id, article.read_to / 1000)
        html = page_html(article.title or self.tr("Without a title"), self._byline(page), body)
        self.view.show_page(html, at if at < _READ else 0.0)
        self._show_foot()

    def turn_text(self, to_full: bool) -> None:
        """Show the text of the article's own page, or that of its feed."""
        page, full = self.page, self._around.full
        if page is None or full is None or full.state is not FullState.DONE:
            return
        self.texts.show_of(self._around, self._clock.now(), shows_full=to_full)
        given = page.article.html
        body = (with_lead(full.html, given) if to_full else given) or self._no_text(page)
        self.view.show_page(page_html(page.article.title or self.tr("Without a title"), self._byline(page), body))
        self._show_foot()

    def show_around(self, around: Around, said: str = "") -> None:
        """More is known of the article that is shown: where its full text came, that is shown now."""
        came = around.full is not None and around.full.state is FullState.DONE and not self.has_full
        self._around = around
        if came:
            self.turn_text(True)
        else:
            self.texts.show_of(around, self._clock.now(), shows_full=self.texts.shows_full, said=said)

    def show_tags(self, own: tuple[str, ...]) -> None:
        """The article that is shown has these tags of its own now."""
        if self.page is not None and own != self.page.article.tags:
            self.page = replace(self.page, article=replace(self.page.article, tags=own))
            self.tags.show_of(own, self.page.feed.tags)

    def show_fetching(self) -> None:
        """The page of the article is on its way."""
        self.texts.show_busy(self._around, self._clock.now())

    @property
    def has_full(self) -> bool:
        """The text of the article's own page is there."""
        return self._around.full is not None and self._around.full.state is FullState.DONE

    def _text_of(self, around: Around) -> str:
        """The text that is shown first: the page's own where it is there."""
        assert self.page is not None
        self._around = around
        full = around.full if self.has_full else None
        self.texts.show_of(around, self._clock.now(), shows_full=full is not None)
        given = self.page.article.html
        return (given if full is None else with_lead(full.html, given)) or self._no_text(self.page)

    def leave(self) -> None:
        """Remember how far one has read, and tell where that changed."""
        self._reading.stop()
        if self.page is None:
            return
        record, now = self.page.article.id, self.view.position()
        if abs(now - self._places.get(record, 0.0)) >= _STEP:
            self._places[record] = now
            self.left.emit(record, now)

    def forget(self) -> None:
        """The article that is shown is there no more."""
        self._reading.stop()
        self.page = None
        self.show_card(None)

    def show_card(self, card: QWidget | None) -> None:
        """A card below the text and what comes with it; None for none."""
        self._card = card
        self._show_foot()

    def open_find(self) -> None:
        """Find in the article, beginning with what is selected in one line."""
        words = self.selected_text()
        self.finder.open_bar("" if "\u2029" in words or len(words) > 80 else words)

    def look_at_pictures(self, first: str = "") -> None:
        """Show the pictures of the article one by one, as large as there is room."""
        keys = self.view.picture_keys()
        if keys:
            from pln.ui.reading.zoom_dialog import ZoomDialog

            ZoomDialog(self, self.view.pictures, keys, first or keys[0]).open()

    def _show_foot(self) -> None:
        attached = self.page.article.attached if self.page is not None else ()
        if not attached:
            self.view.set_card(self._card)
            return
        foot = QWidget()
        parts = [Attachments(attached, self.link.emit), *([self._card] if self._card is not None else [])]
        foot.setLayout(column(*parts, spacing=18))
        self.view.set_card(foot)

    def show_marks(
        self, *, starred: bool | None = None, unread: bool | None = None, later: bool | None = None
    ) -> None:  # fmt: skip
        """Show what the store now says of the article."""
        if later is not None:
            self._later.setChecked(later)
            set_icon(self._later, "bookmark", "accent" if later else "muted")
        if starred is not None:
            self._star.setChecked(starred)
            set_icon(self._star, "star", "amber" if starred else "muted")
        if unread is not None:
            self._unread.setChecked(unread)
            set_icon(self._unread, "circle-dot", "accent" if unread else "muted")

    def add_to_head(self, button: QWidget) -> None:
        """Put a button of somebody else's into the row above the article, after the star and the mark."""
        self._line.insertWidget(self._line.indexOf(self._unread) + 1, button)

    def selected_text(self) -> str:
        return self.view.textCursor().selectedText()

    def _build_head(self) -> None:
        self._source = NameButton(self._ask("source"))
        self._about = ElidedLabel("", "muted")
        self._star = icon_button("star", self.tr("Save with a star (S)"), run=self._ask("star"), checkable=True)
        self._later = icon_button("bookmark", self.tr("Read later (L)"), run=self._ask("later"), checkable=True)
        self.look = icon_button("type", self.tr("How articles are set (Shift+T)"), run=self._ask("look"))
        self._unread = icon_button("circle-dot", self.tr("Keep unread (M)"), run=self._ask("unread"), checkable=True)
        self._write = icon_button("feather", self.tr("Write about it"), run=self._ask("write"))
        self._send = icon_button("send", self.tr("Send to somebody…"), run=self._ask("send"))
        self._open = icon_button("external-link", self.tr("Open in the browser (O)"), run=self._ask("open"))
        self._line = row(
            self._source, Grow(self._about), self._star, self._later, self._unread, self._write, self._send, self.look,
            self._open, spacing=2,
            margins=(24, 12, 24, 6),
        )  # fmt: skip
        self._head = QWidget()
        self._head.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what the menus have too gives way to the name of who speaks."""
        super().resizeEvent(event)
        for needed, made in ((440, self._write), (440, self._send), (380, self.look), (340, self._open)):
            made.setVisible(self.width() >= look.px(needed))

    def _ask(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.emit(what)

    def _align(self, side: int) -> None:
        self._line.setContentsMargins(max(0, side - 4), 12, max(0, side - 6), 6)
        self.texts.align(side)
        self.also.align(side)
        self.tags.align(side)

    def _source_name(self, page: ArticlePage) -> str:
        if page.voice:
            return self.tr("Open the page of %1").replace("%1", page.voice[1])
        return self.tr("Show all of %1").replace("%1", page.feed.title or page.feed.url)

    def _facts(self, page: ArticlePage) -> str:
        article = page.article
        day = article.published or article.received
        feed = page.feed.title if page.voice and page.voice[1] not in page.feed.title else ""
        minutes = self.tr("%1 min").replace("%1", str(article.minutes)) if article.text else ""
        parts = (feed, short_day(day, self._clock.now()) if day else "", minutes)
        return "".join(f" · {part}" for part in parts if part)

    def _byline(self, page: ArticlePage) -> str:
        author = page.article.author
        known = (page.voice[1] if page.voice else "", page.feed.title)
        return "" if author.casefold() in {each.casefold() for each in known} else author

    def _no_text(self, page: ArticlePage) -> str:
        if page.article.url:
            return f"<p>{self.tr('The feed brought only the title. The whole article opens in your browser.')}</p>"
        return f"<p>{self.tr('The feed brought only the title.')}</p>"

    def _point(self, address: str) -> None:
        """Show where a link really leads, at the foot, while it is pointed at or has the focus."""
        set_tip(self.view.viewport(), address)
        self._target.setVisible(bool(address))
        self._target.setText(address)
        width = min(self.width() - 16, self._target.fontMetrics().horizontalAdvance(address) + 28)
        height = self._target.sizeHint().height() + 6
        self._target.setGeometry(8, self.height() - height - 8, width, height)
        self._target.raise_()


def _short(name: str) -> str:
    """A name as the text of a button: cut where it is very long."""
    return name if len(name) <= 32 else f"{name[:31]}…"
