"""The order of sessions in the log: where each stands in the order of time, so that millions can be leafed through.

A position is the second a session began and its row in the file: sixteen bytes instead of a session. A row keeps its
number while the file is open; what a page reads is checked against the start all the same.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from clepsydra.domain.session import Session
from clepsydra.store.sessions import FIELDS, Filter, from_row

Position = tuple[int, int]
"""Begin in UTC seconds, negated so that the newest comes first in ascending order, and row."""

_CHUNK = 5000

ORDERS = {
    "newest": "started_at DESC, id DESC",
    "oldest": "started_at, id",
    "longest": "coalesce(ended_at - started_at, 0) DESC, started_at DESC, id DESC",
    "client": "client, project, started_at DESC, id DESC",
    "note": "folded(note), started_at DESC, id DESC",
}
"""The orders a list may have; the first is the one that can be halved."""


def in_order(
    connection: sqlite3.Connection, wanted: Filter, first: int = _CHUNK, order: str = "newest"
) -> Iterator[list[Position]]:
    """The positions of all sessions that a filter lets through, in chunks, of which the first holds `first`.

    `connection.interrupt()` from another thread ends it with `sqlite3.OperationalError`.
    """
    condition, values = wanted.where()
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(f"SELECT -started_at, rowid FROM session WHERE {condition} ORDER BY {ORDERS[order]}", values)
    size = first
    while chunk := cursor.fetchmany(size):
        yield chunk
        size = _CHUNK


def at_begin(connection: sqlite3.Connection, wanted: Filter, begin: int) -> list[int]:
    """The rows of the sessions begun in a second that a filter lets through, newest id first."""
    condition, values = wanted.where()
    rows = connection.execute(
        f"SELECT rowid FROM session INDEXED BY session_began WHERE started_at = ? AND ({condition}) ORDER BY id DESC",
        [begin, *values],
    )
    return [row[0] for row in rows]


def row_of(connection: sqlite3.Connection, session_id: str) -> int | None:
    """The row of a session; None where there is none."""
    row = connection.execute("SELECT rowid FROM session WHERE id = ?", (session_id,)).fetchone()
    return None if row is None else int(row[0])


def read(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, Session]:
    """Sessions by their rows; those that are gone are missing."""
    places = ", ".join("?" * len(rows))
    found = connection.execute(f"SELECT rowid, {FIELDS} FROM session WHERE rowid IN ({places})", rows)
    return {row[0]: from_row(tuple(row)[1:]) for row in found}


def sessions(connection: sqlite3.Connection, rows: Sequence[int]) -> list[Session]:
    """The sessions of some rows, however many, in order of time."""
    found = [s for n in range(0, len(rows), _CHUNK) for s in read(connection, rows[n : n + _CHUNK]).values()]
    return sorted(found, key=lambda session: (session.started_at, session.id))


def worked(connection: sqlite3.Connection, wanted: Filter) -> tuple[int, list[int]]:
    """Seconds of the finished sessions that a filter lets through, and the begins of those that run."""
    condition, values = wanted.where()
    seconds = connection.execute(
        f"SELECT coalesce(sum(ended_at - started_at), 0) FROM session WHERE {condition} AND ended_at IS NOT NULL",
        values,
    ).fetchone()[0]
    running = connection.execute(
        f"SELECT started_at FROM session INDEXED BY session_open WHERE ended_at IS NULL AND ({condition})", values
    )
    return int(seconds), [row[0] for row in running]
