from __future__ import annotations

from ui.settings.conftest import open_again, opened, profile, shell, theme

__all__ = ["open_again", "opened", "profile", "shell", "theme"]
