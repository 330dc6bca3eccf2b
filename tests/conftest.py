"""Fixtures for all tests, and the quiet that they keep: no network, no real home, no keyring, nothing left behind.

A test that expects a warning in the log carries `@pytest.mark.allow_logs`. Long and real tests are left out by
default: see the Makefile.
"""

from __future__ import annotations

import atexit
import ipaddress
import logging
import multiprocessing
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from shared_corpus import REASON, corpus_folder

GRACE = 2.0
"""Seconds that threads and processes get to end after a test."""


# A session of its own, before anything of PLN or Qt is imported ------------------------------------------------------


def _throw_away_session() -> None:
    folder = Path(tempfile.mkdtemp(prefix="pln-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    places = {"HOME": "home", "USERPROFILE": "home", "APPDATA": "config", "LOCALAPPDATA": "data"}
    places |= {f"XDG_{name}_HOME": name.lower() for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    for variable, name in places.items():
        (folder / name).mkdir(exist_ok=True)
        os.environ[variable] = str(folder / name)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)


if "PLN_THROWAWAY_SESSION" not in os.environ:  # scripts/with_keyring.sh has made one
    _throw_away_session()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The short form draws the same examples every time, so that it tells of a change and not of luck; the long one draws
# new ones.
settings.register_profile(
    "short", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("long", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("short")


# Fixtures ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with real exports of address books, calendars and feeds."""
    folder = corpus_folder()
    if folder is None:
        pytest.skip(REASON)
    return folder


@pytest.fixture(autouse=True)
def silence(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that logs a warning, reaches for the network, or leaves a thread or a process behind."""
    threads, children = set(threading.enumerate()), _children()
    outside.clear()
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield
    logging.getLogger().removeHandler(heard)
    faults = [f"reached for the network: {call}" for call in outside]
    if request.node.get_closest_marker("allow_logs") is None:
        faults += [f"logged: {line}" for line in heard.lines]
    faults += [f"left a thread behind: {thread.name}" for thread in _surviving_threads(threads)]
    faults += [f"left a process behind: {line}" for line in _surviving_children(children)]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


# Log -----------------------------------------------------------------------------------------------------------------


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


# Network -------------------------------------------------------------------------------------------------------------

outside: list[str] = []
"""Calls of the running test that would have left this machine."""


def _guard_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or _on_this_machine(host):
        return
    if host.endswith(".invalid"):  # the name that never resolves, so that tests can have one without asking anybody
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    outside.append(f"{event} {host}")
    raise RuntimeError(f"tests stay on this machine, but something called {event} for {host}")


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


sys.addaudithook(_guard_network)


# Threads and processes -----------------------------------------------------------------------------------------------


def _surviving_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    deadline = time.monotonic() + GRACE
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in left if thread.is_alive()]


def _surviving_children(before: set[int]) -> list[str]:
    deadline = time.monotonic() + GRACE
    while (left := _working(_children() - before)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _children() -> set[int]:
    """Process ids of our children; on systems without /proc only those that multiprocessing started."""
    found = {child.pid for child in multiprocessing.active_children() if child.pid is not None}
    for listing in Path("/proc/self/task").glob("*/children"):
        try:
            found.update(map(int, listing.read_text().split()))
        except OSError:  # the thread ended while we looked
            continue
    return found


def _working(pids: set[int]) -> list[str]:
    """What the living of these processes run. One process of multiprocessing stays for good, by its design."""
    lines = []
    for pid in pids:
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        if line and "multiprocessing.resource_tracker" not in line:  # an ended process has no command line
            lines.append(line)
    return lines
