"""Sums by client, kept beside the log so that nobody waits for a sum over years.

A row says as of which row of the journal and under which terms it was taken. Triggers journal all changes, so one
with nothing later is true; both tables can be emptied at any time.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import astuple, dataclass

from clepsydra.store.database import transaction

STALE_ROWS = 500
"""What is true but so many rows of the journal behind is dated anew, to keep the look back short."""


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


@dataclass(frozen=True, slots=True)
class Due:
    """What is due to one client beside hours, `body` JSON; the day it is due by is one of its `terms`."""

    client: str
    as_of: int
    terms: str
    body: str


Row = Tally | Due

_TABLES: dict[type[Row], str] = {Tally: "tally", Due: "due"}


def all_tallies(connection: sqlite3.Connection) -> dict[str, Tally]:
    """Every stored tally, by client, without its days."""
    rows = connection.execute("SELECT client, as_of, terms, body FROM tally")
    return {row[0]: Tally(*row) for row in rows}


def days_of(connection: sqlite3.Connection, client: str) -> str:
    """The days of a client's tally."""
    return str(connection.execute("SELECT days FROM tally WHERE client = ?", (client,)).fetchone()[0])


def all_due(connection: sqlite3.Connection) -> dict[str, Due]:
    """Everything stored of what is due, by client."""
    return {row[0]: Due(*row) for row in connection.execute("SELECT client, as_of, terms, body FROM due")}


def keep(connection: sqlite3.Connection, fresh: Collection[Row]) -> None:
    """Store rows in place of older ones, unless the log cannot be written just now: they can be summed again."""
    if not fresh or connection.in_transaction:
        return
    try:
        with transaction(connection, wait=False):
            for row in fresh:
                values = astuple(row)
                places = ", ".join("?" * len(values))
                connection.execute(f"INSERT OR REPLACE INTO {_TABLES[type(row)]} VALUES ({places})", values)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no trouble of the disk or of a lock: a fault of ours
            raise
