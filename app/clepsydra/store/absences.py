"""Absences in the log: explained stretches that are not work."""

import sqlite3

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass

COLUMNS = ("id", "started_at", "ended_at", "reason", "note", "zone", "logged_at")
_FIELDS = ", ".join(COLUMNS)
_PLACES = ", ".join("?" * len(COLUMNS))


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One stored absence; instants are UTC seconds, `zone` is the one it was recorded in."""

    id: str
    started_at: int
    ended_at: int
    reason: str
    note: str
    zone: str
    logged_at: int

    @property
    def span(self) -> Interval:
        """Its stretch."""
        return Interval(self.started_at, self.ended_at)


def _values(row: AbsenceRow) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in COLUMNS)


def add(connection: sqlite3.Connection, row: AbsenceRow) -> None:
    """Write a new absence."""
    connection.execute(f"INSERT INTO absence ({_FIELDS}) VALUES ({_PLACES})", _values(row))


def replace(connection: sqlite3.Connection, row: AbsenceRow) -> None:
    """Write the fields of an absence that is already there."""
    assignments = ", ".join(f"{column} = ?" for column in COLUMNS[1:])
    connection.execute(f"UPDATE absence SET {assignments} WHERE id = ?", (*_values(row)[1:], row.id))


def remove(connection: sqlite3.Connection, absence_id: str) -> None:
    """Delete an absence; the journal keeps it."""
    connection.execute("DELETE FROM absence WHERE id = ?", (absence_id,))


def by_id(connection: sqlite3.Connection, absence_id: str) -> AbsenceRow | None:
    """The absence of exactly that id."""
    row = connection.execute(f"SELECT {_FIELDS} FROM absence WHERE id = ?", (absence_id,)).fetchone()
    return AbsenceRow(*row) if row else None


def ids_like(connection: sqlite3.Connection, part: str) -> list[str]:
    """Up to three ids that end with `part`, in either case."""
    pattern = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute("SELECT id FROM absence WHERE id LIKE ? ESCAPE '\\' LIMIT 3", ("%" + pattern,))
    return [row[0] for row in rows]


def within(connection: sqlite3.Connection, since: int, until: int) -> list[AbsenceRow]:
    """The absences that share time with `[since, until)`, in order of time."""
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM absence WHERE started_at < ? AND ended_at > ? ORDER BY started_at, id", (until, since)
    )
    return [AbsenceRow(*row) for row in rows]
