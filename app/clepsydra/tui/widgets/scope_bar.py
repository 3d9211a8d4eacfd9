"""How far each contract is used, against how far its period has gone.

One line per contract: name, bar, words. The bar fills with what is used; a mark on it shows the share of the period
that has passed, so that being ahead of the calendar is seen before it is read. Use above the agreed amount goes on
in another shape after the agreed end.
"""

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import PLAIN, Ground, Painted, Palette
from clepsydra.tui.widgets.drawing import FILLED, HALF, TRACK, fit, one_line

CALM = "billable"
"""The meaning of a contract that is in no danger; all others are written in bold."""
PERIOD_MARK = "┃"
OVER = "╍"
_NOTED = 100
"""The cells from which on notes are usual; where there are fewer, names come before a long bar."""
_LEAST_NAME = 16
"""The cells that a name gets where it is narrow, before the bar has more than its least."""


@dataclass(frozen=True, slots=True)
class ScopeLevel:
    """One contract: `used` and `elapsed` as shares of 1 (`elapsed` none for a contract without a period).

    `note` is what stands behind the words where there is room, `short` what does where there is less.
    """

    name: str
    used: float
    words: str
    elapsed: float | None = None
    meaning: str = CALM
    note: str = ""
    short: str = ""


class ScopeBar(Painted):
    """The bars of some contracts, under one another."""

    DEFAULT_CSS = "ScopeBar { height: 1; width: 1fr; }"

    def __init__(self, levels: Sequence[ScopeLevel] = (), **kwargs: Any) -> None:
        """`levels` in the order they are shown; lines beyond the widget's height are not."""
        super().__init__(**kwargs)
        self._levels, self._more = tuple(levels), ""

    def show(self, levels: Sequence[ScopeLevel], more: str = "") -> None:
        """Show other levels; `more` says at the end of the last line how many of them have none."""
        if (tuple(levels), more) != (self._levels, self._more):
            self._levels, self._more = tuple(levels), more
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One contract's line."""
        width = self.content_size.width
        if y >= len(self._levels):
            return self.strip((), width)
        more = f"  {self._more} " if self._more else ""
        segments = level_line(self._levels[: self.content_size.height], y, width - cell_len(more), self.palette)
        if more and y == self.content_size.height - 1:
            used = sum(cell_len(segment.text) for segment in segments)
            segments.append(Segment(" " * (width - cell_len(more) - used) + more, self.palette.style("muted")))
        return self.strip(segments, width)


def level_line(
    levels: Sequence[ScopeLevel], index: int, width: int, palette: Palette, ground: Ground = PLAIN
) -> list[Segment]:
    """One of some contracts' lines in at most `width` cells, aligned with the others."""
    level, style = levels[index], palette.style
    words = min(max(cell_len(one_line(each.words)) for each in levels), max(width // 2, width - _LEAST_NAME - 9))
    least = max(width // 4, min(_LEAST_NAME, width - words - 9), width - words - 19 if width < _NOTED else 0)
    names = min(max(cell_len(one_line(each.name)) for each in levels), least)
    notes, brief = _notes(levels, width - names - words - 21)
    cells = max(4, min(40, width - names - words - notes - (7 if notes else 5)))
    danger = level.meaning != CALM
    said = style(level.meaning if danger else "foreground", bold=danger, ground=ground)
    segments = [
        Segment(f" {fit(level.name, names)} ", said),
        *_bar(level, cells, palette, ground),
        Segment(f"  {fit(level.words, words)}", said),
    ]
    if notes:
        note = fit(level.short if brief else level.note, notes)
        segments.append(Segment(f"  {note}", style(level.meaning if danger else "muted", ground=ground)))
    return segments


def _notes(levels: Sequence[ScopeLevel], room: int) -> tuple[int, bool]:
    """The cells that notes take, and whether they are the short ones; none where even those have no room."""
    for brief in (False, True):
        cells = max(cell_len(one_line(each.short if brief else each.note)) for each in levels)
        if cells <= room:
            return cells, brief
    return 0, True


def _bar(level: ScopeLevel, cells: int, palette: Palette, ground: Ground) -> list[Segment]:
    """The bar, in cells that stand for the larger of the agreed amount and what was used."""
    style = palette.style
    scale = max(1.0, level.used)
    agreed = round(cells / scale)
    halves = round(max(0.0, min(1.0, level.used)) / scale * cells * 2)
    mark = None if level.elapsed is None else min(cells - 1, int(max(0.0, level.elapsed) / scale * cells))
    segments = []
    for cell in range(cells):
        if level.used > 1 and cell >= agreed:
            segments.append(Segment(OVER, style("loss", bold=True, ground=ground)))
        elif cell == mark:
            segments.append(Segment(PERIOD_MARK, style("now", bold=True, ground=ground)))
        elif halves > cell * 2:
            full = FILLED if halves > cell * 2 + 1 else HALF
            segments.append(Segment(full, style(level.meaning, ground=ground)))
        else:
            segments.append(Segment(TRACK, style("track", ground=ground)))
    return segments
