"""The live figures: what every screen shows at a glance, kept current at the price of a few reads.

Finished work is summed when the log or the terms change, and then only for the clients that changed; a tick adds the
running sessions and nothing else, so its cost does not depend on how much is logged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clepsydra.domain.billing import Figures, Group, Treatment, group_sessions, total, treatment
from clepsydra.domain.contracts import BurnState
from clepsydra.domain.interval import Interval
from clepsydra.domain.rounding import GroupScope, until_next_step
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger import reports
from clepsydra.ledger.contracts import Agreement, Use, agreements, consumes, state_of, use_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.totals import Unbilled, unbilled
from clepsydra.store import journal, sessions, statements
from clepsydra.store.database import data_version


@dataclass(frozen=True, slots=True)
class Running:
    """A running session as of an instant: seconds, and minor units of the client's currency.

    `earned` is what it adds to its billing group, whose billed seconds are `billed_seconds`; `next_step` is the time
    until more is billed, None where no step comes.
    """

    session: Session
    client: Client
    treatment: Treatment
    seconds: int
    billed_seconds: int
    earned: Figures
    next_step: int | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Exact time and figures of one stretch of days; figures hold billable work only, per currency."""

    seconds: int
    figures: dict[str, Figures]


@dataclass(frozen=True, slots=True)
class ScopeUse:
    """Where one agreement stands."""

    client: Client
    project: str | None
    state: BurnState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything live as of `now`; `unbilled` includes what runs."""

    now: int
    running: tuple[Running, ...]
    unbilled: dict[str, Unbilled]
    today: Sums
    week: Sums
    month: Sums
    scopes: tuple[ScopeUse, ...]

    def unbilled_totals(self) -> dict[str, int]:
        """Unbilled minor units, one sum per currency."""
        sums: dict[str, int] = {}
        for row in self.unbilled.values():
            if row.figures.billed_minor or row.sessions:
                sums[row.currency] = sums.get(row.currency, 0) + row.figures.billed_minor
        return sums


@dataclass(frozen=True, slots=True)
class _DayFigures:
    """What a client's finished sessions of one civil day come to."""

    day: int
    seconds: int
    figures: Figures


class Live:
    """Keeps the figures of one ledger; `refresh` when something may have changed, `at` for every tick."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seen: object = None
        self._reached = -1
        self._day: date | None = None
        self._days: dict[str, list[_DayFigures]] = {}
        self._unbilled: dict[str, Unbilled] = {}
        self._running: list[_RunningGroup] = []
        self._uses: dict[str, list[tuple[Agreement, Use]]] = {}

    def refresh(self, *, terms_changed: bool = False) -> bool:
        """Read what changed in the log since the last call; True when anything did."""
        version = data_version(self._ledger.db)
        today = self._ledger.today
        if version == self._seen and today == self._day and not terms_changed:
            return False
        reached = journal.latest_row(self._ledger.db)
        everything = terms_changed or today != self._day or self._reached < 0
        changed = None if everything else journal.clients_changed(self._ledger.db, self._reached)
        first = min(today.replace(day=1), today - timedelta(days=today.weekday()))
        for slug, client in self._ledger.catalogue.clients.items():
            if changed is None or slug in changed:
                self._days[slug] = _days_of(self._ledger, client, first)
                self._uses[slug] = [(a, use_of(self._ledger, a)) for a in agreements(client)]
        if changed is None:
            self._days = {slug: days for slug, days in self._days.items() if slug in self._ledger.catalogue.clients}
        self._unbilled = unbilled(self._ledger) if changed is None else self._unbilled | unbilled(self._ledger, changed)
        self._running = _running_groups(self._ledger)
        self._reached, self._day = reached, today
        self._seen = data_version(self._ledger.db)
        return True

    def at(self, now: int) -> Snapshot:
        """The figures as of an instant; touches no file."""
        running = tuple(group.at(now) for group in self._running)
        sums = dict(self._unbilled)
        for run in running:
            if run.treatment is Treatment.BILLABLE and run.session.client in sums:
                sums[run.session.client] = _with_running(sums[run.session.client], run)
        today = self._day or self._ledger.today
        return Snapshot(
            now=now,
            running=running,
            unbilled=sums,
            today=self._sums(today, running),
            week=self._sums(today - timedelta(days=today.weekday()), running),
            month=self._sums(today.replace(day=1), running),
            scopes=tuple(self._scopes(today, running)),
        )

    def _scopes(self, today: date, running: Iterable[Running]) -> Iterator[ScopeUse]:
        """Every agreement as it stands with what runs, the most used first."""
        found = []
        for slug, uses in self._uses.items():
            for agreement, use in uses:
                mine = [r for r in running if r.session.client == slug and agreement.holds(r.session.project)]
                counted = [r for r in mine if consumes(r.session, r.client)]
                more = sum(r.earned.billed_seconds for r in counted)
                minor = sum(r.earned.billed_minor for r in counted)
                state = state_of(agreement, use, today, more, minor)
                if state:
                    found.append(ScopeUse(agreement.client, agreement.project, state))
        yield from sorted(found, key=lambda s: -(s.state.ratio or 0))

    def _sums(self, first: date, running: Iterable[Running]) -> Sums:
        seconds = 0
        figures: dict[str, Figures] = {}
        clients = self._ledger.catalogue.clients
        for slug, days in self._days.items():
            chosen = [d for d in days if d.day >= first.toordinal()]
            if chosen:
                seconds += sum(d.seconds for d in chosen)
                currency = clients[slug].currency
                own = [d.figures for d in chosen if d.figures.exact_seconds or d.figures.billed_seconds]
                if own:
                    figures[currency] = sum(own, figures.get(currency, Figures()))
        for run in running:
            if run.session.day >= first.toordinal():
                seconds += run.seconds
                if run.treatment is Treatment.BILLABLE:
                    currency = run.client.currency
                    figures[currency] = figures.get(currency, Figures()) + run.earned
        return Sums(seconds, figures)


def _with_running(sums: Unbilled, run: Running) -> Unbilled:
    return replace(
        sums,
        figures=sums.figures + run.earned,
        sessions=sums.sessions + 1,
        oldest_day=min(sums.oldest_day or run.session.day, run.session.day),
    )


def _days_of(ledger: Ledger, client: Client, first: date) -> list[_DayFigures]:
    """A client's finished work since a day, one row per civil day; what a statement billed stands as it was frozen."""
    period = reports.Period(first)
    seconds: dict[int, int] = {}
    figures: dict[int, Figures] = {}
    found = [s for s in sessions.select(ledger.db, period.filter(client.slug)) if not s.running]
    for session in found:
        seconds[session.day] = seconds.get(session.day, 0) + session.exact_seconds(ledger.now)
    billable = [s for s in found if s.statement is None and treatment(s, client) is Treatment.BILLABLE]
    for group in group_sessions(billable, client, ledger.now):
        day = group.day.toordinal()
        figures[day] = figures.get(day, Figures()) + group.figures
    for row in statements.billed_groups(ledger.db, client.slug, first.toordinal(), None):
        figures[row.day] = figures.get(row.day, Figures()) + reports.figures_of(row)
    return [
        _DayFigures(day, seconds.get(day, 0), figures.get(day, Figures()))
        for day in sorted(seconds.keys() | figures.keys())
    ]


@dataclass(frozen=True, slots=True)
class _RunningGroup:
    """A running session and the finished ones it shares its billing group with; `before` is their sum without it."""

    session: Session
    client: Client
    treatment: Treatment
    others: tuple[Session, ...]
    before: Figures

    def at(self, now: int) -> Running:
        """The session as of an instant, by the same rule that will bill it."""
        seconds = self.session.exact_seconds(now)
        if self.treatment not in (Treatment.BILLABLE, Treatment.INCLUDED):
            return Running(self.session, self.client, self.treatment, seconds, 0, Figures(), None)
        groups = group_sessions([*self.others, self.session], self.client, now)
        mine = _holding(groups, self.session)
        return Running(
            session=self.session,
            client=self.client,
            treatment=self.treatment,
            seconds=seconds,
            billed_seconds=mine.figures.billed_seconds,
            earned=total(groups) - self.before,
            next_step=None if mine.agreed else _next_step(mine, self.client),
        )


def _holding(groups: list[Group], session: Session) -> Group:
    return next(g for g in reversed(groups) if any(p.session.id == session.id for p in g.pieces))


def _next_step(group: Group, client: Client) -> int | None:
    # A rule that bills to the second has no step worth counting down.
    spans = [Interval(p.span.started_at, p.span.ended_at) for p in group.pieces]
    wait = until_next_step(group.key.rule, spans, client.zone)
    return wait if wait is None or wait > 1 or group.key.rule.step else None


def _running_groups(ledger: Ledger) -> list[_RunningGroup]:
    result = []
    for session in sessions.running(ledger.db):
        client = ledger.catalogue.clients.get(session.client)
        if client is None:
            continue
        kind = treatment(session, client)
        others = tuple(_companions(ledger, session, client, kind))
        before = total(group_sessions(others, client, ledger.now))
        result.append(_RunningGroup(session, client, kind, others, before))
    return result


def _companions(ledger: Ledger, session: Session, client: Client, kind: Treatment) -> list[Session]:
    """The finished sessions that share a billing group with a running one."""
    if kind not in (Treatment.BILLABLE, Treatment.INCLUDED):
        return []
    scope = client.rule(session.project, session.channel, date.fromordinal(session.day)).scope
    if scope is GroupScope.ENTRY:
        return []
    wanted = sessions.Filter(client=client.slug, project=session.project, unbilled=True)
    if scope is GroupScope.DAY:
        wanted = replace(wanted, first_day=session.day, last_day=session.day)
    finished = [
        s for s in sessions.select(ledger.db, wanted)
        if not s.running and s.doubtful_from is None and treatment(s, client) is kind
    ]  # fmt: skip
    groups = group_sessions([*finished, session], client, ledger.now)
    keys = {g.key for g in groups if any(p.session.id == session.id for p in g.pieces)}
    sharing = {p.session.id for g in groups if g.key in keys for p in g.pieces}
    return [s for s in finished if s.id in sharing]
