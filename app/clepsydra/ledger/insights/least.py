"""The tenth of the hours that earned least, and what it would have earned at the rate of the others."""

from collections.abc import Iterable
from fractions import Fraction

from clepsydra.domain.civil import wall
from clepsydra.domain.earning import per_hour
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Channel
from clepsydra.domain.terms import Client
from clepsydra.ledger.insights.earnings import Earned
from clepsydra.ledger.ledger import Ledger

TENTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Poor:
    """Hours of one client and channel among those that earned least: exact seconds, minor units, and the usual hour of
    the day and weekday (0 is Monday) they fell on.
    """

    client: str
    channel: Channel
    seconds: int
    minor: int
    weekday: int
    hour: int
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Least:
    """The least profitable tenth of one currency's hours, and what it would have earned at the rate of the others."""

    currency: str
    seconds: int
    minor: int
    better_minor: int
    parts: tuple[Poor, ...]

    @property
    def rate(self) -> Fraction | None:
        """Minor units an hour of it earned."""
        return per_hour(self.minor, self.seconds)

    def better(self, part: Poor) -> int:
        """What a part would have earned at the rate of the others, in minor units."""
        return half_up(Fraction(self.better_minor * part.seconds, self.seconds)) if self.seconds else 0


def least(ledger: Ledger, found: Iterable[tuple[Client, Earned]]) -> list[Least]:
    """The tenth of the hours that earned least, per currency; own work earns nothing by nature and is not in it."""
    by_currency: dict[str, list[tuple[Client, Earned]]] = {}
    for one, row in found:
        if row.seconds:
            by_currency.setdefault(one.currency, []).append((one, row))
    return [_of(ledger, currency, rows) for currency, rows in sorted(by_currency.items())]


def _of(ledger: Ledger, currency: str, rows: list[tuple[Client, Earned]]) -> Least:
    whole = sum(row.seconds for _, row in rows)
    money = sum(row.expected for _, row in rows)
    left = half_up(whole * TENTH)
    tenth = left
    cut: list[tuple[Client, Earned, int, int]] = []
    for one, row in sorted(rows, key=lambda each: (_worth(each[1]), each[1].session.id)):
        taken = min(left, row.seconds)
        if not taken:
            break
        left -= taken
        cut.append((one, row, taken, half_up(Fraction(row.expected * taken, row.seconds))))
    minor = sum(each[3] for each in cut)
    others = Fraction(money - minor, whole - tenth) if whole > tenth else Fraction(0)
    parts: dict[tuple[str, Channel], list[tuple[Client, Earned, int, int]]] = {}
    for each in cut:
        parts.setdefault((each[0].slug, each[1].session.channel), []).append(each)
    named = [_poor(ledger, *key, group) for key, group in parts.items()]
    return Least(currency, tenth, minor, half_up(others * tenth), tuple(sorted(named, key=lambda p: -p.seconds)))


def _worth(row: Earned) -> int:
    """What an hour of a session earned, as a number that orders as the fractions do, whose comparing takes ten times
    as long: two of them with lengths below 2 ** 32 are further apart than one of 2 ** 64 parts.
    """
    return (row.expected << 64) // row.seconds


def _poor(ledger: Ledger, client: str, channel: Channel, group: list[tuple[Client, Earned, int, int]]) -> Poor:
    slots: dict[tuple[int, int], int] = {}
    for _, row, taken, _ in group:
        local = wall(row.session.started_at, ledger.zone)
        place = (local.weekday(), local.hour)
        slots[place] = slots.get(place, 0) + taken
    weekday, hour = max(slots, key=lambda place: slots[place])
    return Poor(
        client=client,
        channel=channel,
        seconds=sum(each[2] for each in group),
        minor=sum(each[3] for each in group),
        weekday=weekday,
        hour=hour,
        sessions=tuple(each[1].session.id for each in group),
    )
