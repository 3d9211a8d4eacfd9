"""What a statement would hold if it were issued now, and what is to be seen before it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from clepsydra.domain.agreement_view import AgreementView, FeeLines
from clepsydra.domain.billing import Group, Treatment, group_sessions, treatment
from clepsydra.domain.civil import civil_day
from clepsydra.domain.claims import Claim
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Scope, Session, State
from clepsydra.domain.statement import NO_WORDS, Line, Statement, StatementWords, compose, lines_from
from clepsydra.domain.statement_lines import bundles
from clepsydra.domain.terms import Client
from clepsydra.domain.usage import used_claims
from clepsydra.language.message import Message
from clepsydra.language.translator import mark
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.agreements.fees import beside_hours, seen
from clepsydra.ledger.billing.doubts import BY_RULE, BillingDoubt, doubts_of, unfit_of
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import sessions

CUT = mark(
    "the time agreed for {days} also covers work that this statement would leave out and that would be billed again; "
    "extend the period, settle what still runs or is doubtful, or take the agreed time back"
)
"""Why a statement is refused while it cuts through a billing group with an agreed total."""


@dataclass(frozen=True)
class Preview:
    """A statement as it would be issued now, and what keeps sessions of the period off it.

    `groups` are the billing groups of each line that bills time. `claims` are what it takes beside hours: the fees of
    periods and deliverables, overage, what a cap takes off. `cut` are the first and last days of billing groups with an
    agreed total of which it would bill a part only: as long as there are any it cannot be issued. `doubts` are what the
    person should have seen before it is locked.
    """

    statement: Statement
    groups: tuple[Sequence[Group], ...]
    claims: tuple[Claim, ...]
    running: int
    doubtful: int
    pending: int
    unsure: int
    cut: tuple[tuple[date, date], ...] = ()
    doubts: tuple[BillingDoubt, ...] = ()


def preview(
    ledger: Ledger,
    client_slug: str,
    first_day: date | None = None,
    last_day: date | None = None,
    words: StatementWords = NO_WORDS,
) -> Preview:
    """What a statement of the period would hold: billable sessions on no statement yet, and the fees due.

    Without a first day it reaches back to the oldest of them; without a last one, to today. `words` are its own.
    Nothing is stored.

    Raises `Refused` for own work, and for a period that ends before it begins.
    """
    work = _read(ledger, client_slug, first_day, last_day, words)
    client, found, ready = work.client, work.found, work.ready
    present = seen(ledger, client) if first_day or last_day else work.views
    used = used_claims(client, work.due.included, work.groups) if counting(client) else ()
    return Preview(
        statement=work.statement,
        groups=(*bundles(work.groups, client), *([group] for group in work.due.groups)),
        claims=(*work.due.claims, *used),
        running=sum(s.state is State.RUNNING for s in found),
        doubtful=sum(s.state is State.DOUBTFUL for s in found),
        pending=sum(treatment(s, client) is Treatment.PENDING for s in found),
        unsure=sum(s.scope is Scope.UNSURE for s in ready),
        cut=tuple(_cut(ledger, client, {s.id for s in ready})),
        doubts=(*doubts_of(ledger, client, _listed(found, work.statement.lines)), *unfit_of(client, present)),
    )


def statement_alone(
    ledger: Ledger, client: str, first_day: date | None = None, last_day: date | None = None
) -> Statement:
    """The statement of a preview, for who needs nothing else of it; raises what that does."""
    return _read(ledger, client, first_day, last_day, NO_WORDS).statement


class _Work(NamedTuple):
    """The open work of a period: its sessions, those that are ready to be billed, and what is made of them."""

    client: Client
    found: list[Session]
    ready: list[Session]
    groups: tuple[Group, ...]
    views: tuple[AgreementView, ...]
    due: FeeLines
    statement: Statement


def _read(
    ledger: Ledger, client_slug: str, first_day: date | None, last_day: date | None, words: StatementWords
) -> _Work:
    client = ledger.client(client_slug)
    if client.own:
        raise Refused("own work is not billed")
    last = last_day or civil_day(ledger.now, client.zone)
    if first_day and first_day > last:
        raise Refused("the period ends before it begins")
    found = _open(ledger, client_slug, first_day, last)
    ready = [s for s in found if s.state is State.APPROVED and treatment(s, client) is Treatment.BILLABLE]
    groups = tuple(group_sessions(ready, client, ledger.now, held=held_for(ledger, client, ready)))
    views = tuple(seen(ledger, client, first_day, last))
    due = beside_hours(views)
    lines = (*due.lines, *lines_from(groups, client))
    first = first_day or min((line.first_day for line in lines), default=last)
    return _Work(client, found, ready, groups, views, due, words.on(compose(client, lines, first, last)))


def _open(ledger: Ledger, client: str, first: date | None, last: date) -> list[Session]:
    """The sessions of some days that are on no statement yet."""
    days = first.toordinal() if first else None
    wanted = sessions.Filter(client=client, first_day=days, last_day=last.toordinal(), unbilled=True)
    return list(sessions.select(ledger.db, wanted))


def _listed(found: Sequence[Session], lines: Sequence[Line]) -> list[Session]:
    """The sessions that lines name."""
    listed = {ident for line in lines for ident in line.sessions}
    return [session for session in found if session.id in listed]


def _cut(ledger: Ledger, client: Client, ready: set[str]) -> Iterator[tuple[date, date]]:
    """The days of open groups with an agreed total of which only some sessions are `ready`.

    The total is kept on one of the sessions: whichever part is billed first, the rest would be billed once more.
    """
    if not sessions.any_agreed(ledger.db, client.slug):
        return
    found = sessions.select(ledger.db, sessions.Filter(client=client.slug, unbilled=True))
    billable = [s for s in found if treatment(s, client) is Treatment.BILLABLE]
    for group in group_sessions(billable, client, ledger.now):
        members = {piece.session.id for piece in group.pieces}
        if group.agreed and members & ready and members - ready:
            yield group.pieces[0].day, group.pieces[-1].day


def unconfirmed_in(ledger: Ledger, client: str, first: date | None, last: date | None) -> list[Message]:
    """What rules took of open work that is to be stated at once, and no close of a day has confirmed."""
    return [doubt.what for doubt in preview(ledger, client, first, last).doubts if doubt.kind == BY_RULE]
