"""The actions of rounding."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN = ScreenName.MAIN

ROWS: tuple[Action, ...] = (
    _a("go.rounding", "R", mark("rounding"), mark("What rounding takes and gives: by client, rule and agreed time"),
       _MAIN, opens="rounding:Rounding"),
)  # fmt: skip
