"""Wall times of files, turned into instants without guessing.

`Walls.span` is the ladder: an end with its date, an end on a clock only, or a begin and a duration. What the clocks of
the zone showed twice is settled by the duration where exactly one pair of readings gives it, else by the answer for
the whole file, else it is a problem that names both readings. Example: in Paris on 25 October 2026 the row
`02:30-02:30, 01:00:00` began at 00:30 UTC and ended at 01:30 UTC.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import instants_of, utc
from clepsydra.domain.records import dataclass
from clepsydra.exchange.problems import RowProblem, RowReason

DAY = 86400
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = date(1970, 1, 2).toordinal(), date(9997, 12, 31).toordinal()

_CLOCK = re.compile(
    r"(\d{1,2})(?:[:hH.](\d{2})(?:[:.mM](\d{2})(?:[.,]\d+)?)?)? ?(?:([aApP])\.?[mM]\.?)?[hH]?", re.ASCII
)
_EPOCH_CELL = re.compile(r"([1-9]\d{9})(\d{3})?", re.ASCII)
_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(Z| ?[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall time: the ordinal of its day (None: the next such time after the start), the second of that day, and
    whether its seconds were written.
    """

    day: int | None
    second: int
    exact: bool = True

    @property
    def text(self) -> str:
        """As it is shown in a problem."""
        clock = f"{self.second // 3600:02}:{self.second // 60 % 60:02}"
        clock += f":{self.second % 60:02}" if self.exact else ""
        return clock if self.day is None else f"{date.fromordinal(self.day)} {clock}"


@lru_cache(maxsize=16_384)
def clock_of(cell: str) -> tuple[int, bool] | None:
    """The second of the day (24:00 being the end of it) that a clock time names, and whether it has seconds."""
    form = _CLOCK.fullmatch(cell.strip().replace("\u202f", " ").replace("\u00a0", " "))
    if not form or (form[2] is None and form[4] is None and not cell.strip().lower().endswith("h")):
        return None
    hour, minute, second = int(form[1]), int(form[2] or 0), int(form[3] or 0)
    if form[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if form[4] in "pP" else 0)
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > DAY:
        return None
    return hour * 3600 + minute * 60 + second, form[3] is not None


def stamp_of(cell: str) -> "int | Wall | None":
    """The instant (epoch seconds, half up) of a date and time with an offset, or the wall time of one without.

    Takes ISO 8601 with or without its punctuation, with `T` or a blank, and seconds or milliseconds since 1970; None
    where the cell is none.
    """
    form = _STAMP.fullmatch(cell.strip())
    if not form:
        epoch = _EPOCH_CELL.fullmatch(cell.strip())
        return int(epoch[1]) + ((epoch[2] or "0")[0] >= "5") if epoch else None
    try:
        day = date(int(form[1]), int(form[2]), int(form[3])).toordinal()
        second = time(int(form[4]), int(form[5]), int(form[6] or 0))
    except ValueError:
        return None
    if not _FIRST <= day <= _LAST:
        return None
    seconds = second.hour * 3600 + second.minute * 60 + second.second
    up = 1 if (form[7] or "0")[0] >= "5" else 0
    if form[8] is None:
        return Wall(day + (seconds + up) // DAY, (seconds + up) % DAY, form[6] is not None)
    offset = 0
    if form[8] not in "zZ":
        said = form[8].strip()
        sign = -1 if said[0] == "-" else 1
        offset = sign * (int(said[1:3]) * 3600 + int(said[-2:]) * 60)
    return (day - _EPOCH) * DAY + seconds + up - offset


def half_up(seconds: float) -> int:
    """A count of seconds with a fraction, rounded half up."""
    return int(seconds // 1) + (1 if seconds % 1 >= 0.5 else 0)


class Walls:
    """The wall times of one zone, and the answer to which reading a repeated hour has in this file."""

    def __init__(self, zone: ZoneInfo, fold: str = "") -> None:
        self.zone = zone
        self._fold = fold
        self._offsets: dict[int, int | None] = {}

    def readings(self, wall: Wall) -> tuple[int, ...]:
        """Every instant at which the clocks showed a wall time with its day; none where they jumped over it."""
        day = wall.day or 0
        if not _FIRST <= day <= _LAST:
            return ()
        offset = self._offset(day)
        if offset is not None:
            return ((day - _EPOCH) * DAY + wall.second - offset,)
        shown = datetime.combine(date.fromordinal(day), time()) + timedelta(seconds=wall.second)
        return instants_of(shown, self.zone)

    def _offset(self, day: int) -> int | None:
        """The zone's offset all through a day and its neighbours; None where it changes."""
        if day not in self._offsets:
            midnight = datetime.combine(date.fromordinal(day), time(), self.zone)
            edges = {(midnight + timedelta(hours=h)).utcoffset() for h in (-24, 0, 6, 12, 18, 24, 48)}
            only = edges.pop() if len(edges) == 1 else None
            self._offsets[day] = None if only is None else int(only.total_seconds())
        return self._offsets[day]

    def day_of(self, instant: int) -> date:
        """The civil day of an instant."""
        return datetime.fromtimestamp(instant, self.zone).date()

    def instant(self, line: int, column: str, wall: Wall) -> int | RowProblem:
        """The one instant of a wall time, or why there is none."""
        found = self.readings(wall)
        if len(found) == 1:
            return found[0]
        if len(found) == 2 and self._fold:
            return found[0 if self._fold == "first" else 1]
        return self._doubt(line, column, wall, found)

    def _doubt(self, line: int, column: str, wall: Wall, found: tuple[int, ...]) -> RowProblem:
        if not found:
            return RowProblem(line, RowReason.MISSING_TIME, column, wall.text, self.zone.key)
        both = " / ".join(utc(each).strftime("%H:%MZ") for each in found)
        return RowProblem(line, RowReason.TWICE, column, f"{wall.text} ({both})", self.zone.key)

    def span(
        self, line: int, begin: Wall, end: Wall | None, length: tuple[int, int] | None
    ) -> tuple[int, int] | RowProblem:
        """Begin and end in epoch seconds, or why they cannot be told; `length` is a duration with its step."""
        if end is None:
            return self._by_length(line, begin, length)
        if end.day is None:
            return self._by_clock(line, begin, end, length)
        begins, ends = self.readings(begin), self.readings(end)
        if len(begins) == 1 and len(ends) == 1:
            return self._plain(line, begins[0], ends[0], begin, end, length)
        return self._doubtful(line, begin, end, [(b, e) for b in begins for e in ends if e >= b], length)

    def _plain(
        self, line: int, started_at: int, ended_at: int, begin: Wall, end: Wall, length: tuple[int, int] | None
    ) -> tuple[int, int] | RowProblem:
        if length and length[1] == 1 and not begin.exact and abs(started_at + length[0] - ended_at) < 60:
            return started_at, started_at + length[0]  # minutes on the clock, seconds in the duration
        if ended_at < started_at:
            return RowProblem(line, RowReason.ENDS_BEFORE, "", end.text, begin.text)
        return started_at, ended_at

    def _by_length(self, line: int, begin: Wall, length: tuple[int, int] | None) -> tuple[int, int] | RowProblem:
        if length is None:
            return RowProblem(line, RowReason.NO_END, "", begin.text)
        found = self.instant(line, "", begin)
        return found if isinstance(found, RowProblem) else (found, found + length[0])

    def _by_clock(
        self, line: int, begin: Wall, end: Wall, length: tuple[int, int] | None
    ) -> tuple[int, int] | RowProblem:
        """An end on a clock only: the start and the duration, else the next such time, at most a day later."""
        begins = self.readings(begin)
        if length is not None and len(begins) == 1:
            return begins[0], self._agreeing(begins[0] + length[0], end, length[1])
        day = begin.day or 0
        pairs: list[tuple[int, int]] = []
        for offset in range(2 if length is None else 2 + length[0] // DAY + 1):
            later = self.readings(Wall(day + offset, end.second, end.exact))
            pairs += [(b, e) for b in begins for e in later if e >= b]
            if pairs and length is None:
                break
        return self._doubtful(line, begin, Wall(day, end.second, end.exact), pairs, length)

    def _agreeing(self, expected: int, end: Wall, step: int) -> int:
        """The end by the duration, or by the clock where that is finer and the duration agrees with it."""
        day = self.day_of(expected).toordinal()
        shown = [each for d in (day - 1, day, day + 1) for each in self.readings(Wall(d, end.second, end.exact))]
        near = min(shown, key=lambda each: abs(each - expected), default=expected)
        return near if step > 1 and abs(near - expected) < max(step, 60) else expected

    def _doubtful(
        self, line: int, begin: Wall, end: Wall, pairs: list[tuple[int, int]], length: tuple[int, int] | None
    ) -> tuple[int, int] | RowProblem:
        """The one pair of readings that the duration fits, or the only one there is, or the one the answer says."""
        begins, ends = self.readings(begin), self.readings(end)
        if length is not None:
            slack = max(length[1] - 1, 0 if begin.exact else 59)
            fitting = [pair for pair in pairs if abs(pair[1] - pair[0] - length[0]) <= slack]
            if len(fitting) == 1:
                return fitting[0]
            pairs = fitting or pairs
        if len(begins) == 1 and len(ends) <= 1 and len(pairs) >= 1:
            return pairs[0]
        if begins and pairs and self._fold:
            return self._folded(begins, pairs)
        if not begins or len(begins) > 1:
            return self._doubt(line, "", begin, begins)
        if not ends or len(ends) > 1:
            return self._doubt(line, "", end, ends)
        return RowProblem(line, RowReason.ENDS_BEFORE, "", end.text, begin.text)

    def _folded(self, begins: tuple[int, ...], pairs: list[tuple[int, int]]) -> tuple[int, int]:
        """The pair of the reading that was answered; an end that would be the start itself is the later one."""
        if self._fold == "first":
            own = [pair for pair in pairs if pair[0] == begins[0]] or pairs
            return next((pair for pair in own if pair[1] > pair[0]), own[0])
        own = [pair for pair in pairs if pair[0] == begins[-1]] or pairs
        return own[-1]


def instant_text(instant: int) -> str:
    """An instant as problems show it."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
