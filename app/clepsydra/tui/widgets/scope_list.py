"""The bars of every contract as a list: a cursor stands on one, and enter opens the work behind it."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import PLAIN, Ground
from clepsydra.tui.widgets.drawing import fit
from clepsydra.tui.widgets.line_list import LineList
from clepsydra.tui.widgets.scope_bar import ScopeLevel, level_line


class ScopeList(LineList):
    """One line for each contract, as `ScopeBar` draws it."""

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a contract."""

        index: int

    @dataclass
    class Selected(Message):
        """A contract was chosen."""

        index: int

    def __init__(self, nothing: str, **kwargs: Any) -> None:
        """`nothing` is what an empty list says."""
        super().__init__(**kwargs)
        self._levels: tuple[ScopeLevel, ...] = ()
        self._nothing = nothing

    def show(self, levels: Sequence[ScopeLevel], nothing: str) -> None:
        """Show other levels, or other words where there is none."""
        if (tuple(levels), nothing) != (self._levels, self._nothing):
            self._levels, self._nothing = tuple(levels), nothing
            self.rows_changed()

    def row_total(self) -> int:
        """How many contracts there are."""
        return len(self._levels)

    def row_highlighted(self, index: int) -> None:
        """Tell the screen."""
        self.post_message(self.Highlighted(index))

    def row_chosen(self, index: int) -> None:
        """Tell the screen."""
        self.post_message(self.Selected(index))

    def draw_row(self, index: int, width: int, ground: Ground) -> list[Segment]:
        """The cursor's mark and the bar."""
        segments = [self.cursor_mark(ground), *level_line(self._levels, index, width - 1, self.palette, ground)]
        rest = width - sum(cell_len(segment.text) for segment in segments)
        return [*segments, Segment(" " * max(0, rest), self.palette.style("foreground", ground=ground))]

    def draw_nothing(self, width: int) -> list[Segment]:
        """What an empty list says."""
        return [Segment(fit(f"   {self._nothing}", width), self.palette.style("muted", ground=PLAIN))]
