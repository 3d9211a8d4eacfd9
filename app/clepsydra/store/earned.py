"""What statements billed of each session, and the work it was billed for, as plain rows: it may be years of it."""

import json
import sqlite3
from collections.abc import Iterator

from clepsydra.store.statements import OURS, PAID

Work = tuple[str, str, str, str, str | None, int, int, int, str | None]
"""Id, project, channel, scope, decision, day (ordinal), exact seconds, whether it was written off, statement."""

Billed = tuple[str, int, int | None, list[tuple[str, int, int, int]]]
"""Hourly rate, minor units, whether it is overage, and its pieces: session, begin, end and day."""

_FIRST, _LAST = 0, 1 << 62


def stated(connection: sqlite3.Connection, client: str, first_day: int) -> list[tuple[str, int, int, int]]:
    """A client's live statements that reach to a day or beyond, the latest first: id, what it asks, what was paid, and
    whether it may bill anything beside hours.
    """
    return connection.execute(
        f"""
        SELECT id, net_minor + tax_minor, {PAID}, NOT ({OURS})
            OR EXISTS (SELECT 1 FROM billed_fee WHERE billed_fee.statement = statement.id AND kind <> 'used')
        FROM statement INDEXED BY statement_sums WHERE client = ? AND state = 'issued' AND last_day >= ?
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        (client, first_day),
    ).fetchall()


def body(connection: sqlite3.Connection, statement: str) -> str:
    """The frozen part of a statement."""
    return str(connection.execute("SELECT body FROM statement WHERE id = ?", (statement,)).fetchone()[0])


def pieces(connection: sqlite3.Connection, statement: str) -> list[Billed]:
    """What each group of a statement billed, in their order."""
    # All in one text: to take thirty thousand apart one by one costs more than to read them.
    row = connection.execute(
        """
        SELECT json_group_array(json_array(hourly, billed_minor, json_extract(body, '$.overage'), json(pieces)))
        FROM (SELECT hourly, billed_minor, body, json_extract(body, '$.pieces') AS pieces FROM billed_group
            WHERE statement = ? ORDER BY id)
        """,
        (statement,),
    ).fetchone()
    found: list[Billed] = json.loads(row[0])
    return found


def worked(
    connection: sqlite3.Connection, client: str, first: int | None, last: int | None, now: int
) -> Iterator[Work]:
    """A client's work of some days, in their order, with what runs as far as it has come by `now`; what is doubtful is
    left out.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(
        """
        SELECT id, project, channel, scope, decision, day, ifnull(ended_at, max(?, started_at)) - started_at,
            write_off IS NOT NULL, statement
        FROM session INDEXED BY session_client_day
        WHERE client = ? AND day BETWEEN ? AND ? AND doubtful_from IS NULL ORDER BY day
        """,
        (now, client, _FIRST if first is None else first, _LAST if last is None else last),
    )
