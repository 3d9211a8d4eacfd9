"""What is owed, what of it is overdue and how late the oldest is, on the main screen: one line, read in a thread."""

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger.ledger import DISK_ERRORS
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.dashboard import Dashboard

if TYPE_CHECKING:
    from clepsydra.ledger.receivables.owed_sums import OwedSum


class OwedGlance(ActionScreen):
    """Mixed into the screen that holds the dashboard."""

    @dataclass
    class OwedFound(Message):
        """The thread has summed it up."""

        rows: "tuple[OwedSum, ...]"

    def read_owed(self) -> None:
        """The log or the terms changed: sum it up again; until then the old line stands."""
        ledger = self.ledger

        def read() -> None:
            from clepsydra.ledger.receivables.owed_sums import owed_aside  # not needed for the first picture

            try:
                rows = owed_aside(ledger)
            except DISK_ERRORS:
                return  # the next change of the log asks again
            self.post_message(self.OwedFound(tuple(rows)))

        self.run_worker(read, thread=True, group="owed at a glance", exclusive=True, exit_on_error=False)

    @on(OwedFound)
    def _summed(self, event: OwedFound) -> None:
        """The next tick draws it."""
        self.query_one(Dashboard).owed = event.rows
