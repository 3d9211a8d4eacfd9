"""Expenses in the log: what was laid out for a client, until a document passes it on."""

import sqlite3
from typing import NamedTuple


class ExpenseRow(NamedTuple):
    """One expense; `day` is an ordinal, `percent` what is put on as text, `bank_line` the line of a bank that
    paid it, `document` the number that passes it on."""

    id: str
    client: str
    day: int
    minor: int
    currency: str
    text: str
    tax: str
    disbursement: int
    percent: str
    proof_sha: str
    proof_name: str
    bank_line: str = ""
    document: str | None = None


_HOLDER = """
    (SELECT number FROM claim JOIN document ON document.id = claim.document
        WHERE claim.kind = 'expense' AND ref = expense.id AND live = 1)
"""
_ROW = f"""
    SELECT id, client, day, minor, currency, text, tax, disbursement, percent, proof_sha, proof_name, bank_line,
        {_HOLDER} AS number
    FROM expense
"""


def add(connection: sqlite3.Connection, row: ExpenseRow) -> None:
    """Write an expense."""
    connection.execute(
        """
        INSERT INTO expense (id, client, day, minor, currency, text, tax, disbursement, percent, proof_sha, proof_name,
            bank_line)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        row[:-1],
    )


def remove(connection: sqlite3.Connection, expense: str) -> None:
    """Take an expense out; the database refuses where a document has it."""
    connection.execute("DELETE FROM expense WHERE id = ?", (expense,))


def select(connection: sqlite3.Connection, client: str | None = None, *, free: bool = False) -> list[ExpenseRow]:
    """Expenses of all clients or one, oldest first; `free`: those on no live document."""
    conditions, values = list[str](), list[object]()
    if client is not None:
        conditions, values = ["client = ?"], [client]
    if free:
        conditions.append("number IS NULL")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return [ExpenseRow(*row) for row in connection.execute(f"{_ROW} {where} ORDER BY day, rowid", values)]


def like(connection: sqlite3.Connection, given: str) -> list[ExpenseRow]:
    """The expenses whose id is, begins or ends with what was given."""
    pattern = given.upper()
    rows = connection.execute(
        f"{_ROW} WHERE id = ? OR substr(id, 1, ?) = ? OR substr(id, -?) = ? ORDER BY id",
        (pattern, len(pattern), pattern, len(pattern), pattern),
    )
    return [ExpenseRow(*row) for row in rows]
