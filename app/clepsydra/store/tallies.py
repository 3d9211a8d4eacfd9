"""Sums by client, kept beside the log so that nobody waits for a sum over years.

A tally says as of which row of the journal and under which terms it was taken. Triggers journal all changes, so one
with nothing later is true; the tables can be emptied at any time.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum

from clepsydra.domain.records import dataclass
from clepsydra.store import journal
from clepsydra.store.database import reading, transaction

STALE_ROWS = 500
"""A tally that is true but so many rows of the journal behind is dated anew, to keep the look back short."""


class Kind(StrEnum):
    """What is summed, by its table: finished work, or what agreements used and what is due beside hours."""

    WORK = "tally"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Tally:
    """One client's stored sums: `as_of` a journal row, under `terms` (a fingerprint), `body` and `days` JSON.

    `days` is what the sums are made of, wanted only when some of it changes.
    """

    kind: Kind
    client: str
    as_of: int
    terms: str
    body: str
    days: str = ""


def all_tallies(connection: sqlite3.Connection, kind: Kind) -> dict[str, Tally]:
    """Every stored tally of a kind, by client, without its days."""
    rows = connection.execute(f"SELECT client, as_of, terms, body FROM {kind}")
    return {row[0]: Tally(kind, *row) for row in rows}


def compact(content: object) -> str:
    """What is summed as it is stored: JSON without blanks."""
    return json.dumps(content, separators=(",", ":"))


def days_of(connection: sqlite3.Connection, kind: Kind, client: str) -> str:
    """The days of a client's tally."""
    return str(connection.execute(f"SELECT days FROM {kind} WHERE client = ?", (client,)).fetchone()[0])


@contextmanager
def keeping(connection: sqlite3.Connection) -> Iterator[list[Tally]]:
    """Several reads of one and the same state; what they add to the list is kept after them for later ones."""
    fresh: list[Tally] = []
    with reading(connection):
        restored = journal.restored(connection)
        yield fresh
    _keep(connection, fresh, restored)


def _keep(connection: sqlite3.Connection, fresh: Collection[Tally], restored: int) -> None:
    """Store tallies in place of older ones, unless the log cannot be written just now: they can be summed again.

    `restored` is the count of restores they were read at; after another, their places are of a journal that is gone.
    """
    if not fresh or connection.in_transaction:
        return
    try:
        with transaction(connection, wait=False):
            if journal.restored(connection) != restored:
                return
            for tally in fresh:
                connection.execute(
                    f"INSERT OR REPLACE INTO {tally.kind} (client, as_of, terms, body, days) VALUES (?, ?, ?, ?, ?)",
                    (tally.client, tally.as_of, tally.terms, tally.body, tally.days),
                )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no trouble of the disk or of a lock: a fault of ours
            raise
