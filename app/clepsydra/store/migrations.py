"""Append-only migrations: one function per step, never changed once released."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from clepsydra.store import chain, locks, schema, schema_days, schema_due, schema_fees, schema_kept, schema_proof

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
        *locks.identity_triggers(schema.JOURNALLED, locks.UNIQUE),
        *locks.journal_locks(),
        *locks.journal_triggers(schema.JOURNALLED),
        *schema.VIEWS,
    ):
        db.execute(statement)


@MIGRATIONS()
def complete_the_days(db: Database) -> None:
    """Calls and their evidence, absences, closed days, what was taken note of."""
    keys = {table: (f"{columns[0]} = new.{columns[0]}",) for table, columns in schema_days.JOURNALLED.items()}
    for statement in (
        *schema_days.TABLES,
        *locks.identity_triggers(schema_days.JOURNALLED, keys),
        *locks.journal_triggers(schema_days.JOURNALLED),
        *schema_days.VIEWS,
    ):
        db.execute(statement)


@MIGRATIONS()
def state_the_fees(db: Database) -> None:
    """What statements bill beside hours: fees, overage, caps."""
    for statement in schema_fees.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def seal_the_journal(db: Database) -> None:
    """A digest of every entry, locks of the journal's entries, payments within bounds."""
    for statement in schema_proof.COLUMNS:
        db.execute(statement)
    chain.seal_all(db.conn)
    for statement in (*schema_proof.LOCKS, *schema_proof.VIEWS):
        db.execute(statement)


@MIGRATIONS()
def remember_what_was_forgotten(db: Database) -> None:
    """How far back evidence may be gone."""
    for statement in schema_kept.COLUMNS:
        db.execute(statement)


@MIGRATIONS()
def keep_what_is_due(db: Database) -> None:
    """What is due beside hours, as it was last worked out."""
    for statement in schema_due.TABLES:
        db.execute(statement)
