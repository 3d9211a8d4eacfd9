"""The chain of the journal: every entry is sealed with a digest of itself, its rows and the entry before it.

Whatever is changed, added or taken out behind the journal's back breaks the chain at that entry, except at its very
end: a last entry that is cut off together with all it did leaves the log as it was before.
"""

import json
import sqlite3
from collections.abc import Iterator

_ENTRIES = "SELECT id, at, label, kind, target, digest FROM journal"
_ROWS = "SELECT id, entry, tbl, before, after FROM journal_row WHERE id > ? AND id <= ? ORDER BY id"


def seal(connection: sqlite3.Connection, entry: int) -> None:
    """Close an entry for ever: no later change of it goes unseen."""
    latest = connection.execute(f"{_ENTRIES} WHERE id < ? ORDER BY id DESC LIMIT 1", (entry,)).fetchone()
    since = _end(connection, "<", entry)
    content = connection.execute(f"{_ENTRIES} WHERE id = ?", (entry,)).fetchone()
    rows = connection.execute(_ROWS, (since, _end(connection, "<=", entry)))
    digest = _digest(latest[5] if latest else "", content, rows)
    connection.execute("UPDATE journal SET digest = ? WHERE id = ?", (digest, entry))


def seal_all(connection: sqlite3.Connection) -> None:
    """Seal a journal that was written before there were seals."""
    for (entry,) in connection.execute("SELECT id FROM journal ORDER BY id").fetchall():
        seal(connection, entry)


def broken(connection: sqlite3.Connection) -> Iterator[int]:
    """The entries whose seal does not hold, and the places of entries that are gone."""
    ends = dict(tuple(row) for row in connection.execute("SELECT entry, max(id) FROM journal_row GROUP BY entry"))
    before, since, expected = "", 0, 1
    for content in connection.execute(f"{_ENTRIES} ORDER BY id"):
        entry, digest = content[0], content[5]
        upto = ends.get(entry, since)
        if entry != expected:
            yield expected
        elif digest != _digest(before, content, connection.execute(_ROWS, (since, upto))):
            yield entry
        before, since, expected = digest or "", upto, entry + 1


def _end(connection: sqlite3.Connection, up_to: str, entry: int) -> int:
    """The last row of the latest entry before (`<`), or not after (`<=`), an entry."""
    row = connection.execute(
        "SELECT max(id) FROM journal_row "
        f"WHERE entry = (SELECT entry FROM journal_row WHERE entry {up_to} ? ORDER BY entry DESC LIMIT 1)",
        (entry,),
    ).fetchone()
    return int(row[0] or 0)


def _digest(before: str, content: sqlite3.Row, rows: sqlite3.Cursor) -> str:
    from _blake2 import blake2b  # what hashlib gives, without the start of OpenSSL that comes with it

    digest = blake2b(json.dumps([before, *tuple(content)[:5]]).encode(), digest_size=16)
    for row in rows:
        digest.update(json.dumps(tuple(row)).encode())
    return digest.hexdigest()
