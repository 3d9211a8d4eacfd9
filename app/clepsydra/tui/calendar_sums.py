"""What a week, a month or a year of the calendar comes to: read in a thread, since a long log takes a while."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger import spans
from clepsydra.ledger.spans import SpanTotals
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present import week as present
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.widgets.line_list import LineList
from clepsydra.tui.widgets.log_table import LogTable, Rows

WEEK, MONTH, YEAR = "week", "month", "year"


class Bars(LogTable, inherit_bindings=False):
    """The bars of a month or a year; the keys of a page are the screen's, which go to the period before and after."""

    BINDINGS: ClassVar[list[BindingType]] = [
        each for each in LineList.BINDINGS if isinstance(each, Binding) and not each.action.startswith("page")
    ]


class CalendarSums(ActionScreen):
    """Mixed into the calendar, which has `Bars`, a view, and a day that is looked at."""

    view: str
    day: date
    totals: list[SpanTotals]
    """What was read last; of a week that is not read yet, days without figures."""
    _of: tuple[str, date] | None = None
    """The view and the first day that were read last."""

    @dataclass
    class SumsFound(Message):
        """The thread has read them."""

        of: tuple[str, date]
        totals: list[SpanTotals]

    @property
    def bars(self) -> Bars:
        """The list of bars."""
        return self.query_one(Bars)

    @property
    def summed(self) -> bool:
        """Whether the figures are those of what is looked at."""
        return self._of == self._wanted

    @property
    def _wanted(self) -> tuple[str, date]:
        if self.view == WEEK:
            return self.view, self.day - timedelta(days=self.day.weekday())
        return self.view, self.day.replace(day=1)

    def read_sums(self) -> None:
        """Read what the days of the week or of the month, or the months of the year, come to; until it is there what
        was read before stands, unless it is of another view.
        """
        ledger, wanted = self.ledger, self._wanted
        if self.view != WEEK and (self._of is None or self._of[0] != self.view):
            self.totals = []
            self.bars.say_nothing(self.tr.t("reading…"))
            self.bars.show(Rows([]), 0)

        def read() -> Iterator[Message]:
            view, first = wanted
            if view == YEAR:
                yield self.SumsFound(wanted, spans.months_aside(ledger, first))
            else:
                days = 7 if view == WEEK else monthrange(first.year, first.month)[1]
                yield self.SumsFound(wanted, spans.days_aside(ledger, first, first + timedelta(days=days - 1)))

        read_behind(self, "sums of the calendar", read)

    @on(SumsFound)
    def _found(self, event: SumsFound) -> None:
        if event.of == self._wanted:
            self.totals, self._of = event.totals, event.of
            self.draw()

    def draw_bars(self) -> None:
        """Draw what was read, the cursor on the day that is looked at."""
        columns, rows = present.bars(self.totals, self.app.size.width, self.ledger.settings.currency, self.tr)
        self.bars.set_columns(columns)
        here = next((n for n, span in enumerate(self.totals) if span.first <= self.day <= span.last), 0)
        self.bars.show(Rows(rows), here)

    def draw(self) -> None:
        """Draw the screen from what was read."""
        raise NotImplementedError
