"""Close a day: affirm that it is complete, or that what is left nobody knows; open it again for a reason."""

from collections.abc import Iterator
from datetime import date

from clepsydra.domain.interval import subtract, total
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Length
from clepsydra.language.plain import storable
from clepsydra.ledger.day.open_items import short_gaps as short_gaps
from clepsydra.ledger.day.open_items import unknown_gaps
from clepsydra.ledger.days import Day, day_of, days_to_close
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import day_closes
from clepsydra.store.day_closes import DayClose


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day that is not closed: its seconds of work and those nothing explains."""

    day: date
    presence_seconds: int
    unexplained_seconds: int


def close_day(ledger: Ledger, day: date, *, unknown: bool = False) -> DayClose:
    """Close a day. What is unexplained must have been named unknown, one by one or all of it with `unknown`.

    Raises `Refused` when the day is still to come, is closed, has a timer running or an end to confirm, or has
    unexplained time that was not named.
    """
    with ledger.change("close {day}", day=day.isoformat()):
        found = day_of(ledger, day)
        _refuse_unready(ledger, found)
        left = unnamed_seconds(ledger, found)
        if left and not unknown:
            raise Refused(
                "{day} has {time} that nothing explains; explain it, or close the day as unknown",
                day=day.isoformat(), time=Length(left),
            )  # fmt: skip
        # With its bounds, for the proof: the zone and the time at which days begin may be set anew.
        left, bounds = found.timeline.unexplained_seconds, found.bounds
        close = DayClose(day.toordinal(), ledger.now, left, bounds.started_at, bounds.ended_at)
        day_closes.add(ledger.db, close)
    return close


def _refuse_unready(ledger: Ledger, day: Day) -> None:
    shown = day.day.isoformat()
    if day.closed:
        raise Refused("{day} is closed already", day=shown)
    if day.day > ledger.today:
        raise Refused("{day} is still to come", day=shown)
    if any(session.running for session in day.sessions):
        raise Refused("a timer of {day} still runs; stop it first", day=shown)
    if any(session.doubtful_from is not None for session in day.sessions):
        raise Refused("the end of a session of {day} is to be confirmed first", day=shown)


def unnamed_seconds(ledger: Ledger, day: Day) -> int:
    """The unexplained seconds of a day that nobody has named unknown, without gaps too short to be asked."""
    return total(subtract(day.timeline.unexplained, [*unknown_gaps(ledger, day), *short_gaps(ledger, day)]))


def reopen_day(ledger: Ledger, day: date, reason: str) -> None:
    """Open a closed day again; the journal keeps the reason.

    Raises `Refused` without a reason, and for a day that is not closed.
    """
    if not reason.strip():
        raise Refused("say why the day is opened again")
    with ledger.change("reopen {day}: {reason}", day=day.isoformat(), reason=storable(reason.strip())):
        if day_closes.of(ledger.db, day.toordinal()) is None:
            raise Refused("{day} is not closed", day=day.isoformat())
        day_closes.remove(ledger.db, day.toordinal())


def open_days(ledger: Ledger, first: date | None = None, last: date | None = None) -> Iterator[OpenDay]:
    """The days left open, oldest first."""
    for day in days_to_close(ledger, first, last):
        timeline = day_of(ledger, day).timeline
        yield OpenDay(day, timeline.presence_seconds, timeline.unexplained_seconds)
