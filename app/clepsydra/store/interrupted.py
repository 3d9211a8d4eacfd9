"""The stack of interrupted work: what a pause or a call put aside, to be resumed from the top."""

import sqlite3

from clepsydra.domain.records import dataclass
from clepsydra.store.ids import new_id

PAUSE = "pause"
CALL = "call"


@dataclass(frozen=True, slots=True)
class Interrupted:
    """One thing put aside: the session that ended, and why."""

    position: int
    session: str
    why: str


def push(connection: sqlite3.Connection, session: str, why: str) -> None:
    """Put a session on top."""
    connection.execute(
        "INSERT INTO interrupted (id, position, session, why) "
        "VALUES (?, 1 + (SELECT coalesce(max(position), 0) FROM interrupted WHERE device = ''), ?, ?)",
        (new_id(0), session, why),
    )


def stack(connection: sqlite3.Connection) -> list[Interrupted]:
    """What is put aside here, the top first."""
    sql = "SELECT position, session, why FROM interrupted WHERE device = '' ORDER BY position DESC"
    rows = connection.execute(sql)
    return [Interrupted(*row) for row in rows]


def drop(connection: sqlite3.Connection, position: int) -> None:
    """Take one off."""
    connection.execute("DELETE FROM interrupted WHERE device = '' AND position = ?", (position,))


def resume_with(connection: sqlite3.Connection, position: int, session: str) -> None:
    """It ran again meanwhile, as another session."""
    connection.execute("UPDATE interrupted SET session = ? WHERE device = '' AND position = ?", (session, position))


def turn(connection: sqlite3.Connection, position: int, why: str) -> None:
    """Say another reason."""
    connection.execute("UPDATE interrupted SET why = ? WHERE device = '' AND position = ?", (why, position))
