"""How far each agreement is used up: what work consumed of it, day by day, and where that leaves it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from clepsydra.domain.agreement import Burn, Contract
from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.contracts import BurnState, burn
from clepsydra.domain.money import Money
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.terms import Client, holding
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.runs import Running
from clepsydra.store import journal, sessions


@dataclass(frozen=True, slots=True)
class Agreement:
    """Dated contracts and what they hold for: one project, or all of a client's projects that have none.

    Periods that ended before `begins` are none of this log's.
    """

    client: Client
    project: str | None
    contracts: tuple[Contract, ...]
    begins: date = date.min

    @property
    def hours_matter(self) -> bool:
        """Whether what it bills depends on the hours worked: a fee for all of the work does not."""
        return any(contract.periodic or contract.cap is not None for contract in self.contracts)

    def holds(self, session: Session) -> bool:
        """Whether a session falls under it: the contract of its project and day is one of these."""
        return self.covers(session.project, date.fromordinal(session.day))

    def covers(self, project: str, day: date) -> bool:
        """Whether work for a project on a day falls under it."""
        # By whose it is: two projects may well have agreed on the same.
        whose, contract = self.client.agreement(project, day)
        return contract is not None and whose == self.project


@dataclass(frozen=True, slots=True)
class Use:
    """What an agreement's work has consumed and billed by the hour, by day: seconds, and minor units."""

    seconds: Mapping[date, int] = field(default_factory=dict)
    minor: Mapping[date, int] = field(default_factory=dict)

    def __add__(self, other: "Use") -> "Use":
        return Use(_added(self.seconds, other.seconds), _added(self.minor, other.minor))

    def up_to(self, last: date) -> "Use":
        """The same until the end of a day."""
        seconds = {day: value for day, value in self.seconds.items() if day <= last}
        return Use(seconds, {day: value for day, value in self.minor.items() if day <= last})

    def billed_under(self, contracts: Sequence[Contract], since: date) -> int:
        """What the days billed on which the version of that date held, in minor units."""
        held = ((holding(contracts, day), value) for day, value in self.minor.items())
        return sum(value for contract, value in held if contract is not None and contract.since == since)


def _added(some: Mapping[date, int], more: Mapping[date, int]) -> dict[date, int]:
    sums = dict(some)
    for day, value in more.items():
        sums[day] = sums.get(day, 0) + value
    return {day: value for day, value in sums.items() if value}


def counting(client: Client) -> list[tuple[str | None, tuple[Contract, ...]]]:
    """The contracts of a client that count something, by project: a retainer, a fixed fee, or hours with a cap or an
    estimate.
    """
    found = [(None, client.contracts), *((project.slug, project.contracts) for project in client.projects)]
    return [each for each in found if any(c.covers or c.capped or c.estimate for c in each[1])]


def has_cap(client: Client) -> bool:
    """Whether any of a client's agreements has a cap."""
    return any(contract.cap is not None for _, contracts in counting(client) for contract in contracts)


def agreements(ledger: Ledger, client: Client) -> list[Agreement]:
    """The agreements of a client that count something.

    They count from the first day of the log, since nothing is known of the work before it and who keeps a log from
    today on has billed until now by other means; a contract that says until when reaches back to the day after.
    """
    found = counting(client)
    log = first_day(ledger) if found else date.min
    return [Agreement(client, project, contracts, _begins(contracts, log)) for project, contracts in found]


def _begins(contracts: Sequence[Contract], log: date) -> date:
    return min([log, *(c.billed_until + timedelta(days=1) for c in contracts if c.billed_until is not None)])


def first_day(ledger: Ledger) -> date:
    """The first day of the log: that of its first session or of the first change ever made, whichever is earlier."""
    day, at = sessions.first_day(ledger.db), journal.began(ledger.db)
    settings = ledger.settings
    known = [] if day is None else [date.fromordinal(day)]
    known += [] if at is None else [civil_day(at, settings.time_zone, settings.day_starts_at)]
    return min([*known, ledger.today])


def behind(ledger: Ledger, agreement: Agreement, state: BurnState, most: int) -> list[Session]:
    """The sessions of an agreement in the period where it stands, in scope and out of it, at most so many, the latest
    first."""
    last = state.last.toordinal() if state.last else None
    wanted = sessions.Filter(agreement.client.slug, agreement.project, first_day=state.first.toordinal(), last_day=last)
    return [s for s in sessions.page(ledger.db, wanted, most) if agreement.holds(s)]


def consumes(session: Session, client: Client) -> bool:
    """Whether a session's time counts against its agreement: work in scope, or undecided, that is not given away."""
    kind = treatment(session, client)
    return session.scope is not Scope.OUT and kind in (Treatment.INCLUDED, Treatment.BILLABLE)


def run_consumes(run: Running) -> int:
    """The seconds a running timer takes from its agreement so far."""
    contract = run.client.contract(run.session.project, date.fromordinal(run.session.day))
    exact = contract is not None and contract.burn is Burn.EXACT
    return run.earned.exact_seconds if exact else run.earned.billed_seconds


def state_of(agreement: Agreement, use: Use, today: date, more: int = 0, more_minor: int = 0) -> BurnState | None:
    """Where an agreement stands today, with what a running timer adds (`more` seconds, `more_minor` units)."""
    seconds = dict(use.seconds)
    if more:
        seconds[today] = seconds.get(today, 0) + more
    now = holding(agreement.contracts, today)
    billed = use.billed_under(agreement.contracts, now.since) if now and now.cap is not None else 0
    spent = Money(billed + more_minor, agreement.client.currency).major
    return burn(agreement.contracts, seconds, today, spent, agreement.begins)
