"""What documents made of statements and took back, as SQL: for leaks and real rates."""

import sqlite3
from typing import NamedTuple


class OnInvoice(NamedTuple):
    """The live invoice that has a statement, in minor units: its lines that are revenue before discounts and after,
    what credit notes took back of that; with tax, what is to pay less credit notes, what was paid of it, and what it
    deducts of deposits.
    """

    id: str
    number: str
    lines_minor: int
    revenue_minor: int
    credited_minor: int
    payable_minor: int
    paid_minor: int
    deducted_minor: int


class Deducted(NamedTuple):
    """What an invoice deducts of a deposit, in minor units, with what that asked less credit notes and was paid."""

    minor: int
    asked_minor: int
    paid_minor: int


_ASKED = """payable_minor - (SELECT coalesce(sum(c.payable_minor), 0) FROM document AS c
                WHERE c.preceding = document.id AND c.state = 'issued')"""
_DEDUCTED = """(SELECT coalesce(sum(d.minor), 0) FROM claim AS d
                WHERE d.document = document.id AND d.kind = 'deposit' AND d.live = 1)"""


def of_statement(connection: sqlite3.Connection, statement: str, paid: str) -> OnInvoice | None:
    """The live invoice of a statement; `paid` is the SQL of what was paid of a document. None where it is on none."""
    row = connection.execute(
        f"""
        SELECT document.id, number, (SELECT coalesce(sum(line.net_minor), 0) FROM document_line AS line
                WHERE line.document = document.id AND line.sort <> 'disbursement'),
            revenue_minor, (SELECT coalesce(sum(c.revenue_minor), 0) FROM document AS c
                WHERE c.preceding = document.id AND c.state = 'issued'),
            {_ASKED}, {paid}, {_DEDUCTED}
        FROM document JOIN claim ON claim.document = document.id
        WHERE claim.kind = 'statement' AND claim.ref = ? AND claim.live = 1
        """,
        (statement,),
    ).fetchone()
    return OnInvoice(*row) if row else None


def deducted_of(connection: sqlite3.Connection, document: str, paid: str) -> list[Deducted]:
    """The deposits that a live invoice deducts; `paid` is the SQL of what was paid of a document."""
    rows = connection.execute(
        f"""
        SELECT claim.minor, {_ASKED}, {paid} FROM claim JOIN document ON document.id = claim.ref
        WHERE claim.document = ? AND claim.kind = 'deposit' AND claim.live = 1
        """,
        (document,),
    )
    return [Deducted(*row) for row in rows]


def surcharge_of(connection: sqlite3.Connection, document: str, statement: str) -> int:
    """The surcharges that a document has for a statement, both by number, in minor units before tax."""
    row = connection.execute(
        """
        SELECT coalesce(sum(line.net_minor), 0) FROM document JOIN document_line AS line ON line.document = document.id
        WHERE document.number = ? AND line.sort = 'surcharge' AND line.source LIKE 'statement:' || ? || '/%'
        """,
        (document, statement),
    ).fetchone()
    return int(row[0])


def given_back(connection: sqlite3.Connection, client: str, first: int, last: int) -> list[tuple[str, int, str, str]]:
    """The credit notes to a client issued in some days that take back billed work and do not free it: number, net
    minor units, currency, the id of what they credit.
    """
    return connection.execute(
        """
        SELECT number, net_minor, currency, preceding FROM document WHERE client = ? AND kind = 'credit'
            AND state = 'issued' AND reason <> 'error' AND issued_day BETWEEN ? AND ? ORDER BY issued_day, n
        """,
        (client, first, last),
    ).fetchall()
