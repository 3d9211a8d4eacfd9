"""Detected calls that are nobody's, and whether anybody was on a call: two questions the end of a day asks."""

import sqlite3
from dataclasses import dataclass

from clepsydra.domain.interval import Interval

LONGEST = 86_400
"""No call is looked for that began longer than this many seconds before the time asked for."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """One ended call as it was detected; instants are UTC seconds, `state` None while nobody has decided."""

    id: str
    program: str
    started_at: int
    ended_at: int
    client_hint: str
    title: str
    state: str | None

    @property
    def span(self) -> Interval:
        """Its stretch."""
        return Interval(self.started_at, self.ended_at)


def lost(connection: sqlite3.Connection, since: int, until: int) -> list[CallRow]:
    """Calls that share time with `[since, until)` and are nobody's: undecided, personal or ignored."""
    rows = connection.execute(
        """
        SELECT id, program_name, started_at, ended_at, client_hint, title, state
        FROM detected_call LEFT JOIN call_decision ON call_decision.call = detected_call.id
        WHERE started_at > ? AND started_at < ? AND ended_at > ? AND ended_at > started_at
            AND (state IS NULL OR state IN ('personal', 'ignored'))
        ORDER BY started_at, id
        """,
        (since - LONGEST, until, since),
    )
    return [CallRow(*row) for row in rows]


def on_the_line(connection: sqlite3.Connection, since: int, until: int) -> bool:
    """Whether any call, decided or not and even under way, shares time with `[since, until)`."""
    row = connection.execute(
        """
        SELECT 1 FROM detected_call
        WHERE started_at > ? AND started_at < ? AND (ended_at IS NULL OR ended_at > ?) LIMIT 1
        """,
        (since - LONGEST, until, since),
    ).fetchone()
    return row is not None
