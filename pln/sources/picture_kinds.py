"""What a picture is, told by its first bytes: the word of a server and the ending of a name count for nothing."""

from __future__ import annotations

MAX_BYTES = 8 * 1024 * 1024
"""Of a picture as it comes from the web."""


def picture_kind(data: bytes) -> str:
    """The decoder's name for PNG, JPEG, GIF, WebP and AVIF; "" for everything else, SVG among it."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return "AVIF"
    return ""
