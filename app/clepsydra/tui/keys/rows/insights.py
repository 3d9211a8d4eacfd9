"""The actions of insights."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _INSIGHTS = ScreenName.MAIN, ScreenName.INSIGHTS

ROWS: tuple[Action, ...] = (
    _a("go.insights", "I", mark("insights"), mark("See where the time goes and what an hour really earns"), _MAIN,
       footer=14, opens="insights:Insights"),
    _a("insights.open", "enter", mark("look behind"),
       mark("Show the sessions behind the figure; say a kept line in other words"), _INSIGHTS,
       footer=1),
    _a("insights.period", "p", mark("period"), mark("Look at four weeks, thirteen or fifty-two"), _INSIGHTS,
       footer=2),
    _a("insights.view", "w", mark("panel"),
       mark("Go on to the typical week, the agreements, what is worth a look"), _INSIGHTS, footer=3),
    _a("insights.stop", "s", mark("stop it"), mark("Keep what the cursor is on as something to stop"), _INSIGHTS,
       footer=4),
    _a("insights.automate", "a", mark("automate"), mark("Keep what the cursor is on as something to automate"),
       _INSIGHTS, footer=5),
    _a("insights.delegate", "d", mark("delegate"), mark("Keep what the cursor is on as something to delegate"),
       _INSIGHTS, footer=6),
    _a("insights.price", "r", mark("reprice"), mark("Keep what the cursor is on as something to price otherwise"),
       _INSIGHTS, footer=7),
    _a("insights.done", "x", mark("done"), mark("Take the kept line off the list: it is done"), _INSIGHTS, footer=8),
    _a("insights.again", "n", mark("later"), mark("Look at the kept line once more in a month"), _INSIGHTS,
       footer=9),
)  # fmt: skip
