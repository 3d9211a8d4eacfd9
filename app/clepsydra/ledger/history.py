"""Undo and redo of anything, in order, after a restart too."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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
    return undo_several(ledger, 1, home)[0]


def undo_several(ledger: Ledger, count: int, home: Home | None = None) -> list[Message]:
    """Take back so many changes, the latest first, all or none; returns what they were. Raises `Refused` as `undo`."""
    entries = journal.undoable(ledger.db, count)
    if not entries:
        raise Refused("there is nothing to undo")
    for made, entry in enumerate(entries):
        try:
            _refuse_documents(ledger, entry)
        except Refused as refused:
            if not made:
                raise
            raise Refused("only {left} of {count} changes can be undone, so none was: {why}",
                          left=made, count=count, why=refused.message) from refused  # fmt: skip
    if len(entries) < count:
        raise Refused("only {left} of {count} changes can be undone, so none was; “clepsydra undo {left}” undoes those",
                      left=len(entries), count=count)  # fmt: skip
    return _steps(ledger, home, entries, journal.undo, back=True)


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
    return redo_several(ledger, 1, home)[0]


def redo_several(ledger: Ledger, count: int, home: Home | None = None) -> list[Message]:
    """Make so many changes again, all or none; returns what they were. Raises `Refused` as `redo`."""
    entries = journal.redoable(ledger.db, count)
    if not entries:
        raise Refused("there is nothing to redo")
    if len(entries) < count:
        raise Refused("only {left} of {count} changes can be redone, so none was; “clepsydra redo {left}” redoes those",
                      left=len(entries), count=count)  # fmt: skip
    return _steps(ledger, home, entries, journal.redo, back=False)


def _steps(
    ledger: Ledger, home: Home | None, entries: list[journal.JournalEntry], step: Callable[..., None], *, back: bool
) -> list[Message]:
    """Take the entries back or make them again, all or none; the settings follow the log."""
    from clepsydra.ledger.calls.never import list_follows

    changes = [label_of(entry) for entry in entries]
    with _from_outside(), ExitStack() as settings:
        for change in changes:
            settings.enter_context(list_follows(home, change, back=back))
        step(ledger.db, ledger.now, *(entry.id for entry in entries))
    return changes


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
    return next(map(label_of, journal.undoable(ledger.db, 1)), None)


def next_redo(ledger: Ledger) -> Message | None:
    """What `redo` would make again."""
    return next(map(label_of, journal.redoable(ledger.db, 1)), None)


@contextmanager
def _from_outside() -> Iterator[None]:
    try:
        yield
    except journal.Overtaken as overtaken:
        raise Refused("the log was changed meanwhile, so nothing was done; look at it again") from overtaken
    except (journal.Conflict, sqlite3.IntegrityError) as conflict:
        raise Refused("the log was changed from outside since; undo would lose that, so nothing was done") from conflict
