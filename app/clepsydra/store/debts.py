"""What is still to be paid of statements: of those that no live invoice has taken."""

import sqlite3
from typing import NamedTuple

from clepsydra.store.statements import OURS, PAID, Head

ALONE = (
    "NOT EXISTS (SELECT 1 FROM claim WHERE claim.kind = 'statement' AND claim.ref = statement.id AND claim.live = 1)"
)
"""What holds of a statement that no live invoice has taken: what is owed of the others is owed by the invoice."""


class StatementStanding(NamedTuple):
    """A statement without its lines and what was closed of it: day ordinals, minor units; `issued_on` is an ISO day,
    None in older ones, `issued_at` the instant.
    """

    id: str
    number: str
    client: str
    currency: str
    last_day: int
    issued_at: int
    issued_on: str | None
    due_on: int
    total_minor: int
    paid_minor: int

    @property
    def open_minor(self) -> int:
        """What is still to be paid of it."""
        return self.total_minor - self.paid_minor


_STANDING = f"""
    SELECT id, number, client, currency, last_day, issued_at, json_extract(body, '$.issued_on'), due_on,
        net_minor + tax_minor, {PAID}
    FROM statement
"""


def standing(connection: sqlite3.Connection, statement: str) -> StatementStanding:
    """Where the statement of an id stands."""
    return StatementStanding(*connection.execute(f"{_STANDING} WHERE id = ?", (statement,)).fetchone())


def unpaid(
    connection: sqlite3.Connection, client: str | None = None, ended: tuple[int, int] | None = None
) -> list[StatementStanding]:
    """The live statements on no invoice of which something is to be paid, the latest first: of all clients or one, of
    any period or of those that end from one day to another.
    """
    condition, values = ("AND client = ?", [client]) if client else ("", list[object]())
    if ended:
        condition += " AND last_day BETWEEN ? AND ?"
    # Told which index to take, or it would read every statement there is; this one knows the days of a client.
    index = "INDEXED BY statement_sums" if client and ended else ""
    rows = connection.execute(
        f"""
        {_STANDING} {index} WHERE state = 'issued' AND net_minor + tax_minor > {PAID} AND {ALONE} {condition}
        ORDER BY issued_at DESC, series DESC, n DESC
        """,
        [*values, *(ended or ())],
    )
    return [StatementStanding(*row) for row in rows]


def asked(connection: sqlite3.Connection) -> list[StatementStanding]:
    """All live statements of ours on no invoice, paid or not."""
    rows = connection.execute(f"{_STANDING} WHERE state = 'issued' AND {OURS} AND {ALONE}")
    return [StatementStanding(*row) for row in rows]


def settled(connection: sqlite3.Connection) -> list[str]:
    """Numbers of live statements that are on no invoice and of which nothing is still to be paid."""
    rows = connection.execute(
        f"SELECT number FROM statement WHERE state = 'issued' AND net_minor + tax_minor <= {PAID} AND {ALONE}"
    )
    return [row[0] for row in rows]


_CHARGED = f"state = 'issued' AND {OURS} AND net_minor + tax_minor >= 1 AND {ALONE}"
"""What holds of a live statement of ours on no invoice that asks for money."""


def settled_heads(connection: sqlite3.Connection, limit: int) -> list[Head]:
    """The latest of them of which nothing is to be paid any more."""
    rows = connection.execute(
        f"""
        SELECT number, client, first_day, last_day, due_on, currency, net_minor + tax_minor, {PAID} AS paid, state
        FROM statement INDEXED BY statement_issued WHERE {_CHARGED} AND net_minor + tax_minor <= paid
        ORDER BY issued_at DESC, series DESC, n DESC LIMIT ?
        """,
        (limit,),
    )
    return [Head(*row) for row in rows]


def charged_count(connection: sqlite3.Connection) -> int:
    """How many live statements of ours on no invoice ask for money."""
    return int(connection.execute(f"SELECT count(*) FROM statement WHERE {_CHARGED}").fetchone()[0])
