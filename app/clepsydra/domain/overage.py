"""Where included time ends: the latest open groups are cut into what the fee covers and what lies beyond.

What lies beyond is one billing group for each project and rate of a period, priced once, so that two hours beyond are
two hours of the rate to the cent however many sessions they were. Work of another period gives what its own can no
longer, since statements hold it already; where no open work is left, what is owed stands without a session.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby

from clepsydra.domain.agreement import Burn, Contract
from clepsydra.domain.billing import Group, GroupKey, Piece, Seconds, counters
from clepsydra.domain.civil import day_within
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import Hourly, share
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.rounding import EXACT
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Scope
from clepsydra.domain.statement_lines import cut
from clepsydra.domain.terms import Client, holding

_OVER = "over "

Part = tuple[int, int]
"""Exact and billed seconds of a group beyond what was included."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The groups of overage, and what each group they were cut from gave to them, by its `id`: the very group."""

    groups: tuple[Group, ...] = ()
    parts: Mapping[int, Part] = field(default_factory=dict)

    def within(self, group: Group) -> Seconds:
        """A group's seconds without what lies beyond."""
        part = self.parts.get(id(group))
        if part is None:
            return group.seconds
        exact, billed = group.seconds.exact - part[0], max(0, group.seconds.billed - part[1])
        return counters(exact, billed, billed, group.key.rule.sells_units)


def is_overage(group: Group) -> bool:
    """Whether a group is what `Cutter` made."""
    return group.key.anchor.startswith(_OVER)


def burn_of(contracts: Sequence[Contract], group: Group) -> Burn:
    """How a group consumes its agreement: as the version says that held on its day."""
    contract = holding(contracts, group.day)
    return Burn.BILLED if contract is None else contract.burn


def _burnt(burn: Burn, group: Group) -> int:
    """The seconds a group takes from its agreement."""
    return group.seconds.exact if burn is Burn.EXACT else group.seconds.billed


def overage_rate(contract: Contract, normal: Hourly) -> Hourly:
    """What an hour beyond the included ones is billed at, in major units: the normal rate where nothing was agreed."""
    return normal if contract.overage_hourly is None else contract.overage_hourly


def beyond_of_each(exact: int, lengths: Sequence[int]) -> list[int]:
    """The seconds that lie beyond of each of the sessions of some overage, in order of time: the latest ones, as
    `Cutter` takes them.

    Example: 5 h beyond of sessions of 12 h and of 3 h are 2 h of the first and all of the second.
    """
    found = []
    for length in reversed(lengths):
        found.append(min(length, exact))
        exact -= found[-1]
    return found[::-1]


def beyond_alone(group: Group) -> Group:
    """A group of overage with the end of each session that lies beyond in place of the whole; it keeps its day."""
    parts = beyond_of_each(group.seconds.exact, [piece.span.seconds for piece in group.pieces])
    ends = [
        piece if seconds == piece.span.seconds else _end_of(piece, seconds)
        for piece, seconds in zip(group.pieces, parts, strict=True)
        if seconds or not group.seconds.exact
    ]
    return replace(group, pieces=tuple(ends), of_day=group.day)


def _end_of(piece: Piece, seconds: int) -> Piece:
    return replace(piece, span=Interval(piece.span.ended_at - seconds, piece.span.ended_at))


def days_worked(group: Group) -> list[int]:
    """The days (ordinals) that the sessions of some overage count on; its own where no session is left of it."""
    if not group.pieces:
        return [group.day.toordinal()]
    # What stands for all work alike has no day of its own.
    return [p.session.day if p.session.id else p.day.toordinal() for p in group.pieces]


def within_days(group: Group, first: int | None, last: int | None) -> Group | None:
    """The part of some overage that was worked on some days (ordinals), both included; None where nothing was.

    The group is one of `beyond_alone`. Its billed time is shared over its sessions, so that the parts of days that have
    none in common add up to it.
    """
    days = days_worked(group)
    mine = [day_within(day, first, last) for day in days]
    if all(mine) or not group.seconds.exact:
        return group if mine[0] else None
    if not any(mine):
        return None
    seconds = cut(group, [piece.span.seconds if each else 0 for piece, each in zip(group.pieces, mine, strict=True)])
    pieces = tuple(piece for piece, each in zip(group.pieces, mine, strict=True) if each)
    return replace(group, pieces=pieces, rule_seconds=seconds.billed, seconds=seconds, of_day=None)


def overage_by_day(group: Group) -> Iterator[tuple[int, Group]]:
    """The parts of some overage by the days (ordinals) it was worked on."""
    for day in sorted(set(days_worked(group))):
        if (part := within_days(group, day, day)) is not None:
            yield day, part


class Cutter:
    """Cuts what lies beyond off the open groups of an agreement, period by period; no second is taken twice."""

    def __init__(
        self, client: Client, project: str | None, contracts: Sequence[Contract], groups: Sequence[Group]
    ) -> None:
        self._client, self._project = client, project or DEFAULT_PROJECT
        days = [(day, group) for group in groups for day in _by_day(group)]
        self._latest = sorted(days, key=lambda each: each[0].day)[::-1]
        self._burn = {id(day): burn_of(contracts, group) for day, group in days}
        self._left = {id(day): _burnt(self._burn[id(day)], day) for day, _ in days}
        self._taken: dict[int, Part] = {}
        self._parts: dict[int, Part] = {}
        self._made: list[Group] = []

    def cut(self, terms: Contract, first: date, last: date, over: int) -> tuple[Group, ...]:
        """Take `over` seconds, as the contracts burn them, for the period of those days, and answer its overage.

        `terms` are those of its last day, which say what is billed beyond.
        """
        own = (each for each in self._latest if first <= each[0].day <= last)
        others = (each for each in self._latest if not first <= each[0].day <= last)
        bundles: dict[tuple[str, Hourly], list[tuple[Group, Part]]] = {}
        for day, group in chain(own, others):
            if not over:
                break
            taken = min(over, self._left[id(day)])
            if taken:
                over -= taken
                rate = overage_rate(terms, group.key.hourly)
                part = self._take(day, taken)
                before = self._parts.get(id(group), (0, 0))
                self._parts[id(group)] = before[0] + part[0], before[1] + part[1]
                bundles.setdefault((group.key.project, rate), []).append((day, part))
        made = [_joined(rate, first, bundle[::-1]) for (_, rate), bundle in bundles.items()]
        if over:
            made.append(self._without_work(terms, first, last, over))
        self._made += made
        return tuple(made)

    @property
    def beyond(self) -> Beyond:
        """All that was cut."""
        return Beyond(tuple(self._made), self._parts)

    def _take(self, day: Group, taken: int) -> Part:
        """What of a day's exact and billed time the last `taken` seconds are that are left of what it consumes."""
        before = self._taken.get(id(day), (0, 0))
        self._left[id(day)] -= taken
        if self._burn[id(day)] is Burn.EXACT:
            now = (before[0] + taken, before[1] + taken)
        elif taken == day.seconds.billed:  # as most are: all of it
            now = day.seconds.exact, taken
        else:
            beyond = before[1] + taken
            now = share(day.seconds.exact, (day.seconds.billed - beyond, beyond))[1], beyond
        self._taken[id(day)] = now
        return now[0] - before[0], now[1] - before[1]

    def _without_work(self, terms: Contract, first: date, last: date, seconds: int) -> Group:
        normal = self._client.rate(self._project, Channel.WORK, last)
        key = GroupKey(
            client=self._client.slug,
            project=self._project,
            hourly=overage_rate(terms, normal),
            tax=self._client.statement.tax,
            scope=Scope.IN,
            decision=None,
            statement=None,
            rule=EXACT,
            anchor=f"{_OVER}{first} alone",
        )
        return Group(key, self._client.currency, (), seconds, False, counters(seconds, seconds, seconds), first)


def _by_day(group: Group) -> Iterator[Group]:
    """The days of a group, its billed time shared over them by their exact time as it uses the agreement."""
    if group.pieces[0].day == group.pieces[-1].day:
        yield group
        return
    billed = share(group.seconds.billed, [piece.span.seconds for piece in group.pieces])
    for _, some in groupby(zip(group.pieces, billed, strict=True), key=lambda each: each[0].day):
        pieces, parts = zip(*some, strict=True)
        exact, whole = sum(piece.span.seconds for piece in pieces), sum(parts)
        yield replace(group, pieces=pieces, seconds=counters(exact, whole, whole, group.key.rule.sells_units))


def _joined(rate: Hourly, first: date, bundle: Sequence[tuple[Group, Part]]) -> Group:
    """One billing group of overage; its pieces are whole sessions, as the log has them."""
    groups = [group for group, _ in bundle]
    exact, billed = (sum(part[n] for _, part in bundle) for n in (0, 1))
    whole = {p.session.id or p.span: _whole(p) for g in groups for p in reversed(g.pieces)}
    pieces = sorted(whole.values(), key=lambda piece: (piece.span.started_at, piece.session.id))
    return Group(
        key=replace(groups[0].key, hourly=rate, anchor=f"{_OVER}{first}", day_sold=None),
        currency=groups[0].currency,
        pieces=tuple(pieces),
        rule_seconds=billed,
        agreed=False,
        seconds=counters(exact, billed, billed, groups[0].key.rule.sells_units),
    )


def _whole(piece: Piece) -> Piece:
    """All of a piece's session; one that stands for all work alike, and so has no name, has no times of its own."""
    return Piece(piece.session, piece.session.span(0), piece.day) if piece.session.id else piece
