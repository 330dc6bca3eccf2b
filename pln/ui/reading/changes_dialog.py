"""What changed in an article: words that went are struck through, words that came are underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from pln.model.differences import Kept, Piece
from pln.model.feed import Article, ArticleVersion
from pln.services.article_keeping import article_versions, changes_since
from pln.services.context import Context
from pln.ui import fonts, look
from pln.ui.reading.ages import short_day
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label

_AROUND = 160  # characters of unchanged text that are shown beside a change
_LINE = 150  # percent
_GAP = " […] "


class ChangesDialog(Dialog):
    """Compares the words of now with an earlier version, at first with the one right before."""

    def __init__(self, shell: Shell, parent: QWidget | None, article: Article) -> None:
        self._shell, self._article = shell, article
        self._versions = article_versions(shell.ctx, article.id)
        newest = str(len(self._versions) - 1)
        self.against = Choice(_tr("Compare with"), self._choices(), newest)
        self.against.chosen.connect(lambda key: self._ask(int(key)))
        self.against.setVisible(len(self._versions) > 1)
        self.title = label("", "muted", wrap=True)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_tr("What changed"))
        self.text.document().setDocumentMargin(4)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        legend = label(_tr("Struck through: no longer there. Underlined: new."), "muted", wrap=True)
        body = column(row(Grow(legend), self.against, spacing=12), self.title, Grow(self.text), spacing=10)
        super().__init__(
            parent, _tr("What changed"), body, _tr("Close"), subtitle=article.title or _tr("Without a title")
        )
        self.cancel.hide()
        self.open_at(680, 620)
        self._ask(int(newest))

    def _choices(self) -> list[tuple[str, str]]:
        now = self._shell.ctx.clock.now()
        return [
            (str(number), _tr("Until %1").replace("%1", short_day(each.until, now)))
            for number, each in enumerate(self._versions)
        ]

    def _ask(self, version: int) -> None:
        """Long texts take a while to compare."""
        ctx, record = self._shell.ctx, self._article.id
        if not 0 <= version < len(self._versions):
            return
        self._shell.tasks.read(
            lambda: _changes(ctx, record, version), lambda pieces: self._show(version, pieces), self._shell.fail
        )

    def _show(self, version: int, pieces: Sequence[Piece]) -> None:
        earlier: ArticleVersion = self._versions[version]
        renamed = earlier.title != self._article.title
        self.title.setText(_tr("The title was: %1").replace("%1", earlier.title) if renamed else "")
        self.title.setVisible(renamed)
        self.text.clear()
        cursor = self.text.textCursor()
        air = QTextBlockFormat()
        air.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(air)
        if all(piece.kept is Kept.SAME for piece in pieces):
            cursor.insertText(_tr("The words are the same; something else in it changed."), _format(Kept.SAME))
        for piece in shortened(pieces):
            cursor.insertText(piece.text, _format(piece.kept))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.text.setTextCursor(cursor)


def _changes(ctx: Context, record: int, version: int) -> tuple[Piece, ...]:
    return changes_since(ctx, record, version)


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces with long unchanged passages cut down to what stands around the changes."""
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        before, after = (_AROUND if number else 0), (_AROUND if number < last else 0)
        if piece.kept is not Kept.SAME or len(piece.text) <= before + after + len(_GAP):
            yield piece
            continue
        start, end = piece.text[:before], piece.text[len(piece.text) - after :]
        cut = f"{start.rpartition(' ')[0]}{_GAP}{end.partition(' ')[2]}"
        yield Piece(Kept.SAME, cut if number else cut.lstrip())


def _format(kept: Kept) -> QTextCharFormat:
    made = QTextCharFormat()
    font = fonts.serif(16)
    font.setStrikeOut(kept is Kept.GONE)
    font.setUnderline(kept is Kept.NEW)
    font.setWeight(QFont.Weight.DemiBold if kept is Kept.NEW else QFont.Weight.Normal)
    made.setFont(font)
    made.setForeground(look.colour({Kept.SAME: "muted", Kept.GONE: "red", Kept.NEW: "ink"}[kept]))
    if kept is Kept.NEW:
        made.setBackground(look.colour("soft"))
    return made


def _tr(text: str) -> str:
    return QCoreApplication.translate("changes", text)
