"""Drafts of documents in the log."""

import sqlite3


def select(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Every draft, the one changed last first: id, when it was changed, what is asked as JSON."""
    return connection.execute("SELECT id, changed_at, body FROM draft ORDER BY changed_at DESC, id DESC").fetchall()


def put(connection: sqlite3.Connection, draft: str, client: str, now: int, body: str) -> None:
    """Write a draft, or what it has become."""
    changed = connection.execute("UPDATE draft SET body = ?, changed_at = ? WHERE id = ?", (body, now, draft))
    if not changed.rowcount:
        connection.execute(
            "INSERT INTO draft (id, client, changed_at, body) VALUES (?, ?, ?, ?)", (draft, client, now, body)
        )


def remove(connection: sqlite3.Connection, draft: str) -> None:
    """Take a draft out."""
    connection.execute("DELETE FROM draft WHERE id = ?", (draft,))
