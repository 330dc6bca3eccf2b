from __future__ import annotations

from ui.today.conftest import context, empty_shell, promised, shell, store, theme

__all__ = ["context", "empty_shell", "promised", "shell", "store", "theme"]
