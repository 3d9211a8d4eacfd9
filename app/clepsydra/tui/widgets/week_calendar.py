"""A week as a calendar: days as columns, half hours as rows, a cursor that walks over both.

A half hour shows the shape and the colour of what filled most of it, and the words beside it; shapes alone tell work
from calls, messages and absence. Where there is room for all of them twice, a half hour has two lines.
"""

from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from clepsydra.domain.records import dataclass
from clepsydra.tui.meanings import Ground, Painted
from clepsydra.tui.widgets.drawing import fit

HEAD, FOOT, CLOCK = 1, 2, 6
_SOLID = "█▓▒░"
"""The shapes that fill a half hour; other signs stand in its first line alone."""


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One half hour: the sign and meaning of what fills most of it, words beside it, the session it is of.

    Of two lines there are others, `tall`: what goes on in the next half hour of one stands below already.
    """

    glyph: str = " "
    meaning: str = "track"
    text: str = ""
    tall: tuple[str, str] = ("", "")
    session: str = ""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class CalendarColumn:
    """One day: its name, what it comes to in time and money, also in few cells, its half hours."""

    head: str
    hours: str
    money: str
    short: str
    cells: tuple[CalendarCell, ...]
    today: bool = False


@dataclass(frozen=True, slots=True)
class CalendarView:
    """Columns that begin with the same half hour, and the clock beside each row; `now` is the row of this moment."""

    clocks: tuple[str, ...] = ()
    columns: tuple[CalendarColumn, ...] = ()
    now: int | None = None


class WeekCalendar(Painted, can_focus=True):
    """The calendar; the screen tells what is done about the half hour under the cursor."""

    DEFAULT_CSS = "WeekCalendar { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("home", "move(0, -999)", show=False),
        Binding("end", "move(0, 999)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor has come to another half hour."""

    @dataclass
    class Left(Message):
        """The cursor would leave the week: by so many days."""

        days: int

    @dataclass
    class Chosen(Message):
        """The half hour under the cursor was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._view = CalendarView()
        self._top = 0
        self.day = 0
        self.row = 0

    def show(self, view: CalendarView) -> None:
        """Show another week or moment; the cursor stays where it is."""
        if view != self._view:
            self._view = view
            self.go(self.day, self.row)

    def go(self, day: int, row: int) -> None:
        """Put the cursor on a half hour, and scroll to it."""
        self.day = max(0, min(day, len(self._view.columns) - 1))
        self.row = max(0, min(row, len(self._view.clocks) - 1))
        lines = self._lines
        self._top = max(0, min(self._top, self.row, len(self._view.clocks) - lines))
        self._top = max(self._top, self.row - lines + 1)
        self.refresh()
        self.post_message(self.Moved())

    @property
    def _rise(self) -> int:
        """The lines of a half hour."""
        return 2 if self.content_size.height - HEAD - FOOT >= 2 * len(self._view.clocks) else 1

    @property
    def _lines(self) -> int:
        """How many half hours are in view."""
        return max(1, (self.content_size.height - HEAD - FOOT) // self._rise)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.go(self.day, self.row)

    @property
    def cell(self) -> CalendarCell:
        """The half hour under the cursor."""
        if not self._view.columns or not self._view.clocks:
            return CalendarCell()
        return self._view.columns[self.day].cells[self.row]

    def action_move(self, days: int, rows: int) -> None:
        """Walk; over the edge is the week beside."""
        if not 0 <= self.day + days < len(self._view.columns):
            self.post_message(self.Left(days))
            return
        self.go(self.day + days, self.row + rows)

    def action_choose(self) -> None:
        """Tell the screen."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one chooses."""
        offset = event.get_content_offset(self)
        if offset is None or not self._view.columns or offset.x < CLOCK or offset.y < HEAD:
            return
        below = (offset.y - HEAD) // self._rise
        day, row = (offset.x - CLOCK) // self._width, self._top + below
        if below >= self._lines:
            return
        if (day, row) == (self.day, self.row) and event.chain > 1:
            self.action_choose()
        self.go(day, row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel walks down."""
        event.stop()
        self.action_move(0, 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel walks up."""
        event.stop()
        self.action_move(0, -2)

    # -- drawing

    @property
    def _width(self) -> int:
        return max(3, (self.content_size.width - CLOCK) // max(1, len(self._view.columns)))

    def render_line(self, y: int) -> Strip:
        """The names of the days, the half hours in view, what each day comes to."""
        width, height = self.content_size
        style, view, wide = self.palette.style, self._view, self._width
        if not view.columns:
            return self.strip((), width)
        if y == 0:
            names = [Segment(" " * CLOCK)]
            names += [
                Segment(fit(c.head, wide), style("heading" if c.today else "muted", bold=c.today)) for c in view.columns
            ]
            return self.strip(names, width)
        if y >= height - FOOT:
            return self.strip(self._sums(wide, money=y == height - 1), width)
        below, line = divmod(y - HEAD, self._rise)
        row = self._top + below
        return self.strip(self._row(row, line, wide) if row < len(view.clocks) else (), width)

    def _sums(self, wide: int, *, money: bool) -> list[Segment]:
        """What each day comes to, a blank apart."""
        segments, meaning = [Segment(" " * CLOCK)], "billable" if money else "foreground"
        for column in self._view.columns:
            text = (column.money if cell_len(column.money) < wide else column.short) if money else column.hours
            segments.append(Segment(fit(text, wide - 1) + " ", self.palette.style(meaning)))
        return segments

    def _row(self, row: int, line: int, wide: int) -> list[Segment]:
        """One line of a half hour of all days."""
        style, view, tall = self.palette.style, self._view, self._rise > 1
        clock = style("now", bold=True) if row == view.now else style("muted")
        segments = [Segment(fit(view.clocks[row] if line == 0 else "", CLOCK), clock)]
        for day, column in enumerate(view.columns):
            cell = column.cells[row]
            ground = Ground(chosen=(day, row) == (self.day, self.row), focused=self.has_focus)
            glyph = cell.glyph if line == 0 or cell.glyph in _SOLID else " "
            segments.append(Segment(glyph, style(cell.meaning, ground=ground)))
            first = cell.begins and line == 0
            words = style("foreground" if first else "muted", ground=ground, bold=first)
            segments.append(Segment(fit(cell.tall[line] if tall else cell.text, wide - 1), words))
        return segments

    def on_focus(self) -> None:
        """Draw the cursor as focused."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as left."""
        self.refresh()
