"""What is still to be paid of statements, without reading what is on them."""

import sqlite3

from clepsydra.domain.records import dataclass
from clepsydra.store.statements import OURS, PAID


@dataclass(frozen=True, slots=True)
class Debt:
    """What is still to be paid of a statement, in minor units."""

    id: str
    number: str
    currency: str
    balance: int


def overdue(connection: sqlite3.Connection, client: str, first: int, last: int, today: int) -> list[Debt]:
    """What is still to be paid of a client's live statements that end from `first` to `last` and were due before today.

    Latest first; their lines are not read.
    """
    # Told which index to take, or it would go through every client's.
    rows = connection.execute(
        f"""
        SELECT id, number, currency, net_minor + tax_minor
            - {PAID} AS balance
        FROM statement INDEXED BY statement_client
        WHERE client = ? AND state = 'issued' AND last_day BETWEEN ? AND ? AND due_on < ? AND balance > 0
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        (client, first, last, today),
    )
    return [Debt(*row) for row in rows]


def owing(connection: sqlite3.Connection, client: str | None = None) -> list[tuple[str, str, str, int, int]]:
    """Number, client, currency, due day and balance in minor units of every live statement of ours that is not paid.

    Of all or of a client, the latest first; their lines are not read.
    """
    condition, values = ("client = ?", (client,)) if client is not None else ("1", ())
    rows = connection.execute(
        f"""
        SELECT number, client, currency, due_on, net_minor + tax_minor
            - (SELECT coalesce(sum(minor), 0) FROM payment WHERE payment.statement = statement.id) AS balance
        FROM statement WHERE {condition} AND state = 'issued' AND {OURS} AND balance > 0
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        values,
    )
    return [tuple(row) for row in rows]


def owed(connection: sqlite3.Connection, due_before: int | None = None) -> dict[str, int]:
    """What is still to be paid, in minor units by currency: of all live statements, or of those due before a day."""
    rows = connection.execute(
        f"""
        SELECT currency, sum(net_minor + tax_minor
            - {PAID}) AS balance
        FROM statement WHERE state = 'issued' AND (? IS NULL OR due_on < ?) GROUP BY currency HAVING balance > 0
        """,
        (due_before, due_before),
    )
    return {row[0]: int(row[1]) for row in rows}
