"""How kept lines are written into a vCard 4.0, so that other programs see them and our reader keeps them again."""

from __future__ import annotations

import re

from pln.sources.people.card_reader import understands
from pln.sources.people.lines import ContentLine, escaped, fold, from_data_uri, parse_line, quoted, unfold

_NEVER_PLAIN = frozenset({"BEGIN", "END", "VERSION", "AGENT"})
_PICTURES = frozenset({"PHOTO", "LOGO"})
_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*")
_MAGIC = (("/9j/", "jpeg"), ("iVBOR", "png"), ("R0lG", "gif"), ("UklGR", "webp"))


def kept_line(raw: str) -> str:
    """A line of `Person.extra` as it is written: as it stands where it can, wrapped in X-PLN-KEPT where it cannot.

    Pictures of older versions become data URIs, the only form that 4.0 knows; a parameter holds their old form.
    """
    line = parse_line(raw)
    if line is None or not _may_stand(raw, line):
        return f"X-PLN-KEPT:{escaped(raw)}"
    return _as_data_uri(raw, line) or raw


def _may_stand(raw: str, line: ContentLine) -> bool:
    if raw[:1].isspace() or line.name in _NEVER_PLAIN or "\r" in raw or "\n" in raw:
        return False
    if line.name == "X-ABLABEL":  # without the line it labels, which is wrapped, it is kept
        return True
    if understands(line.name) or line.name.startswith("X-PLN-") or line.damaged:
        return False
    return not line.param("X-PLN-FORM") and ("=" not in raw or _unfolds_alone(raw))


def _unfolds_alone(raw: str) -> bool:
    """Whether a line comes back from folding as it was: one that is encoded may run on into the line after it."""
    after = "X-AFTER:"
    return [text for _, text in unfold(fold(raw).decode() + after)] == [raw, after]


def _as_data_uri(raw: str, line: ContentLine) -> str:
    if line.name not in _PICTURES or line.param("ENCODING").upper() not in ("B", "BASE64"):
        return ""
    kind = next((kind for magic, kind in _MAGIC if line.value.startswith(magic)), "")
    if not kind or not _BASE64.fullmatch(line.value):
        return ""
    name, _, form = raw[: len(raw) - len(line.value) - 1].partition(";")
    written = f"{name};X-PLN-FORM={quoted(form)}:data:image/{kind};base64,{line.value}"
    found = parse_line(written)
    return written if found is not None and from_data_uri(found) == raw else ""
