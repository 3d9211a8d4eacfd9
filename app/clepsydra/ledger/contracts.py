"""How far each agreement is used up: what work consumed of it, day by day, and where that leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.contracts import BurnState, burn
from clepsydra.domain.money import Money, share
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.terms import Burn, Client, Contract, holding
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.runs import Running
from clepsydra.store import sessions


@dataclass(frozen=True, slots=True)
class Agreement:
    """Dated contracts and what they hold for: one project, or all of a client's projects that have none."""

    client: Client
    project: str | None
    contracts: tuple[Contract, ...]

    def holds(self, session: Session) -> bool:
        """Whether a session falls under it: the contract of its project and day is one of these."""
        return self.client.contract(session.project, date.fromordinal(session.day)) in self.contracts


@dataclass(frozen=True, slots=True)
class Use:
    """What an agreement's work has consumed: seconds by day, and minor units by the day its version holds from."""

    seconds: Mapping[date, int]
    minor: Mapping[date, int]


def agreements(client: Client) -> list[Agreement]:
    """The agreements of a client that count something: a retainer, a fixed fee, or hours with a cap or an estimate."""
    found = [Agreement(client, None, client.contracts)]
    found += [Agreement(client, project.slug, project.contracts) for project in client.projects]
    return [a for a in found if any(c.covers or c.cap or c.estimate for c in a.contracts)]


def use_of(ledger: Ledger, agreement: Agreement, last: date | None = None) -> Use:
    """Sum the finished work in scope under an agreement since its first day; work out of scope consumes nothing."""
    return use_in(ledger, agreement, work_of(ledger, agreement, last))


def work_of(ledger: Ledger, agreement: Agreement, last: date | None = None) -> list[Session]:
    """The finished sessions in scope under an agreement, since its first day and up to a last one."""
    first = min(contract.since for contract in agreement.contracts).toordinal()
    until = last.toordinal() if last else None
    wanted = sessions.Filter(agreement.client.slug, agreement.project, first_day=first, last_day=until)
    return [
        s
        for s in sessions.select(ledger.db, wanted)
        if not s.running and s.doubtful_from is None and agreement.holds(s) and consumes(s, agreement.client)
    ]


def use_in(ledger: Ledger, agreement: Agreement, counted: list[Session]) -> Use:
    """What some sessions under an agreement consumed and billed."""
    client = agreement.client
    seconds: dict[date, int] = {}
    minor: dict[date, int] = {}
    for group in group_sessions(counted, client, ledger.now):
        for day, part in consumed(group, client):
            seconds[day] = seconds.get(day, 0) + part
        contract = client.contract(group.key.project, group.day)
        if contract is not None:
            minor[contract.since] = minor.get(contract.since, 0) + group.figures.billed_minor
    return Use(seconds, minor)


def consumes(session: Session, client: Client) -> bool:
    """Whether a session's time counts against its agreement: work in scope, or undecided, that is not given away."""
    kind = treatment(session, client)
    return session.scope is not Scope.OUT and kind in (Treatment.INCLUDED, Treatment.BILLABLE)


def consumed(group: Group, client: Client) -> list[tuple[date, int]]:
    """What a billing group takes from its agreement, day by day: billed or exact seconds, as the contract says.

    Billed time is shared over the group's days by their exact time, so that a group that reaches over a month's end
    counts in both months.
    """
    contract = client.contract(group.key.project, group.day)
    exact = [piece.span.seconds for piece in group.pieces]
    if contract is not None and contract.burn is Burn.EXACT:
        return [(piece.day, seconds) for piece, seconds in zip(group.pieces, exact, strict=True)]
    billed = group.figures.billed_seconds
    parts = share(billed, exact) if any(exact) else [billed, *[0] * (len(exact) - 1)]
    return [(piece.day, seconds) for piece, seconds in zip(group.pieces, parts, strict=True)]


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
    billed = use.minor.get(now.since, 0) if now else 0
    spent = Money(billed + more_minor, agreement.client.currency).major
    return burn(agreement.contracts, seconds, today, spent)
