"""Where an agreement is heading: when its hours will be used up at the pace of the work, and how much of it drifts."""

from datetime import date
from fractions import Fraction

from clepsydra.domain.contracts import BurnState, UsedByDay
from clepsydra.domain.forecast import Exhaustion, exhaustion
from clepsydra.domain.session import Scope
from clepsydra.ledger.agreements.contracts import Agreement
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions


def end_of(state: BurnState, used: UsedByDay, today: date) -> Exhaustion | None:
    """When the remaining time runs out by the pace of the last four weeks; None where that cannot be told."""
    return None if state.available is None else exhaustion(state.available - state.used, used, today)


def drift_of(ledger: Ledger, agreement: Agreement, state: BurnState) -> Fraction | None:
    """The share of all hours of an agreement's period that was out of scope; None without hours."""
    client = agreement.client
    own = {project.slug for project in client.projects if project.contracts}
    inside = outside = 0
    found = sessions.seconds_by_scope(ledger.db, client.slug, state.first.toordinal(), ledger.today.toordinal())
    for project, scope, seconds in found:
        if project == agreement.project or (agreement.project is None and project not in own):
            inside, outside = (inside, outside + seconds) if scope == Scope.OUT else (inside + seconds, outside)
    return Fraction(outside, inside + outside) if inside + outside else None
