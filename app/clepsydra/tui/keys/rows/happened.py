"""The actions of what happened. What once was of calls alone keeps its id, for a person's `[keys]` may name it."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _HAPPENED, _DAY = ScreenName.MAIN, ScreenName.HAPPENED, ScreenName.DAY

ROWS: tuple[Action, ...] = (
    _a("go.calls", "i", mark("calls"), mark("See calls and all else that happened"), _MAIN, footer=7,
       opens="happened:HappenedScreen"),
    _a("calls.accept", "y enter", mark("yes"), mark("It is whose it seems to be, a call or anything else"),
       _HAPPENED, Needs.HAPPENED, footer=1),
    _a("happened.all", "A", mark("all ready"), mark("Take all that rules are ready to take"), _HAPPENED, footer=2),
    _a("calls.assign", "c", mark("client"), mark("Choose whose it is"), _HAPPENED, Needs.HAPPENED, footer=3),
    _a("calls.trim", "e", mark("trim"), mark("Give the call another start or end; say how long a mail took"),
       _HAPPENED, Needs.HAPPENED, footer=4),
    _a("happened.open", "space", mark("unfold"), mark("Unfold a row, or fold it again"),
       _HAPPENED, Needs.HAPPENED, footer=8),
    _a("calls.dismiss", "x", mark("no call"), mark("No call, no work: what a call interrupted goes on"),
       _HAPPENED, Needs.HAPPENED, footer=5),
    _a("happened.previous", "left", mark("day before"), mark("Go to the day before"), _HAPPENED, footer=6),
    _a("happened.next", "right", mark("day after"), mark("Go to the day after"), _HAPPENED),
    _a("happened.today", "h", mark("today"), mark("Go back to today"), _HAPPENED),
    _a("happened.weeks", "w", mark("all that waits"),
       mark("Show all that waits of the last four weeks, or today again"), _HAPPENED, footer=7),
    _a("calls.never", "X", mark("never"), mark("Never take this program for a call"), _HAPPENED, Needs.CALL, footer=11),
    _a("happened.rule", "R", mark("rule"), mark("Always so: make a rule of it, and see what it would have done"),
       _HAPPENED, Needs.HAPPENED, footer=9),
    _a("happened.why", "v", mark("why"), mark("Show what led to it: who tells it, whose it is, rule, place"),
       _HAPPENED, Needs.HAPPENED, footer=10),
    _a("calls.split", "s", mark("split"), mark("Cut the call in two; elsewhere show what is nobody’s"),
       _HAPPENED, footer=12),
    _a("calls.merge", "j", mark("join"), mark("Make one call of this one and the one before it"),
       _HAPPENED, Needs.CALL, footer=13),
    _a("calls.personal", "p", mark("personal"), mark("A call, but no work"), _HAPPENED, Needs.CALL, footer=14),
    _a("calls.never-title", "T", mark("never this page"), mark("Never take pages of this title for a call"),
       _HAPPENED, Needs.CALL),
    _a("calls.unanswered", "n", mark("unanswered"), mark("Somebody was called, and nobody answered"),
       _HAPPENED, Needs.CALL, footer=17),
    _a("calls.reopen", "r", mark("reopen"), mark("Take back what was decided about the call"),
       _HAPPENED, Needs.CALL, footer=15),
    _a("calls.all", "a", mark("all"), mark("Show every call, or only what is open"), _HAPPENED, footer=16),
    _a("happened.fetch", "B", mark("telephone’s list"), mark("Ask the paired telephone for its list of calls"),
       _HAPPENED),
    _a("day.happened", "i", mark("what happened"), mark("See calls, mails and all else that happened on the day"),
       _DAY, footer=12),
)  # fmt: skip
