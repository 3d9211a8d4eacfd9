"""Connections to the log: one SQLite file, write-ahead logging, full synchronisation, foreign keys held.

A transaction is `with transaction(connection)`; nothing is written outside one.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import ENOENT

from clepsydra.domain.annotations import TYPE_CHECKING, Any, TypeVar
from clepsydra.language.folding import folded
from clepsydra.settings.foreign import StrPath
from clepsydra.store.custody import Custody, refuse_headless
from clepsydra.store.failures import no_room, unwritable
from clepsydra.store.log_files import uri_of, waiting_beside

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 10
"""The shape this program knows, kept in the file as `PRAGMA user_version`; six were before the first release."""

STEPS = "clepsydra"
"""Under what name the file keeps account of the steps from shape to shape; the first led to the seventh shape."""

BUSY_SECONDS = 10
"""How long one instance waits for another's transaction."""


OWN: Any = {"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False}
"""How every connection is made: transactions are ours, and threads may share it."""

_C = TypeVar("_C", bound=sqlite3.Connection)


class Log(sqlite3.Connection):
    """A connection to the log, which knows whether its file is still the one at its path."""

    custody: Custody | None = None
    patience: float = BUSY_SECONDS
    """Seconds it waits for another program's transaction."""
    pause: Callable[[], None] | None = None
    """What those who read beside it call again and again, so that their thread gives way to another."""


def connect(path: StrPath, *, create: bool = False) -> Log:
    """A connection with the settings every access relies on; with `create`, makes the file (0600) when it is missing.

    Raises FileNotFoundError where there is no file to open.
    """
    if path != ":memory:" and not os.path.exists(path):
        if not create:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(path))
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=Log)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        teach(connection)
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        if path != ":memory:":
            refuse_headless(os.fspath(path), lambda: _waiting(connection))
            connection.custody = Custody(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _waiting(connection: sqlite3.Connection) -> int:
    """How many pages the index says are waiting beside the log."""
    return int(connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])


def file_of(connection: sqlite3.Connection) -> "Path | None":
    """The file a connection has open; None for a log in memory."""
    name = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    if not name:
        return None
    from pathlib import Path

    return Path(name)


def connect_to_read(path: StrPath, *, patience: float = BUSY_SECONDS) -> "Copy":
    """A connection that cannot write, to a file that must be there; any name will do, `?` and `#` in it too.

    It leaves the file, what lies beside it and its folder as they were. Raises OSError and `sqlite3.Error`.
    """
    name = uri_of(path)
    options: Any = {**OWN, "timeout": patience, "factory": Copy, "uri": True}
    connection: Copy
    try:
        if os.path.exists(f"{os.fspath(path)}-shm"):
            # Somebody has it open, or was killed: the index beside it is read, and not even the marks of readers are
            # left there.
            connection = sqlite3.connect(f"{name}?mode=ro&readonly_shm=1", **options)
            return _read_only(connection)
        if not waiting_beside(path):
            # The index that SQLite makes to read is gone again when this is closed; opened to read alone it would stay.
            connection = sqlite3.connect(f"{name}?mode=rw", **options)
            return _read_only(connection)
        refused = None
    except sqlite3.OperationalError as error:
        if not (unwritable(error) or no_room(error)):
            raise
        refused = error
    # Where no index can be made beside the file, as on a full or read-only disk, or must not, it is read as one that
    # nobody changes; where changes wait beside it, together with them as a copy in memory.
    if waiting_beside(path):
        from clepsydra.store.full_disk import copied

        connection = _read_only(copied(path, Copy))
    else:
        connection = _read_only(sqlite3.connect(f"{name}?mode=ro&immutable=1", **options))
    connection.refused = refused
    return connection


def copy_in_memory(connection: sqlite3.Connection) -> "Copy":
    """A copy of a log that can be changed and is gone with its connection."""
    copy: Copy = sqlite3.connect(":memory:", factory=Copy, **OWN)
    copy.row_factory = sqlite3.Row
    try:
        teach(copy)
        connection.backup(copy)
    except BaseException:
        copy.close()
        raise
    return copy


class Copy(sqlite3.Connection):
    """A connection that only reads; `refused` is why the log could not be opened to be written, where it was asked."""

    refused: sqlite3.Error | OSError | None = None


def _read_only(connection: _C) -> _C:
    connection.row_factory = sqlite3.Row
    try:
        teach(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA schema_version").fetchone()  # whether it can be read shows at the first reading
    except BaseException:
        connection.close()
        raise
    return connection


def is_read_only(connection: sqlite3.Connection) -> bool:
    """Whether the connection was opened to read alone."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


def teach(connection: sqlite3.Connection) -> None:
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
    """The shape of the file, zero for one that holds nothing; a step it was taken by that is not known here counts."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    with suppress(sqlite3.OperationalError):  # no step has run yet
        sql = "SELECT count(*), count(*) FILTER (WHERE migration_set = ?) FROM _sqlite_migrations"
        every, ours = connection.execute(sql, (STEPS,)).fetchone()
        return max(version, 6 + int(ours) if ours else int(every))
    return version


@contextmanager
def transaction(connection: sqlite3.Connection, *, wait: bool = True) -> Iterator[None]:
    """All or nothing: takes the write lock at once, commits at the end, rolls back on any exception.

    Without `wait` it raises `sqlite3.OperationalError` at once when another instance is writing.
    """
    if isinstance(connection, Copy) and connection.refused is not None:
        raise connection.refused
    if not wait:
        connection.execute("PRAGMA busy_timeout = 0")
    custody, inside = connection.custody if isinstance(connection, Log) else None, connection.in_transaction
    try:
        try:
            connection.execute("BEGIN IMMEDIATE")
        finally:
            if not wait:
                be_patient(connection, connection.patience if isinstance(connection, Log) else BUSY_SECONDS)
        if custody:
            custody.hold()
        yield
        if custody:  # again: what is committed must be found at the log's path
            custody.hold()
        # Inside, because a commit fails too: on a full disk, or when a deferred reference points nowhere.
        connection.execute("COMMIT")
    except BaseException:
        if not inside:
            _end(connection)
        raise
    if custody:
        custody.written()


def _end(connection: sqlite3.Connection) -> None:
    """End what was begun, without a trace; left open, nobody else could write, and this program would read what was."""
    for _ in range(2):  # an error of the disk has mostly ended it already, and is never what is to be told
        with suppress(sqlite3.OperationalError):
            connection.rollback()


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A part of the transaction that is open, or one of its own."""
    if connection.in_transaction:
        yield
        return
    with transaction(connection):
        yield


def into_file(connection: sqlite3.Connection) -> bool:
    """Take what waits beside the log into it, as far as readers let it, without waiting for them; whether all was.

    Raises `sqlite3.Error` when the disk refuses.
    """
    busy, waiting, taken = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if isinstance(connection, Log) and connection.custody:
        connection.custody.written()
    return not busy and waiting == taken


def give_way(connection: sqlite3.Connection, pause: Callable[[], None]) -> None:
    """Have those who read the log beside this connection call `pause` again and again while they read."""
    if isinstance(connection, Log):
        connection.pause = pause


def be_patient(connection: sqlite3.Connection, seconds: float) -> None:
    """How long this connection waits for another program's transaction from now on."""
    if isinstance(connection, Log):
        connection.patience = seconds
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def let_go(connection: sqlite3.Connection) -> bool:
    """Close a connection, or leave it as it is until the process ends; whether another can be opened in this process.

    Closing the last connection to a file takes in and takes away the `-wal` at its path, which belongs to others where
    they have put another file there, or begun another index of it. And where the file is the same, SQLite shares the
    old index with every connection of the process: only a new process gets rid of it.
    """
    custody = connection.custody if isinstance(connection, Log) else None
    if custody is None or (custody.at_its_path and not custody.index_is_another):
        connection.close()
        return True
    import ctypes

    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))
    return not custody.at_its_path


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Several reads of one and the same state, whatever other instances write meanwhile."""
    if connection.in_transaction:
        yield
        return
    try:
        connection.execute("BEGIN")
        yield
    finally:
        _end(connection)


def data_version(connection: sqlite3.Connection) -> tuple[int, int]:
    """A mark that differs whenever this or another connection has changed the log; costs microseconds."""
    return (
        int(connection.execute("PRAGMA data_version").fetchone()[0]),
        connection.total_changes,
    )
