"""Sessions that a rule made and that no person has looked at yet: the close of their day is that look.

Nothing is stored for it: a session is confirmed when its day is closed, and to be confirmed again when it is reopened.
"""

from collections.abc import Iterable
from datetime import date

from clepsydra.domain.session import Session, Source
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import day_closes


def unconfirmed(ledger: Ledger, some: Iterable[Session]) -> list[Session]:
    """Those of some sessions that rules made and no close of a day has confirmed."""
    closed: dict[date, bool] = {}
    return [each for each in some if each.source is Source.RULE and not _closed(ledger, each, closed)]


def _closed(ledger: Ledger, session: Session, known: dict[date, bool]) -> bool:
    day = ledger.own_day(session.started_at)
    if day not in known:
        known[day] = day_closes.of(ledger.db, day.toordinal()) is not None
    return known[day]
