"""Finds what Qt and the tests need of the system, and installs it (root on Debian) or names the line that does.

usage: system_needs.py run|test|real       after the environment is made, with its interpreter
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

# Looked at with ldd, so that the answer fits the installed Qt and not a list that was once true.
QT_PARTS = ("QtCore.abi3.so", "QtGui.abi3.so", "QtWidgets.abi3.so", "QtSvg.abi3.so", "QtNetwork.abi3.so")
QT_PLUGINS = ("platforms/libqxcb.so", "platforms/libqoffscreen.so", "xcbglintegrations/*.so", "iconengines/*.so")

WINDOW_TESTS = {"xvfb-run": "xvfb", "Xvfb": "xvfb", "xauth": "xauth", "xdotool": "xdotool"}
KEYRING_TESTS = {"gnome-keyring-daemon": "gnome-keyring", "dbus-run-session": "dbus-daemon"}
COMMANDS = {"run": {}, "test": WINDOW_TESTS | KEYRING_TESTS, "real": WINDOW_TESTS | KEYRING_TESTS}


def missing_libraries() -> list[str]:
    """Sonames that Qt asks for and the system does not have."""
    found: set[str] = set()
    for part in qt_files():
        listing = subprocess.run(["ldd", str(part)], capture_output=True, text=True, check=False).stdout
        found.update(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE))
    return sorted(name for name in found if not name.startswith(("libQt6", "libpyside6", "libshiboken6")))


def qt_files() -> list[Path]:
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        sys.exit("PySide6 is not installed in .venv: run `make venv` first.")
    folder = Path(spec.origin).parent
    parts = [folder / name for name in QT_PARTS]
    return parts + [path for pattern in QT_PLUGINS for path in sorted((folder / "Qt" / "plugins").glob(pattern))]


def debian_package(soname: str) -> str:
    """Debian names the package of a library after its soname: libX11.so.6 is in libx11-6."""
    if soname.startswith(("libglib-2.0", "libgthread-2.0", "libgobject-2.0")):
        return "libglib2.0-0"
    name, _, version = soname.partition(".so.")
    name = name.lower().replace("_", "-")
    return f"{name}-{version}" if name[-1].isdigit() else f"{name}{version}"


def line_for(libraries: list[str], packages: list[str]) -> str:
    """The command that installs what is missing, for the package manager that is there."""
    by_soname = " ".join([f"'{name}()(64bit)'" for name in libraries] + packages)
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(sorted({*map(debian_package, libraries), *packages}))
    if shutil.which("dnf"):
        return f"sudo dnf install {by_soname}"
    if shutil.which("zypper"):
        return f"sudo zypper install {by_soname}"
    return "please install with your system's packages: " + " ".join(libraries + packages)


def install_on_debian(packages: list[str]) -> None:
    """Installs packages with apt-get. Its complaints come through; its account of what it does stays unsaid."""
    print("Installing what PLN needs of the system:", *packages, flush=True)
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(quiet + words, env=environment, check=True, stdout=subprocess.DEVNULL)


def missing(purpose: str) -> tuple[list[str], list[str]]:
    """(sonames, packages of commands) that are missing for a purpose."""
    commands = COMMANDS[purpose]
    return missing_libraries(), sorted({package for name, package in commands.items() if not shutil.which(name)})


def main(purpose: str) -> int:
    if sys.platform != "linux":
        return 0
    libraries, packages = missing(purpose)
    if (libraries or packages) and shutil.which("apt-get") and os.geteuid() == 0:
        install_on_debian(sorted({*map(debian_package, libraries), *packages}))
        libraries, packages = missing(purpose)
    if not libraries and not packages:
        return 0
    print("The system lacks something that PLN needs. Please run this line and try again:")
    print(f"  {line_for(libraries, packages)}")
    return 3


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
