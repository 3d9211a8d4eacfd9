"""Bars of comparison: a few named figures under one another, each with a bar to the scale of the largest."""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.drawing import TRACK, bar, fit, one_line


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its size decides the bar, its words are what is read."""

    name: str
    size: float
    words: str
    meaning: str = "work"


_LEAST = 12
"""Cells that every bar has: what is read of a figure has the rest of the line, if it needs it."""


class Meter(Painted):
    """Some figures as bars, largest scale to the full width."""

    DEFAULT_CSS = "Meter { height: auto; width: 1fr; }"

    def __init__(self, figures: Sequence[Figure] = (), **kwargs: Any) -> None:
        """`figures` in the order they are shown."""
        super().__init__(**kwargs)
        self._figures = tuple(figures)

    def show(self, figures: Sequence[Figure]) -> None:
        """Show other figures; asks for a new layout only when their number changes."""
        layout = len(figures) != len(self._figures)
        self._figures = tuple(figures)
        self.refresh(layout=layout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line per figure."""
        return len(self._figures)

    def render_line(self, y: int) -> Strip:
        """One figure's line."""
        width = self.content_size.width
        if y >= len(self._figures):
            return self.strip((), width)
        figure = self._figures[y]
        style = self.palette.style
        names = min(max(cell_len(one_line(each.name)) for each in self._figures), width // 3)
        words = min(max(cell_len(one_line(each.words)) for each in self._figures), width - names - 4 - _LEAST)
        cells = max(0, width - names - words - 4)
        largest = max(each.size for each in self._figures) or 1.0
        filled = bar(figure.size / largest, cells)
        segments = [
            Segment(f" {fit(figure.name, names)} ", style("foreground")),
            Segment(filled, style(figure.meaning)),
            Segment(TRACK * (cells - len(filled)), style("track")),
            Segment(f" {fit(figure.words, words, 'right')} ", style("foreground")),
        ]
        return self.strip(segments, width)
