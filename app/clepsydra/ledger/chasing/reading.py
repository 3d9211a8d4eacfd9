"""Who is to be reminded of what, with what tone and why now; or why not. Nothing here is stored."""

from collections.abc import Mapping
from datetime import date

from clepsydra.domain.chase_terms import ChaseTerms
from clepsydra.domain.chasing import (
    NO_EVENTS,
    ChaseEvents,
    ChaseStep,
    DueLetter,
    SentReminder,
    chase_step,
    due_letters,
    letter_of,
)
from clepsydra.domain.receivables import Debt
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.store import chasing
from clepsydra.store.chasing import ChargeNoteRow as ChargeNoteRow
from clepsydra.store.chasing import ReminderRow as ReminderRow  # given on to who shows them


def chase_terms(ledger: Ledger, slug: str) -> ChaseTerms:
    """How a client is chased. A consumer of a seller outside France gets the friendly letter alone: what more may be
    written to one differs from country to country.
    """
    client = ledger.catalogue.clients.get(slug)
    if client is None:
        return ledger.settings.chase
    if client.buyer.kind == "consumer" and ledger.settings.seller.country[:2] != "FR":
        return client.chase._replace(levels=client.chase.levels[:1])
    return client.chase


def chased_debts(ledger: Ledger, client: str | None = None) -> list[Debt]:
    """What is open and asked for, the oldest due day first: not a statement whose invoice is still to come."""
    invoiced = chasing.with_documents(ledger.db)
    return [debt for debt in owing.debts(ledger, client) if not awaits_invoice(ledger, debt, invoiced)]


def awaits_invoice(ledger: Ledger, debt: Debt, invoiced: set[str]) -> bool:
    """Whether a debt is a statement whose invoice is still to come; `invoiced` are the clients with documents."""
    if not debt.is_statement:
        return False
    client = ledger.catalogue.clients.get(debt.client)
    return client is not None and client.invoiced_here and debt.client in invoiced


def events_of(ledger: Ledger) -> dict[str, ChaseEvents]:
    """What happened with each client: letters that were sent, promises and disputes that stand, what is put off."""
    sent: dict[str, list[SentReminder]] = {}
    for row in chasing.reminders(ledger.db):
        if row.sent_day is not None:
            day, due = date.fromordinal(row.sent_day), date.fromordinal(row.due_day)
            sent.setdefault(row.client, []).append(SentReminder(row.debt, row.level, due, day))
    promised: dict[str, dict[str, date]] = {}
    for promise in chasing.promises(ledger.db):
        promised.setdefault(promise.client, {})[promise.debt] = date.fromordinal(promise.until_day)
    disputed: dict[str, set[str]] = {}
    for dispute in chasing.disputes(ledger.db):
        disputed.setdefault(dispute.client, set()).add(dispute.debt)
    deferred: dict[str, set[str]] = {}
    for deferral in chasing.deferrals(ledger.db):
        deferred.setdefault(deferral.client, set()).add(deferral.ref)
    clients = sent.keys() | promised.keys() | disputed.keys() | deferred.keys()
    return {
        client: ChaseEvents(tuple(sent.get(client, ())), promised.get(client, {}),
                            frozenset(disputed.get(client, ())), frozenset(deferred.get(client, ())))
        for client in clients
    }  # fmt: skip


def chase_steps(ledger: Ledger, client: str | None = None) -> list[ChaseStep]:
    """Where the chasing of every open debt stands: what is to be written first, then by day, then what is stopped."""
    today, events = today_of(ledger), events_of(ledger)
    found = [
        chase_step(debt, events.get(debt.client, NO_EVENTS), today, chase_terms(ledger, debt.client))
        for debt in chased_debts(ledger, client)
    ]
    return sorted(found, key=lambda step: (step.stop is not None, step.on, -step.level, step.debt.due))


def step_of(ledger: Ledger, debt: Debt, events: Mapping[str, ChaseEvents] | None = None) -> ChaseStep:
    """Where the chasing of one debt stands."""
    known = events_of(ledger) if events is None else events
    return chase_step(debt, known.get(debt.client, NO_EVENTS), today_of(ledger), chase_terms(ledger, debt.client))


def letters_today(ledger: Ledger) -> list[DueLetter]:
    """The letters that are to be written today, one to each client, the gravest first."""
    debts, events = chased_debts(ledger), events_of(ledger)
    terms = {debt.client: chase_terms(ledger, debt.client) for debt in debts}
    return due_letters(debts, events, today_of(ledger), terms)


def letter_ready(ledger: Ledger, client: str) -> DueLetter | None:
    """The letter that may be written to a client now, about every debt that is due for one; None where none is."""
    steps = [step for step in chase_steps(ledger, client) if step.ready]
    return letter_of(client, steps) if steps else None


def preview_of(step: ChaseStep) -> DueLetter:
    """The letter about one debt alone, as it will be once it is due."""
    return letter_of(step.debt.client, [step])


def written(ledger: Ledger, client: str | None = None) -> list[ReminderRow]:
    """Every letter of all clients or one, drafts too, the oldest first."""
    return chasing.reminders(ledger.db, client)


def notes(ledger: Ledger) -> list[ChargeNoteRow]:
    """Every note of charges in the order of its series."""
    return chasing.notes(ledger.db)


def drafted(ledger: Ledger) -> dict[str, list[ReminderRow]]:
    """Letters that were written and that nobody said were sent, by their ids, each with its debts."""
    found: dict[str, list[ReminderRow]] = {}
    for row in chasing.reminders(ledger.db):
        if row.sent_at is None:
            found.setdefault(row.letter, []).append(row)
    return found
