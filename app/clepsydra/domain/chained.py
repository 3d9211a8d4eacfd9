"""Statements one after the other: what those before hold of a day counts for those after.

Two hours on one statement and two more of the same day on the next are four hours of a day, once.
"""

from collections.abc import Iterable

from clepsydra.domain.billing import Group, day_key, group_sessions
from clepsydra.domain.held import DayKey, Held, by_day
from clepsydra.domain.records import replace
from clepsydra.domain.session import Session
from clepsydra.domain.terms import Client


def chained(chunks: Iterable[Iterable[Session]], client: Client, now: int) -> list[list[Group]]:
    """The groups of sessions on statements one after the other, each counting what those before hold of a day.

    The statements of the sessions themselves are not looked at.
    """
    held: dict[DayKey, Held] = {}
    found = []
    for chunk in chunks:
        free = [session if session.statement is None else replace(session, statement=None) for session in chunk]
        groups = group_sessions(free, client, now, held=held)
        for group in groups:
            if by_day(group.key.rule):
                _add_held(held, group)
        found.append(groups)
    return found


def _add_held(held: dict[DayKey, Held], group: Group) -> None:
    """Take note of what a statement holds of the group of a day."""
    key = day_key(group.key, group.day)
    spans = (piece.span for piece in group.pieces)
    held[key] = held.get(key, Held()).plus(spans, group.rule_seconds, group.seconds.billed, group.total)
