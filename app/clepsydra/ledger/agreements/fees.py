"""What a client's agreements bill beside hours: fees, overage and caps, as the log stands.

One reading serves statements, the live totals and the reports, so that they cannot tell different stories.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from clepsydra.domain.billing import Figures, Group, Treatment, group_sessions, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.fees import Agreed, ClaimKind, Due, Worked, due, exceeds
from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import Session, State
from clepsydra.domain.terms import Client
from clepsydra.ledger.agreements.contracts import Agreement, agreements, consumes, counting, use_from, use_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import fees, sessions

__all__ = ["FeesDue", "Uses", "due_now", "fees_due", "open_overage", "pays_beside_hours", "sums_due"]

Uses = tuple[dict[int, tuple[int, int]], ...]
"""What each agreement of a client used, by the ordinal of the day: seconds and minor units."""


def pays_beside_hours(client: Client) -> bool:
    """Whether any of a client's agreements has a fee, overage or a cap."""
    return any(c.covers or c.cap is not None for _, contracts in counting(client) for c in contracts)


def fees_due(ledger: Ledger, client: Client, first: date | None = None, last: date | None = None) -> Due:
    """Everything beside hours that a statement of the period could bill now; without a last day, up to today."""
    until = last or civil_day(ledger.now, client.zone)
    open_, found = _open_work(ledger, client, first, until), Due()
    for agreement, agreed in _agreed(ledger, client, first, until):
        found += due(_with_groups(ledger, agreement, agreed, open_))
    return found


def _agreed(
    ledger: Ledger, client: Client, first: date | None, until: date, uses: Uses | None = None
) -> Iterator[tuple[Agreement, Agreed]]:
    """The agreements that have a fee, overage or a cap, as a statement sees them, yet without groups of work."""
    taken = tuple(fees.taken(ledger.db, client.slug))
    for n, agreement in enumerate(agreements(ledger, client)):
        contracts = agreement.contracts
        if any(contract.covers or contract.cap is not None for contract in contracts):
            use = (use_from(uses[n]) if uses is not None else use_of(ledger, agreement)).up_to(until)
            worked = Worked(use.seconds, {c.since: use.billed_under(contracts, c.since) for c in contracts})
            yield agreement, Agreed(client, agreement.project, contracts, worked, taken, first, until, agreement.begins)


def _open_work(ledger: Ledger, client: Client, first: date | None, until: date) -> list[Session]:
    since = first.toordinal() if first else None
    wanted = sessions.Filter(client.slug, first_day=since, last_day=until.toordinal(), unbilled=True)
    return list(sessions.select(ledger.db, wanted))


def _with_groups(ledger: Ledger, agreement: Agreement, agreed: Agreed, open_: list[Session]) -> Agreed:
    """The same with the groups that a statement can still take, of some open work."""
    client = agreement.client
    mine: dict[Treatment, list[Session]] = {}
    for session in open_:
        if session.state is State.APPROVED and agreement.holds(session) and consumes(session, client):
            mine.setdefault(treatment(session, client), []).append(session)
    groups = {kind: tuple(group_sessions(found, client, ledger.now)) for kind, found in mine.items()}
    included, billable = (groups.get(kind, ()) for kind in (Treatment.INCLUDED, Treatment.BILLABLE))
    return replace(agreed, worked=replace(agreed.worked, included=included, billable=billable))


@dataclass(frozen=True, slots=True)
class FeesDue:
    """Fees due in one sum: minor units beside hours, the figures of overage by day, and the oldest day of either.

    Days are ordinals; a group of overage belongs to its first.
    """

    minor: int = 0
    overage: Mapping[int, Figures] = field(default_factory=dict)
    oldest_day: int | None = None

    def beyond(self, first: int | None = None, last: int | None = None) -> Figures:
        """The figures of overage of some days, both ends included; None leaves an end open."""
        some = (each for day, each in self.overage.items() if (first or day) <= day <= (last or day))
        return sum(some, Figures())


def _summed(found: Due) -> FeesDue:
    """What is due, as live totals count it."""
    days = [claim.last for claim in found.claims if claim.kind is ClaimKind.PERIOD and claim.minor]
    days += [line.first_day for line in found.lines if line.fee_minor > 0 and line.sort == "fee" and line.note]
    overage: dict[int, Figures] = {}
    for group in found.groups:
        day = group.day.toordinal()
        overage[day] = overage.get(day, Figures()) + group.figures
    days += [group.day for group in found.groups]
    return FeesDue(
        minor=sum(line.fee_minor for line in found.lines),
        overage=overage,
        oldest_day=min((day.toordinal() for day in days), default=None),
    )


def due_now(ledger: Ledger, client: Client) -> FeesDue:
    """What is due to a client as of today, worked out from the log."""
    return _summed(fees_due(ledger, client)) if pays_beside_hours(client) else FeesDue()


def sums_due(ledger: Ledger, client: Client, until: date, uses: Uses) -> FeesDue:
    """What is due by the end of a day: the sum of `fees_due`, for less where no more was worked than agreed.

    `uses` is what each of the client's agreements used.
    """
    open_: list[Session] | None = None
    found = Due()
    for agreement, agreed in _agreed(ledger, client, None, until, uses):
        if exceeds(agreed):  # only then the work itself matters, beside its sums
            open_ = _open_work(ledger, client, None, until) if open_ is None else open_
            found += due(_with_groups(ledger, agreement, agreed, open_))
        else:
            found += due(agreed)
    return _summed(found)


def open_overage(ledger: Ledger, client: Client) -> tuple[Group, ...]:
    """The groups of overage that are on no statement yet."""
    return fees_due(ledger, client).groups if pays_beside_hours(client) else ()
