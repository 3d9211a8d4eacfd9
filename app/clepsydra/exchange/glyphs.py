"""Letters that the font of documents lacks: which they are, and which font of this computer has them.

The fonts of the system are looked at only when a letter is missing, the likely ones by name first, and each at most
once. Only fonts with outlines that may be embedded count: emoji come in one colour. Scripts whose letters change with
their neighbours need shaping besides, which the extra `letters` brings.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from clepsydra.settings.foreign import guarded

OWN = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"

_MOST_FILES = 4_000
_LARGEST = 64 * 1024 * 1024
_PATIENCE = 6.0
"""Seconds spent on looking through fonts altogether."""

_SHAPED = frozenset({
    "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "KHMER", "LAO", "MALAYALAM", "MONGOLIAN",
    "MYANMAR", "NKO", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN",
})  # fmt: skip
"""Scripts, by the first word of their letters' names, that are only legible when they are shaped."""

_LIKELY = {
    "CJK": ("sanscjk", "sanssc", "sansjp", "droidsansfallback", "wqy", "ipag", "takao", "pingfang", "hiragino", "msyh"),
    "HIRAGANA": ("sanscjk", "sansjp", "droidsansfallback", "ipag", "takao", "hiragino", "yugoth"),
    "KATAKANA": ("sanscjk", "sansjp", "droidsansfallback", "ipag", "takao", "hiragino", "yugoth"),
    "HANGUL": ("sanscjk", "sanskr", "nanumgothic", "droidsansfallback", "malgun", "applesdgothic"),
    "THAI": ("sansthai", "loma", "garuda", "waree", "thonburi", "leelawad"),
    "DEVANAGARI": ("sansdevanagari", "lohit-devanagari", "mangal", "nirmala", "kohinoor"),
    "": ("notoemoji", "symbola", "seguisym", "symbols", "unifont"),
}
_UNLIKELY = ("bold", "italic", "oblique", "mono", "condensed", "serif", "light", "black", "thin", "heavy", "color")
_ALONE = ("Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp")
"""Categories without a shape of their own, or that only change the one before."""


class Font(NamedTuple):
    """A font of the system; `number` is its place in a file that holds several."""

    path: Path
    number: int = 0


def unshown(texts: Iterable[str]) -> tuple[str, ...]:
    """The letters of these texts that no document made here can show, in the order of their code points."""
    return tuple(char for char in sorted({*"".join(texts)} - own_letters()) if _drawn(char) and font_of(char) is None)


def code_point(char: str) -> str:
    """What stands in a document for a letter that cannot be shown: "U+6771"."""
    return f"U+{ord(char):04X}"


def is_shaped(char: str) -> bool:
    """Whether a letter is of a script that needs shaping."""
    return ord(char) > 0x5FF and _script(char) in _SHAPED


@cache
def can_shape() -> bool:
    """Whether the shaping library is installed."""
    from importlib.util import find_spec

    return find_spec("uharfbuzz") is not None


@cache
def own_letters() -> frozenset[str]:
    """The letters of the font that comes with the program, in its regular and its bold cut alike."""
    bold = OWN.with_name("DejaVuSans-Bold.ttf")
    return frozenset(map(chr, _letters(Font(OWN)).keys() & _letters(Font(bold)).keys()))


def _drawn(char: str) -> bool:
    return unicodedata.category(char) not in _ALONE


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


# -- fonts of the system


@lru_cache(maxsize=4096)
def font_of(char: str) -> Font | None:
    """A font of the system that has a letter, the same one every time; None where none has it."""
    for font in _by_likelihood(_script(char)):
        if _has(font, ord(char)):
            return font
    return None


def _by_likelihood(script: str) -> Iterator[Font]:
    likely = (*_LIKELY.get(script, ()), f"sans{script.lower()}" if script else "", *_LIKELY[""])

    def rank(font: Font) -> tuple[int, int, str, int]:
        name = font.path.name.lower()
        place = next((i for i, each in enumerate(likely) if each and each in name.replace(" ", "")), len(likely))
        return place, sum(each in name for each in _UNLIKELY), str(font.path), font.number

    yield from sorted(fonts(), key=rank)


@cache
def fonts() -> tuple[Font, ...]:
    """The fonts in the folders where systems and people put them."""
    found: list[Font] = []
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".otf", ".ttc", ".otc")) and len(found) < _MOST_FILES:
                    found.append(Font(Path(place) / name))
    return tuple(found)


def _folders() -> list[Path]:
    home = Path(os.environ.get("HOME") or "/nonexistent")
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = os.environ.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    return [home / ".fonts", *(Path(each) / "fonts" for each in (own, *data.split(":")) if each.startswith("/"))]


class _Clock:
    """How long fonts were looked at already, in this run of the program."""

    spent = 0.0


def _has(font: Font, letter: int) -> bool:
    if _Clock.spent > _PATIENCE and (font.path, font.number) not in _KNOWN:
        return False
    return any(first <= letter <= last for first, last in _ranges(font))


_KNOWN: dict[tuple[Path, int], tuple[tuple[int, int], ...]] = {}


def _ranges(font: Font) -> tuple[tuple[int, int], ...]:
    """The letters of a font as first and last of each stretch; none for a file that is no usable font."""
    key = (font.path, font.number)
    if key not in _KNOWN:
        began = monotonic()
        found = guarded(lambda: _letters(font))
        _KNOWN[key] = _stretches(sorted(found)) if isinstance(found, dict) else ()
        _Clock.spent += monotonic() - began
    return _KNOWN[key]


def _letters(font: Font) -> dict[int, str]:
    """The code points of a font that may be embedded and has outlines. Raises whatever fontTools does."""
    from fontTools.ttLib import TTFont

    if not font.path.is_file() or font.path.stat().st_size > _LARGEST:
        return {}
    with font.path.open("rb") as file, TTFont(file, fontNumber=font.number, lazy=True) as opened:
        outlines = {"glyf", "CFF ", "CFF2"} & {*opened.keys()}
        if not outlines or opened["OS/2"].fsType & 0x0002:  # not even to be embedded for viewing
            return {}
        return dict(opened.getBestCmap() or {})


def _stretches(letters: list[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for letter in letters:
        if found and letter == found[-1][1] + 1:
            found[-1] = (found[-1][0], letter)
        else:
            found.append((letter, letter))
    return tuple(found)
