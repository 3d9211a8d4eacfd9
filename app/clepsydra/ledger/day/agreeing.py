"""Totals that are agreed by hand: asked about where that is the habit with a client, and of nobody else.

Whoever never types an agreed time is never asked for one, and a habit that is given up is forgotten within a week.
"""

from collections.abc import Iterator
from itertools import islice

from clepsydra.domain.billing import Group, Treatment, treatment
from clepsydra.domain.session import OWN
from clepsydra.ledger.billing import agreed_time
from clepsydra.ledger.days import Day
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import sessions

DAYS_SEEN, DAYS_AGREED = 5, 2
"""Of so many days last worked for a client, so many with an agreed time make a habit."""

_LOOKED_BACK = 60
"""So many sessions of a client before the day are read to find those days."""


def groups_to_agree(ledger: Ledger, day: Day) -> Iterator[tuple[Group, ...]]:
    """The groups of a day that wait for a total, those of the same terms together; none that reaches beyond the day."""
    begun = [s for s in day.sessions if s.client != OWN and s.started_at >= day.bounds.started_at]
    for client, project, ordinal in dict.fromkeys((s.client, s.project, s.day) for s in begun):
        if client in ledger.catalogue.clients and _usual(ledger, client, project, day):
            alike: dict[object, list[Group]] = {}
            for group in agreed_time.groups_open(ledger, client, project, ordinal):
                if _ready(ledger, group):
                    alike.setdefault(agreed_time.terms_of(group), []).append(group)
            yield from (tuple(groups) for groups in alike.values())


def _usual(ledger: Ledger, client: str, project: str, before: Day) -> bool:
    """Whether the totals of a client's work are agreed as a rule, by the days before one."""
    place, began = sessions.Filter(client=client, project=project), (before.bounds.started_at, "")
    days: dict[int, bool] = {}
    for session in sessions.page(ledger.db, place, _LOOKED_BACK, began):
        days[session.day] = days.get(session.day, False) or session.agreed_seconds is not None
    return sum(islice(days.values(), DAYS_SEEN)) >= DAYS_AGREED


def _ready(ledger: Ledger, group: Group) -> bool:
    """Whether a group is complete, is billed by its time, on no statement in part, and has no total yet."""
    members = [piece.session for piece in group.pieces]
    client = ledger.client(group.key.client)
    return (
        not group.agreed
        and not group.taken
        and agreed_time.within_day(ledger, members[0])
        and all(treatment(session, client) is Treatment.BILLABLE for session in members)
        and not any(session.running or session.doubtful_from is not None for session in members)
    )
