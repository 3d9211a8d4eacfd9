"""How a log gets the shape of this program: a new one is made in it, an older one goes through numbered steps.

`schema.sql` always is the shape as it is now; a step brings a log to it from the shape before, and is never changed
once released. sqlite-utils runs the steps and keeps account of them in the file; it is imported only then.
"""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from clepsydra.store import schema
from clepsydra.store.database import STEPS

if TYPE_CHECKING:
    from sqlite_utils import Database

_ACCOUNT = (
    "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
    "CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name ON _sqlite_migrations (migration_set, name)",
)
"""The account, as sqlite-utils makes it."""


def apply(connection: sqlite3.Connection) -> None:
    """Make the log, or run the steps the file has not seen; the caller's transaction holds them all."""
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        from sqlite_utils import Database
        from sqlite_utils.migrations import Migrations

        migrations = Migrations(STEPS)
        for step in MIGRATIONS:
            migrations()(step)
        migrations.apply(Database(connection))
        return
    schema.create(connection)
    for statement in _ACCOUNT:
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
        [(STEPS, step.__name__, str(datetime.now(UTC))) for step in MIGRATIONS],
    )


def one_shape(db: "Database") -> None:
    """From the six shapes before the first release: ids that are unique everywhere, who made a row and where."""
    from clepsydra.store import carrying

    carrying.carry(db.conn)


def work_by_channel(db: "Database") -> None:
    """From the seventh shape: groups say their project and channel, and indexes hold what long logs are summed from.

    A log that the step before it has just made has both already.
    """
    connection = db.conn
    there = {row[1] for row in connection.execute("PRAGMA table_xinfo(billed_group)")}
    for name, rule in (
        ("project TEXT", "json_extract(body, '$.project')"),
        ("channel TEXT", "json_extract(body, '$.channel')"),
        ("sessions INTEGER", "json_array_length(body, '$.pieces')"),
    ):
        if name.partition(" ")[0] not in there:
            connection.execute(f"ALTER TABLE billed_group ADD COLUMN {name} AS ({rule}) VIRTUAL")
    _index_anew(connection)


def money_by_state(db: "Database") -> None:
    """From the eighth shape: what is owed and what is to bill is read from an index, not from every statement."""
    _index_anew(db.conn)


def calls_under_way(db: "Database") -> None:
    """From the ninth shape: what is asked every second, which calls have not ended, looks at none that has."""
    _index_anew(db.conn)


def _index_anew(connection: sqlite3.Connection) -> None:
    """Give a log the indexes of `schema.sql` where its own are others."""
    indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    found, wanted = dict(connection.execute(indexes).fetchall()), schema.indexes()
    for name, statement in wanted.items():
        if found.get(name) != statement:
            connection.execute(f"DROP INDEX IF EXISTS {name}")
            connection.execute(statement)


MIGRATIONS: tuple[Callable[["Database"], None], ...] = (
    one_shape,
    work_by_channel,
    money_by_state,
    calls_under_way,
)
"""The steps, in order; the first leads to the seventh shape."""
