"""What money wants done, at the end of today: one line under the day's list, and the way to the reminders."""

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger import history
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from clepsydra.ledger.chasing.evening import DuesItem


class DayMoney(ActionScreen):
    """Mixed into the screen of a day."""

    @dataclass
    class DuesRead(Message):
        """The reading thread has worked out what money wants; `reached` is the place of the log it was read at."""

        reached: int
        found: "list[DuesItem]"

    day: date
    _dues: tuple[int, str] = (-1, "")

    def show_dues(self) -> None:
        """How many of each kind there are; of today alone, read again once the log has changed."""
        today = self.day == self.ledger.today
        self.query_one("#items-panel", Panel).foot(Content(self._dues[1] if today else ""))
        reached = history.reached(self.ledger)
        if today and self._dues[0] != reached:
            ledger = self.ledger

            def read() -> None:
                from clepsydra.ledger.chasing.evening import dues_aside

                self.post_message(self.DuesRead(reached, dues_aside(ledger)))

            self.run_worker(read, thread=True, group="dues", exclusive=True, exit_on_error=False)

    @on(DuesRead)
    def _dues_read(self, event: DuesRead) -> None:
        from clepsydra.tui.present.reminders import summary

        found = summary(event.found, self.tr)
        self._dues = event.reached, self.tr.t("{press[day.money]} money: {what}", what=found) if found else ""
        if self.day == self.ledger.today:
            self.query_one("#items-panel", Panel).foot(Content(self._dues[1]))
