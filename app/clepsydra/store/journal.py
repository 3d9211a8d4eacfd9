"""The journal: every change with its label, its before and its after; undo and redo of anything.

Triggers write the rows, this module opens the entries and plays them back. A statement is never deleted: undoing its
issue voids it, redoing restores it, and triggers see to the rest.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from clepsydra.domain.annotations import Any
from clepsydra.domain.records import dataclass
from clepsydra.domain.session import UNDONE
from clepsydra.store import chain, schema
from clepsydra.store.database import transaction


class Conflict(Exception):
    """What an entry would restore has been changed from outside since."""


class Overtaken(Exception):
    """Another change has come before the one that was to be taken back or made again."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One change; `label` is JSON as its writer gave it, `at` UTC seconds; `n` is its number on its device."""

    id: int
    n: int
    at: int
    label: str
    kind: str
    undone: bool


@contextmanager
def change(connection: sqlite3.Connection, label: Callable[[], str], clock: Callable[[], int]) -> Iterator[None]:
    """One journalled transaction. An entry without rows leaves no trace.

    The clock is read once the write lock is held, the label asked for at the end: both may depend on what was waited
    for.
    """
    with transaction(connection):
        entry = _open(connection, "", clock(), "change", None)
        yield
        _close(connection)
        if connection.execute(f"{_OF_ENTRY} LIMIT 1", (entry,)).fetchone():
            connection.execute("UPDATE journal SET label = ? WHERE device = '' AND n = ?", (label(), entry))
            chain.seal(connection, entry)
            # A new change ends what could be redone.
            connection.execute("UPDATE journal SET redoable = 0 WHERE device = '' AND undone = 1 AND redoable = 1")
        else:
            connection.execute("DELETE FROM journal WHERE device = '' AND n = ?", (entry,))


def is_open(connection: sqlite3.Connection) -> bool:
    """Whether this connection is inside a change."""
    if not connection.in_transaction:
        return False
    return connection.execute("SELECT entry FROM journal_now").fetchone()[0] is not None


def undo(connection: sqlite3.Connection, now: int, *expected: int) -> None:
    """Take back the latest changes that stand, all or none, each only when it is the expected one.

    Raises `Overtaken` or `Conflict`.
    """
    with transaction(connection):
        for each in expected:
            entry = _first(undoable(connection, 1), each)
            opened = _open(connection, entry.label, now, "undo", entry.n)
            for table, before, after in reversed(_rows(connection, entry.n)):
                _put(connection, table, expected=after, wanted=before)
            _close(connection)
            chain.seal(connection, opened)
            connection.execute("UPDATE journal SET undone = 1, redoable = 1 WHERE id = ?", (entry.id,))


def redo(connection: sqlite3.Connection, now: int, *expected: int) -> None:
    """Make the changes last undone again, all or none, each only when it is the expected one.

    Raises `Overtaken` or `Conflict`.
    """
    with transaction(connection):
        for each in expected:
            entry = _first(redoable(connection, 1), each)
            opened = _open(connection, entry.label, now, "redo", entry.n)
            for table, before, after in _rows(connection, entry.n):
                _put(connection, table, expected=before, wanted=after)
            _close(connection)
            chain.seal(connection, opened)
            connection.execute("UPDATE journal SET undone = 0 WHERE id = ?", (entry.id,))


def _first(entries: list[JournalEntry], expected: int) -> JournalEntry:
    if not entries or entries[0].id != expected:
        raise Overtaken
    return entries[0]


def undoable(connection: sqlite3.Connection, limit: int) -> list[JournalEntry]:
    """The changes that `undo` would take back one after the other: the latest that were made here."""
    return _entries(connection, "device = '' AND kind = 'change' AND undone = 0 ORDER BY n DESC", limit)


def redoable(connection: sqlite3.Connection, limit: int) -> list[JournalEntry]:
    """The changes that `redo` would make again one after the other."""
    return _entries(connection, "device = '' AND undone = 1 AND redoable = 1 ORDER BY n", limit)


def history(connection: sqlite3.Connection, limit: int) -> list[JournalEntry]:
    """The latest entries, newest first."""
    rows = connection.execute(f"SELECT {_ENTRY} FROM journal ORDER BY id DESC LIMIT ?", (limit,))
    return [_entry(row) for row in rows]


def began(connection: sqlite3.Connection) -> int | None:
    """The instant of the first change that was ever journalled."""
    for table in ("journal_before", "journal"):
        row = connection.execute(f"SELECT at FROM {table} WHERE device = '' ORDER BY id LIMIT 1").fetchone()
        if row:
            return int(row[0])
    return None


def latest_row(connection: sqlite3.Connection, but: str = "") -> int:
    """The place the journal has reached, but for one table: every later change of a row has a higher one."""
    sql = "SELECT id FROM journal_row WHERE tbl <> ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(sql, (but,)).fetchone()
    return int(row[0]) if row else 0


def restored(connection: sqlite3.Connection) -> int:
    """How often a backup was restored: places of the journal mean the same only while this stands still."""
    return int(connection.execute("SELECT restored FROM journal_now").fetchone()[0])


def touched_since(connection: sqlite3.Connection, table: str, key: str, at: int) -> bool:
    """Whether a row was written since an instant."""
    row = connection.execute(
        """
        SELECT 1 FROM journal_row JOIN journal ON journal.device = journal_row.device AND n = entry
        WHERE tbl = ? AND key = ? AND at >= ? AND kind <> 'carried' LIMIT 1
        """,
        (table, key, at),
    ).fetchone()
    return row is not None or _touched_before(connection, table, key, at)


def _touched_before(connection: sqlite3.Connection, table: str, key: str, at: int) -> bool:
    """The same by the journal that was brought along, whose tables had other keys too."""
    row = connection.execute(
        """
        SELECT 1 FROM journal_row_before WHERE tbl = ? AND device = ''
            AND entry > (SELECT coalesce(max(id), 0) FROM journal_before WHERE device = '' AND at < ?)
            AND ? IN (json_extract(coalesce(after, before), '$.id'), json_extract(coalesce(after, before), '$.call'))
        LIMIT 1
        """,
        (table, at, key),
    ).fetchone()
    return row is not None


def last_before(connection: sqlite3.Connection, at: int) -> int | None:
    """When the last change before an instant was made."""
    for table, condition in (("journal", "kind <> 'carried'"), ("journal_before", "1")):
        sql = f"SELECT at FROM {table} WHERE device = '' AND {condition} AND at < ? ORDER BY id DESC LIMIT 1"
        row = connection.execute(sql, (at,)).fetchone()
        if row:
            return int(row[0])
    return None


def clients_changed(connection: sqlite3.Connection, since_row: int) -> dict[str, int]:
    """The clients whose sessions or statements changed after a place in the journal, each with the last row of it."""
    # By the place in the journal, which ends there; by the table SQLite would look at all that was ever changed.
    rows = connection.execute(
        "SELECT id, json_extract(before, '$.client'), json_extract(after, '$.client') FROM journal_row NOT INDEXED "
        "WHERE id > ? AND tbl IN ('session', 'statement') ORDER BY id",
        (since_row,),
    )
    return {client: row[0] for row in rows for client in row[1:] if client is not None}


def begins_changed(connection: sqlite3.Connection, since_row: int) -> set[int]:
    """The begins (UTC seconds), former and present, of the sessions that changed after a place in the journal."""
    rows = connection.execute(
        "SELECT DISTINCT json_extract(before, '$.started_at'), json_extract(after, '$.started_at') "
        "FROM journal_row NOT INDEXED WHERE id > ? AND tbl = 'session'",
        (since_row,),
    )
    return {begin for row in rows for begin in row if begin is not None}


def _open(connection: sqlite3.Connection, label: str, now: int, kind: str, target: int | None) -> int:
    """A new entry of this device; returns its number."""
    sql = "SELECT 1 + coalesce(max(n), 0) FROM journal WHERE device = ''"
    n = int(connection.execute(sql).fetchone()[0])
    connection.execute(
        "INSERT INTO journal (n, at, label, kind, target) VALUES (?, ?, ?, ?, ?)", (n, now, label, kind, target)
    )
    connection.execute("UPDATE journal_now SET entry = ?", (n,))
    return n


def _close(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE journal_now SET entry = NULL")


def _entries(connection: sqlite3.Connection, condition: str, limit: int) -> list[JournalEntry]:
    return [
        _entry(row) for row in connection.execute(f"SELECT {_ENTRY} FROM journal WHERE {condition} LIMIT ?", (limit,))
    ]


_PLAYED = frozenset({*schema.JOURNALLED, *schema.JOURNALLED_WHERE}) - schema.SEALED.keys()
"""The tables whose rows undo and redo bring back."""

_ENTRY = "id, n, at, label, kind, undone"
_OF_ENTRY = "SELECT tbl, before, after FROM journal_row WHERE device = '' AND entry = ?"


def _entry(row: sqlite3.Row) -> JournalEntry:
    return JournalEntry(row[0], row[1], row[2], row[3], row[4], bool(row[5]))


Row = dict[str, Any]


def _rows(connection: sqlite3.Connection, entry: int) -> list[tuple[str, Row | None, Row | None]]:
    """What an entry of this device did, in order, but for what is sealed: that stays as it is."""
    import json

    rows = connection.execute(f"{_OF_ENTRY} ORDER BY id", (entry,))
    return [
        (table, json.loads(before) if before else None, json.loads(after) if after else None)
        for table, before, after in rows
        if table in _PLAYED
    ]


def _put(connection: sqlite3.Connection, table: str, *, expected: Row | None, wanted: Row | None) -> None:
    """Bring one row from `expected` to `wanted`; None stands for no row."""
    some = wanted or expected
    assert some is not None
    key = some["id"]
    columns = [column for column in schema.columns(connection, table) if column in some]
    current = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (key,)).fetchone()
    found = dict(zip(columns, current, strict=True)) if current else None
    if table == "statement":
        found, expected, wanted = _void_for_absent(found, expected, wanted)
    if found != expected:
        raise Conflict(table, key)
    if wanted is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))
    elif found is None:
        places = ", ".join("?" * len(columns))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", [wanted[c] for c in columns]
        )
    else:
        assignments = ", ".join(f"{c} = ?" for c in columns)
        connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", [*(wanted[c] for c in columns), key])


def _void_for_absent(
    found: Row | None, expected: Row | None, wanted: Row | None
) -> tuple[Row | None, Row | None, Row | None]:
    """A statement that should not be there is one that is void: numbers are never given twice.

    But for one that was issued elsewhere, which leaves as it came.
    """
    present = wanted or expected
    assert present is not None
    if present["series"].startswith("elsewhere:"):
        return found, expected, wanted
    void = present | {"state": "void", "void_reason": UNDONE, "voided_at": present["issued_at"]}
    return found, expected or void, wanted or void
