"""What a file or folder to be imported is, told by what stands in it."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from pln.model.errors import UnreadableInput, UsageError
from pln.services.input_file import read_input
from pln.services.whole.files import INDEX
from pln.sources.people import Format, recognise
from pln.sources.people.text import decode
from pln.sources.reader_exports import is_reader_export

_HEAD = 256 * 1024


class InputKind(StrEnum):
    PEOPLE = "people"
    FEEDS = "feeds"
    CALENDAR = "calendar"
    ARTICLES = "articles"
    EXPORT = "export"


def recognise_input(path: Path) -> InputKind:
    """PEOPLE too where nothing is recognised: the reader of people files says what is wrong with it.

    Raises UsageError where there is nothing at the path, UnreadableInput where it is a folder but no export of PLN's,
    or cannot be opened.
    """
    if path.is_dir():
        return _folder(path)
    if not path.is_file() and os.path.lexists(path) and not _leads_nowhere(path):
        raise UsageError(
            "This is no regular file",
            f"PLN reads files and folders, and {path} is neither. Nothing was changed. Choose a file.",
        )
    if not path.is_file():
        raise UsageError("There is no such file", f"PLN found no file at {path}. Nothing was changed. Check its name.")
    head = read_input(path, _HEAD, whole=False)
    if "<opml" in decode(head).text[:_HEAD].lower():
        return InputKind.FEEDS
    if is_reader_export(head):
        return InputKind.ARTICLES
    return InputKind.CALENDAR if recognise(head, path.name) is Format.CALENDAR else InputKind.PEOPLE


def _leads_nowhere(path: Path) -> bool:
    """Whether it is a link to what is not there."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _folder(path: Path) -> InputKind:
    if (path / INDEX).is_file():
        return InputKind.EXPORT
    raise UnreadableInput(
        "This folder is no export of PLN's",
        f"There is no {INDEX} in it. Nothing was changed. Choose the folder that `pln export` wrote, or a single file.",
    )
