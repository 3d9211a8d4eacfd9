"""How a log gets the shape of this program: a new one is made in it, an older one goes through numbered steps.

`schema.sql` always is the shape as it is now; a step brings a log to it from the shape before, and is never changed
once released. sqlite-utils keeps account in the file of the steps it has been through.
"""

import sqlite3
from datetime import UTC, datetime

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from clepsydra.store import carrying, schema
from clepsydra.store.database import STEPS

MIGRATIONS = Migrations(STEPS)


def apply(connection: sqlite3.Connection) -> None:
    """Make the log, or run the steps the file has not seen; the caller's transaction holds them all."""
    db = Database(connection)
    if db.table_names():
        MIGRATIONS.apply(db)
        return
    schema.create(connection)
    MIGRATIONS.ensure_migrations_table(db)
    done = {"migration_set": MIGRATIONS.name, "applied_at": str(datetime.now(UTC))}
    for step in MIGRATIONS.pending(db):
        db.table(MIGRATIONS.migrations_table).insert(done | {"name": step.name})


@MIGRATIONS()
def one_shape(db: Database) -> None:
    """From the six shapes before the first release: ids that are unique everywhere, who made a row and where."""
    carrying.carry(db.conn)
