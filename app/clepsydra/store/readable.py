"""The views beside the tables, for whoever reads the log with other programs."""

import sqlite3


def views(connection: sqlite3.Connection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every view with the names of its columns."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")]
    found = []
    for name in names:
        columns = connection.execute("SELECT name FROM pragma_table_info(?)", (name,))
        found.append((name, tuple(row[0] for row in columns)))
    return tuple(found)
