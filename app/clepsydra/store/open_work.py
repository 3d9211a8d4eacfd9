"""Work as plain rows in the order of its days, where it may be years of it: what is on no statement yet, and all."""

import sqlite3
from collections.abc import Iterator

Row = tuple[str, str, str, str | None, int, int, int, int | None, str | int]
"""Project, channel, scope, decision, day (ordinal), begin and end in UTC seconds, agreed seconds, and what makes the
statement line: the value of the column that was asked for."""

LINE_COLUMNS = frozenset({"id", "day", "channel", "project", "note"})
"""The columns that can make a statement line."""

_FIRST, _LAST = 0, 1 << 62


def rows(
    connection: sqlite3.Connection, client: str, line: str, first: int | None, last: int | None, now: int | None = None
) -> Iterator[Row]:
    """A client's sessions of some days (ordinals, both included) that are neither billed, written off nor absorbed.

    Sessions whose end is doubtful are left out; those that run too, unless `now` says how far they have come. `line` is
    one of `LINE_COLUMNS`.

    Raises ValueError for an unknown sort of line.
    """
    if line not in LINE_COLUMNS:
        raise ValueError(f"no line is made by {line}")
    ended, running = "ended_at", "ended_at IS NOT NULL"
    if now is not None:
        ended, running = "ifnull(ended_at, max(?, started_at))", "1"
    cursor = connection.cursor()
    cursor.row_factory = None
    # Named so that no statistics can ever turn this into a scan of what was billed long ago.
    return cursor.execute(
        f"""
        SELECT project, channel, scope, decision, day, started_at, {ended}, agreed_seconds, {line}
        FROM session INDEXED BY session_unbilled
        WHERE client = ? AND day BETWEEN ? AND ? AND statement IS NULL AND write_off IS NULL
            AND decision IS NOT 'absorb' AND doubtful_from IS NULL AND {running}
        ORDER BY day
        """,
        (*(() if now is None else (now,)), client, _FIRST if first is None else first, _LAST if last is None else last),
    )


def worked(
    connection: sqlite3.Connection, client: str, line: str, first: int | None, last: int | None, now: int
) -> Iterator[Row]:
    """The same of all a client's work of some days, billed or not, with what runs as far as it has come by `now`.

    Raises ValueError for an unknown sort of line.
    """
    if line not in LINE_COLUMNS:
        raise ValueError(f"no line is made by {line}")
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(
        f"""
        SELECT project, channel, scope, decision, day, started_at, ifnull(ended_at, max(?, started_at)), agreed_seconds,
            {line}
        FROM session INDEXED BY session_client_day
        WHERE client = ? AND day BETWEEN ? AND ? AND write_off IS NULL AND decision IS NOT 'absorb'
            AND doubtful_from IS NULL
        ORDER BY day
        """,
        (now, client, _FIRST if first is None else first, _LAST if last is None else last),
    )


Alike = tuple[str, str, str, str | None, int, int, str]
"""Project, channel, scope, decision, whether it was written off, whether its end is doubtful, each length as JSON."""


def alike(connection: sqlite3.Connection, client: str, first: int, last: int, now: int) -> list[Alike]:
    """A client's work of some days, whatever became of it, by what its terms look at; what runs counts up to `now`."""
    return connection.execute(
        """
        SELECT project, channel, scope, decision, write_off IS NOT NULL AS written,
            doubtful_from IS NOT NULL AS doubtful, json_group_array(ifnull(ended_at, max(?, started_at)) - started_at)
        FROM session INDEXED BY session_client_day WHERE client = ? AND day BETWEEN ? AND ?
        GROUP BY project, channel, scope, decision, written, doubtful
        """,
        (now, client, first, last),
    ).fetchall()


def outside(connection: sqlite3.Connection, client: str, first: int | None, last: int | None) -> list[int]:
    """The rows of a client's work out of scope of some days; what was written off or is doubtful is left out."""
    rows = connection.execute(
        """
        SELECT rowid FROM session INDEXED BY session_client_day WHERE client = ? AND day BETWEEN ? AND ?
            AND scope = 'out' AND write_off IS NULL AND doubtful_from IS NULL ORDER BY day
        """,
        (client, _FIRST if first is None else first, _LAST if last is None else last),
    )
    return [row[0] for row in rows]


def waiting(connection: sqlite3.Connection, client: str, before: int) -> list[int]:
    """The rows of a client's open work out of scope from before a day (ordinal) that waits for a decision."""
    rows = connection.execute(
        """
        SELECT rowid FROM session INDEXED BY session_unbilled WHERE client = ? AND day < ? AND statement IS NULL
            AND write_off IS NULL AND decision = 'pending' AND doubtful_from IS NULL
        """,
        (client, before),
    )
    return [row[0] for row in rows]
