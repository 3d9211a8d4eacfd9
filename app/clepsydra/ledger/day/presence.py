"""Stretches in which nobody sat at the machine, offered as absences: no work is cut before a person says so.

A lock or a sleep says only that the machine was left. What is known to be work away from it (a call, a meeting, a
journey) is no absence.
"""

from clepsydra.domain.civil import wall
from clepsydra.domain.interval import Interval, subtract, union
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Channel, Session, Source, State
from clepsydra.language import formats
from clepsydra.language.message import message
from clepsydra.ledger.absences import AbsenceReason
from clepsydra.ledger.day.answers import Because, DaySuggestion, absent
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls, presence

ELSEWHERE = frozenset({Channel.CALL, Channel.MEETING, Channel.TRAVEL})
"""Work that needs no machine."""


@dataclass(frozen=True, slots=True)
class LeftMachine:
    """A stretch without anybody at the machine; asleep where it slept for most of it."""

    span: Interval
    reason: AbsenceReason


def left_machine(ledger: Ledger, bounds: Interval) -> list[LeftMachine]:
    """The stretches of a day, joined where they touch, without the calls that were on meanwhile."""
    found = presence.away(ledger.db, bounds.started_at, bounds.ended_at)
    if not found:
        return []
    asleep = union(span for span, kind in found if kind == "asleep")
    on_the_line = [
        Interval(row.started_at, row.ended_at or ledger.now)
        for row in calls.calls_between(ledger.db, bounds.started_at, bounds.ended_at)
        if not row.folded
    ]
    left = subtract(union(span for span, _ in found), on_the_line)
    return [LeftMachine(part, _reason(part, asleep)) for each in left if (part := each.clip(bounds))]


def _reason(span: Interval, asleep: list[Interval]) -> AbsenceReason:
    slept = sum(part.seconds for each in asleep if (part := each.clip(span)))
    return AbsenceReason.ASLEEP if 2 * slept > span.seconds else AbsenceReason.AWAY


def ran_meanwhile(ledger: Ledger, session: Session, left: list[LeftMachine], now: int) -> list[LeftMachine]:
    """The parts of a timer in which its machine was left for so long that a person is asked; none where nothing of it
    may be moved any more, or is doubtful already."""
    limit = ledger.settings.warn.idle_over
    settled = session.agreed_seconds is not None or session.state in (State.BILLED, State.WRITTEN_OFF)
    if not limit or settled or session.source is not Source.TIMER or session.channel in ELSEWHERE:
        return []
    if session.doubtful_from is not None or not session.placed:
        return []
    parts = [(part, each.reason) for each in left if (part := each.span.clip(session.span(now)))]
    return [LeftMachine(part, reason) for part, reason in parts if part.seconds >= limit]


def left_suggestion(ledger: Ledger, left: list[LeftMachine], stretch: Interval) -> DaySuggestion | None:
    """What a stretch was, if nobody sat at the machine for most of it."""
    for each in left:
        part = each.span.clip(stretch)
        if part and 2 * part.seconds >= stretch.seconds:
            begin, end = (formats.clock(wall(at, ledger.settings.time_zone)) for at in (part.started_at, part.ended_at))
            because = message("the screen was locked from {begin} to {end}", begin=begin, end=end)
            if each.reason is AbsenceReason.ASLEEP:
                because = message("the machine slept from {begin} to {end}", begin=begin, end=end)
            return DaySuggestion(absent(part, AbsenceReason.AWAY), Because.PRESENCE, because)
    return None
