"""What the evening says of money: what is to be asked for, sent, billed or decided, so that nothing is forgotten."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_low

from clepsydra.domain.agreement import ContractPeriod
from clepsydra.domain.chasing import broken
from clepsydra.domain.civil import civil_day
from clepsydra.domain.periods import calendar_period
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.statement import LineSort
from clepsydra.domain.terms import Client
from clepsydra.ledger import numbering
from clepsydra.ledger.agreements.fees import fees_due, pays_beside_hours
from clepsydra.ledger.chasing.reading import chased_debts, drafted, letters_today
from clepsydra.ledger.documents import drafts, issuing
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.live.unbilled import unbilled
from clepsydra.ledger.open_work import open_work
from clepsydra.store import chasing, expenses
from clepsydra.store import statements as stored
from clepsydra.store.readers import reader

DRAFT_DAYS = 2
"""A draft that nobody touched for so many days lies."""
EXPENSE_DAYS = 30
"""Money laid out so many days ago should have been passed on."""
BACK_BEFORE = 7
"""What was put off comes back so many days before its day."""
_LEAST_HABIT = 2


class DuesKind(StrEnum):
    """What an item is about, in the order in which they are told."""

    REMINDER = "reminder"
    DRAFTED = "drafted"
    PROMISE = "promise"
    SEND = "send"
    DRAFT = "draft"
    LATE_BILLING = "late_billing"
    DELIVERABLE = "deliverable"
    EXPENSE = "expense"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class DuesItem:
    """One thing to do: for which client, about which document, how much, since or until which day.

    `days` counts from that day; `level` is a letter's; `usual_day` the day of the month on which the client is usually
    billed; `detail` what the person or the agreement called it.
    """

    kind: DuesKind
    client: str
    number: str
    day: date
    days: int
    minor: int
    currency: str
    level: int | None = None
    usual_day: int | None = None
    detail: str = ""


def dues(ledger: Ledger) -> list[DuesItem]:
    """Everything that money wants done today, in the order of its kinds, the oldest first."""
    today, debts = today_of(ledger), chased_debts(ledger)
    found = [
        *_reminders(ledger, today), *_drafted(ledger, today, debts), *_promises(ledger, today, debts),
        *_to_send(ledger, today, debts),
        *_drafts(ledger, today), *_late_billing(ledger, today), *_deliverables(ledger, today),
        *_expenses(ledger, today), *_deferred(ledger, today),
    ]  # fmt: skip
    order = list(DuesKind)
    return sorted(found, key=lambda item: (order.index(item.kind), item.day, item.client, item.number))


def dues_aside(ledger: Ledger) -> list[DuesItem]:
    """The same on a connection of its own, so that a thread may read while the screen goes on."""
    with closing(reader(ledger.db)) as connection:
        return dues(replace(ledger, db=connection))


def _reminders(ledger: Ledger, today: date) -> Iterator[DuesItem]:
    """Letters to be written today; one that is written already waits to be sent."""
    written = {(row.debt, row.level) for rows in drafted(ledger).values() for row in rows}
    for letter in letters_today(ledger):
        for step in letter.steps:
            if (step.debt.id, int(step.level)) not in written:
                yield DuesItem(
                    DuesKind.REMINDER, letter.client, step.debt.number, step.due, (today - step.due).days,
                    step.debt.open_minor, step.debt.currency, int(letter.level),
                )  # fmt: skip


def _drafted(ledger: Ledger, today: date, debts: list[Debt]) -> Iterator[DuesItem]:
    """Letters that were written: were they sent?"""
    still_open = {debt.id for debt in debts}
    for rows in drafted(ledger).values():
        for row in rows:
            if row.debt in still_open:
                day = date.fromordinal(row.drafted_day)
                yield DuesItem(DuesKind.DRAFTED, row.client, row.number, day, (today - day).days, row.open_minor,
                               row.currency, row.level)  # fmt: skip


def _promises(ledger: Ledger, today: date, debts: list[Debt]) -> Iterator[DuesItem]:
    known = {debt.id: debt for debt in debts}
    for promise in chasing.promises(ledger.db):
        until, debt = date.fromordinal(promise.until_day), known.get(promise.debt)
        if debt and broken(until, today):
            yield DuesItem(DuesKind.PROMISE, debt.client, debt.number, until, (today - until).days, debt.open_minor,
                           debt.currency)  # fmt: skip


def _to_send(ledger: Ledger, today: date, debts: list[Debt]) -> Iterator[DuesItem]:
    still_open = {debt.number for debt in debts}
    for number, client, issued, minor, currency in chasing.not_sent(ledger.db):
        if number in still_open:
            day = date.fromordinal(issued)
            yield DuesItem(DuesKind.SEND, client, number, day, (today - day).days, minor, currency)


def _drafts(ledger: Ledger, today: date) -> Iterator[DuesItem]:
    put_off = {row.ref for row in chasing.deferrals(ledger.db)}
    for draft in drafts.listed(ledger):
        day = civil_day(draft.changed_at, numbering.seller_zone(ledger))
        if draft.id in put_off or (today - day).days <= DRAFT_DAYS:
            continue
        client = ledger.catalogue.clients.get(draft.request.client)
        try:
            minor = issuing.preview(ledger, draft.request).draft.document.total_minor
        except Refused:
            minor = 0
        yield DuesItem(DuesKind.DRAFT, draft.request.client, draft.id[-6:], day, (today - day).days, minor,
                       client.currency if client else ledger.settings.currency)  # fmt: skip


def _late_billing(ledger: Ledger, today: date) -> Iterator[DuesItem]:
    """Open work of a period that is over for longer than the settings grant."""
    grace = ledger.settings.invoice.late_billing // 86_400
    for slug, row in unbilled(ledger).items():
        client = ledger.catalogue.clients[slug]
        if client.own or row.oldest_day is None or row.minor <= 0:
            continue
        contract = client.contract(DEFAULT_PROJECT, today)
        period = contract.period if contract else ContractPeriod.MONTH
        last = calendar_period(date.fromordinal(row.oldest_day), period)[1] - timedelta(1)
        days = (today - last).days
        minor = _worth(ledger, client, last) if days > grace else 0
        if minor > 0:
            yield DuesItem(DuesKind.LATE_BILLING, slug, "", last, days, minor, client.currency,
                           usual_day=_usual_day(ledger, slug))  # fmt: skip


def _worth(ledger: Ledger, client: Client, last: date) -> int:
    """What a statement up to a day would ask before tax; without its lines, which nobody sees here."""
    lines = fees_due(ledger, client, None, last).lines if pays_beside_hours(client) else ()
    beside = sum(line.fee_minor for line in lines)
    overage = sum(line.figures.billed_minor for line in lines if line.sort is not LineSort.INCLUDED)
    return open_work(ledger, client, None, last.toordinal()).figures.billed_minor + beside + overage


def _usual_day(ledger: Ledger, client: str) -> int | None:
    """The day of the month on which a client is usually billed; None before the second time."""
    zone = numbering.seller_zone(ledger)
    days = [civil_day(issued_at, zone).day for issued_at in chasing.usual_instants(ledger.db, client)]
    return median_low(days) if len(days) >= _LEAST_HABIT else None


def _deliverables(ledger: Ledger, today: date) -> Iterator[DuesItem]:
    """Accepted parts of a fixed fee that are on no statement yet."""
    for slug, client in ledger.catalogue.clients.items():
        if client.own or not pays_beside_hours(client) or not _has_deliverables(client):
            continue
        for line in fees_due(ledger, client).lines:
            if line.sort == "fee" and line.note and line.fee_minor > 0:
                days = (today - line.first_day).days
                yield DuesItem(DuesKind.DELIVERABLE, slug, "", line.first_day, days, line.fee_minor, client.currency,
                               detail=line.note)  # fmt: skip


def _has_deliverables(client: Client) -> bool:
    contracts = [*client.contracts, *(each for project in client.projects for each in project.contracts)]
    return any(each.whole and each.deliverables for each in contracts)


def _expenses(ledger: Ledger, today: date) -> Iterator[DuesItem]:
    for row in expenses.select(ledger.db, free=True):
        day = date.fromordinal(row.day)
        if (today - day).days > EXPENSE_DAYS:
            yield DuesItem(DuesKind.EXPENSE, row.client, row.id[-6:], day, (today - day).days, row.minor, row.currency,
                           detail=row.text)  # fmt: skip


def _deferred(ledger: Ledger, today: date) -> Iterator[DuesItem]:
    for row in chasing.deferrals(ledger.db):
        day = date.fromordinal(row.until_day)
        if today < day - timedelta(BACK_BEFORE):
            continue
        client = ledger.catalogue.clients.get(row.client)
        statement = stored.by_number(ledger.db, row.number)
        yield DuesItem(
            DuesKind.DEFERRED, row.client, row.number if statement else row.ref[-6:], day, (today - day).days,
            statement.total_minor if statement else 0, client.currency if client else ledger.settings.currency,
            detail=row.why,
        )  # fmt: skip
