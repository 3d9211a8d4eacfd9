"""Marks of short exchanges that lay inside other work of their client: no session, but counted."""

import sqlite3


def add(connection: sqlite3.Connection, mark: str, session: str, channel: str, at: int, seconds: int) -> None:
    """Write a mark: the work that it lay in, when it ended and how long it took."""
    connection.execute(
        "INSERT INTO touched (id, session, channel, at, seconds) VALUES (?, ?, ?, ?, ?)",
        (mark, session, channel, at, seconds),
    )


def projects(connection: sqlite3.Connection, client: str, first_day: int, last_day: int) -> list[str]:
    """The projects of the work that a client's marks of some days (ordinals, both included) lie in."""
    rows = connection.execute(
        "SELECT session.project FROM touched JOIN session ON session.id = touched.session "
        "WHERE session.client = ? AND session.day BETWEEN ? AND ?",
        (client, first_day, last_day),
    )
    return [row[0] for row in rows]
