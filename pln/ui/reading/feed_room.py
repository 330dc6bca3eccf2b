"""How much room a feed takes, and what its retention would delete, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from pln.model.feed import FeedRoom
from pln.services.article_keeping import feed_storage
from pln.ui.shell import Shell
from pln.ui.widgets.told_later import ToldLater

_SIZE = QLocale.DataSizeFormat.DataSizeTraditionalFormat


def feed_room(shell: Shell, feed_id: int) -> ToldLater:
    """A line that tells the room of one feed."""
    ctx = shell.ctx
    return ToldLater(
        lambda tell: shell.tasks.read(
            lambda: feed_storage(ctx, feed_id), lambda found: tell(room_words(*found)), shell.fail
        )
    )


def room_words(room: FeedRoom, pictures: int) -> str:
    """ "412 articles are kept; they take 3.1 MB, their pictures 12.0 MB." """
    if not room.articles:
        return _tr("No article of it is kept yet.")
    words = _tr("One article is kept; it takes %2") if room.articles == 1 else _tr("%1 articles are kept; they take %2")
    words = words.replace("%1", f"{room.articles:,}").replace("%2", size_words(room.texts + room.more))
    if pictures:
        words += _tr(", the pictures %1").replace("%1", size_words(pictures))
    return f"{words}."


def size_words(size: int) -> str:
    """ "3.1 MB"; bytes and kilobytes without a fraction."""
    return QLocale().formattedDataSize(size, 0 if size < 1024 * 1024 else 1, _SIZE)


def going_words(number: int) -> str:
    """What retention would delete; "" for nothing."""
    if not number:
        return ""
    words = _tr("One article would be deleted") if number == 1 else _tr("%1 articles would be deleted")
    return _tr("%1 with this, the next time PLN tidies up.").replace("%1", words.replace("%1", f"{number:,}"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_room", text)
