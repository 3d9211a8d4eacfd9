"""The triggers that hold the laws inside the file: are they all there, as the schema defines them?"""

import sqlite3
from functools import cache

from clepsydra.store.database import transaction

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@cache
def _defined() -> dict[str, str]:
    """Every trigger of a new log, by name."""
    from clepsydra.store import schema

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.create(connection)
        return dict(connection.execute(_TRIGGERS).fetchall())
    finally:
        connection.close()


def missing(connection: sqlite3.Connection) -> list[str]:
    """The triggers that a log of this version lacks or has in another wording."""
    found = dict(tuple(row) for row in connection.execute(_TRIGGERS))
    return sorted(name for name, sql in _defined().items() if found.get(name) != sql)


def added(connection: sqlite3.Connection) -> list[str]:
    """The triggers that a log of this version does not have: somebody else's, which may change what is written."""
    return sorted({row[0] for row in connection.execute(_TRIGGERS)} - _defined().keys())


def remember(connection: sqlite3.Connection) -> None:
    """Note that every trigger is there as long as the schema does not change."""
    connection.execute("UPDATE journal_now SET shape = ?", (_shape(connection),))


def watch(connection: sqlite3.Connection) -> None:
    """Put back what is missing, if the schema changed since all was seen to be there; else this costs microseconds."""
    if connection.execute("SELECT shape FROM journal_now").fetchone()[0] == _shape(connection):
        return
    with transaction(connection):
        for name in missing(connection):
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
            connection.execute(_defined()[name])
        remember(connection)


def _shape(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA schema_version").fetchone()[0])
