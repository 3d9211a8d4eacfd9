"""The signs of each screen and what they mean, in the order they are met: what the help says beside the keys."""

from collections.abc import Mapping

from clepsydra.language.translator import Translator, mark
from clepsydra.tui.keys.table import ScreenName

_WORK = ("█", mark("work; clients take turns between two colours"))
_OWN = ("▒", mark("own work, which nobody pays"))
_CALL = ("▓", mark("a call"))
_TOUCH = ("◆", mark("a message or a quick fix"))
_ABSENT = ("─", mark("not at work, and why"))
_GAP = ("░", mark("time that nothing explains"))
_RUNS = ("▶", mark("it runs"))
_NOW = ("▼", mark("this moment"))
_OUT = ("↗", mark("out of scope, and what was decided about it"))
_UNSURE = ("?", mark("nobody has said yet whether it is in scope"))
_WARNS = ("!", mark("an agreement near its limit, or work that grows old"))

_TIMELINE = (_WORK, _CALL, _TOUCH, _ABSENT, _GAP, _NOW)

SIGNS: Mapping[ScreenName, tuple[tuple[str, str], ...]] = {
    ScreenName.MAIN: (_RUNS, *_TIMELINE, _WARNS, ("◷", mark("the day waits to be closed"))),
    ScreenName.LOG: (
        _RUNS, _CALL, _TOUCH, _OUT, _UNSURE, ("✓", mark("chosen: keys act on all that are")),
        ("≈", mark("only the day and the length are known")),
        ("!", mark("an end to be confirmed")), ("○", mark("on a statement")), ("−", mark("given away")),
        ("=", mark("a time that was agreed")), ("·", mark("included in the fee")),
    ),
    ScreenName.DAY: (*_TIMELINE, ("▾", mark("what is asked about"))),
    ScreenName.CALENDAR: (
        _WORK, _OWN, _CALL, _TOUCH, _ABSENT, _GAP, ("✓", mark("the day is closed")),
        ("+1", mark("another session in the same half hour; of money: more in other currencies")),
    ),
    ScreenName.INSIGHTS: (("█", mark("worked, at the usual rate or more")), ("⣿", mark("worked for less")),
                     ("⡇", mark("worked for half the usual rate or less"))),
    ScreenName.LEAKS: (("█", mark("the largest leak is the longest bar")),),
}  # fmt: skip
"""What is drawn and needs saying; a screen that draws words alone has no signs."""


def legend_rows(screen: ScreenName, tr: Translator) -> list[tuple[str, str]]:
    """The signs of a screen with their words."""
    return [(sign, tr.t(words)) for sign, words in SIGNS.get(screen, ())]
