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


def table(
    rows: Sequence[Row], right: frozenset[int] = frozenset(), room: int | None = None, weakest: int | None = None
) -> list[str]:
    """Rows as aligned lines, the columns of `right` to the right; where there is `room`, no line is wider than it.

    Figures, dates and times are never cut: what does not fit is left out by whole columns, the `weakest` first, texts
    before figures, those to the right before those to the left; the first and the last of the others stay.
    """
    if not rows:
        return []
    columns = range(len(rows[0]))
    widths = [max(width(row[i]) for row in rows) for i in columns]
    if weakest is not None and room is not None and sum(widths) + len(_GAP) * (len(widths) - 1) > room:
        rows = [[cell for i, cell in enumerate(row) if i != weakest] for row in rows]
        right = frozenset(i - (i > weakest) for i in right if i != weakest)
        del widths[weakest]
        columns = range(len(widths))
    shown = list(columns)
    if room is not None:
        exact = frozenset(i for i in columns if _of_figures([row[i] for row in rows[1:] or rows]))
        shown = _fitting(widths, right, right | exact, room)
    lines = []
    for row in rows:
        padded = [_pad(cut(row[i], widths[i]), widths[i], to_right=i in right) for i in shown]
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _of_figures(cells: Sequence[str]) -> bool:
    """Whether a column holds dates, times or numbers: three of four of its cells end with a figure."""
    told = [cell for cell in cells if cell]
    return 4 * sum(cell[-1] in "0123456789" for cell in told) >= 3 * len(told)


class _Fit:
    """Columns with their widths in so many cells; `whole` are those that are never cut."""

    def __init__(self, widths: list[int], whole: frozenset[int], room: int) -> None:
        self.widths, self._wanted, self._whole, self._room = widths, tuple(widths), whole, room
        self.shown = list(range(len(widths)))

    def beyond(self) -> int:
        """How many cells a line is too wide; less than nothing where some are left over."""
        return sum(self.widths[i] for i in self.shown) + len(_GAP) * (len(self.shown) - 1) - self._room

    def lessen(self, column: int, least: int) -> None:
        """Cut a text by as much as a line is too wide, to `least` cells at most."""
        if column not in self._whole and self.beyond() > 0:
            self.widths[column] = max(min(self.widths[column], least), self.widths[column] - self.beyond())

    def keep(self, ends: list[int], middle: Sequence[int]) -> None:
        """Show the `ends`, and of the others in their order those that fit, cut where they may be."""
        self.shown = ends
        for column in middle:
            self.shown = sorted([*self.shown, column])
            self.lessen(column, _LEAST)
            if self.beyond() > 0:
                self.shown.remove(column)

    def give_back(self, column: int) -> None:
        """Give a text that was cut what is left over."""
        self.widths[column] = min(self._wanted[column], self.widths[column] + max(0, -self.beyond()))


def _fitting(widths: list[int], right: frozenset[int], whole: frozenset[int], room: int) -> list[int]:
    """The columns that are shown; texts are cut until a line fits, `whole` ones never, and given what is left over."""
    last, fit = len(widths) - 1, _Fit(widths, whole, room)
    fit.lessen(last, _LEAST)
    for column in sorted(range(1, last), key=lambda i: -widths[i]):
        fit.lessen(column, _INNER)
    fit.lessen(0, 2 * _LEAST)
    if fit.beyond() > 0:
        fit.lessen(0, _LEAST)
        fit.keep([0, last] if last else [0], sorted(range(1, last), key=lambda i: (i not in right, i)))
    if last not in right and fit.beyond() > 0:
        widths[last] = max(1, widths[last] - fit.beyond())
    if fit.beyond() > 0 and len(fit.shown) == 2:
        del fit.shown[-1]
        widths[0] = min(widths[0], room)
    for column in sorted(fit.shown, key=lambda i: (i not in (0, last), i)):
        fit.give_back(column)
    return fit.shown


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
