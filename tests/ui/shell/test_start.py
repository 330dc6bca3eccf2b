from __future__ import annotations

import pkgutil
import subprocess
import sys
from types import ModuleType

import pln.ui.commands
import pln.ui.palette
import pln.ui.widgets

HEAVY = ("sqlalchemy", "httpx", "feedparser", "lxml", "markdown_it", "keyring", "sqlcipher3", "cryptography", "nh3")
SHELL = [
    "theme",
    "fonts",
    "icons",
    "main_window",
    "main_thread",
    "rail",
    "topbar",
    "status_line",
    "toasts",
    "shortcuts",
]


def test_the_shell_imports_nothing_heavy() -> None:
    packages = (pln.ui.widgets, pln.ui.commands, pln.ui.palette)
    parts = [name for package in packages for name in _modules(package)]
    wanted = ", ".join([f"pln.ui.{name}" for name in SHELL] + parts)
    code = f"import sys\nimport {wanted}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _modules(package: ModuleType) -> list[str]:
    return [found.name for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")]
