"""Memory fades: how long after the fact a session was written down."""

from collections.abc import Iterable
from enum import StrEnum

from clepsydra.domain.interval import HOUR
from clepsydra.domain.session import Session, Source

DAY = 24 * HOUR


class Lateness(StrEnum):
    """How fresh the memory was."""

    HOUR = "within_hour"
    DAY = "within_day"
    LATER = "later"
    MEMORY = "from_memory"


def lateness(session: Session, late_after: int) -> Lateness:
    """When an ended session was logged, measured from its end; beyond `late_after` seconds it is from memory.

    What another program recorded is taken to have been written down at once.
    """
    known = session.ended_at is not None and session.source is not Source.IMPORT
    late = session.logged_at - (session.ended_at or 0) if known else 0
    if late > late_after:
        return Lateness.MEMORY
    if late <= HOUR:
        return Lateness.HOUR
    return Lateness.DAY if late <= DAY else Lateness.LATER


def seconds_by_lateness(sessions: Iterable[Session], late_after: int, now: int) -> dict[Lateness, int]:
    """Exact seconds of sessions by how late they were logged; every kind is there."""
    sums = dict.fromkeys(Lateness, 0)
    for session in sessions:
        sums[lateness(session, late_after)] += session.exact_seconds(now)
    return sums
