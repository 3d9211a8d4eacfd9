"""Closed civil days, and what a person has seen and left as it is; days are ordinals, instants UTC seconds."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from clepsydra.domain.records import dataclass

BOUNDS = "bounds"
"""The value of a closing's label that says when the day began and ended, by the zone and the settings of then."""


@dataclass(frozen=True, slots=True)
class DayClose:
    """A civil day affirmed to be complete; `unknown_seconds` of it nobody could explain."""

    day: int
    closed_at: int
    unknown_seconds: int


def add(connection: sqlite3.Connection, close: DayClose) -> None:
    """Close a day."""
    connection.execute(
        "INSERT INTO day_close (day, closed_at, unknown_seconds) VALUES (?, ?, ?)",
        (close.day, close.closed_at, close.unknown_seconds),
    )


def remove(connection: sqlite3.Connection, day: int) -> None:
    """Open a day again."""
    connection.execute("DELETE FROM day_close WHERE day = ?", (day,))


def of(connection: sqlite3.Connection, day: int) -> DayClose | None:
    """How a day was closed, if it was."""
    row = connection.execute("SELECT day, closed_at, unknown_seconds FROM day_close WHERE day = ?", (day,)).fetchone()
    return DayClose(*row) if row else None


def between(connection: sqlite3.Connection, first: int, last: int) -> list[DayClose]:
    """The closed days from `first` to `last`, both included, in order."""
    rows = connection.execute(
        "SELECT day, closed_at, unknown_seconds FROM day_close WHERE day BETWEEN ? AND ? ORDER BY day", (first, last)
    )
    return [DayClose(*row) for row in rows]


def note(connection: sqlite3.Connection, subject: str, kind: str, at: int) -> None:
    """Remember that something was seen and is to stay as it is."""
    if not noted(connection, [subject]):
        connection.execute("INSERT INTO noted (subject, kind, at) VALUES (?, ?, ?)", (subject, kind, at))


def noted(connection: sqlite3.Connection, subjects: Iterable[str]) -> set[str]:
    """Which of the subjects were noted."""
    known = set()
    for subject in subjects:
        if connection.execute("SELECT 1 FROM noted WHERE subject = ?", (subject,)).fetchone():
            known.add(subject)
    return known


Ends = tuple[int, int | None]
"""Begin and end of a session or an absence; the end is None while it runs."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A session or an absence that was added, removed or given another begin or end: where it lay and where it lies."""

    id: str
    absence: bool
    before: Ends | None
    after: Ends | None


def moved(connection: sqlite3.Connection) -> list[Moved]:
    """What the journal's last entry has moved so far; another note, scope, statement or agreed time moves nothing."""
    rows = connection.execute(
        """
        SELECT tbl, before, after FROM journal_row
        WHERE entry = (SELECT max(id) FROM journal) AND tbl IN ('session', 'absence') ORDER BY id
        """
    )
    found: dict[str, Moved] = {}
    for table, *contents in rows:
        before, after = (json.loads(content) if content else {} for content in contents)
        id_ = (after or before)["id"]
        first = found[id_].before if id_ in found else _ends(before)
        found[id_] = Moved(id_, table == "absence", first, _ends(after))
    return [each for each in found.values() if each.before != each.after]


def _ends(content: dict[str, Any]) -> Ends | None:
    return (content["started_at"], content["ended_at"]) if content else None


def latest(connection: sqlite3.Connection) -> int | None:
    """The last day that is closed."""
    row = connection.execute("SELECT max(day) FROM day_close").fetchone()
    return None if row[0] is None else int(row[0])


def first_session_from(connection: sqlite3.Connection, instant: int) -> int | None:
    """When the first session at or after an instant begins."""
    row = connection.execute("SELECT min(started_at) FROM session WHERE started_at >= ?", (instant,)).fetchone()
    return None if row[0] is None else int(row[0])
