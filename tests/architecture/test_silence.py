"""The quiet that tests/conftest.py demands is demanded: each kind of noise makes its test fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.source_tree import ROOT

NOISE = """
import logging, os, pathlib, socket, subprocess, threading, time
import keyring
import pytest

kept = []

def test_logs():
    logging.getLogger("pln.x").warning("noise")

def test_catches_what_the_network_guard_raises():
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    except RuntimeError:
        pass

def test_asks_for_a_name():
    socket.getaddrinfo("example.org", 80)

def test_listens_to_everybody():
    with socket.socket() as server:
        server.bind(("0.0.0.0", 0))

def test_leaves_a_thread():
    threading.Thread(target=time.sleep, args=(4,)).start()

def test_leaves_a_process():
    kept.append(subprocess.Popen(["sleep", "4"]))

def test_leaves_a_file_open():
    open(__file__)

def test_warns_by_qt():
    from PySide6.QtCore import qWarning
    qWarning("noise")
"""
QUIET = """
import logging, pathlib, socket
import keyring
import pytest

@pytest.mark.allow_logs
def test_may_log():
    logging.getLogger("pln.x").warning("noise")

def test_talks_to_itself():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(("localhost", server.getsockname()[1])).close()

def test_a_name_that_never_resolves():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nobody.invalid", 80)

def test_no_keyring():
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("a", "b")

def test_the_home_is_not_the_real_one():
    assert "pln-tests-" in str(pathlib.Path.home())
"""


@pytest.mark.long
def test_noise_fails_and_quiet_passes(tmp_path: Path):
    (tmp_path / "tests").mkdir()
    for name in ("tests/conftest.py", "tests/shared_corpus.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tests" / "test_noise.py").write_text(NOISE)
    (tmp_path / "tests" / "test_quiet.py").write_text(QUIET)
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    faulty = set(re.findall(r"^(?:FAILED|ERROR) tests/(\S+)", printed, re.MULTILINE))
    assert faulty == {f"test_noise.py::{name}" for name in re.findall(r"def (test_\w+)", NOISE)}, printed
    assert all(f"PASSED tests/test_quiet.py::{name}" in printed for name in re.findall(r"def (test_\w+)", QUIET))
