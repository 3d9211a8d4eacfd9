"""Small pure helpers that every drawn line uses: safe text, exact widths, the strokes of bars."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from clepsydra.language import plain

LEFT_EIGHTHS = " ▏▎▍▌▋▊▉█"
LOWER_EIGHTHS = " ▁▂▃▄▅▆▇█"
FILLED, HALF, TRACK = "━", "╸", "─"
ELLIPSIS = "…"
DECIMAL_SIGNS = ".,٫"


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """A person's text made safe for one line of cells.

    Line ends are shown as ⏎; what could move the cursor, reorder the line or leave the widget (control characters,
    escape codes, direction overrides, lone surrogates) is shown as a dot. Only the first 1000 characters are read.
    """
    shown = plain.one_line(text[:1000])
    if shown and (unicodedata.combining(shown[0]) or cell_len(shown[0]) == 0):
        shown = "◌" + shown
    return shown


def in_line(text: str) -> str:
    """A person's text for a line that can be edited: as safe as `one_line`, character for character, uncut."""
    return text if text.isascii() and text.isprintable() else "".join(plain.drawn(c) or plain.DOT for c in text)


def in_lines(text: str) -> str:
    """A person's text for a paragraph, as safe as `one_line`: its line ends break lines, nothing else does."""
    return "\n".join(map(in_line, text.replace("\r\n", "\n").split("\n")))


@lru_cache(maxsize=8192)
def fit(text: str, width: int, align: str = "left") -> str:
    """The text in exactly `width` cells: cut with an ellipsis, or padded on the side opposite to `align`."""
    if width <= 0:
        return ""
    text = one_line(text)
    length = cell_len(text)
    if length > width:
        text = set_cell_size(text, width - 1).rstrip(" ") + ELLIPSIS
        length = cell_len(text)
    padding = " " * (width - length)
    return padding + text if align == "right" else text + padding


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words; a longer word is left to be cut."""
    lines: list[str] = []
    for word in one_line(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def split_amount(text: str, decimals: int) -> tuple[str, str]:
    """An amount in two parts that meet at its decimal sign, so that amounts can be aligned on it.

    `decimals` is the number of decimals its currency has: "1 480,00 €" with 2 gives ("1 480", ",00 €") and
    "12,000 ¥" with 0 gives ("12,000", " ¥").
    """
    last = max((index for index, character in enumerate(text) if character.isdecimal()), default=-1)
    point = last - decimals
    if decimals > 0 and point > 0 and text[point] in DECIMAL_SIGNS:
        return text[:point], text[point:]
    return text[: last + 1], text[last + 1 :]


def bar(share: float, width: int) -> str:
    """The filled part of a bar of `width` cells, to half a cell; anything above nothing shows at least that."""
    halves = round(max(0.0, min(1.0, share)) * width * 2)
    if share > 0 and halves == 0:
        halves = 1
    return FILLED * (halves // 2) + HALF * (halves % 2)


def as_many(parts: Sequence[str], room: int) -> str:
    """As many parts as there is room for, and how many more there are; nothing where not even one fits."""
    for count in range(len(parts), 0, -1):
        told = " · ".join([*parts[:count], *([f"+{len(parts) - count}"] if count < len(parts) else [])])
        if cell_len(told) <= room:
            return told
    return ""
