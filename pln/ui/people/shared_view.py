"""Shared reading: what is kept for somebody, what was sent to them, and what they write themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from pln.model.changes import Noun, Ref
from pln.model.interaction import Interaction
from pln.services.person_page import PersonPage
from pln.services.reading import keep_no_longer
from pln.services.undo import UndoStep
from pln.suggest.reasons import short_day
from pln.ui.people.sections import bullet, link, section, whisper
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label


class SharedView(QWidget):
    def __init__(self, shell: Shell, page: PersonPage) -> None:
        super().__init__()
        self._shell, self._page, self._today = shell, page, shell.today()
        self.setLayout(column(*self._sections(), None, spacing=22))

    def _sections(self) -> Iterator[QLayout]:
        page = self._page
        if not (page.kept or page.sent or page.voice or page.feeds):
            yield column(label(self._nothing(), "lead", wrap=True))
            return
        if page.kept:
            yield section(self._named(self.tr("Laid aside for %1")), *map(self._kept, page.kept))
        if page.sent:
            yield section(self.tr("You sent"), *(self._sent(each, title) for each, title in page.sent))
        if page.feeds:
            names = ", ".join(feed.title or feed.url for feed in page.feeds)
            heading = self._named(self.tr("%1 writes: %2")).replace("%2", names)
            yield section(heading, *self._written())

    def _kept(self, kept: tuple[int, str]) -> QLayout:
        record = kept[0]
        done = whisper(self.tr("No longer keep"), f"kept-no-longer-{record}", lambda: self._keep_no_longer(record))
        done.setAccessibleName(self.tr("No longer keep it: %1").replace("%1", kept[1]))
        return bullet("book-open", self._article(record, kept[1], "kept"), done)

    def _keep_no_longer(self, record: int) -> None:
        """It was given or talked about; the toast brings it back."""
        shell, person = self._shell, self._page.person.id

        def done(step: UndoStep) -> None:
            shell.toast(step.label, step)

        shell.write(lambda: keep_no_longer(shell.ctx, record, person), done)

    def _sent(self, given: Interaction, title: str) -> QLayout:
        day = label(short_day(given.day, self._today), "muted")
        shown = title or self.tr("An article that is no longer here")
        words = self._article(given.article_id or 0, shown, f"sent-{given.id}") if title else label(shown, "muted")
        line = bullet("send", words, day, role="blue")
        return column(line, label(f"“{given.note}”", "muted", wrap=True), spacing=2) if given.note else line

    def _written(self) -> Iterator[QLayout | QWidget]:
        if not self._page.voice:
            yield label(self.tr("No article has come in yet."), "muted")
        for article in self._page.voice:
            words = self._article(article.id, article.title, "voice")
            yield bullet("rss", words, label(short_day(article.published.astimezone().date(), self._today), "muted"))

    def _article(self, record: int, title: str, kind: str) -> QWidget:
        return link(title, f"{kind}-{record}", partial(self._shell.open, Ref(Noun.ARTICLE, record)))

    def _nothing(self) -> str:
        words = self.tr(
            "Articles that you send to %1 or lay aside for the next time you meet gather here,"
            " and so does what %1 writes, once one of your feeds belongs to them."
        )
        return self._named(words)

    def _named(self, text: str) -> str:
        return text.replace("%1", self._page.person.first_name)
