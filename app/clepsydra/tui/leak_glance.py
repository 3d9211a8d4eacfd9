"""The leaks of this month at a glance, on the main screen: worked out in a thread, behind everything that is typed."""

from collections.abc import Iterator

from textual import on
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger.leaks.report import LeakReading, days_of, read_aside
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.leak_card import LeakCard
from clepsydra.tui.reading_thread import read_behind


class LeakGlance(ActionScreen):
    """Mixed into a screen that shows a `LeakCard`."""

    @dataclass
    class LeaksFound(Message):
        """The thread has worked them out."""

        reading: LeakReading

    def read_leaks(self) -> None:
        """The log or the terms changed: work them out again; until then the old figures stand."""
        ledger = self.ledger
        days = days_of(ledger, None, None)

        def read() -> Iterator[Message]:
            yield self.LeaksFound(next(read_aside(ledger, days)))

        read_behind(self, "leaks at a glance", read)
        self.show_leaks()

    @on(LeaksFound)
    def _found(self, event: LeaksFound) -> None:
        self.tui.month_leaks = event.reading
        self.show_leaks()

    def show_leaks(self) -> None:
        """Draw what is known of them."""
        known = self.tui.month_leaks
        self.query_one(LeakCard).show(known.report.rows if known else None, self.ledger.settings.currency, self.tr)
