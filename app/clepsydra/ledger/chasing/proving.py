"""Prove law 17 on a live log: no reminder of what was paid, promised, disputed, planned, nor two in five days.

What was not known when a letter went out is no breach of it: a transfer of Monday that is read on Friday leaves
Wednesday's letter as it was. So every fact is asked for its day and for the instant it came into the log, and what was
done on another device is nothing that this one knew.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from clepsydra.domain.chase_terms import LEAST_GAP
from clepsydra.domain.chasing import PROMISE_GRACE
from clepsydra.domain.receivables import parts_of
from clepsydra.language.message import message
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import chasing
from clepsydra.store.chasing import ReminderRow
from clepsydra.store.ids import made_at

LAW = 17

MadeOn = Mapping[str, str]
"""On which device each row was made, by its id."""


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Every letter that went out against the law, with the reason."""
    sent = [row for row in chasing.reminders(ledger.db) if row.sent_day is not None and row.sent_at is not None]
    made_on = chasing.devices(ledger.db)
    yield from _apart(sent, made_on)
    yield from _once(sent, made_on)
    for row in sent:
        yield from _settled(ledger, row)
    yield from _promised(ledger, sent, made_on)
    yield from _disputed(ledger, sent, made_on)
    yield from _notes(ledger, made_on)


def _notes(ledger: Ledger, made_on: MadeOn) -> Iterator[Breach]:
    """Law 12 for notes of charges: no holes but those a lost log left, and days that never go back."""
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for note in chasing.notes(ledger.db):
        skipped = len(json.loads(note.body).get("skipped", ()))
        series = made_on[note.id], note.series
        n, day = last.get(series, (0, 0))
        if note.n != n + 1 + skipped or note.issued_day < day:
            yield Breach(12, message("{number} does not follow the number before it", number=note.number))
        last[series] = note.n, note.issued_day


def _day(ordinal: int | None) -> str:
    return date.fromordinal(ordinal or 1).isoformat()


def _apart(sent: list[ReminderRow], made_on: MadeOn) -> Iterator[Breach]:
    last: dict[tuple[str, str], ReminderRow] = {}
    for row in sent:
        place = made_on[row.id], row.client
        before = last.get(place)
        if before and before.letter != row.letter and (row.sent_day or 0) - (before.sent_day or 0) < LEAST_GAP:
            yield Breach(
                LAW,
                message(
                    "{client} was written to on {first} and again on {second}",
                    client=row.client,
                    first=_day(before.sent_day),
                    second=_day(row.sent_day),
                ),
            )
        last[place] = row


def _once(sent: list[ReminderRow], made_on: MadeOn) -> Iterator[Breach]:
    known: set[tuple[str, str, int, int]] = set()
    for row in sent:
        place = (made_on[row.id], row.debt, row.due_day, row.level)
        if place in known:
            yield Breach(LAW, message("{number}: the same reminder went out twice", number=row.number))
        known.add(place)


def _settled(ledger: Ledger, row: ReminderRow) -> Iterator[Breach]:
    """Nothing was open, or the plan was kept, as far as the log knew when the letter went out."""
    total = chasing.asked(ledger.db, row.debt)
    if total is None:
        yield Breach(LAW, message("a reminder is about {number}, which is no debt", number=row.number))
        return
    closed = [
        (day, minor) for day, minor, id_ in chasing.closed(ledger.db, row.debt)
        if day <= (row.sent_day or 0) and made_at(id_) < (row.sent_at or 0)
    ]  # fmt: skip
    left = total - sum(minor for _, minor in closed)
    if left <= 0:
        yield Breach(
            LAW, message("{number} was settled before the reminder of {day}", number=row.number, day=_day(row.sent_day))
        )
        return
    plan = [(date.fromordinal(day), minor) for day, minor, id_ in chasing.planned(ledger.db, row.debt)
            if made_at(id_) < (row.sent_at or 0)]  # fmt: skip
    parts = parts_of(plan, left, date.fromordinal(row.due_day))
    late = [part for part in parts if part.open_minor and part.due.toordinal() < (row.sent_day or 0)]
    if parts and not late:
        yield Breach(
            LAW,
            message(
                "{number} was paid in parts and none was late at the reminder of {day}",
                number=row.number,
                day=_day(row.sent_day),
            ),
        )


def _promised(ledger: Ledger, sent: list[ReminderRow], made_on: MadeOn) -> Iterator[Breach]:
    for promise in chasing.promises(ledger.db, live=False):
        for row in sent:
            day, at = row.sent_day or 0, row.sent_at or 0
            stood = promise.at < at and (promise.ended_at is None or promise.ended_at > at)
            stood = stood and made_on[promise.id] == made_on[row.id]
            if row.debt == promise.debt and stood and promise.day <= day <= promise.until_day + PROMISE_GRACE:
                yield Breach(
                    LAW, message("{number} was promised at the reminder of {day}", number=row.number, day=_day(day))
                )


def _disputed(ledger: Ledger, sent: list[ReminderRow], made_on: MadeOn) -> Iterator[Breach]:
    for dispute in chasing.disputes(ledger.db, live=False):
        for row in sent:
            day, at = row.sent_day or 0, row.sent_at or 0
            stood = dispute.at < at and (dispute.ended_at is None or dispute.ended_at > at)
            stood = stood and made_on[dispute.id] == made_on[row.id]
            if row.debt == dispute.debt and stood and dispute.day <= day:
                yield Breach(
                    LAW, message("{number} was disputed at the reminder of {day}", number=row.number, day=_day(day))
                )
