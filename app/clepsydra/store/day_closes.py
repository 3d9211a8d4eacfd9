"""Closed civil days, and what a person has seen and left as it is; days are ordinals, instants UTC seconds."""

import sqlite3
from collections.abc import Iterable

from clepsydra.domain.records import dataclass
from clepsydra.store.ids import new_id


@dataclass(frozen=True, slots=True)
class DayClose:
    """A civil day affirmed to be complete; `unknown_seconds` of it nobody could explain.

    It began and ended at these instants by the zone and the settings of then; older closings do not say.
    """

    day: int
    closed_at: int
    unknown_seconds: int
    began_at: int | None = None
    ended_at: int | None = None


_FIELDS = "day, closed_at, unknown_seconds, began_at, ended_at"


def add(connection: sqlite3.Connection, close: DayClose) -> None:
    """Close a day."""
    connection.execute(
        f"INSERT INTO day_close (id, {_FIELDS}) VALUES (?, ?, ?, ?, ?, ?)",
        (new_id(close.closed_at), close.day, close.closed_at, close.unknown_seconds, close.began_at, close.ended_at),
    )


def remove(connection: sqlite3.Connection, day: int) -> None:
    """Open a day again."""
    connection.execute("DELETE FROM day_close WHERE day = ?", (day,))


def of(connection: sqlite3.Connection, day: int) -> DayClose | None:
    """How a day was closed, if it was; here rather than on another device."""
    sql = f"SELECT {_FIELDS} FROM day_close WHERE day = ? ORDER BY device, person LIMIT 1"
    row = connection.execute(sql, (day,)).fetchone()
    return DayClose(*row) if row else None


def between(connection: sqlite3.Connection, first: int, last: int) -> list[DayClose]:
    """The closed days from `first` to `last`, both included, in order."""
    sql = f"SELECT {_FIELDS} FROM day_close WHERE day BETWEEN ? AND ? ORDER BY day, device DESC, person DESC"
    return list({row[0]: DayClose(*row) for row in connection.execute(sql, (first, last))}.values())


def note(connection: sqlite3.Connection, subject: str, kind: str, at: int) -> None:
    """Remember that something was seen and is to stay as it is."""
    if not noted(connection, [subject]):
        connection.execute(
            "INSERT INTO noted (id, subject, kind, at) VALUES (?, ?, ?, ?)", (new_id(at), subject, kind, at)
        )


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
    """A session or an absence that was added, removed or given another start or end: where it lay and where it lies."""

    id: str
    absence: bool
    before: Ends | None
    after: Ends | None


def moved(connection: sqlite3.Connection) -> list[Moved]:
    """What the open entry of the journal has moved so far; another note, scope or statement moves nothing."""
    rows = connection.execute(
        """
        SELECT tbl, coalesce(after, before) ->> 'id', before IS NULL, before ->> 'started_at', before ->> 'ended_at',
               after IS NULL, after ->> 'started_at', after ->> 'ended_at' FROM journal_row
        WHERE device = '' AND entry = (SELECT entry FROM journal_now) AND tbl IN ('session', 'absence') ORDER BY id
        """
    )
    found: dict[str, Moved] = {}
    for table, id_, new, *began, gone, begins, ends in rows:
        before = None if new else tuple(began)
        first = found[id_].before if id_ in found else before
        found[id_] = Moved(id_, table == "absence", first, None if gone else (begins, ends))
    return [each for each in found.values() if each.before != each.after]


def latest(connection: sqlite3.Connection) -> int | None:
    """The last day that is closed."""
    row = connection.execute("SELECT max(day) FROM day_close").fetchone()
    return None if row[0] is None else int(row[0])


def first_own_session(connection: sqlite3.Connection) -> int | None:
    """When the first session begins that was recorded here and not brought in: history has no days to close."""
    row = connection.execute(
        "SELECT started_at FROM session INDEXED BY session_own_began "
        "WHERE source <> 'import' ORDER BY started_at LIMIT 1"
    ).fetchone()
    return None if row is None else int(row[0])


def first_session_from(connection: sqlite3.Connection, instant: int) -> int | None:
    """When the first session at or after an instant begins."""
    row = connection.execute("SELECT min(started_at) FROM session WHERE started_at >= ?", (instant,)).fetchone()
    return None if row[0] is None else int(row[0])
