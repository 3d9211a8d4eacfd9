"""Connections to the log: one SQLite file, write-ahead logging, full synchronisation, foreign keys held.

A transaction is `with transaction(connection)`; nothing is written outside one.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clepsydra.language.folding import folded
from clepsydra.store.failures import unwritable

SCHEMA_VERSION = 6
"""How many migrations this program knows; kept in the file as `PRAGMA user_version`."""

BUSY_SECONDS = 10
"""How long one instance waits for another's transaction."""


def connect(path: Path | str) -> sqlite3.Connection:
    """A connection with the settings every access relies on; creates the file (0600) when it is missing."""
    if path != ":memory:" and not Path(path).exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        _teach(connection)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def file_of(connection: sqlite3.Connection) -> Path | None:
    """The file a connection has open; None for a log in memory."""
    name = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    return Path(name) if name else None


def reader(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A second connection to the same file, for another thread, that can only read."""
    beside = sqlite3.connect(
        file_of(connection) or "", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    beside.execute("PRAGMA query_only = ON")
    _teach(beside)
    return beside


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, to a file that must be there; any name will do, `?` and `#` in it too.

    Even to read, SQLite wants to write an index beside the file, which a read-only disk or folder refuses. There the
    file is read as one that nobody changes, unless changes wait beside it that would then be missed: that raises
    `sqlite3.OperationalError`.
    """
    name = path.absolute().as_uri() + "?mode=ro"
    try:
        return _read_only(name)
    except sqlite3.OperationalError as error:
        if not unwritable(error) or waiting_beside(path):
            raise
        return _read_only(name + "&immutable=1")


def _read_only(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        _teach(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA schema_version").fetchone()  # whether it can be read shows at the first reading
    except BaseException:
        connection.close()
        raise
    return connection


def waiting_beside(path: Path) -> bool:
    """Whether changes wait beside a file to be taken into it, as after a crash or while it is in use."""
    beside = path.with_name(f"{path.name}-wal")
    return beside.exists() and beside.stat().st_size > 0


def is_read_only(connection: sqlite3.Connection) -> bool:
    """Whether the connection was opened to read alone."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


def _teach(connection: sqlite3.Connection) -> None:
    """Give a connection `folded(text)` for searches; no index, trigger or view may use it, so that other tools can
    open the file."""
    connection.create_function("folded", 1, folded, deterministic=True)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on; SQLite does not wait by itself when two instances do so for the first time."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def schema_version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has seen."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    with suppress(sqlite3.OperationalError):  # no migration has run yet
        steps = connection.execute("SELECT count(*) FROM _sqlite_migrations WHERE migration_set = 'log'").fetchone()[0]
        return max(version, int(steps))
    return version


@contextmanager
def transaction(connection: sqlite3.Connection, *, wait: bool = True) -> Iterator[None]:
    """All or nothing: takes the write lock at once, commits at the end, rolls back on any exception.

    Without `wait` it raises `sqlite3.OperationalError` at once when another instance is writing.
    """
    if not wait:
        connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    finally:
        if not wait:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    try:
        yield
        # Inside, because a commit fails too: on a full disk, or when a deferred reference points nowhere.
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one and the same state, whatever other instances write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.OperationalError):  # an error of the disk has ended it already
            connection.execute("ROLLBACK")


def data_version(connection: sqlite3.Connection) -> tuple[int, int]:
    """A mark that differs whenever this or another connection has changed the log; costs microseconds."""
    return (
        int(connection.execute("PRAGMA data_version").fetchone()[0]),
        connection.total_changes,
    )
