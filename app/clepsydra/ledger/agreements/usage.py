"""What the work of each agreement consumed, and what it came to by the hour, by day.

What live statements hold stands as they noted it; what is open is reckoned anew. So an edited rule or rate moves no
hour that was billed, and the cost follows the open work. Statements that noted nothing, since the agreement came later,
are read from their groups.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from clepsydra.domain.agreement import Contract
from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.chained import chained
from clepsydra.domain.money import share
from clepsydra.domain.records import replace
from clepsydra.domain.session import Scope, Session
from clepsydra.domain.term_changes import once_for_alike
from clepsydra.domain.usage import billed_by_day, consumed
from clepsydra.ledger.agreements.contracts import Agreement, Use, consumes
from clepsydra.ledger.agreements.plain_use import consumed_by_day, included_groups, open_alike
from clepsydra.ledger.held_days import HeldDays, days_by_day, held_days
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.plain_work import AlikeWork, WorkColumns
from clepsydra.ledger.statement_json import billed_sessions, frozen_lines, thawed, was_overage
from clepsydra.store import billed_groups, fees, sessions, statements


class CountedWork:
    """The work of an agreement since its first day: what live statements took of it, and the finished work in scope
    that is open; each is read when it is asked for, but for open work that was read already (`finished`). With what is
    `running` by the hour, up to now, if asked.
    """

    def __init__(
        self,
        ledger: Ledger,
        agreement: Agreement,
        finished: Sequence[WorkColumns] | None = None,
        *,
        running: bool = False,
    ) -> None:
        self.agreement, self._ledger, self._finished, self._running = agreement, ledger, finished, running
        self._since = min(contract.since for contract in agreement.contracts)
        self._grouped: dict[tuple[object, ...], list[Group]] = {}
        """The groups of what was asked for already: use, fees and caps ask for the same work one after the other."""

    @cached_property
    def taken(self) -> Use:
        """What live statements took."""
        return _taken(self._ledger, self.agreement)

    @cached_property
    def _open(self) -> Mapping[Treatment, tuple[Session, ...]]:
        """The open sessions by what becomes of them."""
        agreement = self.agreement
        wanted = sessions.Filter(
            agreement.client.slug, agreement.project, first_day=self._since.toordinal(), unbilled=True
        )
        some = (s for s in sessions.select(self._ledger.db, wanted) if s.doubtful_from is None)
        return consuming((s for s in some if not s.running or self._counts(s)), agreement)

    def _counts(self, timer: Session) -> bool:
        """Whether a running timer counts: what a fee covers is used once it is finished."""
        return self._running and treatment(timer, self.agreement.client) is Treatment.BILLABLE

    @cached_property
    def _days(self) -> set[int]:
        """The days that open work lies in whose groups are days."""
        every = (session for some in self._open.values() for session in some)
        return days_by_day(every, self.agreement.client, self._ledger.now)

    @cached_property
    def _held(self) -> HeldDays:
        """What live statements hold of those days."""
        return held_days(self._ledger, self.agreement.client, self._days)

    @cached_property
    def _before(self) -> tuple[tuple[Session, ...], ...]:
        """The included sessions that live statements hold of those days."""
        return tuple(_included_on(self._ledger, self.agreement, self._days))

    def included(self, first: date | None, last: date) -> list[Group]:
        """The groups of open included work of a stretch of days."""
        mine = self._of(Treatment.INCLUDED, first, last)
        key = (Treatment.INCLUDED, *(session.id for session in mine))
        if key not in self._grouped:
            self._grouped[key] = chained([*self._before, mine], self.agreement.client, self._ledger.now)[-1]
        return self._grouped[key]

    def billable(self, first: date | None, last: date) -> list[Group]:
        """The groups of open work by the hour of a stretch of days."""
        mine, client = self._of(Treatment.BILLABLE, first, last), self.agreement.client
        key = (Treatment.BILLABLE, *(session.id for session in mine))
        if key not in self._grouped:
            self._grouped[key] = group_sessions(mine, client, self._ledger.now, held=self._held)
        return self._grouped[key]

    def light(self, last: date) -> tuple[Group, ...] | None:
        """The groups of open included work up to a day, with no more of their sessions than the times; None where those
        must be looked at.
        """
        if self._plain is None or self._alike is None:
            return None
        return included_groups(self.agreement.client, self._alike, None, last)

    def named(self, group: Group) -> Group:
        """A group with its sessions themselves, also where light ones stood in for them."""
        if all(piece.session.id for piece in group.pieces):
            return group
        # No two of them began at once, or the group would not be light.
        begun = {session.started_at: session for session in self._open.get(Treatment.INCLUDED, ())}
        pieces = (replace(piece, session=begun[piece.span.started_at]) for piece in group.pieces)
        return replace(group, pieces=tuple(pieces))

    def use(self, last: date = date.max) -> Use:
        """All it consumed, and what it came to: on live statements at any time, open up to a day."""
        minor = {} if self._plain is not None else billed_by_day(self.billable(None, last), self.agreement.client)
        return self.taken + Use(self._consumed(last), minor)

    def seconds(self, last: date = date.max) -> Mapping[date, int]:
        """The seconds of that alone, which need no price."""
        return (self.taken + Use(self._consumed(last))).seconds

    def _consumed(self, last: date) -> dict[date, int]:
        if self._plain is not None:
            return {day: seconds for day, seconds in self._plain.items() if day <= last}
        return _by_day(self.agreement.contracts, (*self.included(None, last), *self.billable(None, last)))

    @cached_property
    def _alike(self) -> list[AlikeWork] | None:
        """The open work as columns; None where its groups must be looked at."""
        return open_alike(self._ledger, self.agreement, self._finished)

    @cached_property
    def _plain(self) -> dict[date, int] | None:
        """What open work consumed by day; None where columns do not tell."""
        return None if self._alike is None else consumed_by_day(self.agreement, self._alike)

    def _of(self, kind: Treatment, first: date | None, last: date) -> tuple[Session, ...]:
        since, until = first.toordinal() if first else 0, last.toordinal()
        return tuple(session for session in self._open.get(kind, ()) if since <= session.day <= until)


def _by_day(contracts: Sequence[Contract], groups: Iterable[Group]) -> dict[date, int]:
    found: dict[date, int] = {}
    for group in groups:
        for day, seconds in consumed(contracts, group):
            found[day] = found.get(day, 0) + seconds
    return {day: seconds for day, seconds in found.items() if seconds}


def consuming(some: Iterable[Session], agreement: Agreement) -> dict[Treatment, tuple[Session, ...]]:
    """The sessions that count against an agreement, by what becomes of them; terms are looked up once for all alike."""
    client, found = agreement.client, dict[Treatment, list[Session]]()

    def kind_of(session: Session) -> Treatment | None:
        return treatment(session, client) if agreement.holds(session) and consumes(session, client) else None

    kind = once_for_alike(client, kind_of)
    for session in some:
        if (mine := kind(session)) is not None:
            found.setdefault(mine, []).append(session)
    return {each: tuple(mine) for each, mine in found.items()}


def use_of(ledger: Ledger, agreement: Agreement) -> Use:
    """What the finished work in scope under an agreement consumed and billed by the hour."""
    return CountedWork(ledger, agreement).use()


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
            weights = [group.seconds.billed for group in groups]
            for group, part in zip(
                groups, share(figures.billed_minor, weights) if any(weights) else weights, strict=True
            ):
                minor[group.day] = minor.get(group.day, 0) + part
    rest = own.keys() - billed_sessions(rows)
    mine = consuming((s for s in own.values() if s.id in rest), agreement)
    included, elsewhere = (
        chained([mine.get(kind, ())], client, ledger.now)[-1]
        for kind in (Treatment.INCLUDED, Treatment.BILLABLE)  # by the hour, and in no group: billed elsewhere
    )
    found = Use(_by_day(contracts, (*included, *by_hour, *elsewhere)), minor)
    return found + Use({}, billed_by_day(elsewhere, client))


def _included_on(ledger: Ledger, agreement: Agreement, days: set[int]) -> Iterable[tuple[Session, ...]]:
    """The included sessions that live statements hold of some days, statement by statement."""
    if not days:
        return ()
    client, by_statement = agreement.client, dict[str, list[Session]]()
    wanted = sessions.Filter(client.slug, agreement.project, first_day=min(days), last_day=max(days), state="billed")
    for session in consuming(sessions.select(ledger.db, wanted), agreement).get(Treatment.INCLUDED, ()):
        if session.statement and session.day in days:
            by_statement.setdefault(session.statement, []).append(session)
    return (tuple(by_statement[statement]) for statement in sorted(by_statement))
