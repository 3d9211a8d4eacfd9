"""Prove that late work whose fee was stated already can be issued by itself (law 6)."""

from collections.abc import Iterator
from datetime import date

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.claims import ClaimKind
from clepsydra.domain.session import Session, State
from clepsydra.domain.terms import Client
from clepsydra.language.message import message
from clepsydra.ledger.agreements.contracts import counting
from clepsydra.ledger.billing.preview import preview
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import fees, sessions


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Late work whose fee was stated already can be issued by itself."""
    for client in ledger.catalogue.clients.values():
        if counting(client):
            yield from _stuck(ledger, client)


def _stuck(ledger: Ledger, client: Client) -> Iterator[Breach]:
    late = list(_came_late(ledger, client))
    if not late:
        return
    found = preview(ledger, client.slug)
    listed = {ident for line in found.statement.lines for ident in line.sessions}
    for session in late:
        if session.day <= found.statement.last_day.toordinal() and session.id not in listed:
            yield Breach(
                6, message("session {id} came after its fee was stated, and no statement can take it", id=session.id)
            )


def _came_late(ledger: Ledger, client: Client) -> Iterator[Session]:
    """The open sessions of periods whose fee is on a live statement."""
    stated = [claim for claim in fees.taken(ledger.db, client.slug) if claim.kind is ClaimKind.PERIOD]
    if not stated:
        return
    for session in sessions.select(ledger.db, sessions.Filter(client.slug, unbilled=True)):
        day = date.fromordinal(session.day)
        whose = client.agreement(session.project, day)[0] or ""
        late = any(claim.project == whose and claim.first <= day <= claim.last for claim in stated)
        if late and session.state is State.APPROVED and treatment(session, client) is Treatment.INCLUDED:
            yield session
