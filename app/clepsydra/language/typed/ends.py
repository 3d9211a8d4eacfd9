"""The end of a stretch of time as people type it: one rule for every form and every command."""

from datetime import time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import MIDNIGHT, wall
from clepsydra.language.typed.errors import EndsBefore
from clepsydra.language.typed.instants import parse_instant

LONGEST_NIGHT = 16 * 3600
"""An end that would lie on the next day is taken for one only if the stretch stays shorter than this (seconds)."""


class End(NamedTuple):
    """An end in epoch seconds; `next_day` says that a bare time was taken for one of the day after the start's."""

    instant: int
    next_day: bool


def parse_end(text: str, begin: int, now: int, zone: ZoneInfo, day_starts_at: time = MIDNIGHT) -> End:
    """The end of what began at an instant: a time, or a length from there on as in "+1h30".

    A bare clock time earlier than the start means the next day only where the stretch stays shorter than a night: 22:00
    to 1:00. Raises `EndsBefore` for every other end before its start, and as `parse_instant` does.
    """
    moment = parse_instant(text, now, zone, day_starts_at, after=begin)
    if moment.instant < begin:
        raise EndsBefore(text, begin, moment.instant, zone, bare=False)
    next_day = not moment.dated and wall(begin, zone).date() != wall(moment.instant, zone).date()
    if next_day and moment.instant - begin >= LONGEST_NIGHT:
        raise EndsBefore(text, begin, moment.instant, zone, bare=True)
    return End(moment.instant, next_day)
