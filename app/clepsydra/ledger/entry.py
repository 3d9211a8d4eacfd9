"""A session as a form has it: all of it at once, what it would come to, and one change that writes it.

What is typed is weighed before anything is written, so that the person sees the time and the money of it.
"""

from clepsydra.domain.billing import Treatment, group_sessions, treatment
from clepsydra.domain.checks import Finding
from clepsydra.domain.figures import Figures
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import Session
from clepsydra.domain.statement_lines import priced
from clepsydra.language.plain import storable
from clepsydra.ledger import editing
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.held_days import held_for
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.open_work import worth
from clepsydra.ledger.timers import Work
from clepsydra.ledger.warnings import findings
from clepsydra.store import sessions
from clepsydra.store.ids import new_id

DRAFT = "draft"
"""The id of a session that is not in the log yet."""


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """What a form says: instants in UTC seconds, `ended_at` None while it runs, `agreed_seconds` of its group."""

    work: Work
    started_at: int
    ended_at: int | None
    request: str = ""
    agreed_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a session comes to: exact seconds, what becomes of them, their worth at its own rate in minor units.

    `billed` are the figures of its billing group as far as that can be told from its day, None where the group
    reaches further. `alone` tells that the group is this session only.
    """

    seconds: int
    treatment: Treatment
    minor: int
    currency: str
    billed: Figures | None
    alone: bool
    findings: tuple[Finding, ...]


def draft(ledger: Ledger, entry: SessionEntry, before: Session | None) -> Session:
    """The session as it would be written, over the one `before` or new; raises `Refused` for what cannot be."""
    if before is not None:
        return replace(editing.edited(ledger, before, _changes(entry, before)), agreed_seconds=entry.agreed_seconds)
    if entry.ended_at is None:
        raise Refused("say when it ended, or how long it took")
    new = editing.finished(ledger, entry.work, entry.started_at, entry.ended_at)
    return replace(new, id=DRAFT, request=storable(entry.request), agreed_seconds=entry.agreed_seconds)


def weigh(ledger: Ledger, session: Session) -> Weighed:
    """What a session, written or not, comes to under its client's terms, and what is odd about it."""
    client = ledger.client(session.client)
    now = ledger.now
    kind = treatment(session, client)
    groups = []
    if kind is Treatment.BILLABLE and agreed_time.within_day(ledger, session):
        day = sessions.Filter(
            client=session.client, project=session.project, unbilled=True, first_day=session.day, last_day=session.day
        )
        others = [s for s in sessions.select(ledger.db, day) if s.id != session.id]
        billable = [s for s in others if treatment(s, client) is Treatment.BILLABLE]
        mine = [*billable, session]
        groups = group_sessions(mine, client, now, held=held_for(ledger, client, mine))
    group = next((g for g in groups if any(p.session.id == session.id for p in g.pieces)), None)
    return Weighed(
        seconds=session.exact_seconds(now),
        treatment=kind,
        minor=worth(session, client, now),
        currency=client.currency,
        billed=priced([group]) if group else None,
        alone=bool(group and len(group.pieces) == 1),
        findings=tuple(findings(ledger, session)),
    )


def save(ledger: Ledger, entry: SessionEntry, before: Session | None) -> Session:
    """Write what a form says in one change, the agreed time of the group with it.

    Raises `Refused` for what cannot be, and when the session is no longer as it was `before`.
    """
    label = "edit {client}" if before else "add {client}"
    with ledger.change(label, client=entry.work.client):
        wanted = draft(ledger, entry, before)
        if before is None:
            wanted = replace(wanted, id=new_id(ledger.now))
            sessions.add(ledger.db, replace(wanted, agreed_seconds=None))
        elif ledger.session(before.id) != before:
            raise Refused("the session was changed elsewhere meanwhile; leave the form and open it again")
        else:
            sessions.replace(ledger.db, replace(wanted, agreed_seconds=before.agreed_seconds))
        if wanted.agreed_seconds != (before.agreed_seconds if before else None):
            agreed_time.settle(ledger, ledger.session(wanted.id), wanted.agreed_seconds)
        return ledger.session(wanted.id)


def _changes(entry: SessionEntry, before: Session) -> Edit:
    """Only what differs, so that an untouched end confirms nothing and an untouched day stays."""
    work = entry.work
    if before.ended_at is not None and entry.ended_at is None:
        raise Refused("say when it ended, or how long it took")
    return Edit(
        client=work.client,
        project=work.project,
        channel=work.channel,
        started_at=entry.started_at,
        ended_at=None if entry.ended_at == before.ended_at else entry.ended_at,
        note=work.note,
        scope=work.scope,
        decision=work.decision,
        request=entry.request,
    )
