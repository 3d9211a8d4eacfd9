"""Append-only migrations: one function per step, never changed once released."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from clepsydra.store import locks, schema

MIGRATIONS = Migrations("log")


def apply(connection: sqlite3.Connection) -> None:
    """Run the steps the file has not seen; the caller's transaction holds them all."""
    MIGRATIONS.apply(Database(connection))


@MIGRATIONS()
def create_the_log(db: Database) -> None:
    """Sessions, statements, payments, the journal, locks and readable views."""
    for statement in (
        *schema.TABLES,
        *locks.LOCKS,
        *locks.identity_triggers(),
        *locks.journal_triggers(),
        *schema.VIEWS,
    ):
        db.execute(statement)
