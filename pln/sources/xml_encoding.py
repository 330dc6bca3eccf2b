"""XML in an encoding that expat cannot read: of several bytes for a character, as in East Asia, and UTF-32."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.ASCII)
# By what they are called in Python; to what is written under that name in fact, which is often a larger set.
_WIDER = {
    "shift_jis": "cp932", "cp932": "cp932", "shift_jis_2004": "shift_jis_2004", "shift_jisx0213": "shift_jisx0213",
    "euc_jp": "euc_jp", "euc_jis_2004": "euc_jis_2004", "euc_jisx0213": "euc_jisx0213",
    "iso2022_jp": "iso2022_jp_ext", "iso2022_jp_1": "iso2022_jp_ext", "iso2022_jp_2": "iso2022_jp_2",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz": "hz",
    "big5": "cp950", "cp950": "cp950", "big5hkscs": "big5hkscs",
    "euc_kr": "cp949", "cp949": "cp949", "johab": "johab", "iso2022_kr": "iso2022_kr",
    "utf-32": "utf-32", "utf-32-le": "utf-32-le", "utf-32-be": "utf-32-be",
}  # fmt: skip
_UNKNOWN_TO_PYTHON = {
    "windows-31j": "cp932", "x-sjis": "cp932", "x-euc-jp": "euc_jp", "windows-936": "gb18030", "x-gbk": "gb18030",
    "x-big5": "cp950", "windows-950": "cp950", "windows-949": "cp949",
}  # fmt: skip


def in_utf8(data: bytes) -> bytes | None:
    """The document in UTF-8, whatever its declaration still says; None where expat reads it as it is.

    A character that is damaged costs itself alone.
    """
    name = _codec(data)
    return data.decode(name, "replace").encode("utf-8", "replace") if name else None


def _codec(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    declared = _DECLARED.match(data)
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    try:
        return _UNKNOWN_TO_PYTHON.get(name) or _WIDER.get(codecs.lookup(name).name)
    except LookupError:
        return None
