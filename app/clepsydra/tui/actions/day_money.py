"""What money wants done, at the end of today: one line under the day's list, and the way to the reminders."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger import history
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present.day_items import folded_gaps
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from clepsydra.ledger.chasing.evening import DuesItem
    from clepsydra.tui.present.day_items import Seen


class DayMoney(ActionScreen):
    """Mixed into the screen of a day."""

    @dataclass
    class DuesRead(Message):
        """The reading thread has worked out what money wants; `reached` is the place of the log it was read at."""

        reached: int
        found: "list[DuesItem]"

    day: date
    seen: "Seen"
    _dues: tuple[int, str] = (-1, "")

    def show_dues(self) -> None:
        """How many of each kind there are; of today alone, read again once the log has changed."""
        today = self.day == self.ledger.today
        self._foot()
        reached = history.reached(self.ledger)
        if today and self._dues[0] != reached:
            ledger = self.ledger

            def read() -> Iterator[Message]:
                from clepsydra.ledger.chasing.evening import dues_aside

                yield self.DuesRead(reached, dues_aside(ledger))

            read_behind(self, "dues", read)

    @on(DuesRead)
    def _dues_read(self, event: DuesRead) -> None:
        from clepsydra.tui.present.reminders import summary

        found = summary(event.found, self.tr)
        self._dues = event.reached, self.tr.t("{press[day.money]} money · {what}", what=found) if found else ""
        self._foot()

    def _foot(self) -> None:
        """The gaps that are not asked, and today what money wants, as far as there is room for both."""
        wants = self._dues[1] if self.day == self.ledger.today else ""
        parts = [part for part in (folded_gaps(self.ledger, self.seen, self.tr), wants) if part]
        panel = self.query_one("#items-panel", Panel)
        both = " · ".join(parts)
        panel.foot(Content(both if cell_len(both) <= panel.room else parts[0]))
