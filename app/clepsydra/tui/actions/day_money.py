"""What money wants done, at the end of today: one line under the day's list, and the way to the reminders."""

from datetime import date

from textual.content import Content

from clepsydra.ledger import history
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.widgets.panel import Panel


class DayMoney(ActionScreen):
    """Mixed into the screen of a day."""

    day: date
    _dues: tuple[int, str] = (-1, "")

    def show_dues(self) -> None:
        """How many of each kind there are; of today alone, read again once the log has changed."""
        words = ""
        if self.day == self.ledger.today:
            reached = history.reached(self.ledger)
            if self._dues[0] != reached:
                self._dues = (reached, self._summary())
            words = self._dues[1]
        self.query_one("#items-panel", Panel).foot(Content(words))

    def _summary(self) -> str:
        from clepsydra.ledger.chasing.evening import dues
        from clepsydra.tui.present.reminders import summary

        found = summary(dues(self.ledger), self.tr)
        return self.tr.t("{press[day.money]} money: {what}", what=found) if found else ""
