"""What runs, what waits for an answer and how long today has been: as much as a line of status says."""

from clepsydra.domain.civil import day_bounds
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
    """How things stand, after a look back at whether anybody saw what runs."""
    running = timers.running(ledger)
    doubts = recovery.look_back(ledger) if running else recovery.doubts(ledger)
    if running:
        running = timers.running(ledger)
    return Status(running, [doubt.session for doubt in doubts], _today_seconds(ledger))


def _today_seconds(ledger: Ledger) -> int:
    """Sessions clipped to the person's day; side by side they count each."""
    bounds = day_bounds(ledger.today, ledger.settings.time_zone, ledger.settings.day_starts_at)
    found = sessions.within(ledger.db, bounds.started_at, bounds.ended_at)
    parts = (session.span(ledger.now).clip(bounds) for session in found if session.doubtful_from is None)
    return sum(part.seconds for part in parts if part)
