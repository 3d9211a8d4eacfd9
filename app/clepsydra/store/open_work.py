"""Work as plain columns, where it may be years of it: what is on no statement yet, and all."""

import sqlite3
from enum import Enum

_FIRST, _LAST = 0, 1 << 62


class Which(Enum):
    """Which of a client's work is read: all, what has ended, what is open, what is open and has ended. None of it was
    written off, given away or is doubtful.
    """

    EVERY = "session INDEXED BY session_client_day", "1"
    FINISHED = "session INDEXED BY session_client_day", "ended_at IS NOT NULL"
    # Named so that no statistics can ever turn this into a scan of what was billed long ago.
    OPEN = "session INDEXED BY session_unbilled", "statement IS NULL"
    ENDED = "session INDEXED BY session_unbilled", "statement IS NULL AND ended_at IS NOT NULL"


Columns = tuple[str, str, str, str | None, str, str, str, str, str]
"""Project, channel, scope, decision, and as JSON of each session: its day (ordinal), its exact and agreed seconds (an
empty text where none has any), the column that was asked for, and the instant it began where that was."""


def columns(
    connection: sqlite3.Connection,
    client: str,
    first: int,
    last: int,
    now: int,
    which: Which,
    own: str | None = None,
    *,
    starts: bool = False,
) -> list[Columns]:
    """A client's work of some days (ordinals, both included) by what its terms look at; what runs counts up to `now`.

    `own` is the column that is read beside: rowid or note.

    Raises ValueError for another column.
    """
    if own not in (None, "rowid", "note"):
        raise ValueError(f"no line is made by {own}")
    source, condition = which.value
    return connection.execute(
        f"""
        SELECT project, channel, scope, decision, json_group_array(day),
            json_group_array(ifnull(ended_at, max(?, started_at)) - started_at),
            iif(count(agreed_seconds), json_group_array(agreed_seconds), ''),
            {f"json_group_array({own})" if own else "''"}, {"json_group_array(started_at)" if starts else "''"}
        FROM {source} WHERE client = ? AND day BETWEEN ? AND ? AND {condition} AND write_off IS NULL
            AND decision IS NOT 'absorb' AND doubtful_from IS NULL
        GROUP BY project, channel, scope, decision
        """,
        (now, client, first, last),
    ).fetchall()


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
