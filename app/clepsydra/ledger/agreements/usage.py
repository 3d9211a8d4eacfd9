"""What the work of each agreement consumed, and what it came to by the hour, by day.

What live statements hold stands as they noted it; what is open is reckoned anew. So an edited rule or rate moves no
hour that was billed, and the cost follows the open work. Statements that noted nothing, since the agreement came later,
are read from their groups.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from clepsydra.domain.agreement import Contract
from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.chained import chained
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.usage import billed_by_day, consumed
from clepsydra.ledger.agreements.contracts import Agreement, Use, consumes
from clepsydra.ledger.held_days import Days, days_by_day, held_days
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.statement_json import billed_sessions, frozen_lines, thawed, was_overage
from clepsydra.store import billed_groups, fees, sessions, statements


@dataclass(frozen=True, slots=True)
class CountedWork:
    """The work of an agreement: what live statements took of it, what they hold of days that open work lies in, and the
    finished sessions in scope that are open.
    """

    agreement: Agreement
    now: int
    taken: Use
    held: Days
    before: tuple[tuple[Session, ...], ...]
    open: tuple[Session, ...]
    grouped: dict[tuple[object, ...], list[Group]] = field(default_factory=dict, compare=False, repr=False)
    """The groups of what was asked for already: use, fees and caps ask for the same work one after the other."""
    treated: dict[Treatment, list[Session]] = field(default_factory=dict, compare=False, repr=False)
    """The open sessions by what becomes of them."""

    def included(self, first: date | None, last: date) -> list[Group]:
        """The groups of open included work of a stretch of days."""
        mine = self._of(Treatment.INCLUDED, first, last)
        key = (Treatment.INCLUDED, *(session.id for session in mine))
        if key not in self.grouped:
            self.grouped[key] = chained([*self.before, mine], self.agreement.client, self.now)[-1]
        return self.grouped[key]

    def billable(self, first: date | None, last: date) -> list[Group]:
        """The groups of open work by the hour of a stretch of days."""
        mine = self._of(Treatment.BILLABLE, first, last)
        key = (Treatment.BILLABLE, *(session.id for session in mine))
        if key not in self.grouped:
            self.grouped[key] = group_sessions(mine, self.agreement.client, self.now, held=self.held)
        return self.grouped[key]

    def use(self, last: date = date.max) -> Use:
        """All it consumed: on live statements at any time, open up to a day."""
        billable = self.billable(None, last)
        seconds = _by_day(self.agreement.contracts, (*self.included(None, last), *billable))
        return self.taken + Use(seconds, billed_by_day(billable, self.agreement.client))

    def reaches_beyond(self, last: date) -> bool:
        """Whether open work comes after a day."""
        return any(session.day > last.toordinal() for session in self.open)

    def _of(self, kind: Treatment, first: date | None, last: date) -> tuple[Session, ...]:
        if not self.treated:
            client = self.agreement.client
            self.treated.update({each: [] for each in Treatment})
            for session in self.open:
                self.treated[treatment(session, client)].append(session)
        since, until = first.toordinal() if first else 0, last.toordinal()
        return tuple(session for session in self.treated[kind] if since <= session.day <= until)


def _by_day(contracts: Sequence[Contract], groups: Iterable[Group]) -> dict[date, int]:
    found: dict[date, int] = {}
    for group in groups:
        for day, seconds in consumed(contracts, group):
            found[day] = found.get(day, 0) + seconds
    return {day: seconds for day, seconds in found.items() if seconds}


def work_of(ledger: Ledger, agreement: Agreement) -> CountedWork:
    """The work of an agreement since its first day; work out of scope is none of it."""
    client = agreement.client
    since = min(contract.since for contract in agreement.contracts).toordinal()
    wanted = sessions.Filter(client.slug, agreement.project, first_day=since, unbilled=True)
    some = (s for s in sessions.select(ledger.db, wanted) if not s.running and s.doubtful_from is None)
    open_ = tuple(s for s in some if agreement.holds(s) and consumes(s, client))
    days = days_by_day(open_, client, ledger.now)
    return CountedWork(
        agreement=agreement,
        now=ledger.now,
        taken=_taken(ledger, agreement),
        held=held_days(ledger, client, days),
        before=tuple(_included_on(ledger, agreement, days)),
        open=open_,
    )


def use_of(ledger: Ledger, agreement: Agreement) -> Use:
    """What the finished work in scope under an agreement consumed and billed by the hour."""
    return work_of(ledger, agreement).use()


def _taken(ledger: Ledger, agreement: Agreement) -> Use:
    """What live statements took, as they noted it or as their groups tell."""
    seconds: dict[date, int] = {}
    minor: dict[date, int] = {}
    noted: set[object] = set()
    for statement, claim in fees.used(ledger.db, agreement.client.slug):
        noted.add(statement)
        if agreement.covers(claim.project, claim.first):
            seconds[claim.first] = seconds.get(claim.first, 0) + claim.seconds
            minor[claim.first] = minor.get(claim.first, 0) + claim.minor
    found = Use(seconds, minor)
    since = min(contract.since for contract in agreement.contracts).toordinal()
    for statement in statements.live(ledger.db, agreement.client.slug, since):
        if statement not in noted:
            found += _unnoted(ledger, agreement, statement)
    return found


def _unnoted(ledger: Ledger, agreement: Agreement, statement: str) -> Use:
    client, contracts = agreement.client, agreement.contracts
    own = {s.id: s for s in sessions.select(ledger.db, sessions.Filter(statement=statement))}
    rows = [row for row in billed_groups.groups_of(ledger.db, statement) if not was_overage(row)]
    minor: dict[date, int] = {}
    by_hour = []
    for line, figures in frozen_lines(rows):
        groups = [group for row in line if (group := thawed(row, own)) is not None]
        if groups and agreement.covers(groups[0].key.project, groups[0].day) and groups[0].key.scope is not Scope.OUT:
            by_hour += groups
            minor[groups[0].day] = minor.get(groups[0].day, 0) + figures.billed_minor
    rest = own.keys() - billed_sessions(rows)
    mine = [s for s in own.values() if s.id in rest and agreement.holds(s) and consumes(s, client)]
    included, elsewhere = (
        chained([[s for s in mine if treatment(s, client) is kind]], client, ledger.now)[-1]
        for kind in (Treatment.INCLUDED, Treatment.BILLABLE)  # by the hour, and in no group: billed elsewhere
    )
    found = Use(_by_day(contracts, (*included, *by_hour, *elsewhere)), minor)
    return found + Use({}, billed_by_day(elsewhere, client))


def _included_on(ledger: Ledger, agreement: Agreement, days: set[int]) -> Iterable[tuple[Session, ...]]:
    """The included sessions that live statements hold of some days, statement by statement."""
    client = agreement.client
    by_statement: dict[str, list[Session]] = {}
    for day in sorted(days):
        for session in sessions.select(ledger.db, sessions.Filter(client.slug, agreement.project).on(day)):
            included = treatment(session, client) is Treatment.INCLUDED and agreement.holds(session)
            if session.statement is not None and included and consumes(session, client):
                by_statement.setdefault(session.statement, []).append(session)
    return (tuple(by_statement[statement]) for statement in sorted(by_statement))
