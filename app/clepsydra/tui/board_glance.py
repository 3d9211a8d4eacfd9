"""What the main screen shows beside the live figures: what is owed, and this week day by day; read in a thread."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.tui.dashboard import Dashboard
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.reading_thread import read_behind

if TYPE_CHECKING:
    from clepsydra.ledger.receivables.owed_sums import OwedSum
    from clepsydra.ledger.spans import SpanTotals


class BoardGlance(ActionScreen):
    """Mixed into the screen that holds the dashboard."""

    @dataclass
    class Found(Message):
        """The thread has read it."""

        owed: "tuple[OwedSum, ...]"
        week: "tuple[SpanTotals, ...]"

    def read_board(self) -> None:
        """The log or the terms changed: read it again; until then what was read stands."""
        ledger = self.ledger
        monday = ledger.today - timedelta(days=ledger.today.weekday())

        def read() -> Iterator[Message]:
            from clepsydra.ledger.receivables.owed_sums import owed_aside  # not needed for the first picture
            from clepsydra.ledger.spans import days_aside

            yield self.Found(tuple(owed_aside(ledger)), tuple(days_aside(ledger, monday, monday + timedelta(days=6))))

        read_behind(self, "beside the figures", read)

    @on(Found)
    def _read(self, event: Found) -> None:
        board = self.query_one(Dashboard)
        board.owed, board.week = event.owed, event.week
        self.tick(self.tui.snapshot())
