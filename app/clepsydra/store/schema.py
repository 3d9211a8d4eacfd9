"""The shape of the log: `schema.sql`, read from top to bottom, and the triggers that follow from it.

To add a table: write it in `schema.sql`, and name it here if what it holds is a person's (`JOURNALLED`) or is frozen by
the row it belongs to (`SEALED`). From the first release on, a log in use gets it from a numbered step in `migrations`.
"""

import sqlite3
from collections.abc import Iterator, Mapping

JOURNALLED = (
    "session", "statement", "billed_group", "billed_fee", "interrupted", "absence", "day_close", "noted",
    "review", "call_decision", "document", "document_line", "document_tax", "claim", "document_event",
    "expense", "draft", "touched", "receipt", "allocation", "plan_part", "evidence_decision", "listed_call",
    "reminder", "promise", "dispute", "deferral", "charge_note", "bank_line", "bank_file",
)  # fmt: skip
"""Every table a person's changes are journalled of; its first column is `id`, and it says its `device`."""

JOURNALLED_WHERE: Mapping[str, str] = {
    "detected_call": "EXISTS (SELECT 1 FROM listed_call WHERE listed_call.call = {row}.id)",
}
"""The machine's own tables of which a person's change may write some rows, and which: of calls those that lists tell.
Only what is written while an entry is open is journalled, undone and redone; `verify` asks for no entry of the rest."""

SEALED: Mapping[str, str] = {
    "billed_group": "statement", "billed_fee": "statement", "document_line": "document", "document_tax": "document",
}  # fmt: skip
"""Parts of a whole, with the table of the whole, whose id the column of that name holds: they are written before it,
and from then on none is added, changed or taken out. Undo and redo pass over them; what the whole stands for is said by
its own row."""

_JOURNAL = ("journal", "journal_row", "journal_before", "journal_row_before")


def create(connection: sqlite3.Connection) -> None:
    """Make a whole log in an empty file, inside the caller's transaction."""
    create_tables(connection)
    create_locks(connection)


def create_tables(connection: sqlite3.Connection) -> None:
    """The tables, and the triggers that journal what is written into them."""
    for statement in _statements():
        if statement.startswith(("CREATE TABLE", "INSERT")):
            connection.execute(statement)
    for table in (*JOURNALLED, *JOURNALLED_WHERE):
        for statement in _journalling(connection, table):
            connection.execute(statement)


def create_locks(connection: sqlite3.Connection) -> None:
    """Indexes, views, and the triggers that refuse what is against a law."""
    for statement in _statements():
        if not statement.startswith(("CREATE TABLE", "INSERT")):
            connection.execute(statement)
    for table in (*JOURNALLED, *_JOURNAL):
        connection.execute(_not_replaced(connection, table))
    for table in JOURNALLED:
        connection.execute(_keeps_key(table))
    for part, whole in SEALED.items():
        for statement in _sealing(part, whole):
            connection.execute(statement)


def indexes() -> dict[str, str]:
    """The statements that make the indexes, by name."""
    made = (
        each.removesuffix(";") for each in _statements() if each.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX"))
    )
    return {each.partition("INDEX ")[2].split()[0]: each for each in made}


def columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table that are stored; those worked out from others are not."""
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))


def _statements() -> Iterator[str]:
    """The statements of the file, each from its first word on."""
    from pathlib import Path

    gathered = ""
    for line in Path(__file__).with_name("schema.sql").read_text("utf-8").splitlines(keepends=True):
        if gathered or not line.startswith(("--", "\n")):
            gathered += line
            if sqlite3.complete_statement(gathered):
                yield gathered.strip()
                gathered = ""


def _journalling(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Triggers that write every change of a row beside the entry it belongs to.

    An update that changes nothing is no change: it leaves nothing to undo. A row of another device that comes in while
    no entry is open is told by the journal it comes with.
    """
    names = columns(connection, table)
    before, after = ("json_object(" + ", ".join(f"'{c}', {row}.{c}" for c in names) + ")" for row in ("old", "new"))
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in names)
    ours = {
        "INSERT": "new.device = '' OR (SELECT entry FROM journal_now) IS NOT NULL",
        "UPDATE": changed,
        "DELETE": "1",
    }
    some = JOURNALLED_WHERE.get(table)
    for event, old, new in (("INSERT", "NULL", after), ("UPDATE", before, after), ("DELETE", before, "NULL")):
        condition = f"WHEN ({ours[event]})"
        if some:
            row = "old" if event == "DELETE" else "new"
            condition += f" AND (SELECT entry FROM journal_now) IS NOT NULL AND {some.format(row=row)}"
        yield (
            f"CREATE TRIGGER {table}_journal_{event.lower()} AFTER {event} ON {table} {condition} BEGIN "
            "INSERT INTO journal_row (entry, tbl, before, after) "
            f"VALUES ((SELECT entry FROM journal_now), '{table}', {old}, {new}); END"
        )


def _not_replaced(connection: sqlite3.Connection, table: str) -> str:
    """A row never takes the place of another: `OR REPLACE` would delete one unknown to any other trigger."""
    unique = [row[1] for row in connection.execute(f"PRAGMA index_list({table})") if row[2]]
    keys = [[row[2] for row in connection.execute(f"PRAGMA index_info({index})")] for index in unique]
    keys += [[row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]]
    same = " OR ".join(sorted({"(" + " AND ".join(f"{c} = new.{c}" for c in key) + ")" for key in keys}))
    return (
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        "BEGIN SELECT RAISE(ABORT, 'refused: a row of that key is there already'); END"
    )


def _keeps_key(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_keeps_key BEFORE UPDATE OF id ON {table} WHEN new.id IS NOT old.id "
        "BEGIN SELECT RAISE(ABORT, 'refused: a row keeps its key'); END"
    )


def _sealing(part: str, whole: str) -> Iterator[str]:
    """What belongs to a whole is written before it and stays as it is."""
    yield (
        f"CREATE TRIGGER {part}_sealed BEFORE INSERT ON {part} "
        f"WHEN EXISTS (SELECT 1 FROM {whole} WHERE id = new.{whole}) "
        f"BEGIN SELECT RAISE(ABORT, 'locked: an issued {whole} takes no more lines'); END"
    )
    for name, event in (("frozen", "UPDATE"), ("kept", "DELETE")):
        yield (
            f"CREATE TRIGGER {part}_{name} BEFORE {event} ON {part} "
            f"BEGIN SELECT RAISE(ABORT, 'locked: an issued {whole} does not change'); END"
        )
