from __future__ import annotations

from ui.settings.conftest import drawer, open_again, opened, profile, settings, shell, theme

__all__ = ["drawer", "open_again", "opened", "profile", "settings", "shell", "theme"]
