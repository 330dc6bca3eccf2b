"""The four marks in a note while it is written: their colours, and how many there are in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from pln.model.marks import MarkKind, WrittenMark, read_mark, whose
from pln.ui import look

_ROLES = {MarkKind.MINE: "amber", MarkKind.THEIRS: "plum", MarkKind.LESSON: "accent", MarkKind.QUESTION: "faint"}
_BEGINNINGS = frozenset("[-*•!?")


def mark_of(line: str) -> WrittenMark | None:
    """The mark in a line; ordinary lines, which are most, cost next to nothing."""
    begun = line.lstrip()[:1]
    return read_mark(line) if begun in _BEGINNINGS and begun else None


def prefix_length(line: str, mark: WrittenMark) -> int:
    """How many characters of a line stand before what the mark says, blanks between them not counted."""
    return len(line.rstrip().removesuffix(mark.text).rstrip())


class MarkHighlighter(QSyntaxHighlighter):
    """Tints the beginning of a marked line; what is done recedes. Works line by line, whatever the note's length."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}

    def forget_colours(self) -> None:
        """Another look is in force: tint everything anew."""
        self._formats = {}
        document = self.document()
        # Else the document is laid out once for each line: minutes for a very long note.
        document.setLayoutEnabled(False)
        self.rehighlight()
        document.setLayoutEnabled(True)
        document.markContentsDirty(0, document.characterCount())

    def highlightBlock(self, text: str) -> None:
        mark = mark_of(text)
        if mark is None:
            return
        length = prefix_length(text, mark)
        self.setFormat(0, length, self._format(_ROLES[mark.kind]))
        if mark.done:
            self.setFormat(length, len(text) - length, self._format("muted"))

    def _format(self, role: str) -> QTextCharFormat:
        if role not in self._formats:
            self._formats[role] = QTextCharFormat()
            self._formats[role].setForeground(look.colour(role))
        return self._formats[role]


def counted(notes: str, people: Sequence[tuple[int, str]]) -> str:
    """ "1 promise of yours · 1 of Jonas · 1 learned · 1 to ask"; empty where nothing is marked.

    people: (id, name) of those met; a promise of a name among them, or of the only one met, is counted for them.
    """
    marks = [mark for line in notes.splitlines() if (mark := mark_of(line)) is not None]
    kinds = Counter(mark.kind for mark in marks)
    names = dict(people)
    theirs = Counter(_first(names.get(whose(mark.who, people) or 0, mark.who))
                     for mark in marks if mark.kind is MarkKind.THEIRS)  # fmt: skip
    mine = kinds[MarkKind.MINE]
    parts = [_tr("1 promise of yours") if mine == 1 else _many(_tr("%1 promises of yours"), mine)] if mine else []
    parts += [_many(_tr("%1 of %2"), count).replace("%2", name) for name, count in theirs.items()]
    if kinds[MarkKind.LESSON]:
        parts.append(_many(_tr("%1 learned"), kinds[MarkKind.LESSON]))
    if kinds[MarkKind.QUESTION]:
        parts.append(_many(_tr("%1 to ask"), kinds[MarkKind.QUESTION]))
    return " · ".join(parts)


def hints() -> tuple[str, ...]:
    """What the four marks mean, for the row under a note."""
    return (
        _tr("[ ] me: a promise of yours"),
        _tr("[ ] name: theirs"),
        _tr("! something you learned"),
        _tr("? to ask next time"),
    )


def _many(text: str, count: int) -> str:
    return text.replace("%1", str(count))


def _first(name: str) -> str:
    return name.split(" ", 1)[0]


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
