"""Money received in the log: receipts, what they close, what is left of them, and plans; taken back, never changed."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clepsydra.domain.allocation import KEPT_BACK
from clepsydra.store.documents import MONEY_KINDS


class ReceiptRow(NamedTuple):
    """One movement of money; its day is an ordinal. `left_minor` is what no allocation has taken of it."""

    id: str
    client: str
    day: int
    minor: int
    currency: str
    method: str
    bank_line: str
    note: str
    left_minor: int = 0


class AllocationRow(NamedTuple):
    """What closes a part of a document or a statement: minor units of the debt and of the receipt."""

    id: str
    receipt: str | None
    document: str | None
    statement: str | None
    day: int
    kind: str
    minor: int
    taken_minor: int = 0
    detail: str = ""
    proof_sha: str = ""


class Allocated(NamedTuple):
    """An allocation with the number and currency of what it closes, and the client."""

    id: str
    receipt: str | None
    number: str
    client: str
    currency: str
    day: int
    due_day: int
    kind: str
    minor: int
    taken_minor: int
    detail: str
    proof_sha: str
    debt: str
    of_document: bool

    @property
    def came_with_receipt(self) -> bool:
        """Whether it was written with its receipt, and not later."""
        return self.receipt is not None and self.id.startswith(self.receipt)


_RECEIPT = """
    SELECT receipt.id, client, day, minor, currency, method, bank_line, note,
        minor - (SELECT coalesce(sum(taken_minor), 0) FROM allocation WHERE receipt = receipt.id)
    FROM receipt
"""
_KEPT_BACK = "'" + "', '".join(KEPT_BACK) + "'"
_ALLOCATED = """
    SELECT a.id, a.receipt, coalesce(d.number, s.number), coalesce(d.client, s.client),
        coalesce(d.currency, s.currency), a.day, coalesce(d.due_day, s.due_on), a.kind, a.minor, a.taken_minor,
        a.detail, a.proof_sha, coalesce(a.document, a.statement), a.document IS NOT NULL
    FROM allocation AS a LEFT JOIN document AS d ON d.id = a.document LEFT JOIN statement AS s ON s.id = a.statement
"""


def add(connection: sqlite3.Connection, row: ReceiptRow, allocations: Iterable[AllocationRow]) -> None:
    """Write what a receipt closes, then the receipt, which is looked at as a whole."""
    allocate(connection, allocations)
    connection.execute(
        "INSERT INTO receipt (id, client, day, minor, currency, method, bank_line, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row[:8],
    )


def allocate(connection: sqlite3.Connection, allocations: Iterable[AllocationRow]) -> None:
    """Write allocations, of a receipt that is there or is to come."""
    connection.executemany(
        "INSERT INTO allocation (id, receipt, document, statement, day, kind, minor, taken_minor, detail, proof_sha) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        allocations,
    )


def remove(connection: sqlite3.Connection, receipt: str) -> None:
    """Take a receipt back with all that it closed."""
    connection.execute("DELETE FROM receipt WHERE id = ?", (receipt,))
    connection.execute("DELETE FROM allocation WHERE receipt = ?", (receipt,))


def remove_allocation(connection: sqlite3.Connection, allocation: str) -> None:
    """Take an allocation back that is of no receipt."""
    connection.execute("DELETE FROM allocation WHERE id = ? AND receipt IS NULL", (allocation,))


def by_id(connection: sqlite3.Connection, receipt: str) -> ReceiptRow | None:
    """The receipt of that id."""
    row = connection.execute(f"{_RECEIPT} WHERE receipt.id = ?", (receipt,)).fetchone()
    return ReceiptRow(*row) if row else None


def ids_like(connection: sqlite3.Connection, given: str) -> list[tuple[str, bool]]:
    """Ids of receipts, and of allocations that are of none, that begin or end so; whether each is a receipt."""
    rows = connection.execute(
        """
        SELECT id, 1 FROM receipt WHERE substr(id, 1, length(?1)) = ?1 OR substr(id, -length(?1)) = ?1
        UNION ALL
        SELECT id, 0 FROM allocation WHERE receipt IS NULL
            AND (substr(id, 1, length(?1)) = ?1 OR substr(id, -length(?1)) = ?1)
        """,
        (given.upper(),),
    )
    return [(row[0], bool(row[1])) for row in rows]


def select(
    connection: sqlite3.Connection, client: str | None = None, first: int = 0, last: int = 9_999_999
) -> list[ReceiptRow]:
    """Receipts of some days, of all clients or one, oldest first."""
    condition, values = ("AND client = ?", [client]) if client else ("", list[object]())
    rows = connection.execute(
        f"{_RECEIPT} WHERE day BETWEEN ? AND ? {condition} ORDER BY day, receipt.rowid", (first, last, *values)
    )
    return [ReceiptRow(*row) for row in rows]


def left(connection: sqlite3.Connection, client: str, currency: str) -> list[ReceiptRow]:
    """A client's receipts in a currency of which something is left, or that took what was left back; oldest first."""
    rows = connection.execute(
        f"{_RECEIPT} WHERE client = ? AND currency = ? ORDER BY day, receipt.rowid", (client, currency)
    )
    return [each for each in (ReceiptRow(*row) for row in rows) if each.left_minor]


def credits(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """What is left of all receipts, by client and currency, where it is not nothing."""
    rows = connection.execute(
        "SELECT client, currency, sum(left_minor) AS whole FROM receipt_left GROUP BY 1, 2 HAVING whole <> 0"
    )
    return {(row[0], row[1]): int(row[2]) for row in rows}


def of_receipt(connection: sqlite3.Connection, receipt: str) -> list[Allocated]:
    """What a receipt closes, in order."""
    rows = connection.execute(f"{_ALLOCATED} WHERE a.receipt = ? ORDER BY a.rowid", (receipt,))
    return [Allocated(*row) for row in rows]


def of_debt(connection: sqlite3.Connection, debt: str) -> list[Allocated]:
    """What closes a document, or a statement, in order."""
    rows = connection.execute(f"{_ALLOCATED} WHERE a.document = ?1 OR a.statement = ?1 ORDER BY a.rowid", (debt,))
    return [Allocated(*row) for row in rows]


def allocations(
    connection: sqlite3.Connection, client: str | None = None, first: int = 0, last: int = 9_999_999
) -> list[Allocated]:
    """All allocations of some days, of all clients or one, in order of their days."""
    return _of_days(connection, client, first, last)


def kept_back(connection: sqlite3.Connection, client: str, first: int, last: int) -> list[Allocated]:
    """Those of a client by which less came in than was billed."""
    return _of_days(connection, client, first, last, f"AND a.kind IN ({_KEPT_BACK})")


def _of_days(
    connection: sqlite3.Connection, client: str | None, first: int, last: int, condition: str = ""
) -> list[Allocated]:
    rows = connection.execute(
        f"{_ALLOCATED} WHERE a.day BETWEEN ? AND ? {condition} ORDER BY a.day, a.rowid", (first, last)
    )
    found = (Allocated(*row) for row in rows)
    return [each for each in found if client in (None, each.client)]


def paid_wrongly(connection: sqlite3.Connection, debt: str) -> bool:
    """Whether what closes a document or a statement is beyond what may close it, or more money left it than came."""
    views = ("document_paid_wrongly", "statement_paid_wrongly")
    closed = "EXISTS (SELECT 1 FROM allocation WHERE coalesce(document, statement) = ?1)"
    found = [connection.execute(f"SELECT 1 FROM {v} WHERE id = ?1 AND {closed}", (debt,)).fetchone() for v in views]
    came = "SELECT sum(minor) FROM allocation WHERE coalesce(document, statement) = ?"
    [money] = connection.execute(f"{came} AND kind IN ({MONEY_KINDS})", (debt,)).fetchone()
    return any(found) or (money or 0) < 0


def plans(connection: sqlite3.Connection) -> dict[str, list[tuple[int, int]]]:
    """The parts of all plans, by the id of what they are of."""
    found: dict[str, list[tuple[int, int]]] = {}
    rows = connection.execute(
        "SELECT coalesce(document, statement) AS debt, due_day, minor FROM plan_part ORDER BY debt, position"
    )
    for debt, day, minor in rows:
        found.setdefault(debt, []).append((day, minor))
    return found


def put_plan(connection: sqlite3.Connection, debt: str, parts: Sequence[tuple[str, int, int]]) -> None:
    """Replace the plan of a document or a statement by other parts (id, day ordinal, minor units), or by none."""
    connection.execute("DELETE FROM plan_part WHERE document = ?1 OR statement = ?1", (debt,))
    connection.executemany(
        """
        INSERT INTO plan_part (id, document, statement, position, due_day, minor) VALUES (?1,
            (SELECT id FROM document WHERE id = ?2), (SELECT id FROM statement WHERE id = ?2), ?3, ?4, ?5)
        """,
        [(id_, debt, n, day, minor) for n, (id_, day, minor) in enumerate(parts, 1)],
    )


def without_receipt(connection: sqlite3.Connection, allocation: str) -> list[Allocated]:
    """The allocation of that id which is of no receipt, as a list of one."""
    rows = connection.execute(f"{_ALLOCATED} WHERE a.id = ? AND a.receipt IS NULL", (allocation,))
    return [Allocated(*row) for row in rows]
