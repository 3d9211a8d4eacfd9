"""The day as a channel that fills with water from left to right.

From top to bottom: the hours, with a mark over this moment; whose each stretch was; the stretches themselves, one or
more lines high; what the shapes mean, when there is a line left for it. Each kind of stretch has its own shape, so
the day reads the same without colour.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from clepsydra.domain.records import dataclass, field
from clepsydra.tui.meanings import Painted
from clepsydra.tui.widgets.cell_line import CellLine
from clepsydra.tui.widgets.day_cells import (
    EIGHTHS,
    NOBODY,
    SOLID,
    CellFill,
    DayStretch,
    Shape,
    eighth_at,
    fill_cells,
)
from clepsydra.tui.widgets.drawing import LEFT_EIGHTHS, fit, one_line

NOW_MARK = "▼"
CHOSEN_MARK = "▾"
BED = "▁"

_GLYPHS: Mapping[Shape, str] = {
    Shape.WORK: "█",
    Shape.OWN: "█",
    Shape.TOUCH: "◆",
    Shape.CALL: "▓",
    Shape.ABSENCE: "─",
    Shape.GAP: "░",
}
_MEANINGS: Mapping[Shape, str] = {
    Shape.WORK: "work",
    Shape.OWN: "own",
    Shape.TOUCH: "touch",
    Shape.CALL: "call",
    Shape.ABSENCE: "absence",
    Shape.GAP: "gap",
}


@dataclass(frozen=True, slots=True)
class Tick:
    """One hour of the ruler: its instant, and what the wall clock shows then."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, or a part of it, as the bar shows it; all instants in seconds on one axis.

    `chosen` is the stretch that is spoken of just now.
    """

    begins_at: int
    ends_at: int
    stretches: tuple[DayStretch, ...] = ()
    ticks: tuple[Tick, ...] = ()
    now: int | None = None
    legend: Mapping[Shape, str] = field(default_factory=dict)
    chosen: tuple[int, int] | None = None


class DayBar(Painted, can_focus=True):
    """The timeline of one civil day; a click, or Enter on the stretch that left and right have come to, chooses it."""

    DEFAULT_CSS = "DayBar { height: 4; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("home", "step(-999)", show=False),
        Binding("end", "step(999)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """An instant of the day was chosen."""

        instant: int

    def __init__(self, view: DayView | None = None, **kwargs: Any) -> None:
        """Without a view the channel is empty."""
        super().__init__(**kwargs)
        self._view = view or DayView(0, 86_400)
        self._filled: tuple[int, list[CellFill]] | None = None
        self._at = (0, 0)
        self._keys = _order_of_keys(self._view)

    def show(self, view: DayView) -> None:
        """Show another day or moment; asks for no layout."""
        if view != self._view:
            self._view = view
            self._filled = None
            self._keys = _order_of_keys(view)
            self.refresh()

    # -- choosing

    def cell_of(self, instant: int) -> int:
        """The cell an instant falls in."""
        return self._cell(instant, max(1, self.content_size.width))

    def on_click(self, event: events.Click) -> None:
        """Tell which instant was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and self.content_size.width:
            view = self._view
            span = view.ends_at - view.begins_at
            self.post_message(self.Chosen(view.begins_at + (2 * offset.x + 1) * span // (2 * self.content_size.width)))

    def _stops(self) -> list[tuple[int, int]]:
        """The stretches that can be stepped through, in order of time."""
        return sorted({(s.started_at, s.ended_at) for s in self._view.stretches if s.shape is not Shape.ABSENCE})

    def action_step(self, steps: int) -> None:
        """Go on to the next stretch, or back; the last one first."""
        stops = self._stops()
        if stops:
            here = stops.index(self._at) if self._at in stops else len(stops) if steps < 0 else -1
            self._at = stops[max(0, min(here + steps, len(stops) - 1))]
            self.refresh()

    def action_choose(self) -> None:
        """Tell which stretch was stepped to."""
        if self._at in self._stops():
            self.post_message(self.Chosen(sum(self._at) // 2))

    def on_focus(self) -> None:
        """Show what was stepped to."""
        self.refresh()

    def on_blur(self) -> None:
        """The mark goes with the keyboard."""
        self.refresh()

    # -- drawing

    def _cells(self, width: int) -> list[CellFill]:
        if self._filled is None or self._filled[0] != width:
            view = self._view
            self._filled = (width, fill_cells(view.stretches, view.begins_at, view.ends_at, width))
        return self._filled[1]

    def _cell(self, instant: int, width: int) -> int:
        return min(width - 1, eighth_at(instant, self._view.begins_at, self._view.ends_at, width) // EIGHTHS)

    def render_line(self, y: int) -> Strip:
        """One line of the bar."""
        width, height = self.content_size
        with_legend = height >= 5 and bool(self._view.legend)
        if width < 1:
            return self.strip((), width)
        if y == 0:
            segments = self._ruler(width)
        elif y == 1:
            segments = self._names(width)
        elif with_legend and y == height - 1:
            segments = self._legend(width)
        else:
            segments = self._water(width, lowest=y == height - 1 - with_legend)
        return self.strip(segments, width)

    def _ruler(self, width: int) -> list[Segment]:
        """The hours, as many as fit with a space between them, and the mark of this moment."""
        line = CellLine(width)
        muted = self.palette.style("muted")
        cells = [(self._cell(tick.at, width), tick.label) for tick in self._view.ticks]
        widest = max((cell_len(one_line(label)) for _, label in cells), default=1) + 2
        apart = min((b[0] - a[0] for a, b in pairwise(cells)), default=width)
        every = next((n for n in (1, 2, 3, 4, 6, 12) if apart * n >= widest), 24)
        for number, (cell, label) in enumerate(cells):
            if number % every == 0:
                line.write(cell, label, muted)
        chosen = self._at if self.has_focus and self._at in self._stops() else self._view.chosen
        if chosen:
            begin, end = chosen
            for cell in {self._cell(begin, width), self._cell(max(begin, end - 1), width)}:
                line.put(cell, CHOSEN_MARK, self.palette.style("key", bold=True))
        if self._view.now is not None and self._view.begins_at <= self._view.now < self._view.ends_at:
            line.put(self._cell(self._view.now, width), NOW_MARK, self.palette.style("now", bold=True))
        return line.segments()

    def _names(self, width: int) -> list[Segment]:
        """Whose each stretch is: its letter, with its label where there is room."""
        line = CellLine(width)
        for stretch in sorted(self._view.stretches, key=lambda s: (-s.shape, s.started_at)):
            if not stretch.key and not stretch.label:
                continue
            left = self._cell(stretch.started_at, width)
            room = max(1, self._cell(stretch.ended_at, width) - left)
            meaning = "timer-running" if stretch.running else _name_meaning(stretch.shape)
            key = fit(stretch.key, 1) if stretch.key else ""
            label = one_line(stretch.label)
            if label and room >= min(cell_len(label), 5) + len(key) + 2:
                text = f"{key} {fit(label, min(room - len(key) - 2, cell_len(label)))}".lstrip()
            else:
                text = key
            line.write(left, text, self.palette.style(meaning, bold=stretch.running))
        return line.segments()

    def _water(self, width: int, lowest: bool) -> list[Segment]:
        """One line of the stretches; touches and absences lie on the lowest line only."""
        style = self.palette.style
        bed = Segment(BED if lowest else " ", style("track"))
        segments = []
        for cell in self._cells(width):
            front = self._view.stretches[cell.front] if cell.front != NOBODY else None
            behind = self._view.stretches[cell.behind] if cell.behind != NOBODY else None
            if front is None and behind is None:
                segments.append(bed)
            elif front is None and behind is not None:
                glyph = "█▐▐▕"[min(3, max(0, (cell.eighths - 1) // 2))]
                segments.append(Segment(glyph, style(self._meaning(cell.behind))))
            elif front is not None and cell.eighths == EIGHTHS:
                segments.append(self._whole(cell.front, front, lowest))
            else:
                under = self._meaning(cell.behind) if behind is not None else ""
                segments.append(Segment(LEFT_EIGHTHS[cell.eighths], style(self._meaning(cell.front), on=under)))
        return segments

    def _whole(self, number: int, stretch: DayStretch, lowest: bool) -> Segment:
        flat = stretch.shape in (Shape.TOUCH, Shape.ABSENCE) and not lowest
        glyph = " " if flat else _GLYPHS[stretch.shape]
        return Segment(glyph, self.palette.style(self._meaning(number)))

    def _meaning(self, number: int) -> str:
        """The colour of a stretch; clients alternate between two, in the order they come up in the day."""
        stretch = self._view.stretches[number]
        if stretch.running and stretch.shape in SOLID:
            return "timer-running"
        if stretch.shape is Shape.WORK and self._keys.get(stretch.key, 0) % 2:
            return "work-other"
        return _MEANINGS[stretch.shape]

    def _legend(self, width: int) -> list[Segment]:
        """What the shapes mean."""
        line = CellLine(width)
        cell = 0
        for shape, word in self._view.legend.items():
            text = one_line(word)
            if cell + 3 + cell_len(text) > width:
                break
            line.put(cell, _GLYPHS[shape], self.palette.style(_MEANINGS[shape]))
            line.write(cell + 2, text, self.palette.style("muted"))
            cell += cell_len(text) + 5
        return line.segments()


def _order_of_keys(view: DayView) -> dict[str, int]:
    keys = dict.fromkeys(stretch.key for stretch in view.stretches if stretch.shape is Shape.WORK)
    return {key: index for index, key in enumerate(keys)}


def _name_meaning(shape: Shape) -> str:
    names = {Shape.CALL: "call-live", Shape.GAP: "attention", Shape.WORK: "foreground"}
    return names.get(shape, "muted")
