"""What payments need of documents: the reference that banks carry back, and deposits still to be deducted."""

import sqlite3


def reference(connection: sqlite3.Connection, document: str) -> str:
    """What banks carry back of a document, empty without one."""
    row = connection.execute("SELECT json_extract(body, '$.reference') FROM document WHERE id = ?", (document,))
    return row.fetchone()[0] or ""


def deposits(connection: sqlite3.Connection, client: str, currency: str) -> list[tuple[str, str, int, int]]:
    """A client's live deposit invoices of a currency that are not wholly deducted: id, number, day ordinal, what is
    left of them with tax in minor units; oldest first.
    """
    return connection.execute(
        """
        SELECT id, number, issued_day, total_minor
            - (SELECT coalesce(sum(minor), 0) FROM claim WHERE kind = 'deposit' AND ref = document.id AND live = 1)
            - (SELECT coalesce(sum(c.total_minor), 0) FROM document AS c
                WHERE c.preceding = document.id AND c.state = 'issued') AS rest
        FROM document WHERE client = ? AND kind = 'deposit' AND currency = ? AND state = 'issued' AND rest > 0
        ORDER BY issued_day, n
        """,
        (client, currency),
    ).fetchall()


def deductions(connection: sqlite3.Connection) -> list[tuple[str, str, int, int, int | None]]:
    """Every deposit that an issued invoice deducts or did: both by id, how much, the day of the invoice, and that of
    the credit note which set it free.
    """
    return connection.execute(
        """
        SELECT claim.ref, claim.document, claim.minor, document.issued_day, CASE live WHEN 1 THEN NULL ELSE
            (SELECT max(issued_day) FROM document AS c WHERE c.preceding = document.id AND c.state = 'issued') END
        FROM claim JOIN document ON document.id = claim.document
        WHERE claim.kind = 'deposit' AND document.state = 'issued'
        """
    ).fetchall()


def credited(connection: sqlite3.Connection, since: int) -> set[str]:
    """The ids of the documents that were credited from a day (ordinal) on."""
    rows = connection.execute(
        "SELECT preceding FROM document WHERE issued_day >= ? AND kind = 'credit' AND state = 'issued'", (since,)
    )
    return {row[0] for row in rows}
