"""The XML reader that feedparser is given: the standard library's, handing over text in large pieces.

Without it expat calls back for each line and entity; with it feeds are read about 1.5 times faster, to the same result.
"""

from __future__ import annotations

from pyexpat import XMLParserType
from xml.sax import expatreader

_TEXT_PIECE = 256 * 1024  # bytes of text gathered before a call


class _BufferedReader(expatreader.ExpatParser):
    _parser: XMLParserType

    def reset(self) -> None:
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = _TEXT_PIECE


def create_parser() -> expatreader.ExpatParser:
    """Called by name by xml.sax.make_parser."""
    return _BufferedReader()
