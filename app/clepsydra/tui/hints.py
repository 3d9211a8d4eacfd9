"""First-use hints: one calm line where a key is worth knowing, until that key was used.

Only how often each of those keys was used is kept, in `hints.json` beside the log; the person's own files are not
touched. `hints = false` in the settings turns them off.
"""

import json
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from clepsydra.language.translator import mark
from clepsydra.settings.home import write_private
from clepsydra.tui.keys.table import Needs, ScreenName


class Hint(NamedTuple):
    """What is said on a screen while `needs` is met and `without` is not, until one of `learned` was used `times`."""

    screen: ScreenName
    learned: tuple[str, ...]
    words: str
    needs: Needs = Needs.CLIENT
    without: Needs | None = None
    times: int = 1


_MAIN, _DAY, _ST, _LOG, _HAPPENED = (
    ScreenName.MAIN,
    ScreenName.DAY,
    ScreenName.STATEMENT,
    ScreenName.LOG,
    ScreenName.HAPPENED,
)
_MONEY, _CAL, _CLIENT = ScreenName.MONEY, ScreenName.CALENDAR, ScreenName.CLIENT

HINTS: tuple[Hint, ...] = (
    Hint(_MAIN, ("call.accept", "call.dismiss", "call.never", "call.unanswered"),
         mark("A call waits: {press[call.accept]} if it is whose it seems, {press[call.dismiss]} if it was none"),
         Needs.CALL),
    Hint(_MAIN, ("timer.client",), mark("A client’s key starts its timer, {press[timer.toggle]} ends it"),
         without=Needs.SESSION),
    Hint(_MAIN, ("session.note",), mark("{press[session.note]} says what it is about: the client will read it"),
         Needs.RUNNING),
    Hint(_MAIN, ("touch.message", "touch.fix"),
         mark("A mail or a quick answer: {press[touch.message]}, then a digit for its minutes"), Needs.SESSION),
    Hint(_MAIN, ("session.scope",),
         mark("Beyond what was agreed? {press[session.scope]} marks it, to be decided and not given away"),
         Needs.SESSION),
    Hint(_MAIN, ("session.line",),
         mark("Forgot to start? {press[session.line]} logs a line such as: acme yesterday 9h-10h30 review"),
         Needs.SESSION),
    Hint(_MAIN, ("go.day",), mark("At the end of the day {press[go.day]} asks for every minute that nobody owns"),
         Needs.SESSION),
    Hint(_MAIN, ("go.statements",),
         mark("{press[go.statements]} shows what a statement would say; looking issues nothing"), Needs.SESSION),
    Hint(_MAIN, ("app.palette",), mark("{press[app.palette]} finds every command, setting and client by its name"),
         Needs.SESSION),
    Hint(_DAY, ("day.accept",),
         mark("{press[day.accept]} takes what is suggested and goes on; {press[history.undo]} takes any of it back"),
         Needs.SUGGESTION, times=3),
    Hint(_DAY, ("day.close",),
         mark("{press[day.close]} closes the day: every minute then has an owner or a reason")),
    Hint(_ST, ("statement.issue",), mark("{press[statement.issue]} numbers and locks it; before that nothing is final"),
         Needs.LINES),
    Hint(_ST, ("statement.export",),
         mark("{press[statement.export]} writes its documents, {press[statement.period]} looks at another period"),
         Needs.LINES),
    Hint(_LOG, ("log.filter", "log.search"),
         mark("{press[log.filter]} filters, {press[log.search]} searches while you type"), Needs.SESSION),
    Hint(_LOG, ("log.choose", "log.choose-down", "log.choose-up"),
         mark("{press[log.choose]} chooses several sessions, which one key then changes in one undo"),
         Needs.SESSION, times=3),
    Hint(_HAPPENED, ("calls.accept", "calls.assign", "calls.dismiss"),
         mark("{press[calls.accept]} if it is whose it seems, {press[calls.assign]} for another, "
              "{press[calls.dismiss]} if it was no work"), Needs.HAPPENED, times=3),
    Hint(_MONEY, ("money.issue",), mark("Enter on a client drafts its invoice; {press[money.issue]} issues the draft")),
    Hint(_MONEY, ("money.receipt",), mark("{press[money.receipt]} records money that came in, whole or in part"),
         Needs.DEBT),
    Hint(_CAL, ("calendar.earlier", "calendar.later", "calendar.day-before", "calendar.day-after"),
         mark("Shift and arrows move the session, {press[calendar.split]} cuts it, {press[calendar.view]} goes on to "
              "the month"), Needs.SESSION),
    Hint(_CLIENT, ("client.rate",),
         mark("{press[client.rate]} makes a new rate from a day on; work before keeps its own")),
)  # fmt: skip
"""In the order in which they are met; of several that fit, the first is shown."""


class Hints:
    """How often the keys that hints teach were used in a home."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._uses = _read(file)

    def at(self, screen: ScreenName, met: Container[Needs]) -> Hint | None:
        """The hint for a screen where these needs are met; None when all that fits is known."""
        for hint in HINTS:
            known = sum(self._uses.get(id_, 0) for id_ in hint.learned) >= hint.times
            if hint.screen is screen and not known and hint.needs in met and hint.without not in met:
                return hint
        return None

    def used(self, id_: str) -> bool:
        """Count the use of an action that a hint still teaches; whether there is one."""
        taught = [hint for hint in HINTS if id_ in hint.learned]
        if all(sum(self._uses.get(each, 0) for each in hint.learned) >= hint.times for hint in taught):
            return False
        self._uses[id_] = self._uses.get(id_, 0) + 1
        return True

    def keep(self) -> None:
        """Write the counts; a home that cannot be written shows its hints again."""
        uses = dict(self._uses)  # the next key may be counted while a thread writes
        with suppress(OSError):
            write_private(self._file, json.dumps(uses, indent=1, sort_keys=True).encode() + b"\n")


def _read(file: Path) -> dict[str, int]:
    """The counts of a file; none of one that is missing or holds anything else."""
    try:
        found = json.loads(file.read_bytes()[:100_000])
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {id_: uses for id_, uses in found.items() if isinstance(uses, int) and uses > 0}
