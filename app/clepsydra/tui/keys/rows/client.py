"""The actions of a client."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _CLIENT = ScreenName.MAIN, ScreenName.CLIENT

ROWS: tuple[Action, ...] = (
    _a("go.client", "C", mark("client"),
       mark("The client under the cursor: address, tax, terms, rates, rounding, agreement, projects"), _MAIN,
       Needs.CLIENT, footer=13),
    _a("client.change", "enter", mark("change"), mark("Change what is under the cursor"), _CLIENT, footer=1),
    _a("client.rate", "r", mark("new rate"), mark("Another rate from a day on; work before keeps its own"), _CLIENT,
       footer=2),
    _a("client.channels", "h", mark("by channel"), mark("What an hour of calls or travel costs, where it differs"),
       _CLIENT, footer=7),
    _a("client.rounding", "a", mark("rounding"), mark("Another rounding rule from today on"), _CLIENT, footer=3),
    _a("client.contract", "c", mark("agreement"), mark("Say how the work is paid: fee, hours, ceiling, dates"), _CLIENT,
       footer=4),
    _a("client.project", "n", mark("new project"), mark("Add a project"), _CLIENT, footer=5),
    _a("client.remove", "delete", mark("remove"),
       mark("Take out what is under the cursor: a rate, a rule, an agreement, a project, what a line says"), _CLIENT,
       footer=8),
    _a("client.open", "E", mark("the file"), mark("Open the client’s file in your editor"), _CLIENT, footer=6),
)  # fmt: skip
