"""Make a picture from the web anew: its pixels alone, no larger than they are shown. Runs in the worker.

Only the decoder that the first bytes name is tried, and size is looked at before a pixel is unpacked. Of a moving
picture the first frame stays. Colour profile, place, camera and comments are gone; a picture that lies on its side by
its camera's word is turned.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageOps

from pln.model.errors import UnreadableInput
from pln.model.offline import Picture
from pln.sources.picture_kinds import picture_kind

MAX_PIXELS = 40_000_000
MAX_WIDTH = 1600
MAX_HEIGHT = 6400  # of a strip or an infographic; a wider one is bounded by its width
MAX_KEPT = 1024 * 1024
_LEAST_SIDE = 3  # smaller ones only count readers
_QUALITIES = (82, 70, 55)
_SHRINK = 0.7

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def decode(data: bytes) -> Picture:
    """A picture of at most MAX_WIDTH pixels across and MAX_KEPT bytes.

    Raises UnreadableInput for what is no picture of a known kind, is damaged, too large or too small.
    """
    kind = picture_kind(data)
    if not kind:
        raise _refused("It is of a kind that PLN does not show.")
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as source:
            _check_size(source)
            if kind == "JPEG":
                source.draft("RGB", (MAX_WIDTH, MAX_WIDTH))  # unpacks a large one at half its size or less
            source.load()
            return _encoded(_plain(source))
    except UnreadableInput:
        raise
    except MemoryError:
        raise
    except Exception as fault:  # what decoders raise on damaged files is no list that one could write down
        raise _refused("It is damaged, or not what it says.") from fault


def _check_size(source: Image.Image) -> None:
    width, height = source.size
    if width * height > MAX_PIXELS:
        raise _refused("It has more pixels than PLN unpacks.")
    if width < _LEAST_SIDE or height < _LEAST_SIDE:
        raise _refused("It is too small to be seen.")


def _plain(source: Image.Image) -> Image.Image:
    """Upright, in plain colours, small enough, with nothing but pixels."""
    upright = ImageOps.exif_transpose(source)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((MAX_WIDTH, MAX_HEIGHT), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _encoded(picture: Image.Image) -> Picture:
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    while True:
        for data, kind in _tries(picture):
            if len(data) <= MAX_KEPT:
                return Picture(kind=kind, width=picture.width, height=picture.height, data=data)
        smaller = (max(1, int(picture.width * _SHRINK)), max(1, int(picture.height * _SHRINK)))
        picture = picture.resize(smaller, Image.Resampling.LANCZOS)


def _tries(picture: Image.Image) -> Iterator[tuple[bytes, str]]:
    """The ways of writing a picture, best first, each made when it is wanted."""
    if picture.mode == "RGBA":
        yield _saved(picture, "PNG", optimize=True), "png"
        yield _saved(picture.quantize(256), "PNG", optimize=True), "png"
        return
    if picture.getcolors(256) is not None:  # a drawing
        yield _saved(picture.quantize(256), "PNG", optimize=True), "png"
    for quality in _QUALITIES:
        yield _saved(picture, "JPEG", quality=quality, optimize=True), "jpeg"


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _refused(sentence: str) -> UnreadableInput:
    return UnreadableInput("The picture cannot be kept", sentence)
