"""Surcharges: more for work in the evening, at the weekend, or in a hurry.

A surcharge holds for the share of the *billed* time that falls in its window by *exact* time: of 3 h billed at 90.00,
half of them after 20:00 at +50 %, 1 h 30 x 45.00 = 67.50. Where windows meet the highest wins, unless they `stack`.

What a cap takes off bears none: of 3 h worth 300.00 with 50.00 taken off, the last half hour.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import wall
from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A percentage on work of a window of the clock, of weekdays (0 is Monday) or marked `#flag` in its note."""

    since: date
    percent: Decimal
    window: tuple[time, time] | None = None
    days: frozenset[int] = frozenset()
    flag: str = ""
    channels: frozenset[str] = frozenset()
    stack: bool = False

    def holds(self, at: int, zone: ZoneInfo, channel: str, note: str) -> bool:
        """Whether it holds at an instant of a session."""
        moment = wall(at, zone)
        if moment.date() < self.since or (self.channels and channel not in self.channels):
            return False
        if self.flag and f"#{self.flag}".casefold() not in note.casefold().split():
            return False
        if self.days and moment.weekday() not in self.days:
            return False
        if self.window is None:
            return True
        begin, end = self.window
        clock = moment.time()
        return begin <= clock < end if begin < end else clock >= begin or clock < end


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a session: instants in UTC seconds, channel and note; whose, and when that session began."""

    started_at: int
    ended_at: int
    channel: str
    note: str
    session: str = ""
    begun: int = 0

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.ended_at - self.started_at

    def shortened(self, share: Fraction) -> "Stretch":
        """Its beginning, a share of it."""
        return replace(self, ended_at=self.started_at + half_up(self.seconds * share))


def surcharged(
    stretches: Iterable[Stretch], billed_seconds: int | Fraction, rules: Sequence[Surcharge], zone: ZoneInfo
) -> list[tuple[Decimal, int]]:
    """Percentages and the billed seconds each holds for, the highest first."""
    exact, within = 0, dict[Decimal, int]()
    edges = _edges(rules)
    for stretch in stretches:
        exact += stretch.seconds
        for begin, end in _cut(stretch, edges, zone):
            holding = [rule for rule in rules if rule.holds(begin, zone, stretch.channel, stretch.note)]
            percent = _percent(holding)
            if percent:
                within[percent] = within.get(percent, 0) + end - begin
    return [
        (percent, half_up(Fraction(billed_seconds) * seconds / exact))
        for percent, seconds in sorted(within.items(), reverse=True)
        if exact
    ]


def _percent(holding: Sequence[Surcharge]) -> Decimal:
    alone = max((rule.percent for rule in holding if not rule.stack), default=Decimal(0))
    return alone + sum((rule.percent for rule in holding if rule.stack), Decimal(0))


def _edges(rules: Sequence[Surcharge]) -> list[int]:
    """Where windows begin and end, in seconds of the wall clock from midnight, the last the end of the day."""
    clocks = [clock for rule in rules if rule.window for clock in rule.window]
    return [*sorted({each.hour * HOUR + each.minute * MINUTE + each.second for each in clocks} - {0}), 24 * HOUR]


def _cut(stretch: Stretch, edges: Sequence[int], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The stretch cut wherever a window or a day begins; by the minute where the clocks change on the way."""
    at = stretch.started_at
    while at < stretch.ended_at:
        moment = wall(at, zone)
        clock = moment.hour * HOUR + moment.minute * MINUTE + moment.second
        end = min(stretch.ended_at, at + edges[bisect_right(edges, clock)] - clock)
        if wall(end, zone).utcoffset() != moment.utcoffset():
            end = min(end, at + MINUTE - moment.second)
        yield at, end
        at = end
