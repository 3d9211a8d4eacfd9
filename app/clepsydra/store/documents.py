"""Documents in the log: numbered, sealed with their lines, taxes and claims; never changed and never deleted."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from clepsydra.domain import allocation
from clepsydra.domain.receivables import parts_of
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
    """A document in a list, without its lines; `credited_minor` is what live credit notes took back, with tax.

    `paid_minor` is all that was closed of it, `money_minor` what of that was money, `written_off_minor` what is not
    expected any more; `plan` holds the day ordinals and amounts of its instalments as JSON.
    """

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
    money_minor: int = 0
    written_off_minor: int = 0
    plan: str = "[]"

    @property
    def open_minor(self) -> int:
        """What is still to be paid of it; a credit note is never owed."""
        if self.kind == "credit" or self.state != "issued":
            return 0
        return max(0, self.payable_minor - self.credited_minor - self.paid_minor)

    @property
    def planned(self) -> list[tuple[int, int]]:
        """The instalments it is to be paid in: day ordinals and minor units, in order."""
        return [(day, minor) for day, minor in json.loads(self.plan)] if self.plan != "[]" else []

    @property
    def late_from(self) -> int:
        """The day ordinal on which what is open of it first is due: of a plan, of its first part that is open."""
        if not self.planned:
            return self.due_day
        planned = [(date.fromordinal(day), minor) for day, minor in self.planned]
        parts = parts_of(planned, self.open_minor, date.fromordinal(self.due_day))
        return min((part.due.toordinal() for part in parts if part.open_minor), default=self.due_day)


class ClaimRow(NamedTuple):
    """What a document has taken."""

    kind: str
    ref: str
    minor: int = 0


PAID = "(SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.document = document.id)"
"""What was closed of a document by money or otherwise, as SQL over `document.id`."""
MONEY_KINDS = "'" + "', '".join(allocation.MONEY) + "'"
"""The kinds of allocation that are money, as a list in SQL."""
MONEY = f"{PAID[:-1]} AND kind IN ({MONEY_KINDS}))"
"""What of that was money."""
_WRITTEN_OFF = f"{PAID[:-1]} AND kind = 'writeoff')"
_PLAN = """(SELECT json_group_array(json_array(due_day, minor)) FROM
    (SELECT due_day, minor FROM plan_part WHERE plan_part.document = document.id ORDER BY position))"""

_COLUMNS = ", ".join(name for name in DocumentRow._fields)
STANDING = f"""
    SELECT id, kind, number, client, currency, issued_day, due_day, net_minor, tax_minor, total_minor, payable_minor,
        (SELECT coalesce(sum(c.payable_minor), 0) FROM document AS c
            WHERE c.preceding = document.id AND c.state = 'issued'),
        {PAID}, reason, state, preceding, {MONEY}, {_WRITTEN_OFF}, {_PLAN}
    FROM document
"""
"""Where documents stand, as SQL to be narrowed down."""


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


def credits_of(connection: sqlite3.Connection, document: str) -> list[DocumentRow]:
    """The live credit notes of a document, in order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM document WHERE preceding = ? AND state = 'issued' ORDER BY series, n", (document,)
    )
    return [DocumentRow(*row) for row in rows]


def standing(connection: sqlite3.Connection, number: str) -> DocumentStanding | None:
    """Where the document of that number stands."""
    row = connection.execute(f"{STANDING} WHERE number = ? ORDER BY device LIMIT 1", (number,)).fetchone()
    return DocumentStanding(*row) if row else None


def page(
    connection: sqlite3.Connection, limit: int = -1, offset: int = 0, client: str | None = None
) -> list[DocumentStanding]:
    """Documents, latest first, of all clients or one; without a limit all of them."""
    condition, values = ("WHERE client = ?", [client]) if client else ("", list[object]())
    rows = connection.execute(
        f"{STANDING} {condition} ORDER BY issued_day DESC, issued_at DESC, n DESC LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return [DocumentStanding(*row) for row in rows]


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
            AND (SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.statement = statement.id) = 0
        ORDER BY issued_at, n
        """,
        (client,),
    )
    return [row[0] for row in rows]


def free_by_client(connection: sqlite3.Connection, ours: str, untouched: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many issued statements without payment are on no document, and their net minor units, by client.

    `untouched` are the ids of those that ask for money and have got none; those that give money back are found here.
    """
    rows = connection.execute(
        f"""
        SELECT client, count(*), sum(net_minor) FROM (
            SELECT client, net_minor FROM statement WHERE id IN (SELECT value FROM json_each(?)) AND net_minor <> 0
            UNION ALL
            SELECT client, net_minor FROM statement WHERE state = 'issued' AND {ours} AND net_minor < 0
                AND NOT EXISTS (SELECT 1 FROM claim WHERE kind = 'statement' AND ref = statement.id AND live = 1)
                AND (SELECT coalesce(sum(minor), 0) FROM allocation WHERE allocation.statement = statement.id) = 0
        )
        GROUP BY client
        """,
        (json.dumps(list(untouched)),),
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


def count(connection: sqlite3.Connection) -> int:
    """How many documents there are, of all kinds."""
    return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])


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
