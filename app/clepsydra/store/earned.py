"""What statements billed of each session, and the work it was billed for, as plain rows: it may be years of it."""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from clepsydra.store.statements import OURS, PAID

Work = tuple[str, str, str, str | None, int, int, str, str]
"""Project, channel, scope, decision, whether it was written off, its first day (ordinal), and as JSON of each session
its id and exact seconds."""

Billed = tuple[str, int, str, int, int, int | None, list[tuple[str, int, int, int]]]
"""Hourly rate, day (ordinal), project, exact seconds, minor units, whether it is overage, and its pieces: session,
begin, end and day.
"""


class Stated(NamedTuple):
    """A statement: what it asks and what was paid in minor units, its days (ordinals), whether it may bill anything
    beside hours.
    """

    id: str
    total_minor: int
    paid_minor: int
    first_day: int
    last_day: int
    beside: bool


class BilledSum(NamedTuple):
    """What a statement billed of one project, channel and hourly rate: its first day, exact seconds, minor units."""

    statement: str
    project: str
    channel: str
    hourly: str
    first_day: int
    seconds: int
    minor: int


def stated(connection: sqlite3.Connection, client: str, first_day: int) -> list[Stated]:
    """A client's live statements that reach to a day or beyond, the latest first."""
    rows = connection.execute(
        f"""
        SELECT id, net_minor + tax_minor, {PAID}, first_day, last_day, NOT ({OURS})
            OR EXISTS (SELECT 1 FROM billed_fee WHERE billed_fee.statement = statement.id AND kind <> 'used')
        FROM statement INDEXED BY statement_sums WHERE client = ? AND state = 'issued' AND last_day >= ?
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        (client, first_day),
    )
    return [Stated(*row) for row in rows]


def billed_sums(connection: sqlite3.Connection, some: Iterable[str]) -> list[BilledSum]:
    """What those among some statements billed whose every session is whole in a group that knows its channel.

    No session is read, and a frozen body only of groups of several channels.
    """
    given = json.dumps(list(some))
    rows = connection.execute(
        f"""
        SELECT {_SUM}, min(day), sum(exact_seconds), sum(billed_minor), sum(sessions), min(billed_minor)
        FROM json_each(?) AS some CROSS JOIN billed_group INDEXED BY billed_group_statement ON statement = some.value
        GROUP BY {_SUM}
        """,
        (given,),
    ).fetchall()
    count = dict(connection.execute(
        "SELECT statement, count(*) FROM json_each(?) AS some CROSS JOIN session INDEXED BY session_statement "
        "ON statement = some.value GROUP BY statement", (given,)))  # fmt: skip
    for statement, _, channel, *_, held, least in rows:
        count[statement] = count.get(statement, 0) - held if channel is not None and least >= 0 else _NEVER
    told = [row for row in rows if count[row[0]] == 0]
    several = {row[0] for row in told if row[2] == ""}
    return [*(BilledSum(*row[:7]) for row in told if row[2]), *_by_channel(connection, several)]


_SUM, _NEVER = "statement, project, channel, hourly", -1 << 62


def _by_channel(connection: sqlite3.Connection, some: Iterable[str]) -> list[BilledSum]:
    """What the groups of several channels came to on some statements."""
    rows = connection.execute(
        """
        SELECT statement, project, part.key, hourly, min(day), sum(part.value->>0), sum(part.value->>1)
        FROM json_each(?) AS some
        CROSS JOIN billed_group INDEXED BY billed_group_statement ON statement = some.value AND channel = ''
        CROSS JOIN json_each(body, '$.channels') AS part
        GROUP BY statement, project, part.key, hourly
        """,
        (json.dumps(list(some)),),
    )
    return [BilledSum(*row) for row in rows]


def body(connection: sqlite3.Connection, statement: str) -> str:
    """The frozen part of a statement."""
    return str(connection.execute("SELECT body FROM statement WHERE id = ?", (statement,)).fetchone()[0])


def pieces(connection: sqlite3.Connection, statement: str) -> list[Billed]:
    """What each group of a statement billed, in their order."""
    # In one text: to take thirty thousand apart one by one costs more than to read them.
    rows = connection.execute(
        "SELECT hourly, day, project, exact_seconds, billed_minor, body->>'$.overage', body->'$.pieces' "
        "FROM billed_group WHERE statement = ? ORDER BY id",
        (statement,),
    ).fetchall()
    of_each = json.loads("[" + ",".join([row[6] for row in rows]) + "]")
    return [(*row[:6], pieces) for row, pieces in zip(rows, of_each, strict=True)]


_WORK = "project, channel, scope, decision, write_off, day, session.id AS id, started_at, ended_at, doubtful_from"


def worked(
    connection: sqlite3.Connection, client: str, first: int, last: int, now: int, on: Iterable[str]
) -> list[Work]:
    """A client's work of some days by what its terms look at, with what runs as far as it has come by `now`: what is on
    no statement, or `on` one of some; what is doubtful is left out.
    """
    # Each by an index of its own: a year of what plain statements billed is not looked at.
    return connection.execute(
        f"""
        SELECT project, channel, scope, decision, write_off IS NOT NULL AS written, min(day), json_group_array(id),
            json_group_array(ifnull(ended_at, max(?1, started_at)) - started_at)
        FROM (
            SELECT {_WORK} FROM session INDEXED BY session_unbilled
            WHERE client = ?2 AND day BETWEEN ?3 AND ?4 AND statement IS NULL AND write_off IS NULL
            UNION ALL SELECT {_WORK} FROM session INDEXED BY session_given
            WHERE client = ?2 AND day BETWEEN ?3 AND ?4 AND statement IS NULL AND write_off IS NOT NULL
            UNION ALL SELECT {_WORK} FROM json_each(?5) CROSS JOIN session INDEXED BY session_statement
            ON statement = json_each.value WHERE client = ?2 AND day BETWEEN ?3 AND ?4
        )
        WHERE doubtful_from IS NULL GROUP BY project, channel, scope, decision, written
        """,
        (now, client, first, last, json.dumps(list(on))),
    ).fetchall()
