"""Open work: what the sessions on no statement yet come to, in one lean pass over their rows.

Nothing of it is kept: what is billed was frozen on statements, and what is open is reckoned anew, as if a statement of
exactly the asked days were issued now. Rows stay plain tuples and integers, so that a million of them cost a second;
what they come to is the domain's own rounding and price. Billing groups that need more than lengths (the wall clock, a
day that statements may hold a part of, a rest carried on) are left to `group_sessions`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from clepsydra.domain.billing import Seconds, Treatment, by_day, counters, group_sessions, treatment
from clepsydra.domain.figures import Figures, line_minor
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import Hourly, per_second, price
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule, rounded
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.statement_lines import LinePlace, line_place, place_of
from clepsydra.domain.term_changes import changes
from clepsydra.domain.terms import Client, LineKind
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import billed_groups, sessions
from clepsydra.store import open_work as store

_LINE_COLUMN = {kind: "id" if kind is LineKind.SESSION else kind.value for kind in LineKind}


class OpenWork(NamedTuple):
    """A client's billable work on no statement yet, and what waits for a decision beside it.

    Days are ordinals; `pending_minor` is the value at the sessions' own rates.
    """

    figures: Figures = Figures()
    sessions: int = 0
    oldest_day: int | None = None
    pending_seconds: int = 0
    pending_minor: int = 0
    unsure_seconds: int = 0


def worth(session: Session, client: Client, now: int) -> int:
    """Minor units a session's exact time is worth at its own rate."""
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
    return price(session.exact_seconds(now), hourly, client.currency)


def within_a_day(rule: RoundingRule, client: Client) -> bool:
    """Whether a rule's billing groups lie within one civil day each."""
    if rule.scope is GroupScope.DAY:
        return rule.midnight is Midnight.START
    if rule.scope is GroupScope.LINE:
        return client.statement.lines in (LineKind.DAY, LineKind.SESSION)
    return rule.scope is GroupScope.ENTRY


def open_work(
    ledger: Ledger, client: Client, first: int | None = None, last: int | None = None, *, running: bool = False
) -> OpenWork:
    """What a client's open work of some days (ordinals, both included) comes to; with what runs, up to now, if asked.

    Work whose end is doubtful waits for its answer and is left out.
    """
    if client.own:
        return OpenWork()
    line, now = _LINE_COLUMN[client.statement.lines], ledger.now
    places = _by_place(client, store.rows(ledger.db, client.slug, line, first, last, now if running else None))
    billable = [place for place in places if place.kind is Treatment.BILLABLE]
    free = _days_are_free(ledger, client, billable)
    lines = _Lines(client)
    for place in billable:
        if _by_length(place.rule, days_are_free=free):
            lines.add(place)
    if not all(_by_length(place.rule, days_are_free=free) for place in billable):
        wanted = sessions.Filter(client.slug, first_day=first, last_day=last, awaiting=True)
        some = [s for s in sessions.select(ledger.db, wanted) if running or not s.running]
        spans = list(_by_span(client, some, days_are_free=free))
        for group in group_sessions(spans, client, now, held=held_for(ledger, client, spans)):
            lines.add_at(place_of(group, client), group.seconds)
    pending = [(place.hourly, row) for place in places if place.kind is Treatment.PENDING for row in place.rows]
    return OpenWork(
        figures=lines.figures(),
        sessions=sum(len(place.rows) for place in billable),
        oldest_day=min((place.rows[0][_DAY] for place in billable), default=None),
        pending_seconds=sum(_seconds(row) for _, row in pending),
        pending_minor=sum(price(_seconds(row), hourly, client.currency) for hourly, row in pending),
        unsure_seconds=sum(_seconds(row) for place in billable if place.unsure for row in place.rows),
    )


_DAY: Final = 4
_BEGIN: Final = 5
_END: Final = 6
_AGREED: Final = 7
_LINE: Final = 8
"""Where a row has what."""


def _seconds(row: store.Row) -> int:
    return row[_END] - row[_BEGIN]


class _Place:
    """The rows of one project, scope decision, rule and rate; `kind` is what becomes of their time."""

    def __init__(self, kind: Treatment, like: Session, rule: RoundingRule, hourly: Hourly, sold: int | None) -> None:
        self.kind, self.rule, self.hourly, self.sold = kind, rule, hourly, sold
        self.project, self.scope, self.decision = like.project, like.scope, like.decision
        self.rows: list[store.Row] = []

    @property
    def unsure(self) -> bool:
        """Whether nobody has said yet that its work is in scope."""
        return self.scope is Scope.UNSURE

    def groups(self) -> Iterator[tuple[int, set[str], str, int, int | None]]:
        """Its billing groups: first day, line keys and first session of several, exact and agreed seconds."""
        if self.rule.scope is GroupScope.ENTRY:
            for row in self.rows:
                yield row[_DAY], {str(row[_LINE])}, "", _seconds(row), row[_AGREED]
            return
        pools: dict[object, list[store.Row]] = {}
        by_line, days = self.rule.scope is GroupScope.LINE, by_day(self.rule)
        for row in self.rows:
            pools.setdefault(row[_LINE] if by_line else row[_DAY] if days else None, []).append(row)
        for rows in pools.values():
            typed = [row[_AGREED] or 0 for row in rows if row[_AGREED] is not None]
            keys, first = {str(row[_LINE]) for row in rows}, rows[0]
            exact = sum(map(_seconds, rows))
            yield first[_DAY], keys, f"{first[_BEGIN]}", exact, sum(typed) if typed else None


def _by_length(rule: RoundingRule, *, days_are_free: bool) -> bool:
    """Whether a rule's groups need nothing but lengths: no clock, no rest carried on, no days cut or billed in part."""
    if by_day(rule) and (rule.midnight is Midnight.SPLIT or not days_are_free):
        return False
    return rule.model is not Model.CLOCK and rule.scope is not GroupScope.CUMULATIVE


def _days_are_free(ledger: Ledger, client: Client, places: Iterable[_Place]) -> bool:
    """Whether statements hold nothing of the days of open work whose groups are days."""
    days = {row[_DAY] for place in places if by_day(place.rule) for row in place.rows}
    return not days or days.isdisjoint(billed_groups.days(ledger.db, client.slug, min(days), max(days)))


def _by_place(client: Client, rows: Iterable[store.Row]) -> list[_Place]:
    """A client's rows, given in the order of their days, by what decides what they are worth."""
    places: dict[tuple[object, ...], _Place] = {}
    dates = changes(client)
    known: dict[tuple[object, ...], Callable[[store.Row], None]] = {}
    until = 0
    for row in rows:
        if row[_DAY] >= until:
            known, until = {}, dates[bisect_right(dates, row[_DAY])]
        key = row[:_DAY]
        if key not in known:
            known[key] = _place(client, row, places).rows.append
        known[key](row)
    return [place for place in places.values() if place.rows]


def _place(client: Client, row: store.Row, places: dict[tuple[object, ...], _Place]) -> _Place:
    """The place of a row among those of a client, a new one where it is the first of its kind."""
    project, name, scope, decision, day, *_ = row
    channel, on = Channel(name), date.fromordinal(day)
    like = Session(
        "", client.slug, project, channel, row[_BEGIN], row[_END], client.zone.key, day, Scope(scope),
        Decision(decision) if decision else None,
    )  # fmt: skip
    kind, rule, hourly = treatment(like, client), client.rule(project, channel, on), client.rate(project, channel, on)
    sold = client.day_sold(project, channel, on)
    key = project, scope, decision, kind, rule, hourly, sold
    return places.setdefault(key, _Place(kind, like, rule, hourly, sold))


def _by_span(client: Client, found: Iterable[Session], *, days_are_free: bool) -> Iterator[Session]:
    """The billable sessions whose groups need more than lengths."""
    for session in found:
        rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
        billable = session.doubtful_from is None and treatment(session, client) is Treatment.BILLABLE
        if billable and not _by_length(rule, days_are_free=days_are_free):
            yield session


_Terms = tuple[str, Hourly, int | None, Decimal, Scope, Decision | None]
"""Project to decision, as `line_place` takes them."""


class _Lines:
    """The lines of a statement while their seconds are added up, as plain integers."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lines: dict[LinePlace, list[int]] = {}

    def add(self, place: _Place) -> None:
        """Take in the billing groups of a place."""
        terms = (place.project, place.hourly, place.sold, self._client.statement.tax, place.scope, place.decision)
        if place.rule.scope is GroupScope.ENTRY:
            self._add_sessions(place, terms)
            return
        unit, ruled, places = place.rule.sells_units, dict[int, int](), dict[tuple[int, str], list[int]]()
        for day, keys, first, exact, agreed in place.groups():
            if exact not in ruled:
                ruled[exact] = rounded(place.rule, (Interval(0, exact),), self._client.zone)
            rule = ruled[exact]
            billed = rule if agreed is None else agreed
            where = (day, min(keys) if len(keys) == 1 else first)
            sums = places.get(where)
            if sums is None:
                at = line_place(self._client, terms, date.fromordinal(day), {self._key(k) for k in keys}, first)
                sums = places[where] = self._lines.setdefault(at, [0] * len(Seconds._fields))
            if exact == rule == billed:
                sums[0] += exact
                sums[1] += exact
            else:
                for n, value in enumerate(counters(exact, rule, billed, unit)):
                    sums[n] += value

    def _add_sessions(self, place: _Place, terms: _Terms) -> None:
        """Take in a place each of whose sessions is a group: the one that is met a million times."""
        unit, zone = place.rule.sells_units, self._client.zone
        counted: dict[tuple[int, int | None], list[tuple[int, int]]] = {}
        places: dict[tuple[int, str | int], list[int]] = {}
        for row in place.rows:
            exact, agreed, where = row[_END] - row[_BEGIN], row[_AGREED], (row[_DAY], row[_LINE])
            found = counted.get((exact, agreed))
            if found is None:
                rule = rounded(place.rule, (Interval(0, exact),), zone)
                all_ = counters(exact, rule, rule if agreed is None else agreed, unit)
                found = counted[exact, agreed] = [(n, value) for n, value in enumerate(all_) if value]
            sums = places.get(where)
            if sums is None:
                key = self._key(str(row[_LINE]))
                at = line_place(self._client, terms, date.fromordinal(row[_DAY]), (key,), "")
                sums = places[where] = self._lines.setdefault(at, [0] * len(Seconds._fields))
            for n, value in found:
                sums[n] += value

    def add_at(self, place: LinePlace, seconds: Seconds) -> None:
        """Take in one billing group."""
        sums = self._lines.setdefault(place, [0] * len(Seconds._fields))
        for n, value in enumerate(seconds):
            sums[n] += value

    def figures(self) -> Figures:
        """What the lines come to."""
        currency = self._client.currency
        rows = [
            (*seconds, *line_minor(seconds, per_second(place.hourly, currency)))
            for place, seconds in self._lines.items()
        ]
        return Figures(*map(sum, zip(*rows, strict=True))) if rows else Figures()

    def _key(self, text: str) -> str:
        """A row's line key as `billing.line_key` has it."""
        return date.fromordinal(int(text)).isoformat() if self._client.statement.lines is LineKind.DAY else text
