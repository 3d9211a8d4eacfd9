"""What is printed: lines, aligned tables and JSON, with whatever people typed made harmless.

Data go to standard output, talk to standard error. A note may hold anything; here its control characters are drawn
instead of obeyed.
"""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TextIO

from clepsydra.language.plain import one_line

Row = Sequence[str]

_GAP = "  "
_BLANKS = {0x00A0: " ", 0x202F: " "}


def plain(text: str) -> str:
    """Text of the person's on one line, with what a terminal would obey drawn instead of sent."""
    return one_line(text)


def width(text: str) -> int:
    """How many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    cells = 0
    for char in text:
        if char in ("\u200d", "\ufe0f") or category(char) in ("Mn", "Me", "Cf"):
            continue
        cells += 2 if east_asian_width(char) in ("W", "F") else 1
    return cells


def cut(text: str, cells: int) -> str:
    """The text shortened to so many cells, with an ellipsis where something is missing."""
    if width(text) <= cells:
        return text
    kept, used = [], 0
    for char in text:
        used += width(char)
        if used > cells - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def table(rows: Sequence[Row], right: frozenset[int] = frozenset(), room: int | None = None) -> list[str]:
    """Rows as aligned lines, the columns of `right` to the right; the last column is cut to `room` cells in all."""
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    if room is not None:
        before = sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
        widths[-1] = min(widths[-1], max(8, room - before))
    lines = []
    for row in rows:
        cells = [*row[:-1], cut(row[-1], widths[-1])]
        padded = [_pad(cell, widths[i], to_right=i in right) for i, cell in enumerate(cells)]
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _pad(cell: str, cells: int, *, to_right: bool) -> str:
    blanks = " " * (cells - width(cell))
    return blanks + cell if to_right else cell + blanks


def room_of(stream: TextIO) -> int | None:
    """How many cells a line of the terminal has; None where the stream is no terminal and nothing is to be cut."""
    import os

    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else None
    except (OSError, ValueError):
        return None


class _Drawn(StringIO):
    """A terminal that is written what it would obey as pictures; lines end where they did."""

    def __init__(self, terminal: TextIO) -> None:
        super().__init__()
        self._terminal = terminal

    def write(self, text: str) -> int:
        return self._terminal.write("\n".join(plain(line) for line in text.replace("\r\n", "\n").split("\n")))


def exact_or_drawn(stream: TextIO) -> TextIO:
    """The stream for a document: exact to a file or a pipe, harmless to a terminal."""
    return _Drawn(stream) if stream.isatty() else stream


def write_lines(stream: TextIO, lines: Iterable[str]) -> None:
    """Write lines, each with its end; blanks that keep figures together become ones that grep and fonts know."""
    stream.writelines(f"{line}\n".translate(_BLANKS) for line in lines)


def write_json(stream: TextIO, content: object) -> None:
    """Write a JSON document; escaped to ASCII, so that no pipe and no terminal can stumble over it."""
    import json

    json.dump(content, stream, indent=2)
    stream.write("\n")
