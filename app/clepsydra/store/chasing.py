"""Reminders, promises, disputes, deferrals and notes of charges in the log; days are ordinals, instants UTC seconds."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple, TypeVar


class ReminderRow(NamedTuple):
    """A letter about one debt; not sent while `sent_at` is None."""

    id: str
    letter: str
    debt: str
    number: str
    client: str
    level: int
    due_day: int
    drafted_at: int
    drafted_day: int
    sent_at: int | None
    sent_day: int | None
    currency: str
    open_minor: int
    fee_minor: int
    penalty_minor: int
    file: str


class PromiseRow(NamedTuple):
    """A day on which a client said that a debt will be paid."""

    id: str
    debt: str
    number: str
    client: str
    at: int
    day: int
    until_day: int
    ended_at: int | None


class DisputeRow(NamedTuple):
    """A debt that its client disputes, and why."""

    id: str
    debt: str
    number: str
    client: str
    at: int
    day: int
    why: str
    ended_at: int | None


class DeferralRow(NamedTuple):
    """A draft or a statement that is not to be invoiced before a day, and why."""

    id: str
    ref: str
    number: str
    client: str
    at: int
    until_day: int
    why: str
    ended_at: int | None


class ChargeNoteRow(NamedTuple):
    """A note of charges; `body` is all that it says, as JSON."""

    id: str
    series: str
    n: int
    number: str
    client: str
    currency: str
    issued_at: int
    issued_day: int
    fee_minor: int
    interest_minor: int
    body: str


Said = TypeVar("Said", PromiseRow, DisputeRow)


def _names(row: type[ReminderRow | PromiseRow | DisputeRow | DeferralRow | ChargeNoteRow]) -> str:
    return ", ".join(row._fields)


def _insert(connection: sqlite3.Connection, table: str, row: "tuple[object, ...]", names: str) -> None:
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", row)


def _end(connection: sqlite3.Connection, table: str, column: str, value: str, now: int) -> int:
    """End what still goes on about something; how many rows there were."""
    done = connection.execute(f"UPDATE {table} SET ended_at = ? WHERE {column} = ? AND ended_at IS NULL", (now, value))
    return done.rowcount


def _said(connection: sqlite3.Connection, table: str, row: type[Said], live: bool) -> list[Said]:
    """What was said of debts, the oldest first; `live` leaves out what has ended."""
    condition = "WHERE ended_at IS NULL" if live else ""
    rows = connection.execute(f"SELECT {_names(row)} FROM {table} {condition} ORDER BY at, id")
    return [row(*values) for values in rows]


def draft(connection: sqlite3.Connection, rows: Iterable[ReminderRow]) -> None:
    """Write a letter, each of its debts a row; one that was only drafted for the same debts gives way to it."""
    for row in rows:
        connection.execute("DELETE FROM reminder WHERE debt = ? AND sent_at IS NULL", (row.debt,))
        _insert(connection, "reminder", row, _names(ReminderRow))


def forget_draft(connection: sqlite3.Connection, letter: str) -> None:
    """Take out a letter that was not sent."""
    connection.execute("DELETE FROM reminder WHERE letter = ? AND sent_at IS NULL", (letter,))


def mark_sent(connection: sqlite3.Connection, letter: str, now: int, day: int) -> None:
    """The letter went out on a day."""
    connection.execute(
        "UPDATE reminder SET sent_at = ?, sent_day = ? WHERE letter = ? AND sent_at IS NULL", (now, day, letter)
    )


def reminders(connection: sqlite3.Connection, client: str | None = None) -> list[ReminderRow]:
    """Every letter of all clients or one, drafts too, the oldest first."""
    condition, values = ("WHERE client = ?", (client,)) if client else ("", ())
    rows = connection.execute(
        f"SELECT {_names(ReminderRow)} FROM reminder {condition} ORDER BY coalesce(sent_day, drafted_day), id", values
    )
    return [ReminderRow(*row) for row in rows]


def devices(connection: sqlite3.Connection) -> dict[str, str]:
    """On which device each letter, promise, dispute and note was made, by its id."""
    tables = ("reminder", "promise", "dispute", "charge_note")
    return dict(connection.execute(" UNION ALL ".join(f"SELECT id, device FROM {table}" for table in tables)))


def promise(connection: sqlite3.Connection, row: PromiseRow) -> None:
    """Keep a promise; one before it about the same debt is over."""
    end_promises(connection, row.debt, row.at)
    _insert(connection, "promise", row, _names(PromiseRow))


def end_promises(connection: sqlite3.Connection, debt: str, now: int) -> int:
    """Take the promises of a debt back; how many there were."""
    return _end(connection, "promise", "debt", debt, now)


def promises(connection: sqlite3.Connection, *, live: bool = True) -> list[PromiseRow]:
    """Promises that stand, or all that were ever made; the oldest first."""
    return _said(connection, "promise", PromiseRow, live)


def dispute(connection: sqlite3.Connection, row: DisputeRow) -> None:
    """Keep that a debt is disputed; an older reason gives way."""
    end_disputes(connection, row.debt, row.at)
    _insert(connection, "dispute", row, _names(DisputeRow))


def end_disputes(connection: sqlite3.Connection, debt: str, now: int) -> int:
    """The dispute about a debt is over; how many there were."""
    return _end(connection, "dispute", "debt", debt, now)


def disputes(connection: sqlite3.Connection, *, live: bool = True) -> list[DisputeRow]:
    """Disputes that go on, or all there ever were; the oldest first."""
    return _said(connection, "dispute", DisputeRow, live)


def defer(connection: sqlite3.Connection, row: DeferralRow) -> None:
    """Put off a draft or a statement; an older day gives way."""
    end_deferrals(connection, row.ref, row.at)
    _insert(connection, "deferral", row, _names(DeferralRow))


def end_deferrals(connection: sqlite3.Connection, ref: str, now: int) -> int:
    """A draft or a statement is put off no longer; how many days there were."""
    return _end(connection, "deferral", "ref", ref, now)


def deferrals(connection: sqlite3.Connection) -> list[DeferralRow]:
    """What is put off, of drafts that are there and of statements on no live document; the nearest day first."""
    rows = connection.execute(
        f"""
        SELECT {_names(DeferralRow)} FROM deferral WHERE ended_at IS NULL AND (
            EXISTS (SELECT 1 FROM draft WHERE draft.id = ref)
            OR EXISTS (SELECT 1 FROM statement WHERE statement.id = ref AND state = 'issued' AND NOT EXISTS (
                SELECT 1 FROM claim WHERE kind = 'statement' AND claim.ref = statement.id AND live = 1)))
        ORDER BY until_day, id
        """
    )
    return [DeferralRow(*row) for row in rows]


def write_note(connection: sqlite3.Connection, row: ChargeNoteRow) -> None:
    """Write a note of charges, which never changes after."""
    _insert(connection, "charge_note", row, _names(ChargeNoteRow))


def notes(connection: sqlite3.Connection) -> list[ChargeNoteRow]:
    """Every note of charges in the order of its series."""
    rows = connection.execute(f"SELECT {_names(ChargeNoteRow)} FROM charge_note ORDER BY series, n")
    return [ChargeNoteRow(*row) for row in rows]


def notes_of_entry(connection: sqlite3.Connection, entry: int) -> list[str]:
    """The numbers of the notes of charges that an entry of this device's journal wrote."""
    rows = connection.execute(
        "SELECT json_extract(after, '$.number') FROM journal_row "
        "WHERE device = '' AND entry = ? AND tbl = 'charge_note'",
        (entry,),
    )
    return [row[0] for row in rows]


def with_documents(connection: sqlite3.Connection) -> set[str]:
    """The clients who were ever invoiced here."""
    return {row[0] for row in connection.execute("SELECT DISTINCT client FROM document")}


def not_sent(connection: sqlite3.Connection) -> list[tuple[str, str, int, int, str]]:
    """Issued invoices of which nobody said that they were sent, nor handed to a platform: number, client, day ordinal
    of issue, what is to pay in minor units, currency; the oldest first. One that was paid in part, promised, disputed
    or reminded of got there.
    """
    return connection.execute(
        """
        SELECT number, client, issued_day, payable_minor, currency FROM document
        WHERE kind <> 'credit' AND state = 'issued' AND NOT EXISTS (
            SELECT 1 FROM document_event AS e
            WHERE e.document = document.id AND (e.what = 'sent' OR e.what LIKE 'pa:%'))
        AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.debt = document.id AND sent_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM promise WHERE promise.debt = document.id)
        AND NOT EXISTS (SELECT 1 FROM dispute WHERE dispute.debt = document.id)
        AND coalesce((SELECT sum(minor) FROM allocation WHERE document = document.id AND receipt IS NOT NULL), 0) <= 0
        ORDER BY issued_day, n
        """
    ).fetchall()


def usual_instants(connection: sqlite3.Connection, client: str) -> list[int]:
    """The instants at which the statements of a client's latest six periods were issued."""
    rows = connection.execute(
        "SELECT issued_at FROM statement WHERE client = ? AND state = 'issued' ORDER BY last_day DESC LIMIT 6",
        (client,),
    )
    return [row[0] for row in rows]


def closed(connection: sqlite3.Connection, debt: str) -> list[tuple[int, int, str]]:
    """What closed parts of a debt: the day's ordinal, minor units, the id of the row that says so; by day. Money and
    what stands for it, and credit notes.
    """
    return connection.execute(
        """
        SELECT day, minor, id FROM allocation WHERE document = ?1 OR statement = ?1
        UNION ALL
        SELECT issued_day, payable_minor, id FROM document WHERE preceding = ?1 AND state = 'issued'
        ORDER BY 1, 3
        """,
        (debt,),
    ).fetchall()


def asked(connection: sqlite3.Connection, debt: str) -> int | None:
    """What a document or a statement asks for, in minor units; None where there is no such debt."""
    row = connection.execute(
        "SELECT payable_minor FROM document WHERE id = ?1 AND kind <> 'credit' "
        "UNION ALL SELECT net_minor + tax_minor FROM statement WHERE id = ?1",
        (debt,),
    ).fetchone()
    return int(row[0]) if row else None


def planned(connection: sqlite3.Connection, debt: str) -> list[tuple[int, int, str]]:
    """The parts of the plan of a debt: day ordinal, minor units, id."""
    return connection.execute(
        "SELECT due_day, minor, id FROM plan_part WHERE document = ?1 OR statement = ?1 ORDER BY position", (debt,)
    ).fetchall()
