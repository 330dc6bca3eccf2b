"""The colours of PLN by role, light and dark, and the rule that texts keep enough contrast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as "#RRGGBB" by role. `*_soft` are the tints that carry a text of the role's own colour."""

    dark: bool
    bg: str
    rail: str
    surface: str
    ink: str
    muted: str
    faint: str
    line: str
    accent: str
    accent_ink: str
    soft: str
    amber: str
    amber_soft: str
    red: str
    red_soft: str
    blue: str
    blue_soft: str
    plum: str
    plum_soft: str
    sel: str

    def colour(self, role: str) -> str:
        """The colour of a role by its name. Raises KeyError for an unknown role."""
        if role == "dark" or role not in self.__slots__:
            raise KeyError(role)
        return str(getattr(self, role))


# muted, faint and amber are a shade darker than in the first drawings (faint lighter in the dark):
# on tints they fell below 4.5:1.
LIGHT = Palette(
    dark=False, bg="#FAF9F6", rail="#F3F1EB", surface="#FFFFFF", ink="#22251F", muted="#5F6359", faint="#676B61",
    line="#E5E2D9", accent="#2C6A56", accent_ink="#FFFFFF", soft="#E3EFE9", amber="#8F5B0E", amber_soft="#F8EEDB",
    red="#A8433A", red_soft="#F7E6E3", blue="#33659A", blue_soft="#E4EDF6", plum="#7A4B82", plum_soft="#F1E7F3",
    sel="#EAF2EE",
)  # fmt: skip
DARK = Palette(
    dark=True, bg="#191B18", rail="#151714", surface="#21241F", ink="#E9E7E0", muted="#A2A698", faint="#9A9E90",
    line="#32362F", accent="#7DC4A9", accent_ink="#10241C", soft="#24382F", amber="#DDA955", amber_soft="#3A2F1C",
    red="#E08A80", red_soft="#3D2523", blue="#8BB8E2", blue_soft="#22303F", plum="#CFA0D6", plum_soft="#372A3B",
    sel="#26332D",
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2: 1 (none) to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
