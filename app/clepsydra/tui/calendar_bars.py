"""A month or a year of the calendar as bars: read in a thread, since a year of a long log takes a while."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from textual import on
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger import spans
from clepsydra.ledger.spans import SpanTotals
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present import week as present
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.widgets.log_table import LogTable, Rows

WEEK, MONTH, YEAR = "week", "month", "year"


class CalendarBars(ActionScreen):
    """Mixed into the calendar, which has a `LogTable` with the id `bars`, a view, and a day that is looked at."""

    view: str
    day: date
    totals: list[SpanTotals]
    drawn = WEEK
    """Of which view the totals are."""

    @dataclass
    class BarsFound(Message):
        """The thread has read them."""

        view: str
        totals: list[SpanTotals]

    @property
    def bars(self) -> LogTable:
        """The list of bars."""
        return self.query_one("#bars", LogTable)

    def read_bars(self) -> None:
        """Read the days of the month or the months of the year; until they are there those before them stand."""
        ledger, view, day = self.ledger, self.view, self.day
        if view != self.drawn:
            self.totals = []
            self.bars.say_nothing(self.tr.t("reading…"))
            self.bars.show(Rows([]), 0)

        def read() -> Iterator[Message]:
            if view == YEAR:
                yield self.BarsFound(view, spans.months_aside(ledger, day))
            else:
                last = day.replace(day=monthrange(day.year, day.month)[1])
                yield self.BarsFound(view, spans.days_aside(ledger, day.replace(day=1), last))

        read_behind(self, "bars", read)

    @on(BarsFound)
    def _found(self, event: BarsFound) -> None:
        if event.view == self.view and event.totals[0].first <= self.day <= event.totals[-1].last:
            self.totals, self.drawn = event.totals, event.view
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
