"""What is still to be paid of documents; of one with a plan each part on its own day."""

import sqlite3

from clepsydra.store.documents import PAID, STANDING, DocumentStanding


def owed(connection: sqlite3.Connection, due_before: int | None = None) -> dict[str, int]:
    """What is still to be paid of documents, in minor units by currency: of all, or of those due before a day.

    Of a document with a plan its parts are due, each on its own day.
    """
    planned = "EXISTS (SELECT 1 FROM plan_part WHERE plan_part.document = document.id)"
    rows = connection.execute(
        f"""
        SELECT currency, sum(max(0, payable_minor - {PAID}
            - (SELECT coalesce(sum(c.payable_minor), 0) FROM document AS c
                WHERE c.preceding = document.id AND c.state = 'issued'))) AS balance
        FROM document WHERE kind <> 'credit' AND state = 'issued'
            AND (? IS NULL OR (due_day < ? AND NOT {planned}))
        GROUP BY currency HAVING balance > 0
        """,
        (due_before, due_before),
    )
    found = {row[0]: int(row[1]) for row in rows}
    if due_before is not None:
        of_plans = connection.execute(
            f"{STANDING} WHERE id IN (SELECT document FROM plan_part WHERE document IS NOT NULL) AND kind <> 'credit'"
        )
        for each in map(DocumentStanding._make, of_plans):
            late = each.overdue_minor(due_before)
            if late:
                found[each.currency] = found.get(each.currency, 0) + late
    return found


def overdue(connection: sqlite3.Connection, client: str, first: int, last: int, today: int) -> list[DocumentStanding]:
    """A client's documents of services that end from `first` to `last`, due before today and not wholly paid."""
    rows = connection.execute(
        f"{STANDING} WHERE client = ? AND kind <> 'credit' AND state = 'issued' AND last_day BETWEEN ? AND ? "
        "ORDER BY issued_day DESC, n DESC",
        (client, first, last),
    )
    return [each for each in (DocumentStanding(*row) for row in rows) if each.overdue_minor(today)]


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
