"""What is owed: invoices and deposit invoices, and statements that are on none, so that nothing is counted twice."""

from collections.abc import Iterable, Iterator
from datetime import date

from clepsydra.domain.allocation import MONEY
from clepsydra.domain.civil import civil_day
from clepsydra.domain.receivables import Debt, DebtKind, Payment, parts_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import debts as statement_debts
from clepsydra.store import document_debts, documents, receipts, receivable_sums, statements
from clepsydra.store.debts import StatementStanding
from clepsydra.store.documents import DocumentStanding
from clepsydra.store.receipts import Allocated
from clepsydra.store.statements import Head


def debts(ledger: Ledger, client: str | None = None, ended: tuple[date, date] | None = None) -> list[Debt]:
    """What is open, the oldest due day first: of all clients or one, of all work or of what ended from one day to
    another.
    """
    plans, days = receipts.plans(ledger.db), (ended[0].toordinal(), ended[1].toordinal()) if ended else None
    found = [_of_document(ledger, each, plans) for each in receivable_sums.open_documents(ledger.db, client, days)]
    found += [_of_statement(ledger, each, plans) for each in statement_debts.unpaid(ledger.db, client, days)]
    return sorted(found, key=lambda debt: (debt.next_due, debt.number))


def debt(ledger: Ledger, number: str) -> Debt:
    """The document or statement of that number as a debt, also when nothing is open of it.

    Raises `Refused` where there is none, or where it takes no money.
    """
    standing = documents.standing(ledger.db, number)
    if standing is not None:
        if standing.kind == "credit":
            raise Refused("{number} is a credit note: it takes no money", number=number)
        if standing.state != "issued":
            raise Refused("{number} is annulled", number=number)
        return _of_document(ledger, standing, receipts.plans(ledger.db))
    row = statements.by_number(ledger.db, number)
    if row is None:
        raise Refused("there is no document or statement {number}; “clepsydra invoice list” and “clepsydra statement "
                      "list” show them", number=number)  # fmt: skip
    if row.state == "void":
        raise Refused("statement {number} is void and takes no payment", number=number)
    if row.elsewhere:
        raise Refused("statement {number} was billed elsewhere and is paid there", number=number)
    holder = documents.holder(ledger.db, "statement", row.id)
    if holder:
        raise Refused("statement {number} is on invoice {document}: that is paid, or answered by a credit note",
                      number=number, document=holder)  # fmt: skip
    return _of_statement(ledger, statement_debts.standing(ledger.db, row.id), receipts.plans(ledger.db))


def settled_statements(ledger: Ledger, limit: int) -> list[Head]:
    """The latest statements on no invoice that were paid, or closed otherwise."""
    return statement_debts.settled_heads(ledger.db, limit)


def settled_statement_count(ledger: Ledger, still_open: Iterable[Debt]) -> int:
    """How many they are in all, where these debts are all that are open."""
    waiting = sum(1 for debt in still_open if debt.is_statement and debt.total_minor > 0)
    return statement_debts.charged_count(ledger.db) - waiting


def known(ledger: Ledger, number: str) -> bool:
    """Whether there is a document or a statement of that number."""
    return documents.standing(ledger.db, number) is not None or statements.by_number(ledger.db, number) is not None


def _of_document(ledger: Ledger, each: DocumentStanding, plans: dict[str, list[tuple[int, int]]]) -> Debt:
    due = date.fromordinal(each.due_day)
    return Debt(
        each.id, each.number, DebtKind(each.kind), each.client, each.currency, date.fromordinal(each.issued_day), due,
        each.payable_minor, each.open_minor, parts_of(_days(plans.get(each.id, [])), each.open_minor, due),
        document_debts.reference(ledger.db, each.id),
    )  # fmt: skip


def _of_statement(ledger: Ledger, each: StatementStanding, plans: dict[str, list[tuple[int, int]]]) -> Debt:
    due = date.fromordinal(each.due_on)
    return Debt(
        each.id, each.number, DebtKind.STATEMENT, each.client, each.currency,
        date.fromisoformat(each.issued_on) if each.issued_on else civil_day(each.issued_at, ledger.zone), due,
        each.total_minor, each.open_minor, parts_of(_days(plans.get(each.id, [])), each.open_minor, due),
    )  # fmt: skip


def _days(parts: list[tuple[int, int]]) -> list[tuple[date, int]]:
    return [(date.fromordinal(day), minor) for day, minor in parts]


def payments(ledger: Ledger, client: str | None = None, since: date | None = None) -> list[Payment]:
    """The money that came in for what was asked, in the order of its days; from a day on, or all there is.

    Credit that was applied is none: it had come in before. What was taken back is taken off the latest before it.
    """
    plans, found = receipts.plans(ledger.db), dict[str, list[Allocated]]()
    for each in receipts.allocations(ledger.db, client, since.toordinal() if since else 0):
        if each.kind not in MONEY[:2]:
            continue
        standing = found.setdefault(each.number, [])
        left = each.minor
        while left < 0 and standing:
            last = standing.pop()
            left += last.minor
            if left > 0:
                standing.append(last._replace(minor=left))
        if each.minor > 0:
            standing.append(each)
    made = [payment for rows in found.values() for payment in _payments(rows, plans)]
    return sorted(made, key=lambda payment: (payment.paid, payment.number))


def _payments(rows: list[Allocated], plans: dict[str, list[tuple[int, int]]]) -> Iterator[Payment]:
    """Money for one debt, cut where it pays several parts of a plan."""
    waiting = [[day, minor] for day, minor in plans.get(rows[0].debt, [])] if rows else []
    for row in rows:
        paid, left = date.fromordinal(row.day), row.minor
        while waiting and left:
            part = min(left, waiting[0][1])
            yield Payment(row.number, row.client, row.currency, date.fromordinal(waiting[0][0]), paid, part)
            left, waiting[0][1] = left - part, waiting[0][1] - part
            if not waiting[0][1]:
                waiting.pop(0)
        if left:
            yield Payment(row.number, row.client, row.currency, date.fromordinal(row.due_day), paid, left)
