"""Letters of other alphabets that a reader takes for Latin ones: "Grаcе" with a Cyrillic а and е."""

from __future__ import annotations

# By what a letter looks like in its own case: Greek Ν is an N, but ν is a v.
_PAIRS = (
    ("АВЕКМНОРСТУХІЈЅԀԚԜӀӏ", "abekmhopctyxijsdqwll"),
    ("авекмнорстухіјѕԁԛԝһѵ", "abekmhopctyxijsdqwhv"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ", "abezhikmnoptyxcj"),
    ("αβγεικνορτυχωηϲ", "abyeikvoptuxwnc"),
    ("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢɑɡ", "abcdeghijklmnoprtuvwyzag"),
    ("օսոհ", "ounh"),
)
LOOK_ALIKES = {letter: latin for letters, latins in _PAIRS for letter, latin in zip(letters, latins, strict=True)}
_LEAST = 4
# Of the names that are everyday words, those that stand before a day or a year.
_DATES = frozenset(("april", "may", "june", "august", "summer", "winter"))


def undisguised(folded: str, seen: str) -> str:
    """The Latin word that is seen instead of a folded one, or "".

    seen: the folded word with LOOK_ALIKES put in. A short word of one alphabet alone is what it says.
    """
    if seen == folded or not seen.isascii():
        return ""
    mixed = any("a" <= letter <= "z" for letter in folded)
    return seen if mixed or len(seen) >= _LEAST else ""


def without_digits(word: str) -> str:
    """A folded word without the digits stuck to its ends ("grace2"), or "": codes and dates ("mp3", "may2026")."""
    bare = word.strip("0123456789")
    return bare if len(bare) >= 3 and bare != word and bare.isalpha() and bare not in _DATES else ""
