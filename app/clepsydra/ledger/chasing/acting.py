"""Promises, disputes, what is put off, and that a letter was sent: each one journalled change that undo takes back."""

from datetime import date

from clepsydra.domain.chasing import ChaseStep, ChaseStop, DueLetter, asked_minor
from clepsydra.domain.receivables import Debt
from clepsydra.language.message import Message, message
from clepsydra.language.plain import storable
from clepsydra.language.translator import mark
from clepsydra.ledger.chasing.reading import chase_terms, drafted, letter_ready, step_of
from clepsydra.ledger.documents import drafts
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.ledger.receivables import owing
from clepsydra.store import chasing, documents, statements
from clepsydra.store.chasing import DeferralRow, DisputeRow, PromiseRow, ReminderRow
from clepsydra.store.ids import new_id

LONGEST_WHY = 500

_STOPPED = {
    ChaseStop.SETTLED: mark("{number} is settled: nobody is reminded of it"),
    ChaseStop.OFF: mark("{client} is never reminded: the settings say so ([chase])"),
    ChaseStop.DISPUTED: mark("{number} is disputed: nobody is reminded of it until that is over"),
    ChaseStop.PROMISED: mark("{number} is promised: nobody is reminded of it until two days after that day"),
    ChaseStop.DEFERRED: mark("{number} is put off: it is not asked for before its day"),
    ChaseStop.PLANNED: mark("{number} is paid in parts, and none is late"),
    ChaseStop.LAST: mark("every letter about {number} was sent; what follows is yours to decide"),
}


def open_debt(ledger: Ledger, number: str) -> Debt:
    """The open debt of that number; raises `Refused` where there is none, or nothing is open of it."""
    debt = owing.debt(ledger, number)
    if debt.open_minor <= 0:
        raise Refused(_STOPPED[ChaseStop.SETTLED], number=number)
    return debt


def why_not(ledger: Ledger, step: ChaseStep) -> Message | None:
    """What stands against a letter about a debt now; None when nothing does."""
    debt = step.debt
    if step.stop is ChaseStop.LAST and ledger.settings.seller.country[:2] == "FR":
        return message("every letter about {number} was sent; what follows is yours to decide: a court may order "
                       "payment on request (injonction de payer)", number=debt.number)  # fmt: skip
    if step.stop:
        return Message(_STOPPED[step.stop], {"number": debt.number, "client": ledger.name_of(debt.client)})
    if step.ready:
        return None
    return message("the next letter about {number} may be written on {day}", number=debt.number,
                   day=step.on.isoformat())  # fmt: skip


def refuse(ledger: Ledger, step: ChaseStep) -> None:
    """Say why no letter about a debt may be written now; raises `Refused` unless one may."""
    reason = why_not(ledger, step)
    if reason:
        raise Refused(reason.text, **reason.values)


def letter_about(ledger: Ledger, debt: Debt) -> DueLetter:
    """The letter that may be written now about a debt, with all others of its client; raises `Refused`."""
    refuse(ledger, step_of(ledger, debt))
    letter = letter_ready(ledger, debt.client)
    if letter is None or all(step.debt.id != debt.id for step in letter.steps):
        raise Refused("{number} waits for its invoice: nobody is reminded of it", number=debt.number)
    return letter


def promise(ledger: Ledger, number: str, until: date) -> PromiseRow:
    """Keep that a debt is promised for a day; one gone by was not kept. Raises `Refused` for one before the debt."""
    with ledger.change("{number}: promised for {day}", number=number, day=until.isoformat()):
        debt, today = open_debt(ledger, number), today_of(ledger)
        if until < debt.issued:
            raise Refused("{number} is of {day}: nobody promised it before", number=number, day=debt.issued.isoformat())
        row = PromiseRow(new_id(ledger.now), debt.id, debt.number, debt.client, ledger.now, today.toordinal(),
                         until.toordinal(), None)  # fmt: skip
        chasing.promise(ledger.db, row)
    return row


def end_promise(ledger: Ledger, number: str) -> None:
    """Take a promise back; raises `Refused` where there is none."""
    with ledger.change("{number}: promise taken back", number=number):
        if not chasing.end_promises(ledger.db, owing.debt(ledger, number).id, ledger.now):
            raise Refused("nothing was promised for {number}", number=number)


def dispute(ledger: Ledger, number: str, why: str) -> DisputeRow:
    """Keep that a debt is disputed, and why; raises `Refused` without a reason."""
    reason = _reason(why)
    with ledger.change("{number}: disputed", number=number):
        debt = open_debt(ledger, number)
        row = DisputeRow(new_id(ledger.now), debt.id, debt.number, debt.client, ledger.now,
                         today_of(ledger).toordinal(), reason, None)  # fmt: skip
        chasing.dispute(ledger.db, row)
    return row


def end_dispute(ledger: Ledger, number: str) -> None:
    """The dispute is over, or was none; raises `Refused` where there is none."""
    with ledger.change("{number}: dispute over", number=number):
        if not chasing.end_disputes(ledger.db, owing.debt(ledger, number).id, ledger.now):
            raise Refused("{number} is not disputed", number=number)


def _reason(why: str) -> str:
    reason = storable(why.strip())
    if not reason:
        raise Refused("a reason is needed")
    if len(reason) > LONGEST_WHY:
        raise Refused("the reason is longer than {count} characters", count=LONGEST_WHY)
    return reason


def defer(ledger: Ledger, number: str, until: date, why: str) -> DeferralRow:
    """Put off a draft or a statement until a day, and say why; raises `Refused` for anything that is issued."""
    reason = _reason(why)
    with ledger.change("{number}: put off until {day}", number=number, day=until.isoformat()):
        if until <= today_of(ledger):
            raise Refused("what is put off needs a day to come")
        ref, client = _deferrable(ledger, number)
        row = DeferralRow(new_id(ledger.now), ref, number, client, ledger.now, until.toordinal(), reason, None)
        chasing.defer(ledger.db, row)
    return row


def end_deferral(ledger: Ledger, number: str) -> None:
    """A draft or a statement is put off no longer; raises `Refused` where it was not."""
    with ledger.change("{number}: put off no longer", number=number):
        if not chasing.end_deferrals(ledger.db, _deferrable(ledger, number)[0], ledger.now):
            raise Refused("{number} is not put off", number=number)


def _deferrable(ledger: Ledger, number: str) -> tuple[str, str]:
    """The id and the client of the draft or free statement of that number; a draft also goes by its client's name."""
    if documents.by_number(ledger.db, number) is not None:
        raise Refused("{number} is issued: only drafts and statements are put off", number=number)
    row = statements.by_number(ledger.db, number)
    if row is not None:
        holder = documents.holder(ledger.db, "statement", row.id)
        if holder:
            raise Refused("statement {number} is on {document}: only drafts and statements are put off", number=number,
                          document=holder)  # fmt: skip
        if row.state == "void" or row.elsewhere:
            raise Refused("statement {number} is not to be invoiced", number=number)
        return row.id, row.client
    found = [each for each in drafts.listed(ledger) if number in (each.id, each.request.client)
             or (len(number) >= 4 and each.id.endswith(number.upper()))]  # fmt: skip
    if len(found) != 1:
        raise Refused("there is no draft or statement {number}", number=number)
    return found[0].id, found[0].request.client


def mark_sent(ledger: Ledger, number: str, on: date | None = None) -> list[ReminderRow]:
    """The letter about a debt went out on a day, today without one: the one that was drafted, else the one due now.

    Raises `Refused` where law 17 forbids it, for a day to come, or one before the last letter to the client.
    """
    with ledger.change("{number}: reminder sent", number=number):
        day, today = on or today_of(ledger), today_of(ledger)
        if day > today:
            raise Refused("that day is still to come")
        debt = open_debt(ledger, number)
        rows = next((rows for rows in drafted(ledger).values() if any(row.debt == debt.id for row in rows)), None)
        if rows and day.toordinal() < rows[0].drafted_day:
            raise Refused("the letter about {number} was drafted on {day}: it did not go out before", number=number,
                          day=date.fromordinal(rows[0].drafted_day).isoformat())  # fmt: skip
        if rows is None:
            rows = reminder_rows(ledger, letter_about(ledger, debt).steps)  # the person wrote it elsewhere
            chasing.draft(ledger.db, rows)
        for row in rows:
            step = step_of(ledger, owing.debt(ledger, row.number))
            if step.stop not in (None, ChaseStop.LAST):
                refuse(ledger, step)
        _apart(ledger, rows, day)
        chasing.mark_sent(ledger.db, rows[0].letter, ledger.now, day.toordinal())
    return [row._replace(sent_at=ledger.now, sent_day=day.toordinal()) for row in rows]


def _apart(ledger: Ledger, rows: list[ReminderRow], day: date) -> None:
    """Two letters to one client lie five days apart at least, none goes out before the debt was due to be asked for."""
    gap = chase_terms(ledger, rows[0].client).gap
    for other in chasing.reminders(ledger.db, rows[0].client):
        if other.sent_day is not None and day.toordinal() - other.sent_day < gap:
            raise Refused("{client} was written to on {day}: {count} days lie between two letters",
                          client=ledger.name_of(other.client), day=date.fromordinal(other.sent_day).isoformat(),
                          count=gap)  # fmt: skip
    if any(row.level and day.toordinal() <= row.due_day for row in rows):
        raise Refused("that day lies before the due day")


def reminder_rows(ledger: Ledger, steps: tuple[ChaseStep, ...], file: str = "") -> list[ReminderRow]:
    """A letter as rows, one for each debt."""
    letter, today = new_id(ledger.now), today_of(ledger)
    return [
        ReminderRow(
            new_id(ledger.now), letter, step.debt.id, step.debt.number, step.debt.client, int(step.level),
            step.due.toordinal(), ledger.now, today.toordinal(), None, None, step.debt.currency,
            asked_minor(step.debt, today), 0, 0, file,
        )
        for step in steps
    ]  # fmt: skip
