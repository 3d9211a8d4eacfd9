"""Unbilled totals by client, kept beside the log so that nobody waits for a sum over years.

A tally says as of which row of the journal and under which terms it was taken. Triggers journal all changes, so one
with nothing later is true; the table can be emptied at any time.
"""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """One client's stored totals: `as_of` a journal row, under `terms` (a fingerprint), `body` JSON."""

    client: str
    as_of: int
    terms: str
    body: str


def all_tallies(connection: sqlite3.Connection) -> dict[str, Tally]:
    """Every stored tally, by client."""
    rows = connection.execute("SELECT client, as_of, terms, body FROM tally")
    return {row[0]: Tally(*row) for row in rows}


def keep(connection: sqlite3.Connection, tally: Tally) -> None:
    """Store a client's tally in place of an older one."""
    connection.execute(
        "INSERT INTO tally (client, as_of, terms, body) VALUES (?, ?, ?, ?) ON CONFLICT (client) DO UPDATE SET "
        "as_of = excluded.as_of, terms = excluded.terms, body = excluded.body",
        (tally.client, tally.as_of, tally.terms, tally.body),
    )
