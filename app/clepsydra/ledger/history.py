"""Undo and redo of anything, in order, after a restart too."""

import sqlite3

from clepsydra.language.message import Message
from clepsydra.ledger.ledger import Ledger, Refused, label_of
from clepsydra.store import journal


def undo(ledger: Ledger) -> Message:
    """Take back the latest change; returns what it was. Raises `Refused` when there is none."""
    try:
        entry = journal.undo(ledger.db, ledger.now)
    except (journal.Conflict, sqlite3.IntegrityError) as conflict:
        raise _changed_outside() from conflict
    if entry is None:
        raise Refused("there is nothing to undo")
    return label_of(entry)


def redo(ledger: Ledger) -> Message:
    """Make the change that was undone last again; returns what it was. Raises `Refused` when there is none."""
    try:
        entry = journal.redo(ledger.db, ledger.now)
    except (journal.Conflict, sqlite3.IntegrityError) as conflict:
        raise _changed_outside() from conflict
    if entry is None:
        raise Refused("there is nothing to redo")
    return label_of(entry)


def next_undo(ledger: Ledger) -> Message | None:
    """What `undo` would take back."""
    entry = journal.next_undo(ledger.db)
    return label_of(entry) if entry else None


def next_redo(ledger: Ledger) -> Message | None:
    """What `redo` would make again."""
    entry = journal.next_redo(ledger.db)
    return label_of(entry) if entry else None


def _changed_outside() -> Refused:
    return Refused("the log was changed from outside since; undo would lose that, so nothing was done")
