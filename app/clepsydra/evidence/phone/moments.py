"""Dates with times as programs write them in people's languages; the order of day and month is the whole file's.

    26/11/2026, 16:05:04    11/26/26, 4:05:04 PM    26.11.26 16:05    26/11/2026 à 16:05    2026-11-26 16 h 05
    Nov 26, 2026 4:05 PM    26 nov. 2026 16:05

A number above 12 tells the order; else the order in which the rows go one way through time; else the clock: AM and PM
in capitals are American.
"""

import re
from collections.abc import Iterable
from functools import cache

from clepsydra.domain.records import dataclass
from clepsydra.evidence.phone.shape import ListFile
from clepsydra.exchange.doors.parts.dates import Witnesses, ordinal, parts_of
from clepsydra.exchange.doors.parts.walls import Wall, clock_of, stamp_of
from clepsydra.language.folding import folded
from clepsydra.language.typed.words import numbered

_BLANKS = re.compile(r"[\s\u200e\u200f\u202f\u00a0]+")
_HOURS = re.compile(r"(\d) ?h ?(?=\d)")
_NAMED = re.compile(r"^(?:(\d{1,2})\.? )?([^\W\d_]{3,10})\.? (?:(\d{1,2}),? )?(\d{4}),?(?= )")
_BETWEEN = re.compile(r"^(?:à|at|um|a las|alle|às|om|kl\.?|,)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Which of day and month comes first, and whether that is a guess."""

    name: str
    guessed: bool = False


def order_of(cells: Iterable[str]) -> DayOrder:
    """The order of the dates of a file, from its cells in the order of its rows."""
    texts = list(cells)
    days = [day for day in (_split(each)[0] for each in texts) if parts_of(day)]
    known = Witnesses()
    for day in days:
        known.add(day)
    if name := known.order():
        return DayOrder(name)
    american = any("AM" in each or "PM" in each for each in texts)
    return DayOrder("mdy" if american else "dmy", guessed=True)


def moment(file: ListFile, cell: str, order: DayOrder) -> tuple[int, bool] | None:
    """The instant of a cell, and whether its seconds were written; None where it is none."""
    stamp = stamp_of(cell)
    if isinstance(stamp, int):
        return stamp, True
    if stamp is None:
        day, clock = _split(cell)
        found, time = ordinal(day, order.name), clock_of(clock)
        if found is None or time is None:
            return None
        stamp = Wall(found, *time)
    at = file.at(stamp)
    return None if at is None else (at, stamp.exact)


def _numbered(found: re.Match[str]) -> str:
    """A date whose month is a name, by numbers."""
    month, day = _months().get(folded(found[2]), 0), found[1] or found[3]
    return f"{found[4]}-{month:02}-{int(day):02}" if month and day else found[0]


@cache
def _months() -> dict[str, int]:
    return numbered("months", 1)


def _split(cell: str) -> tuple[str, str]:
    """Day and time of a cell, the day with one kind of sign between its numbers."""
    day, _, clock = _NAMED.sub(_numbered, _BLANKS.sub(" ", cell).strip()).partition(" ")
    clock = _HOURS.sub(r"\1:", _BETWEEN.sub("", clock.strip()))
    return re.sub(r"[.\-]", "/", day.strip(" ,")), clock.strip()
