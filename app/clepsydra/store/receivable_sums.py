"""What is open, sold and collected, as sums that SQL makes: no list of all documents is ever read for them."""

import sqlite3
from typing import NamedTuple

from clepsydra.store.debts import ALONE
from clepsydra.store.documents import PAID, STANDING, DocumentStanding
from clepsydra.store.statements import OURS

_CREDITED = (
    "(SELECT coalesce(sum(c.payable_minor), 0) FROM document AS c "
    "WHERE c.preceding = document.id AND c.state = 'issued')"
)
_OUTSIDE = (
    "(SELECT coalesce(sum(net_minor), 0) FROM document_line "
    "WHERE document_line.document = document.id AND sort = 'disbursement')"
)


class Sold(NamedTuple):
    """What was sold to a client: the day as an ordinal, or the instant of issue, and minor units with tax."""

    client: str
    currency: str
    at: int
    minor: int


def open_documents(
    connection: sqlite3.Connection, client: str | None = None, ended: tuple[int, int] | None = None
) -> list[DocumentStanding]:
    """The documents of which something is still to be paid, of all clients or one, of all services or of those that
    ended from one day to another; the others are not looked at.
    """
    condition, values = ("AND client = ?", [client]) if client else ("", list[object]())
    if ended:
        condition, values = f"{condition} AND last_day BETWEEN ? AND ?", [*values, *ended]
    rows = connection.execute(
        f"""
        {STANDING} WHERE id IN (SELECT id FROM document WHERE state = 'issued' AND kind <> 'credit' {condition}
            AND payable_minor > {PAID} + {_CREDITED})
        """,
        values,
    )
    return [DocumentStanding(*row) for row in rows]


def sold(connection: sqlite3.Connection, since: int) -> list[Sold]:
    """What invoices asked for from a day (an ordinal) on, less what was credited of each and what was paid in the
    clients' names, by client, currency and day.
    """
    rows = connection.execute(
        f"""
        SELECT client, currency, issued_day, sum(CASE WHEN outside = 0 OR total_minor <= 0 THEN kept
            ELSE (2 * kept * max(0, total_minor - outside) + total_minor) / (2 * total_minor) END)
        FROM (SELECT client, currency, issued_day, total_minor, max(0, payable_minor - {_CREDITED}) AS kept,
                {_OUTSIDE} AS outside
            FROM document WHERE issued_day >= ? AND state = 'issued' AND kind <> 'credit')
        GROUP BY client, currency, issued_day
        """,
        (since,),
    )
    return [Sold(*row) for row in rows]


def sold_alone(connection: sqlite3.Connection, since: int) -> list[Sold]:
    """What live statements on no invoice asked for, issued from an instant on."""
    rows = connection.execute(
        f"""
        SELECT client, currency, issued_at, net_minor + tax_minor FROM statement
        WHERE issued_at >= ? AND state = 'issued' AND {OURS} AND {ALONE}
        """,
        (since,),
    )
    return [Sold(*row) for row in rows]


def outside(connection: sqlite3.Connection, document: str) -> int:
    """What a document asks for that was paid in the client's name, in minor units."""
    row = connection.execute(
        "SELECT coalesce(sum(net_minor), 0) FROM document_line WHERE document = ? AND sort = 'disbursement'",
        (document,),
    ).fetchone()
    return int(row[0])


def collected(connection: sqlite3.Connection, since: int) -> dict[str, int]:
    """The money that came in from a day (an ordinal) on, by currency, less what went back."""
    rows = connection.execute("SELECT currency, sum(minor) FROM receipt WHERE day >= ? GROUP BY currency", (since,))
    return {row[0]: int(row[1]) for row in rows}


def delays(connection: sqlite3.Connection, since: int) -> list[tuple[str, int]]:
    """For each document of services issued from a day (an ordinal) on: the client, and the days from the last session
    to the issue.
    """
    return connection.execute(
        """
        SELECT client, issued_day - last_day FROM document
        WHERE issued_day >= ? AND state = 'issued' AND kind = 'invoice' AND last_day > 0
        """,
        (since,),
    ).fetchall()
