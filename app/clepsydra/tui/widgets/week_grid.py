"""A typical week in half hours: how much is worked by the height of a cell, what it earns by how solid it is.

Colour says the same again. A cursor moves over the cells; what it stands on is told in words by the screen.
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

_NAMES = 5

HEIGHTS = {"billable": "▂▄▆█", "attention": "⣀⣤⣶⣿", "loss": "⡀⡄⡆⡇"}
"""By meaning, four heights: solid for the usual rate or more, dots for less, a thin line of dots for half or less."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One half hour: its share of the busiest one, and what its colour means."""

    share: float = 0.0
    meaning: str = "billable"


@dataclass(frozen=True, slots=True)
class WeekView:
    """Seven rows of cells from the half hour `first` on; `names` are the weekdays."""

    names: tuple[str, ...]
    first: int
    rows: tuple[Sequence[GridCell], ...]


class WeekGrid(Painted, can_focus=True):
    """The grid."""

    DEFAULT_CSS = "WeekGrid { height: 8; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor has come to a half hour of a weekday."""

        weekday: int
        slot: int

    @dataclass
    class Chosen(Message):
        """A half hour was chosen."""

        weekday: int
        slot: int

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._view = WeekView((), 0, ())
        self._at = (0, 0)

    def show(self, view: WeekView) -> None:
        """Show another week; asks for no layout."""
        if view != self._view:
            fresh = not self._view.rows
            self._view = view
            if fresh and view.rows:
                self._at = self._busiest()
            self.refresh()

    def _busiest(self) -> tuple[int, int]:
        cells = [(cell.share, -day, -n) for day, row in enumerate(self._view.rows) for n, cell in enumerate(row)]
        _, day, slot = max(cells, default=(0.0, 0, 0))
        return -slot, -day

    @property
    def slot(self) -> tuple[int, int]:
        """Weekday and half hour under the cursor."""
        return self._at[1], self._view.first + self._at[0]

    def on_focus(self) -> None:
        """Tell what it stands on."""
        self.post_message(self.Moved(*self.slot))

    def action_move(self, right: int, down: int) -> None:
        """Move the cursor, never past an edge."""
        rows = self._view.rows
        if rows:
            x = min(max(self._at[0] + right, 0), len(rows[0]) - 1)
            y = min(max(self._at[1] + down, 0), len(rows) - 1)
            self._at = x, y
            self.refresh()
            self.post_message(self.Moved(*self.slot))

    def action_choose(self) -> None:
        """Open what is behind."""
        if self._view.rows:
            self.post_message(self.Chosen(*self.slot))

    def render_line(self, y: int) -> Strip:
        """The hours, then one line for each weekday."""
        width = self.content_size.width
        if not self._view.rows or y > len(self._view.rows):
            return self.strip((), width)
        slots = len(self._view.rows[0])
        cells = max(1, min(3, (width - _NAMES - 1) // slots))
        if y == 0:
            return self.strip(self._ruler(slots, cells), width)
        style, row = self.palette.style, self._view.rows[y - 1]
        segments = [Segment(f" {fit(self._view.names[y - 1], _NAMES - 1)}", style("muted"))]
        for n, cell in enumerate(row):
            chosen = (n, y - 1) == self._at and self.has_focus
            heights = HEIGHTS[cell.meaning]
            sign = heights[max(0, round(cell.share * len(heights)) - 1)] if cell.share else "·"
            ground = Ground(chosen=chosen, focused=True)
            segments.append(Segment(sign * cells, style(cell.meaning if cell.share else "track", ground=ground)))
        return self.strip(segments, width)

    def _ruler(self, slots: int, cells: int) -> list[Segment]:
        """The hours over the columns, every one or two of them."""
        every = 2 if cells > 1 else 4
        text = " " * _NAMES
        for n in range(0, slots, every):
            hour = (self._view.first + n) // 2
            text += fit(str(hour), every * cells)
        return [Segment(text, self.palette.style("muted"))]
