"""Leases: who alone may do something now. A holder leaves signs of life; its lease is taken over when they stop."""

import sqlite3

from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds a lease; `seen_at` is the last sign of life, UTC seconds."""

    name: str
    instance: str
    pid: int
    host: str
    seen_at: int


def holder(connection: sqlite3.Connection, name: str) -> Lease | None:
    """Who holds it, alive or not; None when nobody does."""
    row = connection.execute("SELECT name, instance, pid, host, seen_at FROM lease WHERE name = ?", (name,)).fetchone()
    return Lease(*row) if row else None


def take(connection: sqlite3.Connection, lease: Lease) -> None:
    """Write the new holder over the old one; whoever calls this holds the write lock and has looked."""
    connection.execute(
        "INSERT INTO lease (name, instance, pid, host, seen_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE "
        "SET instance = excluded.instance, pid = excluded.pid, host = excluded.host, seen_at = excluded.seen_at",
        (lease.name, lease.instance, lease.pid, lease.host, lease.seen_at),
    )


def beat(connection: sqlite3.Connection, name: str, instance: str, now: int) -> bool:
    """Leave a sign of life; False when the lease is another's by now."""
    cursor = connection.execute("UPDATE lease SET seen_at = ? WHERE name = ? AND instance = ?", (now, name, instance))
    return cursor.rowcount == 1


def release(connection: sqlite3.Connection, name: str, instance: str) -> None:
    """Give it back."""
    connection.execute("DELETE FROM lease WHERE name = ? AND instance = ?", (name, instance))
