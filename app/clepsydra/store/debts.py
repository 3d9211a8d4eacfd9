"""What is still to be paid of statements: of those that no live invoice has taken."""

import sqlite3

from clepsydra.domain.records import dataclass
from clepsydra.store.statements import OURS, PAID, Head

ALONE = (
    "NOT EXISTS (SELECT 1 FROM claim WHERE claim.kind = 'statement' AND claim.ref = statement.id AND claim.live = 1)"
)
"""What holds of a statement that no live invoice has taken: what is owed of the others is owed by the invoice."""


@dataclass(frozen=True, slots=True)
class UnpaidStatement:
    """What is still to be paid of a statement, in minor units."""

    id: str
    number: str
    currency: str
    balance: int


def overdue(connection: sqlite3.Connection, client: str, first: int, last: int, today: int) -> list[UnpaidStatement]:
    """What is still to be paid of a client's live statements that end from `first` to `last` and were due before today.

    Latest first; their lines are not read.
    """
    # Told which index to take, or it would go through every client's; this one knows the days without the long rows.
    rows = connection.execute(
        f"""
        SELECT id, number, currency, net_minor + tax_minor
            - {PAID} AS balance
        FROM statement INDEXED BY statement_sums
        WHERE client = ? AND state = 'issued' AND last_day BETWEEN ? AND ? AND due_on < ? AND balance > 0 AND {ALONE}
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        (client, first, last, today),
    )
    return [UnpaidStatement(*row) for row in rows]


def unpaid(connection: sqlite3.Connection, client: str | None = None) -> list[Head]:
    """What is still to be paid of live statements that are on no invoice, of all clients or one."""
    condition, values = ("AND client = ?", [client]) if client else ("", list[object]())
    rows = connection.execute(
        f"""
        SELECT number, client, first_day, last_day, due_on, currency, net_minor + tax_minor, {PAID} AS paid, state
        FROM statement WHERE state = 'issued' AND net_minor + tax_minor > paid AND {ALONE} {condition}
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        values,
    )
    return [Head(*row) for row in rows]


def owed(connection: sqlite3.Connection, due_before: int | None = None) -> dict[str, int]:
    """What is still to be paid, in minor units by currency: of all live statements, or of those due before a day."""
    rows = connection.execute(
        f"""
        SELECT currency, sum(net_minor + tax_minor
            - {PAID}) AS balance
        FROM statement WHERE state = 'issued' AND (? IS NULL OR due_on < ?) AND {ALONE}
        GROUP BY currency HAVING balance > 0
        """,
        (due_before, due_before),
    )
    return {row[0]: int(row[1]) for row in rows}


def settled(connection: sqlite3.Connection) -> list[str]:
    """Numbers of live statements that are on no invoice and of which nothing is still to be paid."""
    rows = connection.execute(
        f"SELECT number FROM statement WHERE state = 'issued' AND net_minor + tax_minor <= {PAID} AND {ALONE}"
    )
    return [row[0] for row in rows]


_CLOSED = f"state = 'issued' AND {OURS} AND net_minor + tax_minor BETWEEN 1 AND {PAID} AND {ALONE}"
"""What holds of a statement of ours on no invoice that asked for money and of which nothing is to be paid any more."""


def settled_heads(connection: sqlite3.Connection, limit: int) -> list[Head]:
    """The latest of them."""
    rows = connection.execute(
        f"""
        SELECT number, client, first_day, last_day, due_on, currency, net_minor + tax_minor, {PAID} AS paid, state
        FROM statement WHERE {_CLOSED} ORDER BY issued_at DESC, series DESC, n DESC LIMIT ?
        """,
        (limit,),
    )
    return [Head(*row) for row in rows]


def settled_count(connection: sqlite3.Connection) -> int:
    """How many they are."""
    return int(connection.execute(f"SELECT count(*) FROM statement WHERE {_CLOSED}").fetchone()[0])
