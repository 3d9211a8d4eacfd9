"""The running time, large enough to be read from across the room, with what it is worth beside it.

Digits are drawn three lines high with half blocks. What stands beside them is never cut to make room for them: where
it is narrow the seconds become small, and where that is not enough the whole time does; a time that stands still gives
its place to the lines, which then go on below. The widget never asks for a new
layout: a tick redraws its own few cells and nothing else.
"""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.drawing import fit, one_line, wrapped

_GLYPHS: dict[str, tuple[str, str, str]] = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
    "-": ("   ", "▀▀▀", "   "),
    " ": (" ", " ", " "),
}


@dataclass(frozen=True, slots=True)
class TimeView:
    """What the large time shows: its digits and up to three lines beside them, each with its meaning.

    `title` and `foot` are for the frame around it: whose time it is, and what else is to be known about it. `note` is
    what it is spent on, for a fourth line where there is one.
    """

    time: str
    lines: tuple[tuple[str, str], ...] = ()
    meaning: str = "timer-running"
    title: str = ""
    foot: tuple[str, str] = ("", "muted")
    note: str = ""


def large(text: str) -> tuple[str, str, str]:
    """The text in large digits, as three lines of the same width; other characters stand on the last line."""
    drawn = [_GLYPHS.get(character, (" ", " ", character)) for character in text]
    return (
        " ".join(glyph[0] for glyph in drawn),
        " ".join(glyph[1] for glyph in drawn),
        " ".join(glyph[2] for glyph in drawn),
    )


class BigTime(Painted):
    """The running time in large digits."""

    DEFAULT_CSS = "BigTime { height: 3; width: 1fr; }"

    def __init__(self, view: TimeView | None = None, **kwargs: Any) -> None:
        """Without a view nothing is drawn."""
        super().__init__(**kwargs)
        self._view = view or TimeView("")

    def show(self, view: TimeView) -> None:
        """Show another moment; asks for no layout."""
        if view != self._view:
            self._view = view
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the three lines."""
        width = self.content_size.width
        if y == 3 and self._view.note:
            return self.strip([Segment(fit(f" {self._view.note}", width), self.palette.style("foreground"))], width)
        if y > 2:
            return self.strip((), width)
        all_digits, lines = self._beside(width)
        digits = all_digits[y]
        text, meaning = lines[y] if y < len(lines) else ("", "foreground")
        room = max(0, width - cell_len(digits))
        style = self.palette.style
        segments = [
            Segment(digits, style(self._view.meaning, bold=True)),
            Segment(fit(text, room), style(meaning, bold=y == 0)),
        ]
        return self.strip(segments, width)

    def _beside(self, width: int) -> tuple[tuple[str, str, str], Sequence[tuple[str, str]]]:
        """What stands before each line, and the lines; whole ones without the time where it stands still and has no
        room beside the first.
        """
        digits, lines = self._digits(width), self._view.lines
        still = self._view.meaning == "muted" and bool(lines)
        if not still or cell_len(digits[0]) + cell_len(one_line(lines[0][0])) <= width:
            return digits, lines
        rows: list[tuple[str, str]] = []
        for text, meaning in lines:
            parts = wrapped(text, width - 2)
            if len(rows) + len(parts) > 3:
                break
            rows += [(part, meaning) for part in parts]
        return (" ", " ", " "), rows

    def _digits(self, width: int) -> tuple[str, str, str]:
        """What stands before each line: the largest digits that leave the lines their room."""
        time, lines = self._view.time, [cell_len(one_line(text)) for text, _ in self._view.lines]
        top, middle, bottom = large(time)
        if width - len(top) - 4 >= max(lines, default=0):
            return f" {top}   ", f" {middle}   ", f" {bottom}   "
        hours, _, seconds = time.rpartition(":")
        top, middle, bottom = large(hours)
        if ":" in hours and width - len(top) - 5 >= max(lines, default=0):
            return f" {top}    ", f" {middle}    ", f" {bottom} {fit(seconds, 2)} "
        return f" {time}   ", " ", " "
