"""`pln screens DIR`"""

from __future__ import annotations

import argparse
import re

from pln.cli.options import a_path
from pln.cli.session import Session
from pln.cli.terminal import counted
from pln.cli.throw_away import throw_away
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.demo import fill

_SMALLEST, _LARGEST = 320, 8000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=a_path, help="where to put the pictures; made if need be")
    parser.add_argument("--theme", choices=["light", "dark"], default="light", help="light (default) or dark")
    parser.add_argument("--size", type=_size, default=(1360, 860), metavar="WxH", help="of the window (1360x860)")
    parser.add_argument("--scale", type=_scale, default=1.0, metavar="N", help="picture pixels for each of these (1)")
    parser.add_argument("--empty", action="store_true", help="of a profile with nothing in it")


def _run(session: Session, arguments: Arguments) -> Answer:
    if session.given is not None and not arguments.empty:
        return _pictures(session, arguments)
    with throw_away() as made:
        if not arguments.empty:
            fill(made.ctx, made.clock.today())
        return _pictures(made, arguments)


def _pictures(session: Session, arguments: Arguments) -> Answer:
    from pln.ui.screens import write_screens

    paths = write_screens(
        arguments.folder, session.ctx, theme=arguments.theme, size=arguments.size, scale=arguments.scale
    )
    return Answer(
        data={"folder": str(arguments.folder), "pictures": [path.name for path in paths]},
        lines=(f"{counted(len(paths), 'picture')} in {arguments.folder}.",),
    )


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(_SMALLEST <= side <= _LARGEST for side in size):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it as 1360x860")
    return size


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError(f"{text!r} is no scale between 0.5 and 4")
    return scale


SCREENS = Verb(
    run=_run,
    arguments=_arguments,
    notes="Of an invented network, unless --profile names a profile. No display is needed.",
    shape={"folder": "where the pictures are", "pictures": "their file names, in the order they were taken"},
    examples=("pln screens pictures --theme dark --size 1024x700 --empty",),
)
