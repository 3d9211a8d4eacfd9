"""What a period would have billed under another rule, another rate, other included hours.

The same sessions are priced twice, with the terms of today and whatever was stated, so that the difference is the
change's alone; nothing is stored. Agreed times stand under other rates, and are left out under another rule.
"""

from datetime import date
from decimal import Decimal

from clepsydra.domain.agreed import Agreed, Due, Worked
from clepsydra.domain.agreement import Contract
from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.fees import due
from clepsydra.domain.figures import Figures
from clepsydra.domain.money import Hourly, scaled
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.rounding import RoundingRule
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import priced, total
from clepsydra.domain.terms import Client, Rate
from clepsydra.domain.usage import billed_by_day, consumed
from clepsydra.ledger.agreements.contracts import Agreement, agreements, consumes, counting
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.reports import Period, chosen
from clepsydra.store import sessions


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
        agreed = any(contract.covers or contract.cap for _, contracts in counting(one) for contract in contracts)
        # A period's overage depends on what earlier ones carried over, so an agreement is read from its start.
        wanted = sessions.Filter(one.slug, last_day=period.last.toordinal() if period.last else None)
        read = wanted if agreed else period.filter(one.slug)
        found = [replace(s, statement=None) for s in sessions.select(ledger.db, read) if s.doubtful_from is None]
        agreed_ids = _agreed(ledger, one, found, period) if change.rule else set()
        found = [session for session in found if session.id not in agreed_ids]
        actual, fees = _billed(ledger, one, found, period, None)
        simulated, other_fees = _billed(ledger, change.of(one), found, period, change.rule)
        if actual.exact_seconds or actual.billed_minor or fees or simulated.billed_minor or other_fees:
            rows.append(Simulated(one.slug, one.currency, actual, simulated, fees, other_fees, len(agreed_ids)))
    return rows


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
    ready = _ready(client, found, period)
    beside = Due()
    for agreement in agreements(ledger, client):
        beside += _due(ledger, agreement, found, period, rule)
    hours = total(group_sessions(ready, client, ledger.now, rule), client)
    hours += sum((priced([group]) for group in beside.groups), Figures())
    return hours, sum(line.fee_minor for line in beside.lines)


def _due(ledger: Ledger, agreement: Agreement, found: list[Session], period: Period, rule: RoundingRule | None) -> Due:
    client = agreement.client
    mine = [s for s in found if s.ended_at is not None and agreement.holds(s) and consumes(s, client)]
    used: dict[date, int] = {}
    for group in group_sessions(mine, client, ledger.now, rule):
        for day, part in consumed(agreement.contracts, group):
            used[day] = used.get(day, 0) + part
    first = period.first.toordinal() if period.first else 0
    open_ = [s for s in mine if s.day >= first]
    parts = {
        kind: tuple(group_sessions([s for s in open_ if treatment(s, client) is kind], client, ledger.now, rule))
        for kind in (Treatment.INCLUDED, Treatment.BILLABLE)
    }
    before = [s for s in mine if s.day < first and treatment(s, client) is Treatment.BILLABLE]
    billed = billed_by_day(group_sessions(before, client, ledger.now, rule), client)
    worked = Worked(used, billed, parts[Treatment.INCLUDED], parts[Treatment.BILLABLE])
    last = min(period.last or ledger.today, ledger.today)
    return due(Agreed(client, agreement.project, agreement.contracts, worked, (), period.first, last, agreement.begins))
