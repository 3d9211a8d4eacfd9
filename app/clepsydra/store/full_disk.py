"""A log read where nothing can be written, not even the index that SQLite wants beside it: as a copy in memory.

The file is taken as it stands, with the changes that wait in its `-wal`, up to the last commit.
"""

import sqlite3
from pathlib import Path
from typing import TypeVar

from clepsydra.settings.foreign import StrPath
from clepsydra.settings.sqlite_bytes import laid_over
from clepsydra.store.failures import TooLong

MOST = 256 * 1024 * 1024
"""A longer log (bytes) is not read this way."""

_C = TypeVar("_C", bound=sqlite3.Connection)


def copied(log: StrPath, factory: type[_C]) -> _C:
    """A connection of that kind to a copy of the log in memory.

    Raises OSError where the file cannot be read, `sqlite3.Error` where it is no log, and `TooLong`.
    """
    path = Path(log)
    if path.stat().st_size > MOST:
        raise TooLong(path.stat().st_size)
    beside = path.with_name(f"{path.name}-wal")
    content = laid_over(path.read_bytes(), beside.read_bytes() if beside.exists() else b"")
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, factory=factory)
    try:
        connection.deserialize(bytes(content))
    except BaseException:
        connection.close()
        raise
    return connection
