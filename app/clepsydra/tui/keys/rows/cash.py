"""The actions of the forecast of cash."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, ScreenName
from clepsydra.tui.keys.action import action as _a

_MONEY, _CASH = ScreenName.MONEY, ScreenName.CASH

ROWS: tuple[Action, ...] = (
    _a("money.cash", "f", mark("forecast"), mark("See what will come in, week by week"), _MONEY, footer=9,
       opens="cash:CashScreen"),
    _a("cash.month", "m", mark("month/weeks"), mark("Go to the lines of the month and what each is made of, or back"),
       _CASH, footer=1),
    _a("cash.currency", "c", mark("currency"), mark("Show the next currency"), _CASH, footer=2),
)  # fmt: skip
