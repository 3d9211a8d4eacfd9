"""The sessions of a day below what is open in it, where the screen is high enough for both."""

from textual.app import ComposeResult
from textual.content import Content

from clepsydra.language.translator import Translator
from clepsydra.ledger.ledger import Ledger
from clepsydra.tui.present import day_items as present_items
from clepsydra.tui.widgets.log_table import Rows
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.still_table import StillTable
from clepsydra.tui.widgets.table_columns import fitted

_FRAME, _LEAST = 2, 3
"""The lines of a frame, and how many sessions are worth one."""
_ABOVE, _ABOVE_HIGH, _HIGH = 22, 25, 50
"""The lines of the screen that are neither of the list of what is open nor of this, and from which height on more."""


class DaySessions(Panel):
    """What was worked, to look at while gaps are filled; what is open has the room first."""

    DEFAULT_CSS = "DaySessions { max-height: 40%; display: none; }"

    def compose(self) -> ComposeResult:
        """The table of the sessions, without a cursor."""
        yield StillTable(present_items.SESSION_COLUMNS, id="sessions")

    def show(self, ledger: Ledger, seen: present_items.Seen, tr: Translator) -> None:
        """Show them in the lines that what is open leaves; a day with nothing open lists them itself."""
        count, height = len(seen.day.sessions) if seen.items else 0, self.app.size.height
        free = height - (_ABOVE_HIGH if height >= _HIGH else _ABOVE) - len(seen.items) - 2 * _FRAME
        self.display = count > 0 and free >= min(_LEAST, count)
        if self.display:
            rows = present_items.session_rows(ledger, seen, tr)
            self.styles.height = min(count, free) + _FRAME
            self.entitle(Content(tr.t("Sessions")))
            columns = present_items.SESSION_COLUMNS
            table = self.query_one(StillTable)
            table.set_columns((*columns[:-1], fitted(columns, rows)[-1]))  # the others under those of what is open
            table.show(Rows(rows))
