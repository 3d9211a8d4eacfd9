"""The SQLite files of other programs, read from memory: nothing is written beside them and nothing in them is run.

The bytes are taken as they are on the disk; what a `-wal` beside them still holds is not in them.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

MAGIC = b"SQLite format 3\0"
_STEPS = 50_000_000

Row = Mapping[str, Any]


def tables(data: bytes, *names: str) -> dict[str, set[str]] | None:
    """The columns of the named tables that are there; None where the bytes are no database that can be read."""
    if not data.startswith(MAGIC):
        return None
    try:
        with closing(_opened(data)) as connection:
            return {name: _columns(connection, name) for name in names if _columns(connection, name)}
    except (sqlite3.Error, OverflowError, ValueError):
        return None


def names(data: bytes) -> list[str]:
    """The tables there are and their columns, as `table.column`; none where the bytes cannot be read."""
    try:
        with closing(_opened(data)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 100").fetchall()
            return [f"{name}.{column}" for (name,) in found for column in sorted(_columns(connection, name))]
    except (sqlite3.Error, OverflowError, ValueError):
        return []


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}


def select(data: bytes, query: str, names: Sequence[str]) -> Iterator[Row | None]:
    """The rows of a query, each by its column names; None once where the rest cannot be read."""
    try:
        with closing(_opened(data)) as connection:
            for row in connection.execute(query):
                yield dict(zip(names, row, strict=True))
    except (sqlite3.Error, OverflowError, ValueError):
        yield None


def _opened(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    try:
        # A log kept in the newer way cannot be opened from memory; the two bytes say only how it would be written.
        connection.deserialize(data[:18] + b"\x01\x01" + data[20:])
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        left = [_STEPS // 10_000]

        def tick() -> bool:
            left[0] -= 1
            return left[0] < 0

        connection.set_progress_handler(tick, 10_000)
    except BaseException:
        connection.close()
        raise
    return connection
