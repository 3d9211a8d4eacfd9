"""What lies beyond agreements: nobody pays what is beyond a fixed fee or a cap, a rate what is beyond a retainer."""

from collections.abc import Iterable, Iterator, Set
from datetime import date
from fractions import Fraction

from clepsydra.domain.agreement_view import FeeLines
from clepsydra.domain.billing import Group, Treatment, treatment
from clepsydra.domain.claims import Claim, ClaimKind
from clepsydra.domain.interval import HOUR
from clepsydra.domain.leaks import Overage
from clepsydra.domain.money import Money, half_up
from clepsydra.domain.periods import ONE_DAY
from clepsydra.domain.records import replace
from clepsydra.domain.statement import Line, LineSort
from clepsydra.domain.terms import Client, holding
from clepsydra.ledger.agreements.contracts import Agreement, agreements, counting, has_cap
from clepsydra.ledger.agreements.fees import fees_due
from clepsydra.ledger.agreements.overage import has_overage, open_overage
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import work_alike
from clepsydra.ledger.reports import Days
from clepsydra.ledger.statement_json import statement_from_body
from clepsydra.store import fees, sessions, statements


def beyond_fees(ledger: Ledger, client: Client, days: Days, shown: Set[str]) -> Iterator[Overage]:
    """Work beyond the budget of a fixed fee, by each session's exact time, in the order it was done."""
    for agreement in agreements(ledger, client):
        for contract in agreement.contracts:
            if contract.whole and contract.included:
                changes = sum(change.seconds for change in contract.changes)
                yield from _beyond(ledger, agreement, contract.included + changes, days, shown)
                break


def _beyond(ledger: Ledger, agreement: Agreement, budget: int, days: Days, shown: Set[str]) -> Iterator[Overage]:
    client = agreement.client
    since = min(contract.since for contract in agreement.contracts)
    wanted = sessions.Filter(
        client=client.slug, project=agreement.project, first_day=since.toordinal(), last_day=days.last.toordinal()
    )
    every = work_alike(ledger, client, since.toordinal(), days.last.toordinal())
    if sum(sum(some.lengths) for some in every) <= budget:
        return
    used = 0
    for session in sessions.select(ledger.db, wanted):
        included = session.id in shown or (
            session.statement is None and treatment(session, client) is Treatment.INCLUDED
        )
        if not included or not agreement.holds(session):
            continue
        seconds = session.exact_seconds(ledger.now)
        beyond = min(seconds, max(0, used + seconds - budget))
        used += seconds
        if beyond and session.day >= days.first.toordinal():
            hourly = client.rate(session.project, session.channel, date.fromordinal(session.day))
            yield Overage(beyond, hourly, client.currency, (session.id,))


def beyond_caps(ledger: Ledger, client: Client, days: Days) -> Iterator[Overage]:
    """What caps took off statements that end in the period, and would take off its open work; in billed time.

    What a raised cap gives back is lost no more, the earliest first: of 600.00 taken off, 500.00 given back leave
    100.00, whenever that was.
    """
    if not has_cap(client):
        return
    first, last = days.first.toordinal(), days.last.toordinal()
    due = fees_due(ledger, client, None, days.last)
    found = list(_open_beyond_caps(ledger, client, days, due))
    for row in statements.select(ledger.db, client.slug, first):
        if row.state == "issued" and row.last_day <= last:
            claims, lines = fees.of_statement(ledger.db, row.id), statement_from_body(row.body).lines
            found += _capped(client, claims, _beyond_caps_of(lines)).values()
    back = _given_back_of_caps(ledger, client, due.claims, first, {claim for claim, _ in found})
    for claim, ids in sorted(found, key=lambda each: each[0].last):
        key, off = _version_of(client, claim), -claim.minor
        again = min(off, max(0, back.get(key, 0)))  # below zero: what was lost before the period, and no more
        if again:
            back[key] -= again
        seconds = half_up(Fraction(claim.seconds * (off - again), off)) if off else 0
        if seconds:
            hourly = Fraction(Money(off - again, client.currency).major) * HOUR / seconds
            yield Overage(seconds, hourly, client.currency, ids)


def _open_beyond_caps(
    ledger: Ledger, client: Client, days: Days, due: FeeLines
) -> Iterator[tuple[Claim, tuple[str, ...]]]:
    """What caps would take off the open work of the period with that work: what they would take off all up to its last
    day, less what they would off the work before it, since a cap is used up in the order of days.
    """
    mine = _capped(client, due.claims, _beyond_caps_of(due.lines))
    past = fees_due(ledger, client, None, days.first - ONE_DAY) if mine else FeeLines()
    before = _beyond_caps_of(past.lines)
    earlier = _capped(client, past.claims, before)
    for key, (claim, ids) in mine.items():
        if key in earlier:
            old, _ = earlier[key]
            claim = replace(claim, seconds=max(0, claim.seconds - old.seconds), minor=min(0, claim.minor - old.minor))
            ids = tuple(ident for ident in ids if ident not in set(before))
        yield claim, ids


def _capped(
    client: Client, claims: Iterable[Claim], ids: tuple[str, ...]
) -> dict[tuple[str, date], tuple[Claim, tuple[str, ...]]]:
    """What caps take off, by version, each beside the sessions that lie beyond caps."""
    return {_version_of(client, each): (each, ids) for each in claims if each.kind is ClaimKind.CAP and each.seconds}


def _beyond_caps_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """The sessions that lines take off beyond caps."""
    return tuple(ident for line in lines if line.sort is LineSort.CAP for ident in line.sessions)


def _given_back_of_caps(
    ledger: Ledger, client: Client, due: Iterable[Claim], first: int, mine: Set[Claim]
) -> dict[tuple[str, date], int]:
    """What raised caps give back, by version, that is not of claims before a day (ordinal) and not `mine`."""
    back: dict[tuple[str, date], int] = {}
    taken = [claim for claim in fees.taken(ledger.db, client.slug) if claim.kind is ClaimKind.CAP]
    for claim in (*taken, *(claim for claim in due if claim.kind is ClaimKind.CAP and claim.minor > 0)):
        if claim.minor > 0 or (claim not in mine and claim.last.toordinal() < first):
            key = _version_of(client, claim)
            back[key] = back.get(key, 0) + claim.minor
    return back


def _version_of(client: Client, claim: Claim) -> tuple[str, date]:
    """The project of a claim's agreement and the day from which the version holds that it is of."""
    for project, contracts in counting(client):
        if (project or "") == claim.project and (version := holding(contracts, claim.first)):
            return claim.project, version.since
    return claim.project, date.min


class OpenOverage:
    """The overage of each client that is on no statement yet and a rate pays, reckoned once for a whole report."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, tuple[Group, ...]] = {}

    def of(self, client: Client, days: Days) -> tuple[Group, ...]:
        """Its groups, of a client with open work of a retainer in the period; without those that no open work is left
        of.
        """
        if not has_overage(client):
            return ()
        first, last = days.first.toordinal(), days.last.toordinal()
        # A group of a day may begin in the night of a session of the day before.
        wanted = sessions.Filter(client.slug, first_day=first - 1, last_day=last, unbilled=True)
        if not any(treatment(s, client) is Treatment.INCLUDED for s in sessions.select(self._ledger.db, wanted)):
            return ()
        if client.slug not in self._known:
            self._known[client.slug] = tuple(g for g in open_overage(self._ledger, client) if g.pieces)
        return self._known[client.slug]


def seconds_of(groups: Iterable[Group]) -> dict[str, int]:
    """The exact seconds of groups that lie beyond, by session."""
    found: dict[str, int] = {}
    for group in groups:
        for piece in group.pieces:
            found[piece.session.id] = found.get(piece.session.id, 0) + piece.span.seconds
    return found
