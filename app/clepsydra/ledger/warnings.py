"""What is odd about a session that was just written: told after the deed, never a reason to refuse it."""

from datetime import date

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.records import replace
from clepsydra.domain.session import Session
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions

if TYPE_CHECKING:
    from clepsydra.domain.checks import Finding
    from clepsydra.domain.terms import Client


def findings(ledger: Ledger, session: Session, *, price: bool = True) -> "list[Finding]":
    """The warnings about a session among those that share its time; timers that run side by side are no overlap.

    Without `price`, work without a rate is not looked for: what runs may get one until it is billed.
    """
    client = ledger.client(session.client)
    span = session.span(ledger.now)
    beside = [
        other
        for other in sessions.within(ledger.db, span.started_at, max(span.ended_at, span.started_at + 1))
        if other.id != session.id and not (other.running and session.running)
    ]
    hourly = client.rate(session.project, session.channel, date.fromordinal(session.day)) if price else None
    usual_length = span.seconds <= ledger.settings.warn.session_over and (span.seconds or session.running)
    ahead = max(span.started_at, span.ended_at) > ledger.now
    agreed = _agreed(ledger, session, client)
    if usual_length and hourly != 0 and not beside and not ahead:
        return agreed
    from clepsydra.domain.checks import Limits, check_session

    limits = Limits(session_over=ledger.settings.warn.session_over)
    to_bill = hourly == 0 and _to_bill(session, client)
    return [*check_session(session, beside, ledger.now, limits, hourly, to_bill), *agreed]


def _agreed(ledger: Ledger, session: Session, client: "Client") -> "list[Finding]":
    """The total agreed for a billing group that a session, written or not, joins: its own time is not billed there."""
    billed = sessions.agreed_on_statement(ledger.db, session.client, session.project, session.day)
    if not billed and not sessions.others_agreed(ledger.db, session.client, session.project, session.id):
        return []  # mostly so, and the client's rules need not be read
    from clepsydra.domain.rounding import GroupScope  # only where a total was agreed

    rule = client.rule(session.project, session.channel, date.fromordinal(session.day))
    if (
        rule.scope in (GroupScope.ENTRY, GroupScope.CUMULATIVE)
        or session.agreed_seconds is not None
        or session.statement is not None
    ):
        return []
    wanted = sessions.Filter(client=session.client, project=session.project, unbilled=True)
    if rule.scope is GroupScope.DAY:  # one that is cut at midnight may also have begun the day before
        wanted = replace(wanted, first_day=session.day - 1, last_day=session.day + 1)
    others = [s for s in sessions.select(ledger.db, wanted) if s.id != session.id]
    from clepsydra.domain.billing import agreed_seconds, group_sessions, treatment
    from clepsydra.domain.checks import Check, Finding
    from clepsydra.ledger.held_days import held_for

    kind = treatment(session, client)
    alike = [other for other in others if treatment(other, client) is kind]
    held = held_for(ledger, client, [session]) if billed else {}
    for group in group_sessions([*alike, session], client, ledger.now, held=held):
        if group.agreed and any(piece.session.id == session.id for piece in group.pieces):
            return [Finding(Check.AGREED, session.id, group.total or agreed_seconds(group.pieces) or 0)]
    return []


def _to_bill(session: Session, client: "Client") -> bool:
    """Whether somebody is to pay for it, or may have to."""
    from clepsydra.domain.billing import Treatment, treatment

    return treatment(session, client) in (Treatment.BILLABLE, Treatment.PENDING)
