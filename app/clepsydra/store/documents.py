"""Documents in the log: numbered, sealed with their lines, taxes and claims; never changed and never deleted."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clepsydra.store.ids import new_id


class DocumentRow(NamedTuple):
    """One stored document; days are ordinals, instants UTC seconds, `body` the frozen document as JSON."""

    id: str
    kind: str
    series: str
    n: int
    number: str
    client: str
    currency: str
    issued_at: int
    issued_day: int
    due_day: int
    first_day: int
    last_day: int
    net_minor: int
    tax_minor: int
    total_minor: int
    payable_minor: int
    revenue_minor: int
    preceding: str | None
    reason: str
    pdf_sha: str
    xml_sha: str
    digest: str
    state: str
    annul_reason: str
    body: str


class DocumentStanding(NamedTuple):
    """A document in a list, without its lines; `credited_minor` is what live credit notes took back, with tax."""

    id: str
    kind: str
    number: str
    client: str
    currency: str
    issued_day: int
    due_day: int
    net_minor: int
    tax_minor: int
    total_minor: int
    payable_minor: int
    credited_minor: int
    paid_minor: int
    reason: str
    state: str
    preceding: str | None

    @property
    def open_minor(self) -> int:
        """What is still to be paid of it; a credit note is never owed."""
        if self.kind == "credit" or self.state != "issued":
            return 0
        return max(0, self.payable_minor - self.credited_minor - self.paid_minor)


class ClaimRow(NamedTuple):
    """What a document has taken."""

    kind: str
    ref: str
    minor: int = 0


PAID = "0"
"""What was paid of a document, as SQL over `document.id`."""

_COLUMNS = ", ".join(name for name in DocumentRow._fields)
_STANDING = f"""
    SELECT id, kind, number, client, currency, issued_day, due_day, net_minor, tax_minor, total_minor, payable_minor,
        (SELECT coalesce(sum(c.payable_minor), 0) FROM document AS c
            WHERE c.preceding = document.id AND c.state = 'issued'),
        {PAID}, reason, state, preceding
    FROM document
"""


def seal(
    connection: sqlite3.Connection,
    row: DocumentRow,
    lines: Iterable[tuple[object, ...]],
    taxes: Iterable[tuple[object, ...]],
    claims: Iterable[ClaimRow],
) -> None:
    """Write lines, taxes and claims, then the document itself, after which none of it changes any more."""
    connection.executemany(
        """
        INSERT INTO document_line (id, document, position, sort, text, quantity_e4, unit, price_minor, price_base,
            allowance_minor, charge_minor, tax, net_minor, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [(f"{row.id}-l{i:05d}", row.id, i, *line) for i, line in enumerate(lines, 1)],
    )
    connection.executemany(
        """
        INSERT INTO document_tax (id, document, category, rate_e4, part, base_minor, tax_minor, code)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [(f"{row.id}-t{i:03d}", row.id, *tax) for i, tax in enumerate(taxes, 1)],
    )
    connection.executemany(
        "INSERT INTO claim (id, document, kind, ref, minor) VALUES (?, ?, ?, ?, ?)",
        [(f"{row.id}-c{i:03d}", row.id, *claim) for i, claim in enumerate(claims, 1)],
    )
    places = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO document ({_COLUMNS}) VALUES ({places})", row)


def by_number(connection: sqlite3.Connection, number: str) -> DocumentRow | None:
    """The document of that number, of this device rather than another."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM document WHERE number = ? ORDER BY device LIMIT 1", (number,)
    ).fetchone()
    return DocumentRow(*row) if row else None


def by_id(connection: sqlite3.Connection, document: str) -> DocumentRow | None:
    """The document of that id."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM document WHERE id = ?", (document,)).fetchone()
    return DocumentRow(*row) if row else None


def each(connection: sqlite3.Connection) -> Iterator[DocumentRow]:
    """All documents in the order of their series, one at a time."""
    for (document,) in connection.execute("SELECT id FROM document ORDER BY series, n").fetchall():
        yield DocumentRow(*connection.execute(f"SELECT {_COLUMNS} FROM document WHERE id = ?", (document,)).fetchone())


def owed(connection: sqlite3.Connection, due_before: int | None = None) -> dict[str, int]:
    """What is still to be paid of documents, in minor units by currency: of all, or of those due before a day."""
    rows = connection.execute(
        f"""
        SELECT currency, sum(max(0, payable_minor - {PAID}
            - (SELECT coalesce(sum(c.payable_minor), 0) FROM document AS c
                WHERE c.preceding = document.id AND c.state = 'issued'))) AS balance
        FROM document WHERE kind <> 'credit' AND state = 'issued' AND (? IS NULL OR due_day < ?)
        GROUP BY currency HAVING balance > 0
        """,
        (due_before, due_before),
    )
    return {row[0]: int(row[1]) for row in rows}


def overdue(connection: sqlite3.Connection, client: str, first: int, last: int, today: int) -> list[DocumentStanding]:
    """A client's documents of services that end from `first` to `last`, due before today and not wholly paid."""
    rows = connection.execute(
        f"{_STANDING} WHERE client = ? AND kind <> 'credit' AND state = 'issued' AND last_day BETWEEN ? AND ? "
        "AND due_day < ? ORDER BY issued_day DESC, n DESC",
        (client, first, last, today),
    )
    return [each for each in (DocumentStanding(*row) for row in rows) if each.open_minor]


def credits_of(connection: sqlite3.Connection, document: str) -> list[DocumentRow]:
    """The live credit notes of a document, in order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM document WHERE preceding = ? AND state = 'issued' ORDER BY series, n", (document,)
    )
    return [DocumentRow(*row) for row in rows]


def standing(connection: sqlite3.Connection, number: str) -> DocumentStanding | None:
    """Where the document of that number stands."""
    row = connection.execute(f"{_STANDING} WHERE number = ? ORDER BY device LIMIT 1", (number,)).fetchone()
    return DocumentStanding(*row) if row else None


def page(
    connection: sqlite3.Connection, limit: int = -1, offset: int = 0, client: str | None = None
) -> list[DocumentStanding]:
    """Documents, latest first, of all clients or one; without a limit all of them."""
    condition, values = ("WHERE client = ?", [client]) if client else ("", list[object]())
    rows = connection.execute(
        f"{_STANDING} {condition} ORDER BY issued_day DESC, issued_at DESC, n DESC LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [DocumentStanding(*row) for row in rows]


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


def claims_of(connection: sqlite3.Connection, document: str, live: bool = True) -> list[ClaimRow]:
    """What a document has taken, and holds still."""
    condition = "AND live = 1" if live else ""
    rows = connection.execute(
        f"SELECT kind, ref, minor FROM claim WHERE document = ? {condition} ORDER BY id", (document,)
    )
    return [ClaimRow(*row) for row in rows]


def holder(connection: sqlite3.Connection, kind: str, ref: str) -> str | None:
    """The number of the live document that has taken something; None where it is free."""
    row = connection.execute(
        "SELECT number FROM claim JOIN document ON document.id = claim.document "
        "WHERE claim.kind = ? AND ref = ? AND live = 1 LIMIT 1",
        (kind, ref),
    ).fetchone()
    return row[0] if row else None


def free_statements(connection: sqlite3.Connection, client: str, ours: str) -> list[str]:
    """The numbers of a client's issued statements that are on no live document and have no payment, oldest first."""
    rows = connection.execute(
        f"""
        SELECT number FROM statement WHERE client = ? AND state = 'issued' AND {ours} AND net_minor <> 0
            AND NOT EXISTS (SELECT 1 FROM claim WHERE kind = 'statement' AND ref = statement.id AND live = 1)
            AND (SELECT coalesce(sum(minor), 0) FROM payment WHERE payment.statement = statement.id) = 0
        ORDER BY issued_at, n
        """,
        (client,),
    )
    return [row[0] for row in rows]


def free_by_client(connection: sqlite3.Connection, ours: str) -> dict[str, tuple[int, int]]:
    """How many issued statements without payment are on no document, and their net minor units, by client."""
    rows = connection.execute(
        f"""
        SELECT client, count(*), sum(net_minor) FROM statement WHERE state = 'issued' AND {ours} AND net_minor <> 0
            AND NOT EXISTS (SELECT 1 FROM claim WHERE kind = 'statement' AND ref = statement.id AND live = 1)
            AND (SELECT coalesce(sum(minor), 0) FROM payment WHERE payment.statement = statement.id) = 0
        GROUP BY client
        """
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def release(connection: sqlite3.Connection, document: str) -> None:
    """Set free what a document had taken."""
    connection.execute("UPDATE claim SET live = 0 WHERE document = ? AND live = 1", (document,))


def annul(connection: sqlite3.Connection, document: str, reason: str, now: int) -> None:
    """Mark the last document of a series as annulled: its number stays."""
    connection.execute(
        "UPDATE document SET state = 'annulled', annulled_at = ?, annul_reason = ? WHERE id = ?",
        (now, reason, document),
    )


def tell(connection: sqlite3.Connection, document: str, what: str, detail: str, now: int, day: int) -> None:
    """Record what happened to a document."""
    connection.execute(
        "INSERT INTO document_event (id, document, at, day, what, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (new_id(now), document, now, day, what, detail),
    )


def events(connection: sqlite3.Connection, document: str) -> list[tuple[str, int, str]]:
    """What happened to a document: what, the day's ordinal, the detail; in order."""
    return connection.execute(
        "SELECT what, day, detail FROM document_event WHERE document = ? ORDER BY at, rowid", (document,)
    ).fetchall()


def last_n(connection: sqlite3.Connection, series: str) -> int:
    """The last number of a series, 0 for none."""
    found = connection.execute("SELECT max(n) FROM document WHERE series = ?", (series,)).fetchone()[0]
    return int(found or 0)


def of_entry(connection: sqlite3.Connection, entry: int) -> list[tuple[str, str, int]]:
    """The documents that an entry of this device's journal issued or annulled: number, kind, day ordinal of issue."""
    return connection.execute(
        """
        SELECT json_extract(after, '$.number'), json_extract(after, '$.kind'), json_extract(after, '$.issued_day')
        FROM journal_row WHERE device = '' AND entry = ? AND tbl = 'document'
        """,
        (entry,),
    ).fetchall()
