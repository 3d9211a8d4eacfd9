"""Work as plain rows: what it comes to in one lean pass, without an object for a session, a group or a line.

Rows stay tuples and integers, so that a million of them cost a second; what they come to is the domain's own rounding
and price. Billing groups that need more than lengths (the wall clock, a day that statements may hold a part of, a rest
carried on) are not for here: `by_length` tells.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from clepsydra.domain.billing import Seconds, Treatment, by_day, counters, treatment
from clepsydra.domain.figures import Figures, line_minor
from clepsydra.domain.money import Hourly, per_second, price_of_each
from clepsydra.domain.rounding import MODELS, GroupScope, Midnight, RoundingRule, rounded_length
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement_lines import LinePlace
from clepsydra.domain.statement_terms import LineKind
from clepsydra.domain.term_changes import changes
from clepsydra.domain.terms import Client
from clepsydra.ledger.ledger import Ledger
from clepsydra.store.open_work import Row, alike

LINE_COLUMN = {kind: "id" if kind is LineKind.SESSION else kind.value for kind in LineKind}
"""The column of a session that makes its line."""

DAY: Final = 4
_BEGIN: Final = 5
_END: Final = 6
AGREED: Final = 7
_LINE: Final = 8
"""Where a row has what."""


def seconds_of(row: Row) -> int:
    """The exact length of a row's work."""
    return row[_END] - row[_BEGIN]


class WorkPlace:
    """The rows of one project, scope decision, rule and rate; `kind` is what becomes of their time."""

    def __init__(self, kind: Treatment, like: Session, rule: RoundingRule, hourly: Hourly, sold: int | None) -> None:
        self.kind, self.rule, self.hourly, self.sold = kind, rule, hourly, sold
        self.project, self.scope, self.decision = like.project, like.scope, like.decision
        self.rows: list[Row] = []

    @property
    def unsure(self) -> bool:
        """Whether nobody has said yet that its work is in scope."""
        return self.scope is Scope.UNSURE

    def pools(self) -> Iterable[list[Row]]:
        """The rows of each of its billing groups."""
        if self.rule.scope is GroupScope.ENTRY:
            return ([row] for row in self.rows)
        pools: dict[object, list[Row]] = {}
        by_line, days = self.rule.scope is GroupScope.LINE, by_day(self.rule)
        for row in self.rows:
            pools.setdefault(row[_LINE] if by_line else row[DAY] if days else None, []).append(row)
        return pools.values()


def by_length(rule: RoundingRule, *, days_are_free: bool) -> bool:
    """Whether a rule's groups need nothing but lengths: no clock, no rest carried on, no days cut or billed in part."""
    if by_day(rule) and (rule.midnight is Midnight.SPLIT or not days_are_free):
        return False
    return MODELS[rule.model].counts is None and rule.scope is not GroupScope.CUMULATIVE


def by_place(client: Client, rows: Iterable[Row], rule: RoundingRule | None = None) -> list[WorkPlace]:
    """A client's rows, given in the order of their days, by what decides what they are worth.

    `rule` replaces every agreed one.
    """
    places: dict[tuple[object, ...], WorkPlace] = {}
    dates = changes(client)
    known: dict[tuple[object, ...], Callable[[Row], None]] = {}
    until = 0
    for row in rows:
        if row[DAY] >= until:
            known, until = {}, dates[bisect_right(dates, row[DAY])]
        key = row[:DAY]
        take = known.get(key)
        if take is None:
            take = known[key] = _place(client, row, places, rule).rows.append
        take(row)
    return [place for place in places.values() if place.rows]


def _place(
    client: Client, row: Row, places: dict[tuple[object, ...], WorkPlace], for_all: RoundingRule | None
) -> WorkPlace:
    """The place of a row among those of a client, a new one where it is the first of its kind."""
    project, name, scope, decision, day, *_ = row
    channel, on = Channel(name), date.fromordinal(day)
    like = Session(
        "", client.slug, project, channel, row[_BEGIN], row[_END], client.zone.key, day, Scope(scope),
        Decision(decision) if decision else None,
    )  # fmt: skip
    kind, hourly = treatment(like, client), client.rate(project, channel, on)
    rule, sold = for_all or client.rule(project, channel, on), client.day_sold(project, channel, on)
    key = project, scope, decision, kind, rule, hourly, sold
    return places.setdefault(key, WorkPlace(kind, like, rule, hourly, sold))


class WorkAlike(NamedTuple):
    """Work that its terms make no difference of: a session that stands for all of it, and the exact length of each."""

    like: Session
    hourly: Hourly
    lengths: list[int]

    def minor(self, currency: str) -> int:
        """What the exact time is worth, each session rounded by itself."""
        return price_of_each(self.lengths, per_second(self.hourly, currency))


def work_alike(ledger: Ledger, client: Client, first: int | None, last: int | None) -> Iterator[WorkAlike]:
    """A client's work of some days, whatever became of it; what runs counts up to now."""
    begin, end = first or 1, _NEVER if last is None else last + 1
    days = [begin, *(day for day in changes(client) if begin < day < end), end]
    for since, until in pairwise(days):
        on = date.fromordinal(since)
        for project, name, scope, decision, written, doubtful, lengths in alike(
            ledger.db, client.slug, since, until - 1, ledger.now
        ):  # fmt: skip
            like = Session(
                "", client.slug, project, Channel(name), 0, 0, client.zone.key, since, Scope(scope),
                Decision(decision) if decision else None, write_off="" if written else None,
                doubtful_from=0 if doubtful else None,
            )  # fmt: skip
            yield WorkAlike(like, client.rate(project, like.channel, on), json.loads(lengths))


_NEVER: Final = 1 << 62

_Terms = tuple[str, Hourly, int | None, Decimal, Scope, Decision | None]
"""Project to decision, as `line_place` takes them."""


class LineSums:
    """The lines of a statement while their seconds are added up, as plain integers.

    `counted` keeps what a rule made of a length, for whoever asks of many clients under one rule.
    """

    def __init__(self, client: Client, counted: "RuledLengths | None" = None) -> None:
        self._client = client
        self._counted: RuledLengths = {} if counted is None else counted
        every = (*client.contracts, *(contract for project in client.projects for contract in project.contracts))
        self._caps = any(contract.capped for contract in every)
        self._terms: dict[_Terms, dict[object, list[int]]] = {}
        """By its terms, and then by all else that makes a line: the seconds of each."""

    def add(self, place: WorkPlace) -> None:
        """Take in the billing groups of a place."""
        terms = (place.project, place.hourly, place.sold, self._client.statement.tax, place.scope, place.decision)
        lines = self._terms.setdefault(terms, {})
        entries, caps = place.rule.scope is GroupScope.ENTRY, self._caps
        counted = self._counted.setdefault(place.rule, {})
        for day, key, alone, exact, agreed in _entries(place) if entries else _groups(place):
            length = exact if agreed is None else (exact, agreed)
            found = counted.get(length)
            if found is None:
                found = counted[length] = _count(place.rule, exact, agreed)
            where = (self._capped(terms, day), key, alone) if alone or caps else key
            sums = lines.get(where)
            if sums is None:
                sums = lines[where] = [0] * len(Seconds._fields)
            for n, value in found:
                sums[n] += value

    def _capped(self, terms: _Terms, day: int) -> date | None:
        if not self._caps or terms[4] is Scope.OUT:
            return None
        contract = self._client.contract(terms[0], date.fromordinal(day))
        return contract.since if contract and contract.capped else None

    def add_at(self, place: LinePlace, seconds: Seconds) -> None:
        """Take in one billing group."""
        by_days = self._client.statement.lines is LineKind.DAY
        key: object = date.fromisoformat(place.key).toordinal() if by_days else place.key
        where = (place.capped, key, place.alone) if place.alone or self._caps else key
        terms = (place.project, place.hourly, place.day_sold, place.tax, place.scope, place.decision)
        sums = self._terms.setdefault(terms, {}).setdefault(where, [0] * len(Seconds._fields))
        for n, value in enumerate(seconds):
            sums[n] += value

    def figures(self) -> Figures:
        """What the lines come to."""
        rows: list[tuple[int, ...]] = []
        for terms, lines in self._terms.items():
            ratio = per_second(terms[1], self._client.currency)
            rows += [(*seconds, *line_minor(seconds, ratio)) for seconds in lines.values()]
        return Figures(*map(sum, zip(*rows, strict=True))) if rows else Figures()


RuledLengths = dict[RoundingRule, dict[int | tuple[int, int], list[tuple[int, int]]]]
"""By rule, and by exact (and agreed) seconds of a group: which of the counters are not nothing, and what they are."""


def _count(rule: RoundingRule, exact: int, agreed: int | None) -> list[tuple[int, int]]:
    ruled = rounded_length(rule, exact)
    if agreed is None and ruled == exact:
        return [(0, exact), (1, exact)]
    every = counters(exact, ruled, ruled if agreed is None else agreed, rule.sells_units)
    return [(n, value) for n, value in enumerate(every) if value]


_Group = tuple[int, object, str, int, int | None]
"""First day, line key, first session where there are several keys, exact and agreed seconds."""


def _entries(place: WorkPlace) -> Iterator[_Group]:
    """The groups of a place of which each session is one: the ones that are met a million times."""
    return ((day, line, "", end - begin, agreed) for _, _, _, _, day, begin, end, agreed, line in place.rows)


def _groups(place: WorkPlace) -> Iterator[_Group]:
    for rows in place.pools():
        typed = [row[AGREED] or 0 for row in rows if row[AGREED] is not None]
        keys, first = {row[_LINE] for row in rows}, rows[0]
        alone = f"{first[_BEGIN]}" if len(keys) > 1 else ""
        yield first[DAY], first[_LINE], alone, sum(map(seconds_of, rows)), sum(typed) if typed else None
