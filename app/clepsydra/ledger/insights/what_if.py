"""What a period would have billed under another rule, another rate, other included hours.

The same sessions are priced twice, with the terms of today and whatever was stated, so that the difference is the
change's alone; nothing is stored. Agreed times stand under other rates, and are left out under another rule.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, partial

from clepsydra.domain.agreement import Contract
from clepsydra.domain.agreement_view import AgreementView, FeeLines, Worked
from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.fees import due
from clepsydra.domain.figures import Figures
from clepsydra.domain.money import Hourly, scaled
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import RoundingRule
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import priced, total
from clepsydra.domain.terms import Client, Rate
from clepsydra.domain.usage import billed_by_day, consumed
from clepsydra.ledger.agreements.contracts import Agreement, agreements
from clepsydra.ledger.agreements.fees import pays_beside_hours
from clepsydra.ledger.agreements.plain_use import alike_of, consumed_by_day, included_groups
from clepsydra.ledger.agreements.usage import consuming
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import AlikeWork, LineSums, WorkColumns, by_length, by_terms, columns
from clepsydra.ledger.reports import Period, chosen
from clepsydra.store import sessions
from clepsydra.store.open_work import Which


@dataclass(frozen=True, slots=True)
class Change:
    """What is different: a rule for everything, an hourly rate in major units or a factor on all rates, the seconds
    that each period of a retainer includes. None leaves it as agreed.
    """

    rule: RoundingRule | None = None
    hourly: Decimal | None = None
    factor: Decimal | None = None
    included: int | None = None

    def of(self, client: Client) -> Client:
        """The client on the changed terms."""
        projects = tuple(
            replace(p, rates=self._rates(p.rates), contracts=self._contracts(p.contracts)) for p in client.projects
        )
        return replace(
            client, rates=self._rates(client.rates), contracts=self._contracts(client.contracts), projects=projects
        )

    def _rates(self, rates: tuple[Rate, ...]) -> tuple[Rate, ...]:
        return tuple(
            replace(rate, hourly=self._rate(rate.hourly), channels=tuple((c, self._rate(r)) for c, r in rate.channels))
            for rate in rates
        )

    def _rate(self, hourly: Hourly) -> Hourly:
        if self.hourly is not None:
            return self.hourly
        return hourly if self.factor is None else scaled(hourly, self.factor)

    def _contracts(self, contracts: tuple[Contract, ...]) -> tuple[Contract, ...]:
        if self.included is None:
            return contracts
        return tuple(replace(c, included=self.included) if c.periodic else c for c in contracts)


@dataclass(frozen=True, slots=True)
class Simulated:
    """A client's period as it is and as it would be; figures of hours and overage, and fees less caps beside them.

    Under another rule `agreed` sessions are left out on both sides: their groups bill what was agreed, whatever the
    rule.
    """

    client: str
    currency: str
    actual: Figures
    simulated: Figures
    actual_fee_minor: int = 0
    simulated_fee_minor: int = 0
    agreed: int = 0

    @property
    def actual_minor(self) -> int:
        """What the period bills before tax."""
        return self.actual.billed_minor + self.actual_fee_minor

    @property
    def simulated_minor(self) -> int:
        """What it would bill."""
        return self.simulated.billed_minor + self.simulated_fee_minor


def simulate(ledger: Ledger, change: Change, period: Period, client: str | None = None) -> list[Simulated]:
    """Per client with something to bill in the period: what it bills, and what it would."""
    rows = []
    for one in chosen(ledger, client):
        row = _by_columns(ledger, one, change, period) or by_sessions(ledger, one, change, period)
        billed = row.actual.billed_minor or row.actual_fee_minor
        if row.actual.exact_seconds or billed or row.simulated.billed_minor or row.simulated_fee_minor:
            rows.append(row)
    return rows


def _by_columns(ledger: Ledger, client: Client, change: Change, period: Period) -> Simulated | None:
    """A client's period in one lean pass; None where billing groups need more than lengths."""
    other, left_out = change.of(client), 0
    found = list(columns(ledger, client, *period.ordinals, Which.EVERY))
    parts, changed = _billable(client, found), _billable(other, found, change.rule)
    if not all(by_length(part.rule, days_are_free=True) for part in (*parts, *changed)):
        return None
    if change.rule and any(work.typed for work in found):
        if pays_beside_hours(client):
            return None
        found, before = [work for part in parts for work in part.untyped()], _count(parts)
        parts, changed = _billable(client, found), _billable(other, found, change.rule)
        left_out = before - _count(parts)
    worked = _worked_of(ledger, client, period)
    actual, fees = _beside(ledger, client, worked, period, None)
    simulated, other_fees = _beside(ledger, other, worked, period, change.rule)
    actual, simulated = actual + _hours(client, parts), simulated + _hours(other, changed)
    return Simulated(client.slug, client.currency, actual, simulated, fees, other_fees, left_out)


def _billable(client: Client, some: list[WorkColumns], rule: RoundingRule | None = None) -> list[AlikeWork]:
    return [part for part in by_terms(client, some, rule) if part.kind is Treatment.BILLABLE]


def _count(parts: list[AlikeWork]) -> int:
    return sum(part.count for part in parts)


def _hours(client: Client, parts: list[AlikeWork]) -> Figures:
    lines = LineSums(client)
    for part in parts:
        lines.add(part)
    return lines.figures()


_WorkedOf = Callable[[Agreement, RoundingRule | None], Worked]
"""What the work under an agreement came to under a rule."""


def _worked_of(ledger: Ledger, client: Client, period: Period) -> _WorkedOf:
    """By columns where these tell it, else by the sessions, which are read once."""
    read = cache(partial(_under_agreements, ledger, client, period))

    def worked(agreement: Agreement, rule: RoundingRule | None) -> Worked:
        return _worked_by_columns(ledger, agreement, period, rule) or _worked(ledger, agreement, read(), period, rule)

    return worked


def _worked_by_columns(
    ledger: Ledger, agreement: Agreement, period: Period, rule: RoundingRule | None
) -> Worked | None:
    """What an agreement used and its included groups in the period, with no more of their sessions than the times; None
    where those must be looked at.
    """
    parts = alike_of(ledger, agreement, period.ordinals[1], Which.FINISHED, rule)
    included = included_groups(agreement.client, parts, period.first, date.max) if parts is not None else None
    if parts is None or included is None:
        return None
    return Worked(consumed_by_day(agreement, parts), included=included)


def _under_agreements(ledger: Ledger, client: Client, period: Period) -> list[Session]:
    """The work of a client under agreements that bill by what it used, from their start: what a period goes beyond
    depends on what earlier ones carried over.
    """
    mine = [agreement for agreement in agreements(ledger, client) if agreement.hours_matter]
    if not mine:
        return []
    since = min(contract.since for agreement in mine for contract in agreement.contracts)
    return _read(ledger, replace(period.filter(client.slug), first_day=since.toordinal()))


def _read(ledger: Ledger, wanted: sessions.Filter) -> list[Session]:
    """Sessions as they would be on no statement."""
    return [replace(s, statement=None) for s in sessions.select(ledger.db, wanted) if s.doubtful_from is None]


def by_sessions(ledger: Ledger, client: Client, change: Change, period: Period) -> Simulated:
    """A client's period by whole sessions and their billing groups, whatever these need."""
    read = (*_under_agreements(ledger, client, period), *_read(ledger, period.filter(client.slug)))
    found = list({session.id: session for session in read}.values())
    agreed = _agreed(ledger, client, found, period) if change.rule else set()
    found = [session for session in found if session.id not in agreed]
    actual, fees = _billed(ledger, client, found, period, None)
    simulated, other_fees = _billed(ledger, change.of(client), found, period, change.rule)
    return Simulated(client.slug, client.currency, actual, simulated, fees, other_fees, len(agreed))


def _agreed(ledger: Ledger, client: Client, found: list[Session], period: Period) -> set[str]:
    """The sessions of a period whose billing group has an agreed total."""
    groups = group_sessions(_ready(client, found, period), client, ledger.now)
    return {piece.session.id for group in groups if group.agreed for piece in group.pieces}


def _ready(client: Client, found: list[Session], period: Period) -> list[Session]:
    first = period.first.toordinal() if period.first else 0
    return [s for s in found if s.day >= first and treatment(s, client) is Treatment.BILLABLE]


def _billed(
    ledger: Ledger, client: Client, found: list[Session], period: Period, rule: RoundingRule | None
) -> tuple[Figures, int]:
    """What a period bills by the hour, overage included, and beside hours."""
    hours = total(group_sessions(_ready(client, found, period), client, ledger.now, rule), client)
    overage, fees = _beside(
        ledger, client, lambda each, other: _worked(ledger, each, found, period, other), period, rule
    )
    return hours + overage, fees


def _beside(
    ledger: Ledger, client: Client, worked: _WorkedOf, period: Period, rule: RoundingRule | None
) -> tuple[Figures, int]:
    """What agreements bill of a period: overage, and beside hours."""
    beside, last = FeeLines(), min(period.last or ledger.today, ledger.today)
    for each in agreements(ledger, client) if pays_beside_hours(client) else ():
        work = worked(each, rule) if each.hours_matter else Worked({})
        view = AgreementView(client, each.project, each.contracts, work, (), period.first, last, each.begins)
        beside += due(view, work=False)
    overage = sum((priced([group]) for group in beside.groups), Figures())
    return overage, sum(line.fee_minor for line in beside.lines)


def _worked(
    ledger: Ledger, agreement: Agreement, found: list[Session], period: Period, rule: RoundingRule | None
) -> Worked:
    """The work under an agreement: all that it used, what it billed before the period, and its groups in it."""
    client, first = agreement.client, period.first.toordinal() if period.first else 0
    kinds = consuming((s for s in found if s.ended_at is not None), agreement)
    mine = [session for some in kinds.values() for session in some]
    groups = tuple(group_sessions(mine, client, ledger.now, rule))
    used: dict[date, int] = {}
    for group in groups:
        for day, part in consumed(agreement.contracts, group):
            used[day] = used.get(day, 0) + part

    def in_period(kind: Treatment) -> tuple[Group, ...]:
        some = [s for s in kinds.get(kind, ()) if s.day >= first]
        return groups if len(some) == len(mine) else tuple(group_sessions(some, client, ledger.now, rule))

    before = [s for s in kinds.get(Treatment.BILLABLE, ()) if s.day < first]
    billed = billed_by_day(group_sessions(before, client, ledger.now, rule), client)
    return Worked(used, billed, in_period(Treatment.INCLUDED), in_period(Treatment.BILLABLE))
