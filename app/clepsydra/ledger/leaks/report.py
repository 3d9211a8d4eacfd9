"""The leak report: where time and money went in a period, per client, beside the same length of time before."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta

from clepsydra.domain.civil import civil_day
from clepsydra.domain.leaks import AFTER_BILLING, Leak, LeakClass, Standing, find_leaks, standing
from clepsydra.domain.memory import Lateness
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import EXACT
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client
from clepsydra.ledger import reports
from clepsydra.ledger.days import lateness_between
from clepsydra.ledger.insights import what_if
from clepsydra.ledger.leaks.beyond import OpenOverage
from clepsydra.ledger.leaks.evidence import of_client
from clepsydra.ledger.leaks.unowned import of_nobody
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Days
from clepsydra.ledger.statement_json import content_of
from clepsydra.store import day_closes, readers, sessions


@dataclass(frozen=True, slots=True)
class LeakRow:
    """What one class took from one client, or puts at risk; seconds and minor units.

    `client` is empty for what is nobody's; `sessions` are those behind the figure, `evidence` the calls, the gaps (as
    "begin:end") and the statements.
    """

    kind: LeakClass
    client: str
    currency: str
    at_risk: bool
    seconds: int
    minor: int
    sessions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    before_seconds: int = 0
    before_minor: int = 0

    @property
    def standing(self) -> Standing:
        """How sure it is: lost, at risk, or up to."""
        return standing(self.kind, self.at_risk)


@dataclass(frozen=True, slots=True)
class LeakSum:
    """A class in one currency over all clients: what is lost, at risk, and up to; `before` is what the same length of
    time before had lost, or up to.
    """

    kind: LeakClass
    currency: str
    seconds: int
    minor: int
    risk_seconds: int
    risk_minor: int
    before_seconds: int
    before_minor: int
    up_to_seconds: int = 0
    up_to_minor: int = 0


@dataclass(frozen=True, slots=True)
class UnitLoss:
    """Work beyond the units that were sold to a client (a day, half a day): under its own name, in no sum."""

    client: str
    currency: str
    seconds: int
    minor: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """The one change that would win most back: for a client (or nobody in particular), in minor units.

    Behind it may be sessions, evidence of what is none, or both.
    """

    kind: LeakClass
    client: str
    minor: int
    currency: str
    has_sessions: bool = False
    has_evidence: bool = False

    @classmethod
    def of(cls, row: LeakRow) -> "Remedy":
        """What would win back all of a row."""
        return cls(row.kind, row.client, row.minor, row.currency, bool(row.sessions), bool(row.evidence))


@dataclass(frozen=True, slots=True)
class LeakReport:
    """All of it; `worst` is the class with most money lost, None where nothing was."""

    days: Days
    before: Days
    rows: tuple[LeakRow, ...]
    sums: tuple[LeakSum, ...]
    worst: LeakSum | None
    remedy: Remedy | None
    units: tuple[UnitLoss, ...] = ()


def leak_report(ledger: Ledger, days: Days, client: str | None = None) -> LeakReport:
    """Find every leak of a period and of the same number of days before it."""
    if client is not None:
        ledger.client(client)
    overage = OpenOverage(ledger)
    return _beside_before(ledger, days, client, list(_rows(ledger, days, client, overage)), overage)


def _beside_before(
    ledger: Ledger, days: Days, client: str | None, found: list[LeakRow], overage: OpenOverage
) -> LeakReport:
    before = _before(days)
    earlier = {_key(row): row for row in _rows(ledger, before, client, overage)}
    rows = [_beside(row, earlier.pop(_key(row), None)) for row in found]
    rows += [_gone(row) for row in earlier.values()]
    return replace(_report(days, rows, _remedy(ledger, days, rows)), units=tuple(_units(ledger, days, client)))


def _units(ledger: Ledger, days: Days, client: str | None) -> Iterator[UnitLoss]:
    for one in reports.chosen(ledger, client):
        if _sells_units(one):
            found = reports.rounding(ledger, days.period, one.slug)
        else:  # no open work of such a client is a unit: only what statements froze can be
            sums = reports.frozen_figures(ledger, one, days.period)
            found = [reports.ClientFigures(one.slug, code, figures) for code, figures in sums.items()]
        for row in found:
            if row.figures.unit_loss_seconds:
                yield UnitLoss(row.client, row.currency, row.figures.unit_loss_seconds, row.figures.unit_loss_minor)


def _sells_units(client: Client) -> bool:
    every = (client.rounding, *(project.rounding for project in client.projects))
    return any(dated.rule.sells_units for rules in every for dated in rules)


def _before(days: Days) -> Days:
    """The same length of time before."""
    return Days(days.first - timedelta(days=days.count), days.first - timedelta(days=1))


def _report(days: Days, rows: list[LeakRow], remedy: Remedy | None) -> LeakReport:
    order = list(LeakClass)
    rows = sorted(rows, key=lambda r: (order.index(r.kind), r.at_risk, -r.minor, r.client, r.currency))
    sums = tuple(_sums(rows))
    worst = max((s for s in sums if s.minor or s.seconds), key=lambda s: (s.minor, s.seconds), default=None)
    return LeakReport(days, _before(days), tuple(rows), sums, worst, remedy)


@dataclass(frozen=True, slots=True)
class LeakReading:
    """What the screen of leaks shows of a period: the report, and how fresh the memory of its sessions was.

    One that is not `whole` has the period's own figures only: no time before, and no change that would win most back.
    """

    days: Days
    client: str | None
    report: LeakReport
    logged: dict[Lateness, int]
    whole: bool = True


def read_aside(ledger: Ledger, days: Days, client: str | None = None) -> Iterator[LeakReading]:
    """Work it out on a connection of its own, so that a thread may do it while the screen goes on.

    The period's own figures come first; then all of it.
    """
    with closing(readers.reader(ledger.db)) as connection:
        aside = replace(ledger, db=connection)
        overage = OpenOverage(aside)
        found = list(_rows(aside, days, client, overage))
        first = LeakReading(
            days, client, _report(days, found, None), lateness_between(aside, days.first, days.last), False
        )
        yield first
        yield replace(first, report=_beside_before(aside, days, client, found, overage), whole=True)
        content_of.cache_clear()  # megabytes, which nobody asks for again as long as the report stands


def days_of(ledger: Ledger, first: date | None, last: date | None) -> Days:
    """A period with both ends: this month without any, from the log's begin or up to today where one is left open."""
    today = ledger.today
    end = last or today
    if first is None and last is None:
        return Days(today.replace(day=1), today)
    if first is None:
        earliest = day_closes.first_session_from(ledger.db, 0)
        settings = ledger.settings
        begin = civil_day(earliest, settings.time_zone, settings.day_starts_at) if earliest is not None else end
        return Days(min(begin, end), end)
    return Days(first, max(first, end))


def sessions_behind(ledger: Ledger, row: LeakRow) -> list[Session]:
    """The sessions that a figure is made of, latest first; those removed since are left out."""
    found = [session for ident in row.sessions if (session := sessions.by_id(ledger.db, ident))]
    return sorted(found, key=lambda s: (-s.started_at, s.id))


def _rows(ledger: Ledger, days: Days, client: str | None, overage: OpenOverage) -> Iterator[LeakRow]:
    found: list[tuple[str, Leak]] = []
    for one in reports.chosen(ledger, client):
        found += [(one.slug, leak) for leak in find_leaks(of_client(ledger, one, days, overage))]
    evidence, likely = of_nobody(ledger, days, client)
    found += [(likely.get(leak.evidence, ""), leak) for leak in find_leaks(evidence)]
    gathered: dict[tuple[LeakClass, str, str, bool], list[Leak]] = {}
    for slug, leak in found:
        gathered.setdefault((leak.kind, slug, leak.currency, leak.at_risk), []).append(leak)
    for (kind, slug, currency, at_risk), leaks in gathered.items():
        yield LeakRow(
            kind=kind,
            client=slug,
            currency=currency,
            at_risk=at_risk,
            seconds=sum(leak.seconds for leak in leaks),
            minor=sum(leak.minor for leak in leaks),
            sessions=tuple(dict.fromkeys(ident for leak in leaks for ident in leak.sessions)),
            evidence=tuple(leak.evidence for leak in leaks if leak.evidence),
        )


def _key(row: LeakRow) -> tuple[LeakClass, str, str, bool]:
    return (row.kind, row.client, row.currency, row.at_risk)


def _beside(row: LeakRow, before: LeakRow | None) -> LeakRow:
    if before is None:
        return row
    return LeakRow(*_key(row), row.seconds, row.minor, row.sessions, row.evidence, before.seconds, before.minor)


def _gone(before: LeakRow) -> LeakRow:
    """A leak of the time before that is no more."""
    return LeakRow(*_key(before), 0, 0, (), (), before.seconds, before.minor)


def _sums(rows: Iterable[LeakRow]) -> Iterator[LeakSum]:
    gathered: dict[tuple[LeakClass, str], list[LeakRow]] = {}
    for row in rows:
        gathered.setdefault((row.kind, row.currency), []).append(row)
    for (kind, currency), some in gathered.items():
        lost, risk, up_to = ([r for r in some if r.standing is each] for each in Standing)
        gone = (*lost, *up_to)
        yield LeakSum(
            kind, currency,
            sum(r.seconds for r in lost), sum(r.minor for r in lost),
            sum(r.seconds for r in risk), sum(r.minor for r in risk),
            sum(r.before_seconds for r in gone), sum(r.before_minor for r in gone),
            sum(r.seconds for r in up_to), sum(r.minor for r in up_to),
        )  # fmt: skip


def _remedy(ledger: Ledger, days: Days, rows: Iterable[LeakRow]) -> Remedy | None:
    """Of all single changes the one that would bring most; what is only at risk counts where nothing else does, and
    what may not have been work never.
    """
    # What was given back or not collected is decided: nothing would win it back.
    rows = [row for row in rows if row.kind not in AFTER_BILLING]
    lost = [remedy for row in rows if row.standing is Standing.LOST for remedy in _of_row(ledger, days, row)]
    at_risk = [Remedy.of(row) for row in rows if row.at_risk]
    for candidates in (lost, at_risk):
        best = max(candidates, key=lambda r: (r.minor, r.client), default=None)
        if best and best.minor > 0:
            return best
    return None


def _of_row(ledger: Ledger, days: Days, row: LeakRow) -> Iterator[Remedy]:
    if row.kind is not LeakClass.ROUNDING:
        yield Remedy.of(row)
        return
    for simulated in what_if.simulate(ledger, what_if.Change(EXACT), days.period, row.client):
        gain = simulated.simulated.billed_minor - simulated.actual.billed_minor
        yield replace(Remedy.of(row), minor=gain)
