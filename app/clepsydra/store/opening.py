"""Open the log: bring its schema up to date, put its locks back, and read it where it cannot be written.

The schema is brought up to date by sqlite-utils, which is imported only then: typed commands must not pay for it every
day.
"""

import sqlite3
from contextlib import suppress

from clepsydra.settings.foreign import StrPath
from clepsydra.store import guards
from clepsydra.store.database import (
    SCHEMA_VERSION,
    Copy,
    connect,
    connect_to_read,
    copy_in_memory,
    schema_version,
    transaction,
)


class NewerLog(Exception):
    """The log was written by a newer version of the program."""


def open_log(path: StrPath, *, mend: bool = True) -> sqlite3.Connection:
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


def open_log_to_read(path: StrPath) -> Copy:
    """The log as it is, to read: every change is refused. One of an older shape is brought up to date in memory.

    Raises as `open_log` does, and `sqlite3.OperationalError` where there is no file.
    """
    connection = connect_to_read(path)
    try:
        version = schema_version(connection)
        if version > SCHEMA_VERSION:
            raise NewerLog(version)
        return connection if version == SCHEMA_VERSION else _brought_up_to_date(connection, version)
    except BaseException:
        connection.close()
        raise


def empty_log() -> sqlite3.Connection:
    """An empty log in memory, to read."""
    log = open_log(":memory:")
    log.execute("PRAGMA query_only = ON")
    return log


def _brought_up_to_date(old: Copy, version: int) -> Copy:
    copy = copy_in_memory(old)
    copy.refused = old.refused
    try:
        copy.execute("PRAGMA temp_store = MEMORY")
        _migrate(copy, ":memory:", version)
        copy.execute("PRAGMA query_only = ON")
    except BaseException:
        copy.close()
        raise
    old.close()
    return copy


def _migrate(connection: sqlite3.Connection, path: StrPath, version: int) -> None:
    from pathlib import Path

    from clepsydra.store import backups, migrations

    if version and path != ":memory:":
        backups.back_up(connection, Path(path).parent / "backups", f"before-migration-{SCHEMA_VERSION}")
    connection.execute("PRAGMA foreign_keys = OFF")  # while tables are rebuilt; inside a transaction it does nothing
    try:
        with transaction(connection):
            if schema_version(connection) < SCHEMA_VERSION:  # another instance may have been first
                migrations.apply(connection)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                guards.remember(connection)
        if version and path != ":memory:":
            _close_up(connection)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _close_up(connection: sqlite3.Connection) -> None:
    """Give back the room that the old shape took; where that cannot be done now, the file is only longer."""
    with suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")
        with transaction(connection):
            guards.remember(connection)
