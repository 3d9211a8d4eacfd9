"""What runs, what waits for an answer and how long today has been: as much as a line of status says."""

from collections.abc import Container

from clepsydra.domain.records import dataclass
from clepsydra.domain.session import Session
from clepsydra.ledger import recovery, timers
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions


@dataclass(frozen=True, slots=True)
class Status:
    """Running sessions, those whose end is doubtful, and the seconds logged since the person's day began."""

    running: list[Session]
    doubtful: list[Session]
    today_seconds: int


def status(ledger: Ledger) -> Status:
    """How things stand, after a look back at whether anybody saw what runs; what is found is said and not stored."""
    doubtful = {doubt.session.id: doubt.session for doubt in recovery.suspected(ledger)}
    running = [doubtful.get(session.id, session) for session in timers.running(ledger)]
    return Status(running, list(doubtful.values()), _today_seconds(ledger, doubtful.keys()))


def _today_seconds(ledger: Ledger, doubtful: Container[str]) -> int:
    """Sessions clipped to the person's day; side by side they count each."""
    bounds = ledger.own_bounds(ledger.today)
    found = sessions.within(ledger.db, bounds.started_at, bounds.ended_at)
    parts = (session.span(ledger.now).clip(bounds) for session in found if session.id not in doubtful)
    return sum(part.seconds for part in parts if part)
