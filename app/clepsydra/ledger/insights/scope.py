"""Drift is not overrun: what nobody had agreed, and what was agreed and took longer, counted apart.

Work in scope beyond the hours expected is overrun, badly estimated; work out of scope is drift, never asked for in the
agreement. They are negotiated differently, so nothing here infers one from the other. Work of unsure scope counts in
scope until decided, and is shown.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from clepsydra.domain.agreement import ChangeOrder, Contract
from clepsydra.domain.contracts import BurnState
from clepsydra.domain.forecast import EarnedValue, Exhaustion, earned_value
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Decision, Scope, Session
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, Use, state_of
from clepsydra.ledger.agreements.due import Counted, read_uses
from clepsydra.ledger.agreements.heading import end_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.open_work import worth
from clepsydra.ledger.plain_work import work_alike
from clepsydra.ledger.reports import Period, chosen
from clepsydra.store import log_order
from clepsydra.store.open_work import outside, waiting

AGE_BOUNDS = (30, 60, 90)
"""Undecided work ages like a receivable: up to 30 days, 60, 90, and beyond."""


@dataclass(frozen=True, slots=True)
class ScopeRequest:
    """One piece of work out of scope: seconds, value at its own rate in minor units, and the days since.

    `order` is the accepted change order whose title its request names; `asked` is what was typed of who asked and when.
    """

    session: str
    client: str
    project: str
    day: date
    seconds: int
    minor: int
    currency: str
    decision: Decision
    note: str
    asked: str
    order: str
    age_days: int
    billed: bool


@dataclass(frozen=True, slots=True)
class ScopePart:
    """Seconds and value in minor units."""

    seconds: int = 0
    minor: int = 0

    def plus(self, seconds: int, minor: int) -> "ScopePart":
        """The sum of both."""
        return ScopePart(self.seconds + seconds, self.minor + minor)


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the work of a client's project went in a period; written-off work is in none of it."""

    client: str
    project: str
    currency: str
    inside: ScopePart
    unsure: ScopePart
    decided: Mapping[Decision, ScopePart]
    on_orders: int
    requests: tuple[ScopeRequest, ...]

    @property
    def out_seconds(self) -> int:
        """Seconds out of scope, whatever was decided."""
        return sum(part.seconds for part in self.decided.values())

    @property
    def out_rate(self) -> Fraction | None:
        """The share of all hours that was out of scope; None without hours."""
        whole = self.inside.seconds + self.unsure.seconds + self.out_seconds
        return Fraction(self.out_seconds, whole) if whole else None

    @property
    def on_orders_rate(self) -> Fraction | None:
        """The share of the work out of scope that an accepted change order pays; None without any."""
        return Fraction(self.on_orders, self.out_seconds) if self.out_seconds else None

    def pending_by_age(self) -> list[ScopePart]:
        """Undecided work by age: up to 30 days, 60, 90, beyond."""
        parts = [ScopePart()] * (len(AGE_BOUNDS) + 1)
        for request in self.requests:
            if request.decision is Decision.PENDING:
                index = sum(request.age_days > bound for bound in AGE_BOUNDS)
                parts[index] = parts[index].plus(request.seconds, request.minor)
        return parts


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """Where one agreement stands today: use, overrun in seconds, growth by change orders, and where it is heading.

    `end` is None where too little is known to tell; `value` is there for a fixed fee alone.
    """

    client: Client
    project: str | None
    state: BurnState
    overrun: int
    growth: Fraction | None
    end: Exhaustion | None
    value: EarnedValue | None


def drifts(ledger: Ledger, period: Period, client: str | None = None, *, undecided: bool = False) -> list[Drift]:
    """Per client and project with work in the period: what was in scope, unsure, and out of it with its decision.

    With `undecided`, what waits for a decision from before the period is among the requests, and in no sum.
    """
    rows = []
    for one in chosen(ledger, client):
        tally: dict[str, _Tally] = {}
        before = period.first.toordinal() if undecided and period.first else 0
        for session in log_order.sessions(ledger.db, waiting(ledger.db, one.slug, before)) if before else ():
            tally.setdefault(session.project, _Tally()).ask(ledger, session, one)
        _add_inside(ledger, one, period, tally)
        for session in log_order.sessions(ledger.db, outside(ledger.db, one.slug, *period.ordinals)):
            tally.setdefault(session.project, _Tally()).add(ledger, session, one)
        rows += [tally[project].drift(one, project) for project in sorted(tally)]
    return rows


def _add_inside(ledger: Ledger, client: Client, period: Period, tally: "dict[str, _Tally]") -> None:
    """Take in what is not out of scope, by what is alike in it, since it may be years of work."""
    for work in work_alike(ledger, client, *period.ordinals):
        like = work.like
        if like.scope is Scope.OUT or like.write_off is not None or like.doubtful_from is not None:
            continue
        mine, part = tally.setdefault(like.project, _Tally()), (sum(work.lengths), work.minor(client.currency))
        if like.scope is Scope.IN:
            mine.inside = mine.inside.plus(*part)
        else:
            mine.unsure = mine.unsure.plus(*part)


@dataclass
class _Tally:
    """Sums of one project while its work is read."""

    inside: ScopePart = field(default_factory=ScopePart)
    unsure: ScopePart = field(default_factory=ScopePart)
    decided: dict[Decision, ScopePart] = field(default_factory=dict)
    requests: list[ScopeRequest] = field(default_factory=list)

    def add(self, ledger: Ledger, session: Session, client: Client) -> None:
        """Take in a session out of scope."""
        seconds, minor = session.exact_seconds(ledger.now), worth(session, client, ledger.now)
        decision = session.decision or Decision.PENDING
        self.decided[decision] = self.decided.get(decision, ScopePart()).plus(seconds, minor)
        self.ask(ledger, session, client)

    def ask(self, ledger: Ledger, session: Session, client: Client) -> None:
        """Take in a request alone."""
        self.requests.append(_request(ledger, session, client))

    def drift(self, client: Client, project: str) -> Drift:
        on_orders = sum(r.seconds for r in self.requests if r.order and r.decision is Decision.BILL)
        decided = {decision: self.decided.get(decision, ScopePart()) for decision in Decision}
        return Drift(
            client.slug, project, client.currency, self.inside, self.unsure, decided, on_orders, tuple(self.requests)
        )  # fmt: skip


def _request(ledger: Ledger, session: Session, client: Client) -> ScopeRequest:
    changes = [change for contract in client.contracts_of(session.project) for change in contract.changes]
    return ScopeRequest(
        session=session.id,
        client=client.slug,
        project=session.project,
        day=date.fromordinal(session.day),
        seconds=session.exact_seconds(ledger.now),
        minor=worth(session, client, ledger.now),
        currency=client.currency,
        decision=session.decision or Decision.PENDING,
        note=session.note,
        asked=session.request,
        order=linked(session.request, changes),
        age_days=max(0, ledger.today.toordinal() - session.day),
        billed=session.statement is not None,
    )


def linked(asked: str, changes: Iterable[ChangeOrder]) -> str:
    """The title of the change order that a request names, or an empty text."""
    words = asked.casefold()
    return next((change.title for change in changes if change.title.casefold() in words), "")


def standings(ledger: Ledger, client: str | None = None) -> list[AgreementStanding]:
    """Where every agreement stands today, the most used first."""
    with read_uses(ledger, list(chosen(ledger, client))) as used:
        return standings_by(ledger, used.values())


def standings_by(ledger: Ledger, used: Iterable[Counted]) -> list[AgreementStanding]:
    """The same of the agreements of some clients, by what they used."""
    found = [
        standing
        for each in used
        for agreement, use in each
        if (standing := _standing(ledger, agreement, use)) is not None
    ]
    return sorted(found, key=lambda each: -(each.state.ratio or 0))


def _standing(ledger: Ledger, agreement: Agreement, use: Use) -> AgreementStanding | None:
    """Where one agreement stands today; None where it has ended or not begun."""
    state = state_of(agreement, use, ledger.today)
    if state is None:
        return None
    contract = state.contract
    return AgreementStanding(
        client=agreement.client,
        project=agreement.project,
        state=state,
        overrun=state.over,
        growth=_growth(contract, ledger.today),
        end=end_of(state, use.seconds, ledger.today),
        value=_value(ledger, agreement, contract, state),
    )


def _growth(contract: Contract, today: date) -> Fraction | None:
    """Hours added by accepted change orders against the baseline, which is never overwritten."""
    added = sum(change.seconds for change in contract.changes if change.accepted <= today)
    return Fraction(added, contract.included) if contract.included else None


def _value(ledger: Ledger, agreement: Agreement, contract: Contract, state: BurnState) -> EarnedValue | None:
    """Earned value by exact hours in scope."""
    if not contract.whole:
        return None
    return earned_value(contract, exact_in_scope(ledger, agreement, contract), max(ledger.today, state.first))


def exact_in_scope(ledger: Ledger, agreement: Agreement, contract: Contract) -> int:
    """Exact seconds in scope under one version of an agreement: what the work really took."""
    work = work_alike(ledger, agreement.client, contract.since.toordinal(), None)
    return sum(
        sum(each.lengths)
        for each in work
        if each.like.scope is not Scope.OUT and each.like.write_off is None and each.like.doubtful_from is None
        and agreement.project in (None, each.like.project) and agreement.holds(each.like)
    )  # fmt: skip


def reached(share: Fraction | None) -> int | None:
    """The whole percents that a share has reached: 100 only where nothing is left."""
    return None if share is None else int(share * 100)


def percent(share: Fraction | None) -> int | None:
    """A share as whole percents, half up."""
    return None if share is None else half_up(share * 100)
