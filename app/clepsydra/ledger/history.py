"""Undo and redo of anything, in order, after a restart too."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from clepsydra.language.message import Message
from clepsydra.ledger.changes import label_of, opened_days
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.home import Home
from clepsydra.store import journal


def undo(ledger: Ledger, home: Home | None = None) -> Message:
    """Take back the latest change; returns what it was. Raises `Refused` when there is none, or another meanwhile.

    What the change wrote into the settings file of `home` is taken back with it.
    """
    entry = journal.next_undo(ledger.db)
    if entry is None:
        raise Refused("there is nothing to undo")
    from clepsydra.ledger.calls.never import list_follows

    _refuse_documents(ledger, entry)
    change = label_of(entry)
    with _from_outside(), list_follows(home, change, back=True):
        journal.undo(ledger.db, ledger.now, entry.id)
    return change


def _refuse_documents(ledger: Ledger, entry: journal.JournalEntry) -> None:
    """An issued document is answered, never un-made."""
    from clepsydra.store import chasing, documents

    for number in chasing.notes_of_entry(ledger.db, entry.n):
        raise Refused("note of charges {number} was written: it keeps its number", number=number)
    for number, kind, day in documents.of_entry(ledger.db, entry.n):
        if kind == "credit":
            raise Refused("credit note {number} was issued on {day}: a wrong one is answered by a new invoice",
                          number=number, day=date.fromordinal(day).isoformat())  # fmt: skip
        raise Refused("{number} was issued on {day}: answer it with a credit note",
                      number=number, day=date.fromordinal(day).isoformat())  # fmt: skip


def redo(ledger: Ledger, home: Home | None = None) -> Message:
    """Make the change that was undone last again, in the settings of `home` too; returns what it was.

    Raises `Refused` when there is none, or another meanwhile.
    """
    entry = journal.next_redo(ledger.db)
    if entry is None:
        raise Refused("there is nothing to redo")
    from clepsydra.ledger.calls.never import list_follows

    change = label_of(entry)
    with _from_outside(), list_follows(home, change, back=False):
        journal.redo(ledger.db, ledger.now, entry.id)
    return change


def reached(ledger: Ledger) -> int:
    """The place of the latest entry, zero in a log without any."""
    latest = journal.history(ledger.db, 1)
    return latest[0].id if latest else 0


def opened_since(ledger: Ledger, place: int) -> dict[str, int]:
    """The days that the latest change opened again, by ISO date, if it was made after a place: their open seconds."""
    latest = journal.history(ledger.db, 1)
    return opened_days(latest[0]) if latest and latest[0].id > place and latest[0].kind != "undo" else {}


def next_undo(ledger: Ledger) -> Message | None:
    """What `undo` would take back."""
    entry = journal.next_undo(ledger.db)
    return label_of(entry) if entry else None


def next_redo(ledger: Ledger) -> Message | None:
    """What `redo` would make again."""
    entry = journal.next_redo(ledger.db)
    return label_of(entry) if entry else None


@contextmanager
def _from_outside() -> Iterator[None]:
    try:
        yield
    except journal.Overtaken as overtaken:
        raise Refused("the log was changed meanwhile, so nothing was done; look at it again") from overtaken
    except (journal.Conflict, sqlite3.IntegrityError) as conflict:
        raise Refused("the log was changed from outside since; undo would lose that, so nothing was done") from conflict
