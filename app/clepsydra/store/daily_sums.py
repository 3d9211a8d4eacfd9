"""What each day brought, as far as statements hold it, and the days on which work is on none yet."""

import sqlite3

from clepsydra.store.statements import OURS


def billed(connection: sqlite3.Connection, client: str, first: int, last: int) -> list[tuple[str, int, int]]:
    """What live statements billed of a client's work of some days (ordinals): currency, day, minor units before tax."""
    return connection.execute(
        f"""
        SELECT part.currency, part.day, sum(part.billed_minor) FROM billed_group AS part
        JOIN statement ON statement.id = part.statement
        WHERE part.client = ? AND part.day BETWEEN ? AND ? AND statement.state = 'issued' AND {OURS}
        GROUP BY part.currency, part.day
        """,
        (client, first, last),
    ).fetchall()


def open_days(connection: sqlite3.Connection, client: str, first: int, last: int) -> list[int]:
    """The days (ordinals) of some on which a client's work is on no statement yet."""
    rows = connection.execute(
        "SELECT DISTINCT day FROM session WHERE client = ? AND statement IS NULL AND day BETWEEN ? AND ?",
        (client, first, last),
    )
    return [row[0] for row in rows]
