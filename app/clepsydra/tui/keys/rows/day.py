"""The actions of a day."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _DAY = ScreenName.MAIN, ScreenName.DAY

ROWS: tuple[Action, ...] = (
    _a("go.day", "r", mark("day"), mark("Reconcile the day: every minute gets an owner or a reason"), _MAIN, footer=7),
    _a("day.accept", "enter", mark("accept"), mark("Accept the suggestion; close the day when nothing is open"), _DAY,
       footer=1),
    _a("day.accept-all", "A", mark("accept all"), mark("See every suggestion of the day, and accept them at once"),
       _DAY, Needs.SUGGESTION, footer=2),
    _a("day.close", "C", mark("close/reopen"), mark("Close the day, or open a closed one again with a reason"), _DAY,
       footer=3),
    _a("day.previous", "left", mark("day before"), mark("Go to the day before"), _DAY, footer=4),
    _a("day.next", "right", mark("day after"), mark("Go to the day after"), _DAY, footer=5),
    _a("day.oldest", "O", mark("oldest open"), mark("Go to the oldest day that is not closed"), _DAY, footer=6),
    _a("day.zoom-in", "plus", mark("closer"), mark("Look closer at the item on the timeline"), _DAY, footer=8),
    _a("day.zoom-out", "minus", mark("wider"), mark("See more of the day, up to all of it"), _DAY, footer=9),
    _a("day.edit", "E", mark("edit"), mark("Edit the session: times, client, channel, note"), _DAY, Needs.SESSION,
       footer=7),
    _a("day.agree", "G", mark("agreed"), mark("Type the agreed time of the session’s billing group"), _DAY,
       Needs.SESSION, footer=10),
)  # fmt: skip
