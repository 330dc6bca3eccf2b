"""Read a response's body within bounds: bytes over the wire, bytes after decompression."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from pln.model.errors import NetworkFault, UnreadableInput

RAW_LIMIT = 10 * 1024 * 1024  # bytes over the wire

_PART = 256 * 1024  # bytes unpacked at a time

_GZIP_OR_ZLIB = 47  # zlib's code for "either, told by the header"


def read_body(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The decoded body. encoding: the Content-Encoding header; max_bytes: its bound after decompression.

    Raises UnreadableInput where a bound is passed, the encoding is another than gzip, or the data is damaged.
    """
    bounded = _bounded(chunks, min(RAW_LIMIT, max_bytes))
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        return b"".join(bounded)
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflate(bounded, max_bytes)
    raise UnreadableInput(
        "The answer is packed in an unknown way", f"The server sent it as “{coding[:20]}”, which PLN did not ask for."
    )


def _bounded(chunks: Iterable[bytes], limit: int) -> Iterable[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise too_large(limit)
        yield chunk


def _inflate(chunks: Iterable[bytes], limit: int) -> bytes:
    out = bytearray()
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    for chunk in chunks:
        if unpacker.eof:
            break  # what follows the packed data is padding
        for part in _unpacked(unpacker, chunk):
            out += part
            if len(out) > limit:
                raise too_large(limit)
    if not unpacker.eof:
        raise NetworkFault("The answer broke off", "The server stopped in the middle. PLN will try again later.")
    return bytes(out)


def _unpacked(unpacker: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """In small parts: a bomb unpacked at once would lie in memory twice."""
    full = True
    while chunk or full:  # a full part may leave some behind that needs no more of the chunk
        try:
            part = unpacker.decompress(chunk, _PART)
        except zlib.error as fault:
            raise UnreadableInput(
                "The answer is damaged", "Its packed data cannot be unpacked. PLN will try again later."
            ) from fault
        yield part
        chunk, full = unpacker.unconsumed_tail, len(part) == _PART


def too_large(limit: int) -> UnreadableInput:
    """The fault of a body beyond its bound in bytes."""
    return UnreadableInput(
        "The answer is too large",
        f"It never ends or is larger than {limit / 1024 / 1024:.0f} MB, so PLN stopped reading. "
        "What is stored is untouched.",
    )
