"""Connections beside the log's own, on which threads read while the screen goes on."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from clepsydra.domain.annotations import TypeVar
from clepsydra.store.database import OWN, Log, file_of, teach
from clepsydra.store.log_files import uri_of

_STRETCH, _ROWS = 500, 64
"""Steps of SQLite's machine between two pauses, and rows in memory: a fraction of a millisecond each."""

_R = TypeVar("_R")


class PacedConnection(sqlite3.Connection):
    """A connection for another thread, which calls `pause` again and again while it reads."""

    pause: Callable[[], None] | None = None


def reader(connection: sqlite3.Connection) -> PacedConnection:
    """A second connection to the same log, for another thread, that can only read; raises `sqlite3.Error` where the log
    has gone.
    """
    file = file_of(connection)
    if file is None:
        other = sqlite3.connect(":memory:", factory=PacedConnection, **OWN)
        connection.backup(other)
    else:  # never a new file, where the log has gone
        other = sqlite3.connect(uri_of(file) + "?mode=rw", factory=PacedConnection, uri=True, **OWN)
    other.execute("PRAGMA query_only = ON")
    teach(other)
    if isinstance(connection, Log) and connection.pause:
        other.pause = connection.pause
        other.set_progress_handler(connection.pause, _STRETCH)
    return other


def paced(connection: sqlite3.Connection, rows: Iterable[_R]) -> Iterator[_R]:
    """Rows that were read before, with the pauses that reading them has."""
    pause = connection.pause if isinstance(connection, PacedConnection) else None
    for n, row in enumerate(rows):
        if pause and not n % _ROWS:
            pause()
        yield row
