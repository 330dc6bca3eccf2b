"""Whether this computer runs on its battery. Told by Linux; elsewhere nothing is said, since Qt has no word for it."""

from __future__ import annotations

from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")


def on_battery(supplies: Path = SUPPLIES) -> bool | None:
    """True while a battery of the computer itself (not of a mouse) is used; None where the system does not tell."""
    try:
        folders = sorted(supplies.iterdir())
    except OSError:
        return None
    batteries = [each for each in folders if _word(each, "type") == "Battery" and _word(each, "scope") != "Device"]
    if any(_word(each, "type") in ("Mains", "USB") and _word(each, "online") == "1" for each in folders):
        return False
    told = {_word(each, "status") for each in batteries}
    return "Discharging" in told if batteries else None


def _word(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text("utf-8", "replace").strip()
    except OSError:
        return ""
