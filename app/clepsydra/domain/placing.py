"""Where the seconds of a happening lie in the log, so that none is owned twice.

What its own client's work holds is covered: there is nothing to take. What another's holds is theirs until a person
says otherwise. The rest is free. A call from 10:05 to 10:21 over a timer of the same client until 10:10 is covered for
5 minutes and free for 11.
"""

from collections.abc import Iterable, Sequence

from clepsydra.domain.interval import Interval, subtract, total, union
from clepsydra.domain.records import dataclass

REACH = 3600
"""Seconds before a message was sent in which the time that it took is looked for."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The seconds of a happening by who holds them; `crowded` where an exchange found no free time to lie in."""

    covered: tuple[Interval, ...] = ()
    other: tuple[Interval, ...] = ()
    free: tuple[Interval, ...] = ()
    crowded: bool = False

    @property
    def covered_seconds(self) -> int:
        """Seconds that the client's own work holds."""
        return total(self.covered)

    @property
    def other_seconds(self) -> int:
        """Seconds that others hold."""
        return total(self.other)

    @property
    def free_seconds(self) -> int:
        """Seconds that nothing holds."""
        return total(self.free)

    @property
    def open_seconds(self) -> int:
        """Seconds that could be taken: free, or others' who would give way."""
        return self.free_seconds + self.other_seconds


NOWHERE_PLACED = Placement()
"""Of what has no length, or nobody's."""


def over(span: Interval, own: Iterable[Interval], others: Iterable[Interval]) -> Placement:
    """The seconds of a stretch by who holds them; what both hold is covered."""
    covered = union(part for each in own if (part := each.clip(span)))
    other = subtract([part for each in others if (part := each.clip(span))], covered)
    return Placement(tuple(covered), tuple(other), tuple(subtract([span], [*covered, *other])))


def before(
    instant: int, length: int, work: Sequence[Interval], others: Sequence[Interval], busy: Iterable[Interval]
) -> Placement:
    """Where an exchange that was sent at an instant lies, `length` seconds long.

    Inside its client's own `work` it is covered, inside `others` it is asked about; else it takes the latest free time
    before it, at most an hour back, around what is `busy`: several lie one before the other.
    """
    at = Interval(instant - 1, instant)
    window = Interval(instant - length, instant)
    if any(each.overlaps(at) for each in work):
        return Placement(covered=(window,))
    if any(each.overlaps(at) for each in others):
        return Placement(other=(window,))
    for gap in reversed(subtract([Interval(instant - REACH, instant)], busy)):
        if gap.seconds >= length:
            return Placement(free=(Interval(gap.ended_at - length, gap.ended_at),))
    return Placement(other=(window,), crowded=True)
