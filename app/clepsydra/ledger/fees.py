"""What a client's agreements bill beside hours: fees, overage and caps, as the log stands.

One reading serves statements, the live totals and the reports, so that they cannot tell different stories.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from clepsydra.domain.billing import Figures, Group, Treatment, group_sessions, total, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.fees import Agreed, ClaimKind, Due, Worked, due
from clepsydra.domain.session import Session, State
from clepsydra.domain.terms import Client
from clepsydra.ledger.contracts import Agreement, agreements, use_in, work_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import fees

__all__ = ["FeesDue", "fees_due", "open_overage", "pays_beside_hours", "summed"]


def pays_beside_hours(client: Client) -> bool:
    """Whether any of a client's agreements has a fee, overage or a cap."""
    return any(c.covers or c.cap is not None for a in agreements(client) for c in a.contracts)


def fees_due(ledger: Ledger, client: Client, first: date | None = None, last: date | None = None) -> Due:
    """Everything beside hours that a statement of the period could bill now; without a last day, up to today."""
    until = last or civil_day(ledger.now, client.zone, client.day_starts_at)
    found, taken = Due(), tuple(fees.taken(ledger.db, client.slug))
    for agreement in agreements(client):
        if any(contract.covers or contract.cap is not None for contract in agreement.contracts):
            worked = _worked(ledger, agreement, first, until)
            found += due(
                Agreed(client, agreement.project, agreement.contracts, worked, taken, first, until)
            )  # fmt: skip
    return found


def _worked(ledger: Ledger, agreement: Agreement, first: date | None, last: date) -> Worked:
    counted = work_of(ledger, agreement, last)
    use = use_in(ledger, agreement, counted)
    since = first.toordinal() if first else 0
    open_ = [s for s in counted if s.state is State.APPROVED and s.day >= since]

    def groups(kind: Treatment) -> Callable[[Session], bool]:
        return lambda session: treatment(session, agreement.client) is kind

    return Worked(
        used=use.seconds,
        gross=use.minor,
        included=tuple(group_sessions(filter(groups(Treatment.INCLUDED), open_), agreement.client, ledger.now)),
        billable=tuple(group_sessions(filter(groups(Treatment.BILLABLE), open_), agreement.client, ledger.now)),
    )


@dataclass(frozen=True, slots=True)
class FeesDue:
    """Fees due in one sum: minor units beside hours, the figures of overage, and the oldest day (ordinal) of either."""

    minor: int = 0
    overage: Figures = field(default_factory=Figures)
    oldest_day: int | None = None


def summed(found: Due) -> FeesDue:
    """What is due, as live totals count it."""
    days = [claim.last for claim in found.claims if claim.kind is ClaimKind.PERIOD and claim.minor]
    days += [line.first_day for line in found.lines if line.fee_minor > 0 and line.sort == "fee" and line.note]
    days += [group.day for group in found.groups]
    return FeesDue(
        minor=sum(line.fee_minor for line in found.lines),
        overage=total(found.groups),
        oldest_day=min((day.toordinal() for day in days), default=None),
    )


def open_overage(ledger: Ledger, client: Client) -> tuple[Group, ...]:
    """The groups of overage that are on no statement yet."""
    return fees_due(ledger, client).groups if pays_beside_hours(client) else ()
