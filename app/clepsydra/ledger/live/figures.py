"""The live figures: what every screen shows at a glance, kept current at the price of a few reads.

Open work is reckoned when the log or the terms change, and then only for the clients that changed; what is billed is
the sum of what statements froze. A tick adds the running sessions and nothing else. Nothing is kept beside the log.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clepsydra.domain.billing import Treatment
from clepsydra.domain.contracts import BurnState
from clepsydra.domain.figures import Figures
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import first_day
from clepsydra.ledger.agreements.due import account_of
from clepsydra.ledger.agreements.fees import FeesDue
from clepsydra.ledger.agreements.plain_use import finished_open
from clepsydra.ledger.calls.inbox import CallsWaiting, Waiting
from clepsydra.ledger.calls.model import CalendarHint
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.live.agreement import LiveAgreement, ScopeUse
from clepsydra.ledger.live.own_days import OwnDays, beside_part, misplaced, run_part, stretches
from clepsydra.ledger.live.sums import Sums, add, together
from clepsydra.ledger.live.unbilled import Unbilled, with_fees
from clepsydra.ledger.open_work import open_since
from clepsydra.ledger.reports import Period, both_figures
from clepsydra.ledger.runs import Pool, Running, pools
from clepsydra.store import alerts, journal, sessions
from clepsydra.store.database import data_version, reading

__all__ = ["Live", "Running", "ScopeUse", "Snapshot", "Sums"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything live as of `now`; `unbilled` includes what runs. Today, week and month hold the hours and the money of
    the person's own days.
    """

    now: int
    running: tuple[Running, ...]
    unbilled: dict[str, Unbilled]
    today: Sums
    week: Sums
    month: Sums
    month_by_client: Mapping[str, Mapping[str, Figures]]
    scopes: tuple[ScopeUse, ...]
    calls: CallsWaiting

    def unbilled_totals(self) -> dict[str, int]:
        """Unbilled minor units, one sum per currency."""
        sums: dict[str, int] = {}
        for row in self.unbilled.values():
            if row.minor or row.sessions:
                sums[row.currency] = sums.get(row.currency, 0) + row.minor
        return sums


class _Known(NamedTuple):
    """One client's finished work: what is unbilled, each stretch of days, and how far its agreements are used.

    A stretch is exact seconds, and figures by currency with the overage that is on no statement yet.
    """

    unbilled: Unbilled
    stretches: tuple[Sums, ...]
    uses: tuple[LiveAgreement, ...]


class Live:
    """Keeps the figures of one ledger; `refresh` when something may have changed, `at` for every tick."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seen: object = None
        self._place = (-1, -1)
        self._day: date | None = None
        self._begun: date | None = None
        self._known: dict[str, _Known] = {}
        self._sums: list[Sums] = [Sums(0, {})] * 3
        self._stretches: list[OwnDays] = []
        self._pools: list[Pool] = []
        self._scopes_known: tuple[list[BurnState | None], tuple[ScopeUse, ...]] | None = None
        self._noted: dict[str, Decimal] = {}
        self._waiting = Waiting(ledger)
        self._told: Snapshot | None = None

    def refresh(self, *, terms_changed: bool = False) -> bool:
        """Read what changed in the log since the last call; True when anything did."""
        ledger = self._ledger
        # Taken before everything else: what is committed from here on is seen by the next call.
        version, today = data_version(ledger.db), ledger.today
        if version == self._seen and today == self._day and not terms_changed:
            return False
        with reading(ledger.db):
            calls_changed = self._waiting.refresh(terms_changed=terms_changed)
            restored, reached = place = journal.restored(ledger.db), journal.latest_row(ledger.db)
            if place == self._place and today == self._day and not terms_changed:
                self._seen = version  # a sign of life of some instance: nothing to sum
                return calls_changed
            begun, self._begun = self._begun, first_day(ledger)
            anew = (
                terms_changed
                or today != self._day
                or begun != self._begun
                or restored != self._place[0]
                or reached < self._place[1]
            )
            self._read(today, None if anew else journal.clients_changed(ledger.db, self._place[1]).keys())
        self._place, self._day, self._seen = place, today, version
        return True

    def plan(self, calendar: tuple[CalendarHint, ...]) -> None:
        """Suggest whose calls were by these entries of calendars from now on."""
        self._waiting.plan(calendar)

    def _read(self, today: date, changed: Set[str] | None) -> None:
        self._told = None
        ledger, some = self._ledger, stretches(self._ledger, today)
        if changed is None:
            self._known = {}
        wanted = [each for slug, each in ledger.catalogue.clients.items() if changed is None or slug in changed]
        for client in wanted:
            finished = finished_open(ledger, client)
            account = account_of(ledger, client, finished)
            work, since = open_since(ledger, client, finished, [each.first for each in some])
            self._known[client.slug] = _Known(
                unbilled=with_fees(client, work, account.due),
                stretches=tuple(
                    _finished(ledger, client, *each, account.due) for each in zip(some, since, strict=True)
                ),
                uses=tuple(LiveAgreement(ledger, agreement, use, today) for agreement, use in account.uses),
            )
        self._scopes_known = None
        self._stretches = some
        self._sums = [together(each.stretches[n] for each in self._known.values()) for n in range(len(some))]
        self._noted = alerts.acknowledged(ledger.db)
        self._pools = pools(ledger, [each.bounds.started_at for each in some])

    def at(self, now: int) -> Snapshot:
        """The figures as of an instant; touches no file."""
        running: list[Running] = []
        unbilled = {slug: known.unbilled for slug, known in self._known.items()}
        months: dict[str, Mapping[str, Figures]] = {slug: k.stretches[-1].figures for slug, k in self._known.items()}
        sums = self._sums
        for pool in self._pools:
            runs, shares = pool.at(now)
            running += runs
            parts = [_runs_in(stretch, runs, share, now)
                     for stretch, share in zip(self._stretches, shares, strict=True)]  # fmt: skip
            sums = [together(both) for both in zip(sums, parts, strict=True)]
            if pool.kind is Treatment.BILLABLE and pool.client.slug in unbilled:
                own = dict(months.get(pool.client.slug, {}))
                for currency, figures in parts[-1].figures.items():
                    add(own, currency, figures)
                months[pool.client.slug] = own
                unbilled[pool.client.slug] = _with_unbilled(unbilled[pool.client.slug], runs)
        for slug in {run.session.client for run in running} & unbilled.keys():
            mine, row = [run for run in running if run.session.client == slug], unbilled[slug]
            overage, capped = self._beside_hours(slug, mine)
            unbilled[slug] = replace(row, figures=row.figures + overage, fee_minor=row.fee_minor - capped)
            begun = min(run.session.started_at for run in mine)
            span = Interval(begun, max(begun, now))
            parts = [beside_part(overage, capped, row.currency, stretch, span) for stretch in self._stretches]
            sums = [together(both) for both in zip(sums, parts, strict=True)]
            months[slug] = together([Sums(0, {**months[slug]}), parts[-1]]).figures
        today, week, month = sums
        scopes, calls = self._scopes(running), self._waiting.at(now)
        self._told = Snapshot(now, _in_order(running), unbilled, today, week, month, months, scopes, calls)
        return self._told

    def at_once(self, now: int) -> Snapshot:
        """What runs as of an instant, read afresh: all that somebody waits for who has just started a timer.

        Everything else is as it was told last, the second before.
        """
        running = _in_order(run for pool in pools(self._ledger, []) for run in pool.at(now)[0])
        return replace(self._told or self.at(now), now=now, running=running)

    def _beside_hours(self, slug: str, running: list[Running]) -> tuple[Figures, int]:
        """What running timers of a client add in overage, and what a cap takes off them in minor units."""
        found, off = Figures(), 0
        for agreed in self._known[slug].uses:
            overage, capped = agreed.beyond(running)
            found, off = found + (overage or Figures()), off + capped
        return found, off

    def _scopes(self, running: list[Running]) -> tuple[ScopeUse, ...]:
        """Every agreement as it stands with what runs, the most used first."""
        states = [(agreed, agreed.with_runs(running)) for known in self._known.values() for agreed in known.uses]
        now = [state for _, state in states]
        if self._scopes_known is None or any(a is not b for a, b in zip(now, self._scopes_known[0], strict=True)):
            found = [agreed.shown(state, self._noted) for agreed, state in states if state]
            self._scopes_known = now, tuple(sorted(found, key=lambda use: -(use.state.ratio or 0)))
        return self._scopes_known[1]


def _finished(ledger: Ledger, client: Client, stretch: OwnDays, open_: Figures, fees: FeesDue) -> Sums:
    """A client's finished work of a stretch: by its billing days, and by the person's own where they are others."""
    first = stretch.first
    since = _since(ledger, client, date.fromordinal(first), open_ + fees.beyond(first))
    off = min(fees.off(first), since.earned(client.currency))  # of some days no more than their work comes to
    found = together([since.beyond(client.currency, off), misplaced(ledger, client, stretch, fees)])
    return replace(found, figures={code: each for code, each in found.figures.items() if each != Figures()})


def _since(ledger: Ledger, client: Client, first: date, unbilled: Figures) -> Sums:
    """A client's finished work since a day, with what of it is on no statement yet."""
    figures = both_figures(ledger, client, unbilled, Period(first))
    seconds = sessions.finished_seconds(ledger.db, client.slug, first.toordinal())
    return Sums(seconds, {currency: each for currency, each in figures.items() if each != Figures()})


def _in_order(runs: Iterable[Running]) -> tuple[Running, ...]:
    return tuple(sorted(runs, key=lambda run: (run.session.started_at, run.session.id)))


def _runs_in(stretch: OwnDays, runs: list[Running], share: Mapping[str, Figures], now: int) -> Sums:
    """The parts of what runs that lie in a stretch, by what each adds to its pool."""
    seconds, figures = 0, dict[str, Figures]()
    for run in runs:
        seconds += stretch.inside(run.session.span(now))
        if run.treatment is Treatment.BILLABLE and run.session.doubtful_from is None:
            earned = share.get(run.session.id, run.earned)
            add(figures, run.client.currency, run_part(earned, run.session, run.client, stretch, now))
    return Sums(seconds, {code: each for code, each in figures.items() if each != Figures()})


def _with_unbilled(sums: Unbilled, runs: list[Running]) -> Unbilled:
    for run in runs:
        if run.session.doubtful_from is None:
            sums = replace(
                sums,
                figures=sums.figures + run.earned,
                sessions=sums.sessions + 1,
                oldest_day=min(sums.oldest_day or run.session.day, run.session.day),
            )
    return sums
