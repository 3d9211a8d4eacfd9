"""What statements billed of each session, and the work it was billed for, as plain rows: it may be years of it."""

import json
import sqlite3
from collections.abc import Iterable

from clepsydra.store.statements import OURS, PAID

Work = tuple[str, str, str, str | None, int, int, str, str]
"""Project, channel, scope, decision, whether it was written off, its first day (ordinal), and as JSON of each session
its id and exact seconds."""

Billed = tuple[str, int, int | None, list[tuple[str, int, int, int]]]
"""Hourly rate, minor units, whether it is overage, and its pieces: session, begin, end and day."""


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
    # In one text: to take thirty thousand apart one by one costs more than to read them.
    rows = connection.execute(
        "SELECT hourly, billed_minor, body->>'$.overage', body->'$.pieces' FROM billed_group WHERE statement = ? "
        "ORDER BY id",
        (statement,),
    ).fetchall()
    of_each = json.loads("[" + ",".join([row[3] for row in rows]) + "]")
    return [(row[0], row[1], row[2], pieces) for row, pieces in zip(rows, of_each, strict=True)]


def worked(
    connection: sqlite3.Connection, client: str, first: int, last: int, now: int, without: Iterable[str]
) -> list[Work]:
    """A client's work of some days by what its terms look at, with what runs as far as it has come by `now`; what is
    doubtful, or stands on one of the statements to do `without`, is left out.
    """
    return connection.execute(
        """
        SELECT project, channel, scope, decision, write_off IS NOT NULL AS written, min(day), json_group_array(id),
            json_group_array(ifnull(ended_at, max(?, started_at)) - started_at)
        FROM session INDEXED BY session_client_day
        WHERE client = ? AND day BETWEEN ? AND ? AND doubtful_from IS NULL
            AND (statement IS NULL OR statement NOT IN (SELECT value FROM json_each(?)))
        GROUP BY project, channel, scope, decision, written
        """,
        (now, client, first, last, json.dumps(list(without))),
    ).fetchall()
