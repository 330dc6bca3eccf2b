"""The log: what happened, by ids. Nothing private gets into it, even where a message was written carelessly."""

from __future__ import annotations

import copy
import logging
import os
import platform
import re
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pln.model.errors import PlnError, StoreFault

_ROOM = "pln"
_TALKATIVE = ("httpx", "httpcore", "urllib3")
"""At INFO these write whole addresses with the tokens in them."""

# Both read a text once, without trying back: a long message must not stop the program.
_URL = re.compile(r"\b[a-z][a-z0-9+.-]{0,20}://[^\s'\"<>]+|\b(?:mailto|tel|acct):[^\s'\"<>]+", re.IGNORECASE)
_WORD = re.compile(r"[^\s'\"<>()\[\],;:]+")

_log = logging.getLogger(_ROOM)


def start_logging(path: Path, level: int = logging.INFO) -> logging.Handler:
    """Write PLN's own messages from `level` on, and everybody else's warnings, to a rotating file (4 x 1 MB).

    The folder must exist. Returns the handler for `stop_logging`. Raises StoreFault where the file cannot be written.
    """
    try:
        handler = _PrivateFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError as fault:
        raise StoreFault(
            "The log cannot be written",
            f"PLN may not write {path}. Nothing was changed. Check the permissions of the profile folder.",
        ) from fault
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    _log.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Close the file and leave logging as it was found."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def unexpected(fault: BaseException) -> str:
    """Log a bug of ours and return the report that the user may pass on: versions and the way through the program.

    The fault's own words are left out, because they may quote what somebody wrote.
    """
    report = f"Python {platform.python_version()} on {platform.system()} {platform.release()}\n{described(fault)}"
    _log.error("unexpected fault\n%s", report)
    return redacted(report)


def described(fault: BaseException) -> str:
    """Frames and kinds of a fault and its causes, the first cause first. No values, no words but a PlnError's."""
    return "\n".join(_one(link) for link in reversed(list(_chain(fault))))


def redacted(text: str) -> str:
    """Without web addresses, e-mail addresses and the name of the home folder."""
    text = _WORD.sub(_without_address, _URL.sub("<url>", text))
    return text.replace(str(Path.home()), "~")


def _without_address(word: re.Match[str]) -> str:
    return "<address>" if "@" in word[0][1:-1] else word[0]


class RedactingFormatter(logging.Formatter):
    """The last line of defence: what a message should not have held is cut out of it."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # another handler may have left its own, talkative rendering of the fault here
        return redacted(super().format(own))

    def formatException(self, ei: object) -> str:
        fault = ei[1] if isinstance(ei, tuple) else None
        return described(fault) if isinstance(fault, BaseException) else ""


class _PrivateFile(RotatingFileHandler):
    """Readable by its owner only, after each rotation too. A line that cannot be written (a full disk) is lost in
    silence: logging would put it on the terminal, with everything that it was made from."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def handleError(self, _record: logging.LogRecord) -> None:
        return


def _chain(fault: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = fault
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _one(fault: BaseException) -> str:
    codes = [(frame.f_code, line) for frame, line in traceback.walk_tb(fault.__traceback__)]
    frames = [f"  {code.co_filename}:{line} in {code.co_qualname}" for code, line in codes]
    return "\n".join([*frames, _kind(fault)])


def _kind(fault: BaseException) -> str:
    name = type(fault).__qualname__
    match fault:
        case PlnError():
            return f"{name}: {fault}"
        case OSError(errno=int(number)):
            return f"{name}: {os.strerror(number)}"
        case BaseExceptionGroup():
            return "\n".join([name, *(described(inner) for inner in fault.exceptions)])
    return name
