"""Documents as JSON objects with where they stand: what the command line and other programs read."""

from datetime import date
from typing import Any

from clepsydra.domain.document import Document, DocumentKind, DocumentState
from clepsydra.domain.receivables import Debt, Part
from clepsydra.exchange.invoice.data import document_object
from clepsydra.ledger.documents import reading
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.receivables.receipts import allocation_object
from clepsydra.store import documents, receipts
from clepsydra.store.documents import DocumentStanding


def issued_object(ledger: Ledger, number: str) -> dict[str, Any]:
    """A stored document, its state and what is open of it, and the hashes of its files."""
    row = reading.row(ledger, number)
    standing = reading.standing(ledger, number)
    events = documents.events(ledger.db, row.id)
    return {
        **document_object(reading.show(ledger, number)),
        **_standing(ledger, standing),
        "pdf_sha256": row.pdf_sha or None,
        "xml_sha256": row.xml_sha or None,
        "events": [{"what": what, "on": _day(day), "detail": detail or None} for what, day, detail in events],
    }


def _standing(ledger: Ledger, each: DocumentStanding) -> dict[str, Any]:
    today = reading.today_of(ledger)
    debt = owing.debt(ledger, each.number) if each.planned and each.state == "issued" else None
    state = reading.state_of(each, today)
    return {
        "state": state.value,
        "open_minor": each.open_minor,
        "credited_minor": each.credited_minor,
        "paid_minor": each.money_minor,
        "paid": state is DocumentState.SETTLED,
        "parts": [part_object(part, today) for part in debt.parts] if debt else [],
        "plan_missed": any(part.late_days(today) for part in debt.parts) if debt else False,
        "allocations": [allocation_object(ledger, row) for row in receipts.of_debt(ledger.db, each.id)],
    }


def debt_object(ledger: Ledger, debt: Debt) -> dict[str, Any]:
    """Where a debt stands: what is open of it, its plan, and what closed it."""
    today = reading.today_of(ledger)
    return {
        "open_minor": debt.open_minor,
        "paid": not debt.open_minor,
        "parts": [part_object(part, today) for part in debt.parts],
        "plan_missed": any(part.late_days(today) for part in debt.parts),
        "allocations": [allocation_object(ledger, row) for row in receipts.of_debt(ledger.db, debt.id)],
    }


def part_object(part: Part, today: date) -> dict[str, Any]:
    """A part of a plan: what it asks, what is open of it, and how late it is."""
    return {
        "due_on": part.due.isoformat(),
        "minor": part.minor,
        "open_minor": part.open_minor,
        "late_days": part.late_days(today),
    }


def draft_object(document: Document, number: str) -> dict[str, Any]:
    """A document that is not issued, under the number it would get."""
    state = "pro forma" if document.kind is DocumentKind.PRO_FORMA else DocumentState.DRAFT.value
    return {
        **document_object(document),
        "state": state,
        "open_minor": 0,
        "next_number": number or None,
        "pdf_sha256": None,
        "xml_sha256": None,
    }


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
