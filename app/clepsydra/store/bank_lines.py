"""Lines of banks in the log, and the files they came in: written once, never changed but for being ignored."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class BankLineRow(NamedTuple):
    """A line: `day` is an ordinal; `taken_minor` is what receipts have booked of it, of what went out expenses."""

    id: str
    account: str
    day: int
    minor: int
    currency: str
    name: str
    iban: str
    ref: str
    text: str
    bank_id: str
    text_key: str
    twin: int
    ignored: int = 0
    taken_minor: int = 0

    @property
    def state(self) -> str:
        """`matched` once all of it is booked, or once a client's expense is made of what went out; else `ignored` of
        what went out or was put aside, else `open`.
        """
        if self.minor < 0:
            return "matched" if self.taken_minor else "ignored"
        if self.ignored:
            return "ignored"
        return "matched" if self.taken_minor >= self.minor else "open"

    @property
    def rest_minor(self) -> int:
        """What no receipt has booked yet."""
        return self.minor - self.taken_minor


class BankFileRow(NamedTuple):
    """What a file told of one account; days are ordinals, `lines` the ids of its lines."""

    id: str
    imported_at: int
    name: str
    format: str
    account: str
    currency: str
    first_day: int
    last_day: int
    opening_minor: int | None
    closing_minor: int | None
    sequence: str
    lines: tuple[str, ...]


_TAKEN = """
    CASE WHEN bank_line.minor > 0
        THEN (SELECT coalesce(sum(r.minor), 0) FROM receipt AS r WHERE r.bank_line = bank_line.id AND r.bank_line <> '')
        ELSE (SELECT coalesce(sum(e.minor), 0) FROM expense AS e WHERE e.bank_line = bank_line.id AND e.bank_line <> '')
    END
"""
_ROW = f"""
    SELECT id, account, day, minor, currency, name, iban, ref, text, bank_id, text_key, twin, ignored, {_TAKEN}
    FROM bank_line
"""


def add(connection: sqlite3.Connection, rows: Iterable[BankLineRow]) -> None:
    """Write lines that are not there yet."""
    connection.executemany(
        """
        INSERT INTO bank_line (id, account, day, minor, currency, name, iban, ref, text, bank_id, text_key, twin)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [row[:12] for row in rows],
    )


def add_file(connection: sqlite3.Connection, row: BankFileRow) -> None:
    """Write what a file told of an account."""
    connection.execute(
        """
        INSERT INTO bank_file (id, imported_at, name, format, account, currency, first_day, last_day, opening_minor,
            closing_minor, sequence, lines)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (*row[:11], json.dumps(row.lines)),
    )


def known(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Which of these lines are there."""
    rows = connection.execute(
        "SELECT id FROM bank_line WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
    )
    return {row[0] for row in rows}


def has_file(connection: sqlite3.Connection, row: BankFileRow) -> bool:
    """Whether the same was told of that account before."""
    found = connection.execute(
        """
        SELECT 1 FROM bank_file WHERE account = ? AND currency = ? AND first_day = ? AND last_day = ?
            AND opening_minor IS ? AND closing_minor IS ? AND sequence = ? AND lines = ?
        """,
        (*row[4:11], json.dumps(row.lines)),
    )
    return found.fetchone() is not None


def select(connection: sqlite3.Connection, first: int = 0, last: int = 9_999_999) -> list[BankLineRow]:
    """All lines of some days, oldest first."""
    rows = connection.execute(f"{_ROW} WHERE day BETWEEN ? AND ? ORDER BY day, bank_line.rowid", (first, last))
    return [BankLineRow(*row) for row in rows]


def like(connection: sqlite3.Connection, given: str) -> list[BankLineRow]:
    """The lines whose id holds what was given."""
    rows = connection.execute(f"{_ROW} WHERE instr(id, ?) > 0 ORDER BY id", (given.upper(),))
    return [BankLineRow(*row) for row in rows]


def ignore(connection: sqlite3.Connection, line: str, ignored: bool) -> None:
    """Leave a line out of what is to be matched, or take it in again."""
    connection.execute("UPDATE bank_line SET ignored = ? WHERE id = ?", (int(ignored), line))


def files(connection: sqlite3.Connection) -> list[BankFileRow]:
    """What files told of accounts, each account in the order of its days."""
    rows = connection.execute(
        """
        SELECT id, imported_at, name, format, account, currency, first_day, last_day, opening_minor, closing_minor,
            sequence, lines
        FROM bank_file ORDER BY account, currency, last_day, first_day, rowid
        """
    )
    return [BankFileRow(*row)._replace(lines=tuple(json.loads(row[11]))) for row in rows]


def payers(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Name and account of the other side of each line that money of a client was booked from, and the client."""
    rows = connection.execute(
        """
        SELECT DISTINCT bank_line.name, bank_line.iban, receipt.client
        FROM receipt JOIN bank_line ON bank_line.id = receipt.bank_line WHERE receipt.bank_line <> ''
        """
    )
    return [(row[0], row[1], row[2]) for row in rows]


def booked(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """For each line that receipts book: the line, the number of what was paid (empty for credit), and the client."""
    rows = connection.execute(
        """
        SELECT receipt.bank_line, coalesce(d.number, s.number, ''), receipt.client
        FROM receipt LEFT JOIN allocation AS a ON a.receipt = receipt.id
        LEFT JOIN document AS d ON d.id = a.document LEFT JOIN statement AS s ON s.id = a.statement
        WHERE receipt.bank_line <> '' ORDER BY receipt.rowid, a.rowid
        """
    )
    return [(row[0], row[1], row[2]) for row in rows]
