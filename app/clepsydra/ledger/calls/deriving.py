"""Derive the calls again from the stored evidence, as after a change of a constant; what a person decided stands."""

from bisect import bisect_left
from collections.abc import Iterable

from clepsydra.calls.constants import Constants
from clepsydra.calls.evidence import MILLISECONDS, PHONE
from clepsydra.calls.spans import derive
from clepsydra.domain.records import dataclass, replace
from clepsydra.ledger.calls.evidence import call_row, span_of
from clepsydra.ledger.calls.suggesting import too_short
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import calls, evidence, journal
from clepsydra.store.calls import CallRow
from clepsydra.store.database import transaction


@dataclass(frozen=True, slots=True)
class Derived:
    """What deriving again has changed: calls that are new, gone, differ, and stand as they were decided."""

    added: int
    removed: int
    changed: int
    decided: int


def rederive(ledger: Ledger, constants: Constants | None = None, ignored: Iterable[str] = ()) -> Derived:
    """Derive every call again under other constants.

    Calls that a person decided about stay as they are, with any other derived over the same time left out; so do those
    that undo or redo may come back to, calls under way, and calls older than the evidence that is kept.
    """
    with transaction(ledger.db):
        spans = [span_of(row) for row in calls.spans_since(ledger.db, 0)]
        oldest = min((span.began for span in spans), default=0) // MILLISECONDS
        decided = calls.decisions(ledger.db)
        listed = evidence.listed_calls(ledger.db)
        known = calls.calls_between(ledger.db, None, None)
        old = {
            row.id: row
            for row in known
            if row.id not in decided
            and row.id not in listed
            and row.ended_at is not None
            and spans
            and row.started_at >= oldest
            and not journal.touched_since(ledger.db, "call_decision", row.id, row.started_at)
        }
        standing, before = _Beside(row for row in known if row.id not in old), _Beside(old.values())
        found = derive(spans, constants, ignored, until=ledger.now * MILLISECONDS)
        rows = [call_row(call) for call in found if call.ended is not None]
        rows = [_with_hint(row, before.of(row)) for row in rows if standing.of(row) is None]
        fresh = {row.id: row for row in rows if not too_short(ledger, row)}
        for id_ in old.keys() - fresh.keys():
            calls.drop_call(ledger.db, id_)
        for row in fresh.values():
            calls.keep_call(ledger.db, row)
    return Derived(
        added=len(fresh.keys() - old.keys()),
        removed=len(old.keys() - fresh.keys()),
        changed=sum(1 for id_ in fresh.keys() & old.keys() if fresh[id_] != old[id_]),
        decided=len(decided),
    )


class _Beside:
    """Finds the call of the same program that shares time with another; calls of one program never overlap."""

    def __init__(self, rows: Iterable[CallRow]) -> None:
        self._rows: dict[str, list[CallRow]] = {}
        for row in sorted(rows, key=lambda each: each.started_at):
            self._rows.setdefault(row.program, []).append(row)

    def of(self, row: CallRow) -> CallRow | None:
        """The last one that began before this one ended, if it goes on into it; on a telephone only the call itself,
        beside which another may be held."""
        rows = self._rows.get(row.program, [])
        if row.program == PHONE.id:
            return next((each for each in rows if each.id == row.id), None)
        place = bisect_left(rows, row.ended_at or row.started_at, key=lambda each: each.started_at)
        other = rows[place - 1] if place else None
        return other if other and (other.ended_at is None or other.ended_at > row.started_at) else None


def _with_hint(row: CallRow, old: CallRow | None) -> CallRow:
    """Titles are not evidence that is kept: what they once said of a client is taken over."""
    return replace(row, title=old.title, client_hint=old.client_hint) if old else row
