"""Files of a profile that give way to others: moved into a folder of their own, never removed, all of them or none.

What is to be moved is noted first. Whoever finds the note at the next start carries it out to its end, so that a crash
in between leaves nothing in halves. Only names change, so a full disk is no obstacle.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pln.durable.files import flush_file, flush_folder, write_atomically, write_fault
from pln.model.errors import StoreFault

NOTE = ".giving-way.json"
_FORMAT = "pln-giving-way"

Move = tuple[Path, Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """aside: the folder that takes what is in the way, below the root. names: of all that gives way where it is there.

    stage: a folder below the root that holds the files named in `new`, which come in their place; "" for none.
    """

    aside: str
    names: tuple[str, ...]
    stage: str = ""
    new: tuple[str, ...] = ()


def plan_for(
    root: Path, keep: Path, names: Sequence[str], now: datetime, *, stage: str = "", new: Sequence[str] = ()
) -> Plan:
    """A plan with a folder below `keep` that is not there yet, named by the minute: set-aside/2026-11-22T0931."""
    place = keep.relative_to(root) / now.strftime("%Y-%m-%dT%H%M")
    number, free = 1, place
    while os.path.lexists(root / free):
        number += 1
        free = place.with_name(f"{place.name}-{number}")
    return Plan(aside=free.as_posix(), names=tuple(names), stage=stage, new=tuple(new))


def give_way(root: Path, plan: Plan) -> Path | None:
    """Move what is in the way aside and what is staged into its place. Nobody may have one of these files open.

    Returns the folder where the earlier files lie, None where there were none. Raises StoreFault where a file cannot
    be moved; everything is where it was then.
    """
    intend(root, plan)
    return _carry_out(root, plan, fresh=True)


def intend(root: Path, plan: Plan) -> None:
    """Note a plan, to be carried out by `finish` once nobody has the files open. Raises StoreFault."""
    try:
        for name in plan.new:
            flush_file(root / plan.stage / name)
        if plan.stage:
            flush_folder(root / plan.stage)
    except OSError as fault:
        raise write_fault(root / plan.stage, fault) from fault
    write_atomically(root / NOTE, json.dumps({"format": _FORMAT, **asdict(plan)}, indent=2).encode() + b"\n")


def is_waiting(root: Path) -> bool:
    """Whether a plan was noted and not yet carried out."""
    return (root / NOTE).exists()


def finish(root: Path) -> Path | None:
    """Carry out what was noted, and what a crash broke off. Does nothing where there is no note.

    Returns the folder where the earlier files lie, None where there are none. Call it while holding the profile and
    before anything in it is looked at. Raises StoreFault where it cannot be done; it can be tried again.
    """
    plan = _read(root)
    if plan is None:
        return None
    if _is_lost(root, plan):
        _return_what_gave_way(root, plan)
        return None
    return _carry_out(root, plan, fresh=False)


def _carry_out(root: Path, plan: Plan, *, fresh: bool) -> Path | None:
    aside, done = root / plan.aside, list[Move]()
    try:
        for move in _moves_aside(root, plan):
            _move(move, done)
        _flush(aside, aside.parent, root)
        for move in _moves_in(root, plan):
            _move(move, done)
        _flush(root, root / plan.stage)
    except OSError as fault:
        _undo(root, done, drop_note=fresh)
        with suppress(OSError):
            aside.rmdir()  # empty again
        raise write_fault(root / (done[-1][0].name if done else plan.names[0]), fault) from fault
    _forget(root)
    if plan.stage:
        shutil.rmtree(root / plan.stage, ignore_errors=True)
    return aside if aside.is_dir() else None


def _moves_aside(root: Path, plan: Plan) -> Iterator[Move]:
    """Nothing once the first of the staged files has come: what has these names from then on is new."""
    if not all(os.path.lexists(root / plan.stage / name) for name in plan.new):
        return
    for name in plan.names:
        if os.path.lexists(root / name):
            yield root / name, root / plan.aside / name


def _moves_in(root: Path, plan: Plan) -> Iterator[Move]:
    for name in plan.new:
        if os.path.lexists(root / plan.stage / name):
            yield root / plan.stage / name, root / name


def _move(move: Move, done: list[Move]) -> None:
    source, target = move
    for folder in (target.parent.parent, target.parent):  # set-aside/ and the folder in it
        folder.mkdir(mode=0o700, exist_ok=True)
    if os.path.lexists(target):  # a rename would take its place, and it may be the only copy
        raise FileExistsError(str(target))
    source.rename(target)
    done.append(move)


def _undo(root: Path, done: Sequence[Move], *, drop_note: bool) -> None:
    """Put back what was moved just now. Where even that fails, the note stays and the next start goes on from it."""
    try:
        for source, target in reversed(done):
            target.rename(source)
        _flush(root)
    except OSError:
        return
    if drop_note:
        _forget(root)


def _is_lost(root: Path, plan: Plan) -> bool:
    """Whether a staged file is neither in the stage nor in its place: somebody took it away."""
    return not all(os.path.lexists(root / plan.stage / name) or os.path.lexists(root / name) for name in plan.new)


def _return_what_gave_way(root: Path, plan: Plan) -> None:
    done = list[Move]()
    try:
        for name in plan.names:
            aside = root / plan.aside / name
            if os.path.lexists(aside) and not os.path.lexists(root / name):
                _move((aside, root / name), done)
        _flush(root)
    except OSError as fault:
        raise write_fault(root / plan.names[0], fault) from fault
    _forget(root)


def _read(root: Path) -> Plan | None:
    try:
        if (root / NOTE).is_fifo():  # whoever opens it would wait for ever
            raise ValueError("not a file")
        found = json.loads((root / NOTE).read_bytes())
        if found["format"] != _FORMAT:
            raise ValueError("not a plan")
        plan = Plan(
            aside=str(found["aside"]), names=tuple(map(str, found["names"])), stage=str(found["stage"]),
            new=tuple(map(str, found["new"])),
        )  # fmt: skip
        _refuse_elsewhere(plan)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise write_fault(root / NOTE, fault) from fault
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise StoreFault(
            "Bringing a backup back was broken off",
            f"{NOTE} in {root} says how to go on and cannot be read. Nothing was changed. What was in the profile "
            "before lies in its set-aside folder; move that file away to go on as things are.",
        ) from fault
    return plan


def _refuse_elsewhere(plan: Plan) -> None:
    """Only files of this folder are ever moved, and only below it."""
    plain: Callable[[str], bool] = lambda name: name not in ("", ".", "..") and Path(name).name == name  # noqa: E731
    parts = (*plan.names, *plan.new, *plan.aside.split("/"), *((plan.stage,) if plan.stage else ()))
    if not plan.names or not all(map(plain, parts)) or (plan.new and not plan.stage):
        raise ValueError("a name that leads elsewhere")


def _flush(*folders: Path) -> None:
    for folder in folders:
        if folder.is_dir():
            flush_folder(folder)


def _forget(root: Path) -> None:
    try:
        (root / NOTE).unlink(missing_ok=True)
        flush_folder(root)
    except OSError as fault:
        raise write_fault(root / NOTE, fault) from fault
