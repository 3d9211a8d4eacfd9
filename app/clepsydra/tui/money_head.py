"""The figures over the lists of Money: what is owed at once; what will come in and days of sales from a thread."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from textual import on
from textual.message import Message

from clepsydra.domain.forecast_cash import Expectation
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass
from clepsydra.ledger.forecast.aside import MoneyFigures, figures_aside
from clepsydra.ledger.receivables.owed_sums import sums_of
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present import money_head
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.widgets.lines import Lines


class MoneyHead(ActionScreen):
    """Mixed into the screen of money: it has `Lines` with the id `figures`, the debts it shows and their day."""

    open: Sequence[Debt]
    today: date
    figures: MoneyFigures | None = None
    expected: Mapping[str, Expectation] = {}

    @dataclass
    class FiguresFound(Message):
        """The thread has read them."""

        figures: MoneyFigures

    def read_figures(self) -> None:
        """Draw what is owed, and read the rest in a thread; until it comes the old figures stand."""
        self.show_head()
        ledger = self.ledger

        def read() -> Iterator[Message]:
            yield self.FiguresFound(figures_aside(ledger))

        # A thread that reckons would hold up the first picture.
        self.call_after_refresh(lambda: read_behind(self, "figures of money", read))

    @on(FiguresFound)
    def _found(self, event: FiguresFound) -> None:
        self.figures, self.expected = event.figures, money_head.expected_of(event.figures)
        self.show_head()
        self.show_list()

    def show_head(self) -> None:
        """Draw what is known."""
        rows = sums_of(self.open, self.today)
        lines = money_head.head(rows, self.figures, self.ledger.settings.currency, self.app.size.width, self.tr)
        self.query_one("#figures", Lines).show_all(lines)

    def payment_words(self, debt: Debt) -> tuple[str, str]:
        """When a debt is expected, and how its client pays; empty until it is read."""
        return money_head.payment_words(debt, self.figures, self.expected, self.tr)

    def show_list(self) -> None:
        """Draw the rows of the list again."""
        raise NotImplementedError
