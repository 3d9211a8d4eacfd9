"""Sums by client, kept beside the log so that nobody waits for a sum over years.

A tally says as of which row of the journal and under which terms it was taken. Triggers journal all changes, so one
with nothing later is true; the table can be emptied at any time.
"""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """One client's stored sums: `as_of` a journal row, under `terms` (a fingerprint), `body` and `days` JSON.

    `days` is what the sums are made of, wanted only when some of it changes.
    """

    client: str
    as_of: int
    terms: str
    body: str
    days: str = ""


def all_tallies(connection: sqlite3.Connection) -> dict[str, Tally]:
    """Every stored tally, by client, without its days."""
    rows = connection.execute("SELECT client, as_of, terms, body FROM tally")
    return {row[0]: Tally(*row) for row in rows}


def days_of(connection: sqlite3.Connection, client: str) -> str:
    """The days of a client's tally."""
    return str(connection.execute("SELECT days FROM tally WHERE client = ?", (client,)).fetchone()[0])


def keep(connection: sqlite3.Connection, tally: Tally) -> None:
    """Store a client's tally in place of an older one."""
    connection.execute(
        "INSERT INTO tally (client, as_of, terms, body, days) VALUES (?, ?, ?, ?, ?) ON CONFLICT (client) DO UPDATE "
        "SET as_of = excluded.as_of, terms = excluded.terms, body = excluded.body, days = excluded.days",
        (tally.client, tally.as_of, tally.terms, tally.body, tally.days),
    )
