"""Change several sessions at once: one change of the log, which one undo takes back; all of them or none."""

from collections.abc import Sequence

from clepsydra.domain.session import Session
from clepsydra.ledger import editing
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.ledger import Ledger, Refused


def edit(ledger: Ledger, ids: Sequence[str], changes: Edit) -> None:
    """Make the same changes to sessions; raises `Refused` where one of them cannot be changed so."""
    with ledger.change("edit {count} sessions", count=len(ids)):
        _refuse_locked(ledger, ids)
        for each in ids:
            editing.edit(ledger, each, changes)


def write_off(ledger: Ledger, ids: Sequence[str], reason: str) -> None:
    """Decide that sessions are not billed, and why; an empty reason takes it back. Raises `Refused` as `edit` does."""
    with ledger.change("write off {count} sessions", count=len(ids)):
        _refuse_locked(ledger, ids)
        for each in ids:
            editing.write_off(ledger, each, reason)


def remove(ledger: Ledger, ids: Sequence[str]) -> None:
    """Take sessions out of the log; raises `Refused` where one of them is locked."""
    with ledger.change("remove {count} sessions", count=len(ids)):
        _refuse_locked(ledger, ids)
        for each in ids:
            editing.remove(ledger, each)


def renotable(found: Sequence[Session], old: str) -> tuple[list[Session], int]:
    """The sessions whose note holds a text and can be changed, and how many hold it on a statement."""
    holding = [session for session in found if old and old in session.note]
    free = [session for session in holding if session.statement is None]
    return free, len(holding) - len(free)


def renote(ledger: Ledger, found: Sequence[Session], old: str, new: str) -> int:
    """Replace a text in the notes of the sessions that hold it and are on no statement; how many those were."""
    free, _ = renotable(found, old)
    with ledger.change("replace “{old}” in {count} notes", old=old, count=len(free)):
        for session in free:
            editing.edit(ledger, session.id, Edit(note=session.note.replace(old, new)))
    return len(free)


def _refuse_locked(ledger: Ledger, ids: Sequence[str]) -> None:
    locked = sum(ledger.session(each).statement is not None for each in ids)
    if locked:
        raise Refused(
            "{locked} of {count} are on an issued statement and locked: leave them out", locked=locked, count=len(ids)
        )
