"""Open work: what the sessions on no statement yet come to, in one lean pass over their rows.

Nothing of it is kept: what is billed was frozen on statements, and what is open is reckoned anew, as if a statement of
exactly the asked days were issued now. Rows stay plain tuples and integers, so that a million of them cost a second;
what they come to is the domain's own rounding and price. Billing groups that need more than lengths (the wall clock, a
day cut at midnight, a rest carried on) are left to `group_sessions`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from clepsydra.domain.billing import FIGURE_NAMES, Figures, Treatment, counters, group_sessions, treatment
from clepsydra.domain.interval import Interval
from clepsydra.domain.money import price
from clepsydra.domain.rounding import GroupScope, Midnight, Model, RoundingRule, rounded
from clepsydra.domain.session import Channel, Decision, Scope, Session
from clepsydra.domain.terms import Client, Dated, LineKind, Project
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import open_work as store
from clepsydra.store import sessions

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
    sums = _Sums(client.currency)
    for place in billable:
        if place.by_length:
            sums.add(place.hourly, place.groups(client))
    if not all(place.by_length for place in billable):
        wanted = sessions.Filter(client.slug, first_day=first, last_day=last, awaiting=True)
        some = [s for s in sessions.select(ledger.db, wanted) if running or not s.running]
        for group in group_sessions(_by_span(client, some), client, now):
            exact, billed = group.figures.exact_seconds, group.figures.billed_seconds
            sums.add(group.key.hourly, [(exact, group.rule_seconds, billed, 1)])
    pending = [(place.hourly, row) for place in places if place.kind is Treatment.PENDING for row in place.rows]
    return OpenWork(
        figures=sums.figures(),
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

    def __init__(self, kind: Treatment, rule: RoundingRule, hourly: Decimal, *, unsure: bool) -> None:
        self.kind, self.rule, self.hourly, self.unsure = kind, rule, hourly, unsure
        self.by_length = _by_length(rule)
        self.rows: list[store.Row] = []

    def groups(self, client: Client) -> Iterator[tuple[int, int, int, int]]:
        """Exact, the rule's and billed seconds of its billing groups, and how many groups are of these."""
        if self.rule.scope is GroupScope.ENTRY:
            found = Counter((_seconds(row), row[_AGREED]) for row in self.rows)
        else:
            found = Counter((exact, agreed) for exact, agreed in self._pools())
        for (exact, agreed), count in found.items():
            ruled = rounded(self.rule, (Interval(0, exact),), client.zone)
            yield exact, ruled, ruled if agreed is None else agreed, count

    def _pools(self) -> Iterable[tuple[int, int | None]]:
        """Exact and agreed seconds of the groups that hold several sessions."""
        by_day, by_line = self.rule.scope is GroupScope.DAY, self.rule.scope is GroupScope.LINE
        exact: dict[object, int] = {}
        agreed: dict[object, int] = {}
        for row in self.rows:
            key = row[_DAY] if by_day else row[_LINE] if by_line else None
            exact[key] = exact.get(key, 0) + _seconds(row)
            if row[_AGREED] is not None:
                agreed[key] = agreed.get(key, 0) + (row[_AGREED] or 0)
        return ((seconds, agreed.get(key)) for key, seconds in exact.items())


def _by_length(rule: RoundingRule) -> bool:
    """Whether a rule's groups need nothing but the lengths of their sessions."""
    split = rule.scope is GroupScope.DAY and rule.midnight is Midnight.SPLIT
    return not split and rule.model is not Model.CLOCK and rule.scope is not GroupScope.CUMULATIVE


def _by_place(client: Client, rows: Iterable[store.Row]) -> list[_Place]:
    """A client's rows, given in the order of their days, by what decides what they are worth."""
    places: dict[tuple[object, ...], _Place] = {}
    changes = _changes(client)
    known: dict[tuple[object, ...], Callable[[store.Row], None]] = {}
    until = 0
    for row in rows:
        if row[_DAY] >= until:
            known, until = {}, changes[bisect_right(changes, row[_DAY])]
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
    key = project, scope, decision, kind, rule, hourly
    return places.setdefault(key, _Place(kind, rule, hourly, unsure=like.scope is Scope.UNSURE))


def _changes(client: Client) -> list[int]:
    """The days (ordinals) on which a client's terms may change, and one that never comes."""
    every: list[Client | Project] = [client, *client.projects]
    dated = [list[Dated]((*terms.rates, *terms.rounding, *terms.contracts)) for terms in every]
    ends = [c.ends.toordinal() + 1 for terms in every for c in terms.contracts if c.ends]
    return [*sorted({entry.since.toordinal() for some in dated for entry in some} | {*ends}), 1 << 62]


def _by_span(client: Client, found: Iterable[Session]) -> Iterator[Session]:
    """The billable sessions whose groups need more than lengths."""
    for session in found:
        rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
        billable = session.doubtful_from is None and treatment(session, client) is Treatment.BILLABLE
        if billable and not _by_length(rule):
            yield session


class _Sums:
    """Figures while they are added up, as plain integers."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._counters = [0] * len(FIGURE_NAMES)

    def add(self, hourly: Decimal, groups: Iterable[tuple[int, int, int, int]]) -> None:
        """Take in groups of one rate: exact, the rule's and billed seconds, and how many."""
        sums = self._counters
        for exact, ruled, billed, count in groups:
            minors = [price(each, hourly, self._currency) for each in (exact, ruled, billed)]
            for n, value in enumerate((*counters(exact, ruled, billed), *counters(*minors))):
                sums[n] += value * count

    def figures(self) -> Figures:
        """The sums."""
        return Figures(*self._counters)
