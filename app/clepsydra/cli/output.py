"""What is printed: lines, aligned tables and JSON, with whatever people typed made harmless.

Data go to standard output, talk to standard error. A note may hold anything; here its control characters are drawn
instead of obeyed.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from clepsydra.domain.annotations import TextIO
from clepsydra.language.plain import one_line

Row = Sequence[str]

_GAP = "  "
_LEAST, _INNER = 12, 24
"""Cells that a text at either end, and one between, is cut to at most, before a column is left out."""
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
    """Rows as aligned lines, the columns of `right` to the right; where there is `room`, no line is wider than it.

    Figures are never cut: what does not fit is left out by whole columns, those to the right before those to the
    left; the first and the last always stay.
    """
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    shown = list(range(len(widths)))
    if room is not None:
        shown = _fitting(widths, right, room)
    lines = []
    for row in rows:
        padded = [_pad(cut(row[i], widths[i]), widths[i], to_right=i in right) for i in shown]
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _fitting(widths: list[int], right: frozenset[int], room: int) -> list[int]:
    """The columns that are shown; the widths of texts are lessened until a line fits, and given what is left over."""
    last, whole = len(widths) - 1, tuple(widths)
    shown = list(range(len(widths)))

    def beyond() -> int:
        return sum(widths[i] for i in shown) + len(_GAP) * (len(shown) - 1) - room

    def lessen(column: int, least: int) -> None:
        if column not in right and beyond() > 0:
            widths[column] = max(min(widths[column], least), widths[column] - beyond())

    lessen(last, _LEAST)
    for column in sorted(range(1, last), key=lambda i: -widths[i]):
        lessen(column, _INNER)
    lessen(0, 2 * _LEAST)
    if beyond() > 0:
        lessen(0, _LEAST)
        shown = [0, last] if last else [0]
        for column in range(1, last):
            shown.insert(-1, column)
            if beyond() > 0:
                shown.remove(column)
    lessen(last, 1)
    if beyond() > 0 and len(shown) == 2:
        del shown[-1]
        widths[0] = min(widths[0], room)
    for column in sorted(shown, key=lambda i: (i not in (0, last), i)):
        widths[column] = min(whole[column], widths[column] + max(0, -beyond()))
    return shown


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
    """Write lines, each with its end; blanks that keep figures together become ones that grep and fonts know.

    On a terminal a sentence that is too long goes on under its own words instead of being broken anywhere.
    """
    room = room_of(stream)
    if room is not None:
        lines = [part for line in lines for part in folded(line, room)]
    stream.writelines(f"{line}\n".translate(_BLANKS) for line in lines)


def folded(line: str, room: int) -> list[str]:
    """A line in as many as it needs, broken between words."""
    return [line] if _ESCAPE in line else wrapped(line, room, len(line) - len(line.lstrip()) + 2)


def wrapped(line: str, room: int, indent: int = 0) -> list[str]:
    """A line in as many of at most `room` cells as it needs, all but the first indented."""
    if width(line) <= room:
        return [line]
    from textwrap import wrap

    return wrap(line, max(20, room), subsequent_indent=" " * indent, break_on_hyphens=False) or [line]


_ESCAPE = "\x1b"


def coloured(environ: Mapping[str, str], stream: TextIO) -> bool:
    """Whether a stream may be written in colours: a terminal, unless `NO_COLOR` says otherwise."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def bold(line: str) -> str:
    """A line of ours in bold."""
    return f"\x1b[1m{line}\x1b[0m" if line else line


def write_json(stream: TextIO, content: object) -> None:
    """Write a JSON document; escaped to ASCII, so that no pipe and no terminal can stumble over it."""
    import json

    json.dump(content, stream, indent=2)
    stream.write("\n")
