"""Weeks of cash as columns with an honest band: how sure the money is by how dense a column is, from the foot up.

`█` is what comes in nine times in ten, `▓` up to the middle, `░` up to what it exceeds one time in ten. What is not
invoiced yet is hollow: only the two edges of the column are drawn, the heavier the surer. Colour says the same again.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Ground, Painted
from clepsydra.tui.widgets.drawing import fit

_SOLID = "█▓░"
_HOLLOW = "┃│╎"
_MEANINGS = ("billable", "billable", "pending")
LABELS = 2
"""Lines under the columns: the week, and its middle amount."""


@dataclass(frozen=True, slots=True)
class CashColumn:
    """One week: the three steps of its band, those of what is invoiced of it, its name and its middle in words."""

    steps: tuple[int, int, int]
    invoiced: tuple[int, int, int]
    name: str
    words: str


class CashWeeks(Painted, can_focus=True):
    """The columns, with a cursor on one of them."""

    DEFAULT_CSS = "CashWeeks { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False, id="cash-weeks.left"),
        Binding("right", "move(1)", show=False, id="cash-weeks.right"),
        Binding("home", "move(-99)", show=False, id="cash-weeks.first"),
        Binding("end", "move(99)", show=False, id="cash-weeks.last"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor has come to a week."""

        week: int

    def __init__(self, nothing: str = "", **kwargs: Any) -> None:
        """`nothing` is what is said while there is no column."""
        super().__init__(**kwargs)
        self.nothing = nothing
        self._columns: tuple[CashColumn, ...] = ()
        self.week = 0

    def show(self, columns: Sequence[CashColumn], nothing: str = "") -> None:
        """Show other weeks; the cursor stays where it is if it can."""
        self.nothing, self._columns = nothing, tuple(columns)
        self.week = min(self.week, max(0, len(columns) - 1))
        self.refresh()

    def action_move(self, weeks: int) -> None:
        """Move the cursor, never past an edge."""
        if self._columns:
            self.week = min(max(0, self.week + weeks), len(self._columns) - 1)
            self.refresh()
            self.post_message(self.Moved(self.week))

    def on_focus(self) -> None:
        """Tell what it stands on."""
        self.post_message(self.Moved(self.week))

    def render_line(self, y: int) -> Strip:
        """One line of all columns."""
        width, height = self.content_size.width, self.content_size.height
        if not self._columns:
            words = fit(f" {self.nothing}", width) if y == 0 else ""
            return self.strip([Segment(words, self.palette.style("muted"))] if words else (), width)
        cells, first = self._room(width)
        shown = list(enumerate(self._columns))[first : first + width // cells]
        rows = max(1, height - LABELS)
        if y >= rows:
            return self.strip([self._label(y - rows, week, column, cells) for week, column in shown], width)
        largest = max(1, *(column.steps[2] for column in self._columns))
        return self.strip([self._cell(column, rows - y, rows, largest, cells) for _, column in shown], width)

    def _room(self, width: int) -> tuple[int, int]:
        """The cells of a column, and the first one in view: all of them where they fit, else those at the cursor."""
        cells = max(6, min(16, width // len(self._columns)))
        fitting = max(1, width // cells)
        return cells, max(0, min(self.week - fitting // 2, len(self._columns) - fitting))

    def _cell(self, column: CashColumn, row: int, rows: int, largest: int, cells: int) -> Segment:
        """A column in one row, counted from 1 at its foot."""
        filled = [-(-step * rows // largest) for step in column.steps]
        level = next((n for n, top in enumerate(filled) if row <= top), None)
        if level is None:
            return Segment(" " * cells)
        invoiced = row <= -(-column.invoiced[level] * rows // largest)
        inner = cells - 2
        drawn = _SOLID[level] * inner if invoiced else f"{_HOLLOW[level]}{' ' * (inner - 2)}{_HOLLOW[level]}"
        return Segment(f" {drawn} ", self.palette.style(_MEANINGS[level]))

    def _label(self, line: int, week: int, column: CashColumn, cells: int) -> Segment:
        chosen = week == self.week
        name = f"▸{column.name}" if chosen else column.name
        words = fit(name if line == 0 else column.words, cells - 1, "right")
        ground = Ground(chosen=chosen, focused=self.has_focus)
        return Segment(f"{words} ", self.palette.style("foreground" if chosen else "muted", ground=ground))
