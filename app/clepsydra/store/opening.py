"""Open the log: bring its schema up to date, put its locks back, and read it where it cannot be written.

The schema is brought up to date by sqlite-utils, which is imported only then: typed commands must not pay for it every
day.
"""

import sqlite3
from pathlib import Path

from clepsydra.store import guards
from clepsydra.store.database import SCHEMA_VERSION, connect, connect_to_read, schema_version, transaction


class NewerLog(Exception):
    """The log was written by a newer version of the program."""


def open_log(path: Path | str, *, mend: bool = True) -> sqlite3.Connection:
    """Open the log, creating or migrating it as needed; a backup is made before any migration of existing data.

    With `mend`, triggers that somebody took off are put back: without its locks and its journal nothing is safe.

    Raises `NewerLog` when the file is from a newer version, `sqlite3.Error` when it cannot be read or written.
    """
    connection = connect(path, create=True)
    try:
        version = schema_version(connection)
        if version > SCHEMA_VERSION:
            raise NewerLog(version)
        if version < SCHEMA_VERSION:
            _migrate(connection, path, version)
        elif mend:
            guards.watch(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_log_to_read(path: Path) -> sqlite3.Connection | None:
    """The log where it cannot be written: everything can be read, and every change is refused.

    None where only a migration would make it readable. Raises as `open_log` does.
    """
    connection = connect_to_read(path)
    try:
        version = schema_version(connection)
        if version > SCHEMA_VERSION:
            raise NewerLog(version)
    except BaseException:
        connection.close()
        raise
    if version == SCHEMA_VERSION:
        return connection
    connection.close()
    return None


def _migrate(connection: sqlite3.Connection, path: Path | str, version: int) -> None:
    from clepsydra.store import backups, migrations

    if version and path != ":memory:":
        backups.back_up(connection, Path(path).parent / "backups", f"before-migration-{SCHEMA_VERSION}")
    with transaction(connection):
        if schema_version(connection) < SCHEMA_VERSION:  # another instance may have been first
            migrations.apply(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            guards.remember(connection)
