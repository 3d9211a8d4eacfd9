"""Bars of comparison: a few named figures under one another, each with a bar to the scale of the largest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.drawing import bar, fit, one_line


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its size decides the bar, its words are what is read."""

    name: str
    size: float
    words: str
    meaning: str = "work"


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

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """One line per figure."""
        return len(self._figures)

    def render_line(self, y: int) -> Strip:
        """One figure's line."""
        width = self.content_size.width
        if y >= len(self._figures):
            return Strip.blank(width)
        figure = self._figures[y]
        style = self.palette.style
        names = min(max(cell_len(one_line(each.name)) for each in self._figures), width // 3)
        words = min(max(cell_len(one_line(each.words)) for each in self._figures), width // 2)
        cells = max(0, width - names - words - 4)
        largest = max(each.size for each in self._figures) or 1.0
        segments = [
            Segment(f" {fit(figure.name, names)} ", style("foreground")),
            Segment(fit(bar(figure.size / largest, cells), cells), style(figure.meaning)),
            Segment(f" {fit(figure.words, words, 'right')} ", style("foreground")),
        ]
        return Strip(Segment.adjust_line_length(segments, width), width)
