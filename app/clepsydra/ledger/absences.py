"""Absences: what a stretch was when it was not work, with its reason. They explain the day; no session is touched."""

from enum import StrEnum

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import replace
from clepsydra.language.plain import storable
from clepsydra.language.translator import mark
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import absences
from clepsydra.store.absences import AbsenceRow as AbsenceRow
from clepsydra.store.ids import new_id


class AbsenceReason(StrEnum):
    """Reasons with a name of their own; any other text is one too."""

    BREAK = "break"
    AWAY = "away"
    ASLEEP = "asleep"
    PERSONAL = "personal"


_LABELS: dict[str, str] = {
    AbsenceReason.BREAK: mark("absence: a break"),
    AbsenceReason.AWAY: mark("absence: away"),
    AbsenceReason.ASLEEP: mark("absence: asleep"),
    AbsenceReason.PERSONAL: mark("absence: personal"),
}


def within(ledger: Ledger, span: Interval) -> list[AbsenceRow]:
    """The absences that share time with a stretch, in order."""
    return absences.within(ledger.db, span.started_at, span.ended_at)


def add(ledger: Ledger, span: Interval, reason: str, note: str = "") -> AbsenceRow:
    """Explain a stretch as an absence; raises `Refused` when it is empty or has no reason."""
    with ledger.change(_LABELS.get(reason, mark("absence: {reason}")), reason=reason):
        return written(ledger, span, reason, note)


def written(ledger: Ledger, span: Interval, reason: str, note: str = "") -> AbsenceRow:
    """Write an absence inside a change that is open already.

    Raises `Refused` for an absence of no length or without a reason.
    """
    if not span.seconds:
        raise Refused("an absence lasts at least a second")
    if not reason.strip():
        raise Refused("an absence has a reason")
    now = ledger.now
    row = AbsenceRow(
        id=new_id(now),
        started_at=span.started_at,
        ended_at=span.ended_at,
        reason=storable(reason.strip()),
        note=storable(note),
        zone=ledger.zone.key,
        logged_at=now,
    )
    absences.add(ledger.db, row)
    return row


def edit(
    ledger: Ledger, given: str, *, span: Interval | None = None, reason: str | None = None, note: str | None = None
) -> AbsenceRow:
    """Change what is named of an absence; raises `Refused` when there is none of that id."""
    with ledger.change("edit absence: {reason}") as said:
        before = find(ledger, given)
        after = before
        if span is not None:
            if not span.seconds:
                raise Refused("an absence lasts at least a second")
            after = replace(after, started_at=span.started_at, ended_at=span.ended_at)
        if reason is not None:
            if not reason.strip():
                raise Refused("an absence has a reason")
            after = replace(after, reason=storable(reason.strip()))
        if note is not None:
            after = replace(after, note=storable(note))
        said["reason"] = after.reason
        absences.replace(ledger.db, after)
    return after


def remove(ledger: Ledger, given: str) -> AbsenceRow:
    """Take an absence out of the log; the journal keeps it, and undo brings it back."""
    with ledger.change("remove absence: {reason}") as said:
        row = find(ledger, given)
        said["reason"] = row.reason
        absences.remove(ledger.db, row.id)
    return row


def find(ledger: Ledger, given: str) -> AbsenceRow:
    """The absence of that id, or whose id ends so; raises `Refused` when none or several do."""
    ids = [given] if absences.by_id(ledger.db, given) else []
    if not ids and len(given) >= 4:
        ids = absences.ids_like(ledger.db, given)
    if len(ids) > 1:
        raise Refused("several absences have the id “{given}”; type more of it", given=given)
    row = absences.by_id(ledger.db, ids[0]) if ids else None
    if row is None:
        raise Refused("no absence has the id “{given}”", given=given)
    return row
