"""From the six shapes a log had before the first release to the one of now, in one transaction.

Nothing of the old log is read by what it says of itself: its journal is kept as it was, and every row is journalled
once more in the new one, whose first digest continues the last of the old. What was changed behind the old journal's
back is named in that first entry, so that a proof finds it after as before.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping

from clepsydra.store import chain, schema
from clepsydra.store.ids import id_of_content

_JOURNALLED: Mapping[str, tuple[str, ...]] = {
    "session": (
        "id", "client", "project", "channel", "started_at", "ended_at", "zone", "day", "scope", "decision", "note",
        "agreed_seconds", "write_off", "statement", "source", "logged_at", "doubtful_from", "request",
    ),
    "statement": (
        "id", "series", "n", "number", "client", "first_day", "last_day", "issued_at", "due_on", "currency",
        "net_minor", "tax_minor", "body", "state", "void_reason", "voided_at",
    ),
    "payment": ("id", "statement", "minor", "day", "note"),
    "interrupted": ("position", "session", "why"),
    "call_decision": ("call", "state", "client", "sessions", "decided_at"),
    "absence": ("id", "started_at", "ended_at", "reason", "note", "zone", "logged_at"),
    "day_close": ("day", "closed_at", "unknown_seconds"),
    "noted": ("subject", "kind", "at"),
    "review": ("id", "text", "kind", "made_on", "review_on", "done", "worth_minor", "currency"),
}  # fmt: skip
"""What the old journals told of, by table: the columns in their order; the first was the key."""

_STATEMENT = "(SELECT id FROM carried_statement WHERE old = o.statement)"
_RECEIPT = "id_of(o.day, 'payment ' || o.id)"
_OF_STATEMENT = "(SELECT {} FROM old_statement WHERE id = o.statement)"
_BOUND = "(SELECT {} FROM carried_day WHERE day = o.day)"
_CHANGED: Mapping[str, Mapping[str, str]] = {
    "session": {"statement": _STATEMENT},
    "statement": {"id": "(SELECT id FROM carried_statement WHERE old = o.id)"},
    "billed_group": {"id": f"{_STATEMENT} || printf('-g%07d', o.id)", "statement": _STATEMENT},
    "billed_fee": {"id": f"{_STATEMENT} || printf('-f%07d', o.id)", "statement": _STATEMENT},
    "receipt": {
        "id": _RECEIPT,
        "client": _OF_STATEMENT.format("client"),
        "currency": _OF_STATEMENT.format("currency"),
    },
    "allocation": {
        "id": f"{_RECEIPT} || '-a001'",
        "receipt": _RECEIPT,
        "statement": _STATEMENT,
        "kind": "'payment'",
        "taken_minor": "o.minor",
    },
    "interrupted": {"id": "id_of(o.position, 'interrupted ' || o.session)"},
    "call_decision": {"id": "o.call"},
    "day_close": {
        "id": "id_of(o.closed_at, 'day_close ' || o.day)",
        "began_at": _BOUND.format("began_at"),
        "ended_at": _BOUND.format("ended_at"),
    },
    "noted": {"id": "id_of(o.at, 'noted ' || o.subject)"},
}
"""How columns are made that are new, or that held numbers of the old file alone; `o` is the old row. Two copies of one
log make the same ids of them."""

_KEPT = (
    "journal_before", "journal_row_before", "session", "billed_group", "billed_fee", "statement", "allocation",
    "receipt", "interrupted", "absence", "day_close", "noted", "review", "evidence_span", "detected_call",
    "call_decision", "watcher", "lease",
)  # fmt: skip
"""What is carried over, in this order; sums that were kept beside the log are not."""

_OLD_NAMES = {
    "journal_before": "journal", "journal_row_before": "journal_row", "allocation": "payment", "receipt": "payment",
}  # fmt: skip
"""Where a table was called otherwise: a payment of a statement became a receipt and its allocation."""


def carry(connection: sqlite3.Connection) -> None:
    """Rebuild an older log in its own file. The caller holds the transaction, and foreign keys are not enforced."""
    unproven = list(_unproven(connection))
    old = _put_aside(connection)
    schema.create_tables(connection)
    connection.create_function("id_of", 2, id_of_content, deterministic=True)
    entry = json.dumps({"text": "carried over", "values": {"unproven": unproven}})
    connection.execute(
        "INSERT INTO journal (n, at, label, kind, redoable) VALUES (1, ?, ?, 'carried', 0)", (int(time.time()), entry)
    )
    connection.execute("UPDATE journal_now SET entry = 1")
    _map_statements(connection)
    for table in _KEPT:
        if table == "session":
            _map_days(connection)
        if _OLD_NAMES.get(table, table) in old:
            _copy(connection, table, _OLD_NAMES.get(table, table))
    _close(connection, old)
    schema.create_locks(connection)


def _put_aside(connection: sqlite3.Connection) -> set[str]:
    """Name the old tables `old_…` and drop what hangs on them; returns their names without that."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type <> 'table'").fetchall()
    for type_, name, sql in found:
        if sql is not None and (type_ != "view" or name.endswith("_readable")):
            connection.execute(f'DROP {type_} "{name}"')
    names = {*_KEPT, *_OLD_NAMES.values(), "journal_now", "tally", "due"}
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.execute("PRAGMA legacy_alter_table = ON")
    for name in names & there:
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    connection.execute("PRAGMA legacy_alter_table = OFF")
    return names & there


def _map_statements(connection: sqlite3.Connection) -> None:
    """The ids that statements get, beside their old numbers in the file."""
    connection.execute("CREATE TEMP TABLE carried_statement (old INTEGER PRIMARY KEY, id TEXT NOT NULL)")
    rows = connection.execute("SELECT id, issued_at, number FROM old_statement").fetchall()
    connection.executemany(
        "INSERT INTO carried_statement VALUES (?, ?)",
        [(row[0], id_of_content(row[1], f"statement {row[2]}")) for row in rows],
    )


def _map_days(connection: sqlite3.Connection) -> None:
    """When closed days began and ended, by the labels of their closings; older ones do not say."""
    connection.execute("CREATE TEMP TABLE carried_day (day INTEGER PRIMARY KEY, began_at INTEGER, ended_at INTEGER)")
    connection.execute(
        """
        INSERT OR REPLACE INTO carried_day
        SELECT json_extract(after, '$.day'), json_extract(label, '$.values.bounds[0]'),
            json_extract(label, '$.values.bounds[1]')
        FROM journal_row_before AS line JOIN journal_before ON journal_before.id = line.entry
        WHERE tbl = 'day_close' AND after IS NOT NULL AND json_type(label, '$.values.bounds') = 'array'
        ORDER BY line.id
        """
    )


def _copy(connection: sqlite3.Connection, table: str, old: str) -> None:
    """Bring the rows of an old table into the new one, as far as their columns are the same or are known to be made."""
    made = _CHANGED.get(table, {})
    known = {*made, *schema.columns(connection, f"old_{old}")}
    values = {name: made.get(name, f"o.{name}") for name in schema.columns(connection, table) if name in known}
    connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM old_{old} AS o "
        "ORDER BY o.rowid"
    )


def _close(connection: sqlite3.Connection, old: set[str]) -> None:
    """What the file knew of itself, the seal of the entry, and away with the old tables."""
    now = dict(connection.execute("SELECT * FROM old_journal_now").fetchone())
    connection.execute(
        "UPDATE journal_now SET entry = NULL, restored = ?, forgotten = ?",
        (now.get("restored", 0), now.get("forgotten")),
    )
    if "digest" not in schema.columns(connection, "old_journal"):
        chain.seal_before(connection)
    chain.seal(connection, 1)
    for name in old:
        connection.execute(f"DROP TABLE old_{name}")
    connection.execute("DROP TABLE carried_statement")
    connection.execute("DROP TABLE carried_day")


def _unproven(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Rows that differ from what the old journal last said of them: table and key."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, columns in _JOURNALLED.items():
        if table not in there:
            continue
        key = columns[0]
        content = "json_object(" + ", ".join(f"'{c}', t.{c}" for c in columns) + ")"
        # Beside a max(), SQLite takes the other columns from the row that holds it: the last word on each key.
        said = f"""
            SELECT json_extract(coalesce(after, before), '$.{key}') AS key, max(id), after FROM journal_row
            WHERE tbl = '{table}' GROUP BY 1
        """
        rows = connection.execute(
            f"""
            SELECT said.key FROM ({said}) AS said LEFT JOIN {table} AS t ON t.{key} = said.key
            WHERE said.after IS NOT CASE WHEN t.{key} IS NOT NULL THEN {content} END
            UNION ALL
            SELECT {key} FROM {table} WHERE {key} NOT IN (SELECT key FROM ({said}))
            """
        ).fetchall()
        yield from ((table, str(row[0])) for row in rows)
