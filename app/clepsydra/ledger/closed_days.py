"""Closed days that a change leaves incomplete: they are open again, within the change that did it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from clepsydra.domain.interval import subtract
from clepsydra.domain.records import replace
from clepsydra.ledger.days import Day, before, day_of, grown
from clepsydra.store import day_closes
from clepsydra.store.day_closes import DayClose, Moved

if TYPE_CHECKING:
    from clepsydra.ledger.ledger import Ledger


def reopened(ledger: "Ledger", moved: Sequence[Moved], latest: int) -> dict[str, int]:
    """The closed days whose sessions or absences a change has moved, by ISO date, with the seconds that make them
    incomplete; zero for those that stay closed. `latest` is the last closed day's ordinal.
    """
    found = _closed_days_of(ledger, moved, latest)
    return {day.isoformat(): _open_again(ledger, day, moved) for day in map(date.fromordinal, sorted(found))}


def _closed_days_of(ledger: "Ledger", moved: Sequence[Moved], latest: int) -> set[int]:
    found: set[int] = set()
    for started_at, ended_at in (ends for each in moved for ends in (each.before, each.after) if ends):
        first = ledger.own_day(started_at).toordinal()
        if first <= latest:
            end = ledger.now if ended_at is None else ended_at
            last = ledger.own_day(max(started_at, end - 1)).toordinal()
            found |= {close.day for close in day_closes.between(ledger.db, first, last)}
    return found


def _open_again(ledger: "Ledger", day: date, moved: Collection[Moved]) -> int:
    """Open a closed day of which more is unexplained than was named when it was closed, as part of the change that
    moved something.

    Hours of work that joined the settings since the closing are missed by no change: what was unexplained before it
    counts for nothing. Between sessions it counts, hours or not. Returns the seconds that nothing explains, zero where
    the day stays closed.
    """
    found = day_of(ledger, day)
    close = found.close
    if close is None:
        return 0
    # What begins now has no length yet, but from the next second on there is time between it and what was before.
    begun = [session.started_at for session in found.sessions if session.running]
    found = grown(found, max(found.as_of, *begun) + 1) if begun else found
    bare = grown(replace(found, working=()), found.as_of)
    gap_under = ledger.settings.day.gap_under
    if not any(_lost(each, close, moved, gap_under) for each in (found, bare)):
        return 0
    day_closes.remove(ledger.db, day.toordinal())
    return found.timeline.unexplained_seconds


def _lost(day: Day, close: DayClose, moved: Collection[Moved], gap_under: int) -> bool:
    """Whether a change took away what explained a part of a closed day: more than a gap too short to be asked."""
    left = day.timeline.unexplained_seconds
    former = before(day, moved).timeline
    lost = subtract(day.timeline.unexplained, former.unexplained)
    asked = any(any(gap.clip(piece) for piece in lost) for gap in day.timeline.unexplained if gap.seconds > gap_under)
    return asked and left > close.unknown_seconds and left > former.unexplained_seconds
