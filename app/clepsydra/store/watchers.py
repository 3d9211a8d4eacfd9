"""Who watches the clock: open instances leave a sign of life, so that a crash or a sleep can be told from work."""

import sqlite3

from clepsydra.domain.records import dataclass
from clepsydra.store.database import writing


@dataclass(frozen=True, slots=True)
class Watcher:
    """An open instance; instants are UTC seconds."""

    instance: str
    pid: int
    host: str
    since: int
    seen_at: int


def all_watchers(connection: sqlite3.Connection) -> list[Watcher]:
    """Every instance that has not left."""
    rows = connection.execute("SELECT instance, pid, host, since, seen_at FROM watcher ORDER BY seen_at")
    return [Watcher(*row) for row in rows]


def beat(connection: sqlite3.Connection, watcher: Watcher) -> None:
    """Leave a sign of life; one row, one small write."""
    with writing(connection):
        connection.execute(
            "INSERT INTO watcher (instance, pid, host, since, seen_at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (instance) DO UPDATE SET seen_at = excluded.seen_at",
            (watcher.instance, watcher.pid, watcher.host, watcher.since, watcher.seen_at),
        )


def leave(connection: sqlite3.Connection, instance: str) -> None:
    """Say that an instance has closed, or that its death has been dealt with."""
    with writing(connection):
        connection.execute("DELETE FROM watcher WHERE instance = ?", (instance,))
