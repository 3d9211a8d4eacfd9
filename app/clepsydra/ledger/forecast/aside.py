"""Forecasts and figures of receivables, read on a connection of their own so that a thread may do it."""

from contextlib import closing

from clepsydra.domain.month_revenue import MonthRevenue
from clepsydra.domain.records import dataclass, replace
from clepsydra.ledger.forecast.expecting import CashOutlook, expected
from clepsydra.ledger.forecast.month_lines import revenue
from clepsydra.ledger.forecast.outstanding import SalesOutstanding, outstanding
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import readers


def outlook_aside(ledger: Ledger) -> tuple[CashOutlook, list[MonthRevenue]]:
    """What will come in, and the month in three lines; raises what reading the log raises."""
    with closing(readers.reader(ledger.db)) as connection:
        aside = replace(ledger.standing, db=connection)
        return expected(aside), revenue(aside)


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """What stands over the lists of Money."""

    outlook: CashOutlook
    days: SalesOutstanding


def figures_aside(ledger: Ledger) -> MoneyFigures:
    """What comes in within thirty days, and how long money stays out; raises what reading the log raises."""
    with closing(readers.reader(ledger.db)) as connection:
        aside = replace(ledger.standing, db=connection)
        return MoneyFigures(expected(aside), outstanding(aside))
