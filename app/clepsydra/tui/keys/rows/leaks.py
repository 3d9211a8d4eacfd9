"""The actions of leaks."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _LEAKS = ScreenName.MAIN, ScreenName.LEAKS

ROWS: tuple[Action, ...] = (
    _a("go.leaks", "k", mark("leaks"), mark("Where time and money went"), _MAIN, footer=14, opens="leaks:Leaks"),
    _a("leaks.open", "enter", mark("what is behind"), mark("Show the sessions behind the figure"), _LEAKS, footer=1),
    _a("leaks.period", "p", mark("day/week/month/year"), mark("Look at a day, a week, a month or a year"), _LEAKS,
       footer=2),
    _a("leaks.before", "left", mark("before"), mark("Go to the period before"), _LEAKS, footer=3),
    _a("leaks.after", "right", mark("after"), mark("Go to the period after"), _LEAKS, footer=4),
    _a("leaks.client", "c", mark("client"), mark("Show one client, or all again"), _LEAKS, Needs.CLIENT, footer=5),
)  # fmt: skip
