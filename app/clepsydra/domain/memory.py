"""Memory fades: how long after the fact a session was written down."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from clepsydra.domain.interval import HOUR
from clepsydra.domain.session import Source

DAY = 24 * HOUR


class Lateness(StrEnum):
    """How fresh the memory was."""

    HOUR = "within_hour"
    DAY = "within_day"
    LATER = "later"
    MEMORY = "from_memory"


class Logged(NamedTuple):
    """What an ended session says of memory: its ends, when it was written down (UTC seconds), and its source."""

    started_at: int
    ended_at: int
    logged_at: int
    source: str


def lateness(session: Logged, late_after: int) -> Lateness:
    """When a session was logged, measured from its end; beyond `late_after` seconds it is from memory.

    What another program recorded is taken to have been written down at once.
    """
    late = 0 if session.source == Source.IMPORT else session.logged_at - session.ended_at
    if late > late_after:
        return Lateness.MEMORY
    if late <= HOUR:
        return Lateness.HOUR
    return Lateness.DAY if late <= DAY else Lateness.LATER


def seconds_by_lateness(sessions: Iterable[Logged], late_after: int) -> dict[Lateness, int]:
    """Exact seconds of sessions by how late they were logged; every kind is there."""
    sums = dict.fromkeys(Lateness, 0)
    for session in sessions:
        sums[lateness(session, late_after)] += session.ended_at - session.started_at
    return sums
