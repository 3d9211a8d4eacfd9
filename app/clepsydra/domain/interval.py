"""Stretches of time, half-open `[started_at, ended_at)`, in UTC epoch seconds.

Touching stretches do not overlap, and elapsed time is always the difference of two UTC instants, so
that neither daylight saving nor a change of zone can bend a length.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from clepsydra.domain.records import dataclass

HOUR = 3600
MINUTE = 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """One stretch `[started_at, ended_at)`; both ends are UTC epoch seconds."""

    started_at: int
    ended_at: int

    def __post_init__(self) -> None:
        if self.ended_at < self.started_at:
            raise ValueError("an interval cannot end before it begins")

    @property
    def seconds(self) -> int:
        """Elapsed seconds."""
        return self.ended_at - self.started_at

    def overlaps(self, other: "Interval") -> bool:
        """Whether both share at least one second."""
        return max(self.started_at, other.started_at) < min(self.ended_at, other.ended_at)

    def clip(self, other: "Interval") -> "Interval | None":
        """The part inside `other`, or None when no second is shared."""
        start, end = max(self.started_at, other.started_at), min(self.ended_at, other.ended_at)
        return Interval(start, end) if start < end else None


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Merge overlapping and touching intervals; the result is sorted, disjoint and never empty-lengthed."""
    return merged((interval.started_at, interval.ended_at) for interval in intervals)


def merged(ends: Iterable[tuple[int, int]]) -> list[Interval]:
    """The union of stretches that are given by their two ends alone, as a long log gives them."""
    found: list[tuple[int, int]] = []
    for since, until in sorted(ends):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        elif since < until:
            found.append((since, until))
    return [Interval(*each) for each in found]


def total(intervals: Iterable[Interval]) -> int:
    """Sum of lengths in seconds; overlapping seconds count as often as they are given."""
    return sum(i.seconds for i in intervals)


def near(taken: Sequence[Interval], span: Interval) -> Sequence[Interval]:
    """Of sorted and disjoint stretches those that may share time with one: a long log is not read for each."""
    first = bisect_left(taken, Interval(span.started_at, span.started_at))
    last = bisect_left(taken, Interval(span.ended_at, span.ended_at))
    return taken[max(0, first - 1) : last]


def subtract(whole: Iterable[Interval], parts: Iterable[Interval]) -> list[Interval]:
    """What of `whole` no interval of `parts` covers, sorted and disjoint."""
    holes = union(parts)
    left: list[Interval] = []
    first = 0
    for interval in union(whole):
        cursor = interval.started_at
        while first < len(holes) and holes[first].ended_at <= cursor:
            first += 1
        for hole in islice(holes, first, None):
            if hole.started_at >= interval.ended_at:
                break
            if hole.started_at > cursor:
                left.append(Interval(cursor, hole.started_at))
            cursor = hole.ended_at
        if cursor < interval.ended_at:
            left.append(Interval(cursor, interval.ended_at))
    return left
