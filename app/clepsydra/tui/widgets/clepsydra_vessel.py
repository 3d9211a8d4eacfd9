"""The vessel of the end of day: it fills as the day's minutes are explained, and is full when the day is closed.

The level is the share of the day that has an owner or a reason, in eighths of a line. A drop falls while something is
still missing. The words beside it say the same as the level.
"""

from typing import Any

from rich.segment import Segment
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.drawing import LOWER_EIGHTHS, fit

DROP = "•"
SMALLEST = 5


@dataclass(frozen=True, slots=True)
class VesselView:
    """How full the day is: `explained` as a share of 1, with lines to stand beside the vessel."""

    explained: float
    closed: bool = False
    lines: tuple[tuple[str, str], ...] = ()


class ClepsydraVessel(Painted):
    """A water clock that holds one day."""

    DEFAULT_CSS = "ClepsydraVessel { height: 8; width: 1fr; }"
    WIDTH = 13

    def __init__(self, view: VesselView | None = None, **kwargs: Any) -> None:
        """Without a view the vessel is empty."""
        super().__init__(**kwargs)
        self._view = view or VesselView(0.0)

    def show(self, view: VesselView) -> None:
        """Show another level; asks for no layout."""
        if view != self._view:
            self._view = view
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line: the vessel on the left, the words on its right."""
        width, height = self.content_size
        segments = self._vessel(y, max(SMALLEST, height))
        first = max(0, (height - len(self._view.lines)) // 2)
        if first <= y < first + len(self._view.lines):
            text, meaning = self._view.lines[y - first]
            segments.append(Segment("   " + fit(text, max(0, width - self.WIDTH - 3)), self.palette.style(meaning)))
        return self.strip(segments, width)

    def _vessel(self, y: int, height: int) -> list[Segment]:
        style = self.palette.style
        wall, inside = style("muted"), self.WIDTH - 4
        full = self._view.explained >= 1
        if y == 0:
            spout = "   " if full else f" {DROP} "
            side = (self.WIDTH - 3) // 2
            return [Segment(" " * side), Segment(spout, style("timer-running")), Segment(" " * (self.WIDTH - side - 3))]
        if y == 1:
            lid = "═" if self._view.closed else " "
            return [Segment(" ╲", wall), Segment(lid * inside, wall), Segment("╱ ", wall)]
        if y == height - 1:
            return [Segment(" ╰", wall), Segment("─" * inside, wall), Segment("╯ ", wall)]
        lines = height - 3
        eighths = round(max(0.0, min(1.0, self._view.explained)) * lines * 8)
        level = max(0, min(8, eighths - (height - 2 - y) * 8))
        return [Segment(" │", wall), Segment(LOWER_EIGHTHS[level] * inside, style("work")), Segment("│ ", wall)]
