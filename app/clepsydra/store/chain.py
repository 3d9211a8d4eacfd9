"""The chain of the journal: every entry is sealed with a digest of itself, its rows and the entry before it.

Each device has a chain of its own, and nothing in a digest depends on the file: entries and rows can be put into
another log and are proven there. Whatever is changed, added or taken out behind the journal's back breaks the chain at
that entry, except at its very end: a last entry that is cut off together with all it did leaves the log as it was
before.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from clepsydra.domain.annotations import Any

_ENTRIES = "SELECT n, at, label, kind, target, digest FROM journal WHERE device = ?"
# In the order of the rows themselves: an index by device would read every row there ever was.
_ROWS = "SELECT id, tbl, before, after FROM journal_row NOT INDEXED WHERE device = ?"

Row = Sequence[Any]


def seal(connection: sqlite3.Connection, entry: int) -> None:
    """Close an entry of this device for ever: no later change of it goes unseen."""
    row = connection.execute(f"{_ENTRIES} AND n < ? ORDER BY n DESC LIMIT 1", ("", entry)).fetchone()
    content = connection.execute(f"{_ENTRIES} AND n = ?", ("", entry)).fetchone()
    rows = connection.execute(f"{_ROWS} AND id > ? ORDER BY id", ("", _last_row_before(connection, entry)))
    digest = _digest(content, rows, [row[5] if row else last_before(connection, "")])[0]
    connection.execute("UPDATE journal SET digest = ? WHERE device = '' AND n = ?", (digest, entry))


def _last_row_before(connection: sqlite3.Connection, entry: int) -> int:
    """The last row of the latest entry before one that has any; what other programs wrote since belongs to it."""
    row = connection.execute(
        "SELECT max(id) FROM journal_row WHERE device = '' AND entry = "
        "(SELECT entry FROM journal_row WHERE device = '' AND entry < ? ORDER BY entry DESC LIMIT 1)",
        (entry,),
    ).fetchone()
    return int(row[0] or 0)


def broken(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The entries whose seal does not hold, and the places of entries that are gone: device and number."""
    for (device,) in connection.execute("SELECT DISTINCT device FROM journal ORDER BY device").fetchall():
        yield from ((device, n) for n in _broken(connection, device))


def _broken(connection: sqlite3.Connection, device: str) -> Iterator[int]:
    ends = dict(
        tuple(row)
        for row in connection.execute(
            "SELECT entry, max(id) FROM journal_row WHERE device = ? AND entry IS NOT NULL GROUP BY entry", (device,)
        )
    )
    rows = _Rows(connection, f"{_ROWS} ORDER BY id", device)
    before: list[str] = []
    upto, expected = 0, 1
    for content in _plain(connection, f"{_ENTRIES} ORDER BY n", device):
        entry, digest = content[0], content[5]
        upto = ends.get(entry, upto)
        if not before:
            before = [last_before(connection, device)] if entry == 1 else _of_others(connection, device, entry - 1)
            expected = entry
        sealed = _digest(content, rows.up_to(upto), before)
        if entry != expected:
            yield expected
        elif digest not in sealed:
            yield entry
        before, expected = [digest or ""], entry + 1


class _Rows:
    """The rows of a device in order, handed out entry by entry without holding them."""

    def __init__(self, connection: sqlite3.Connection, sql: str, device: str) -> None:
        self._rows = _plain(connection, sql, device)
        self._next = next(self._rows, None)

    def up_to(self, last: int) -> Iterator[Row]:
        while self._next is not None and self._next[0] <= last:
            yield self._next
            self._next = next(self._rows, None)


def _plain(connection: sqlite3.Connection, sql: str, device: str) -> Iterator[Row]:
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, (device,))


def _of_others(connection: sqlite3.Connection, device: str, n: int) -> list[str]:
    """The digests of one place on the other devices: a copy of a log goes on from where it was made."""
    rows = connection.execute("SELECT digest FROM journal WHERE device <> ? AND n = ?", (device, n))
    return [row[0] for row in rows if row[0]]


_AT_ONCE = 500
"""So many rows go into a digest in one step: an import may have written a million."""


def _digest(content: Row, rows: Iterable[Row], before: Iterable[str]) -> list[str]:
    """The digest of an entry after each of some digests that may come before it.

    Every field is JSON, a number or a word: none can hold the end of a line that parts them.
    """
    from _blake2 import blake2b  # what hashlib gives, without the start of OpenSSL that comes with it

    digest = blake2b("\n".join(map(_text, content[:5])).encode(), digest_size=16)
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        lines = [f"\n{table}\n{old or ''}\n{new or ''}" for _, table, old, new in some]
        digest.update("".join(lines).encode())
    sealed = []
    for each in before:
        copy = digest.copy()
        copy.update(f"\n{each}".encode())
        sealed.append(copy.hexdigest())
    return sealed


def _text(field: object) -> str:
    return "" if field is None else str(field)


# -- the journal of a log of an earlier shape, kept as it was

_ENTRIES_BEFORE = "SELECT id, at, label, kind, target, digest FROM journal_before WHERE device = ?"
_ROWS_BEFORE = "SELECT id, entry, tbl, before, after FROM journal_row_before WHERE device = ?"


def last_before(connection: sqlite3.Connection, device: str) -> str:
    """The last digest of the journal that a log of an earlier shape brought along; empty where there was none."""
    row = connection.execute(f"{_ENTRIES_BEFORE} ORDER BY id DESC LIMIT 1", (device,)).fetchone()
    return row[5] or "" if row else ""


def seal_before(connection: sqlite3.Connection) -> None:
    """Seal a journal from before there were seals, while it is carried over."""
    connection.executemany(
        "UPDATE journal_before SET digest = ? WHERE device = '' AND id = ?",
        [(digest, content[0]) for content, digest in _sealed_before(connection, "")],
    )


def broken_before(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The same as `broken` of the journals that were brought along."""
    for (device,) in connection.execute("SELECT DISTINCT device FROM journal_before ORDER BY device").fetchall():
        expected = 1
        for content, digest in _sealed_before(connection, device):
            if content[0] != expected:
                yield device, expected
            elif content[5] != digest:
                yield device, content[0]
            expected = content[0] + 1


def _sealed_before(connection: sqlite3.Connection, device: str) -> Iterator[tuple[Row, str]]:
    """Every entry with the digest that it should have, by the rule of then: ids were in it."""
    import json
    from _blake2 import blake2b  # what hashlib gives, without the start of OpenSSL that comes with it

    sql = "SELECT entry, max(id) FROM journal_row_before WHERE device = ? GROUP BY entry"
    ends = dict(tuple(row) for row in connection.execute(sql, (device,)))
    rows = _Rows(connection, f"{_ROWS_BEFORE} ORDER BY id", device)
    before, upto = "", 0
    for content in _plain(connection, f"{_ENTRIES_BEFORE} ORDER BY id", device):
        upto = ends.get(content[0], upto)
        digest = blake2b(json.dumps([before, *content[:5]]).encode(), digest_size=16)
        for row in rows.up_to(upto):
            digest.update(json.dumps(row).encode())
        found = digest.hexdigest()
        yield content, found
        before = content[5] or found
