"""Pictures from outside: of the kinds that are shown, made anew, within bounds; a bad one costs a worker at most."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import pytest
from PIL import Image

from pln.model.errors import UnreadableInput
from pln.sources.parse import Parser
from pln.sources.picture_decode import MAX_KEPT, MAX_WIDTH, decode
from pln.sources.picture_kinds import picture_kind
from unit.offline.pictures import declared, noise, png, saved

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_every_kind_that_is_shown_becomes_png_or_jpeg(kind: str) -> None:
    data = saved(Image.new("RGB", (60, 40), (200, 30, 30)), kind)
    assert picture_kind(data) == kind
    made = decode(data)
    assert (made.width, made.height) == (60, 40)
    assert picture_kind(made.data) == made.kind.upper()


def test_a_large_picture_is_scaled_and_kept_small() -> None:
    made = decode(saved(noise(3000, 2000), "PNG"))
    assert made.width <= MAX_WIDTH
    assert abs(made.width / made.height - 1.5) < 0.01
    assert len(made.data) <= MAX_KEPT


def test_what_is_see_through_stays_so() -> None:
    made = decode(saved(Image.effect_noise((1500, 1500), 90).convert("RGBA"), "PNG"))
    assert len(made.data) <= MAX_KEPT
    half = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    made = decode(saved(half, "PNG"))
    assert made.kind == "png"
    assert Image.open(io.BytesIO(made.data)).convert("RGBA").getpixel((3, 3))[3] == 0  # type: ignore[index]


def test_nothing_but_pixels_stays() -> None:
    source = Image.new("RGB", (40, 20), (9, 9, 9))
    notes = Image.Exif()
    notes[0x010E] = "canary description"
    notes[0x0112] = 6  # lies on its side
    data = saved(source, "JPEG", exif=notes, comment=b"canary comment", icc_profile=b"canary profile" * 20)
    assert b"canary" in data
    made = decode(data)
    assert b"canary" not in made.data
    assert (made.width, made.height) == (20, 40)


def test_of_a_moving_picture_the_first_frame_stays() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255))]
    made = decode(saved(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0))
    shown = Image.open(io.BytesIO(made.data))
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((3, 3))[0] > 200  # type: ignore[index]


HOSTILE = {
    "an SVG": SVG,
    "an SVG that is called a PNG": SVG,
    "a page": b"<html>not here</html>",
    "a TIFF": saved(Image.new("RGB", (9, 9)), "TIFF"),
    "an icon": saved(Image.new("RGB", (16, 16)), "ICO"),
    "nothing": b"",
    "a wrong beginning": b"\x89PNG\r\n\x1a\n" + saved(Image.new("RGB", (9, 9)), "JPEG"),
    "a truncated PNG": saved(noise(200, 200), "PNG")[:2000],
    "a truncated JPEG": saved(noise(200, 200), "JPEG")[:2000],
    "a truncated WebP": saved(noise(200, 200), "WEBP")[:2000],
    "a bomb of 900 megapixels": declared(30_000, 30_000),
    "a bomb of 56 megapixels": declared(7_500, 7_500),
    "a bomb beyond all numbers": declared(2**31 - 1, 2**31 - 1),
    "a counting pixel": png(1, 1),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[Parser]:
    with Parser(deadline_seconds=60, idle_seconds=3600) as running:
        running.picture(png())
        yield running


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_good_is_refused_in_a_sentence(what: str, worker: Parser) -> None:
    before = worker.worker_id
    with pytest.raises(UnreadableInput) as refusal:
        worker.picture(HOSTILE[what])
    assert refusal.value.sentence.endswith(".")
    assert worker.worker_id == before, "a worker need not die of it"
    assert worker.picture(png()).width == 40


def test_a_gif_bomb_costs_one_frame(worker: Parser) -> None:
    """Thousands of frames lie behind the first; they are never unpacked."""
    frame = Image.new("P", (1000, 1000))
    data = saved(frame, "GIF", save_all=True, append_images=[Image.new("P", (1000, 1000), n % 250) for n in range(60)])
    assert worker.picture(data).width == 1000


def test_a_picture_that_takes_too_much_kills_the_worker_and_not_the_program() -> None:
    with Parser(deadline_seconds=0.01) as hasty:
        with pytest.raises(UnreadableInput):
            hasty.picture(saved(noise(5000, 5000), "JPEG"))
        assert hasty.worker_id is None
    with Parser(memory_bytes=300 << 20) as narrow:
        with pytest.raises(UnreadableInput):
            narrow.picture(saved(Image.new("RGBA", (6300, 6300), (1, 2, 3, 4)), "PNG"))
        started = time.monotonic()
        assert narrow.picture(png()).width == 40
        assert time.monotonic() - started < 60
