"""Receipts as they stand: what came in, what it closes, and what is left of it as the client's credit."""

from datetime import date
from typing import Any

from clepsydra.domain.allocation import MONEY, AllocationKind, TaxPortion, tax_portions
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import dataclass
from clepsydra.ledger.documents.document_json import document_from
from clepsydra.ledger.documents.expenses import proof_file
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import documents, given_numbers, receipts
from clepsydra.store.receipts import Allocated as Allocated
from clepsydra.store.receipts import ReceiptRow


@dataclass(frozen=True, slots=True)
class Receipt:
    """A movement of money: `allocations` are what it closes; `credit_minor` is what is left, the client's."""

    id: str
    client: str
    day: date
    minor: int
    currency: str
    method: str
    bank_line: str
    note: str
    credit_minor: int
    allocations: tuple[Allocated, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """What it closes, each once, in order."""
        return tuple(dict.fromkeys(each.number for each in self.allocations))


def receipt_of(ledger: Ledger, row: ReceiptRow) -> Receipt:
    """A stored receipt with what it closes."""
    return Receipt(
        row.id, row.client, date.fromordinal(row.day), row.minor, row.currency, row.method, row.bank_line, row.note,
        row.left_minor, tuple(receipts.of_receipt(ledger.db, row.id)),
    )  # fmt: skip


def show(ledger: Ledger, receipt: str) -> Receipt:
    """The receipt of that id; raises `Refused` where there is none."""
    row = receipts.by_id(ledger.db, receipt)
    if row is None:
        raise Refused("no receipt has the id “{given}”, or several have", given=receipt)
    return receipt_of(ledger, row)


def listed(
    ledger: Ledger, client: str | None = None, first: date | None = None, last: date | None = None
) -> list[Receipt]:
    """The receipts of all clients or one, of all days or some, oldest first."""
    days = (first or date.min).toordinal(), (last or date.max).toordinal()
    return [receipt_of(ledger, row) for row in receipts.select(ledger.db, client, *days)]


def credits(ledger: Ledger) -> dict[tuple[str, str], int]:
    """What clients have left with us, by client and currency."""
    return receipts.credits(ledger.db)


def closing(ledger: Ledger, debt: Debt) -> list[Allocated]:
    """What closed a debt so far, in order."""
    return receipts.of_debt(ledger.db, debt.id)


def portions(ledger: Ledger, each: Allocated, minor: int) -> list[TaxPortion]:
    """What of an amount that closes a document is base and what tax, by rate; nothing for a statement."""
    row = documents.by_id(ledger.db, each.debt) if each.of_document else None
    if row is None:
        return []
    document = document_from(row.body)
    return tax_portions(document.taxes, document.net_minor, minor)


def receipt_object(ledger: Ledger, receipt: Receipt) -> dict[str, Any]:
    """A receipt as JSON."""
    return {
        "id": receipt.id,
        "client": receipt.client,
        "day": receipt.day.isoformat(),
        "minor": receipt.minor,
        "currency": receipt.currency,
        "method": receipt.method or None,
        "bank_line": receipt.bank_line or None,
        "note": receipt.note or None,
        "credit_minor": receipt.credit_minor,
        "allocations": [allocation_object(ledger, each, receipt.currency) for each in receipt.allocations],
    }


def allocation_object(ledger: Ledger, each: Allocated, currency: str = "") -> dict[str, Any]:
    """What closes a debt, as JSON: `minor` in the debt's currency; of an exchange and its fee, in the money's."""
    minor, of = each.minor, each.currency
    if not minor:
        minor, of = (-each.taken_minor if each.kind == AllocationKind.FEE else each.taken_minor), currency
    content: dict[str, Any] = {
        "id": each.id,
        "receipt": each.receipt,
        "number": each.number,
        "kind": each.kind,
        "minor": minor,
        "currency": of or each.currency,
        "taken_minor": each.taken_minor if each.kind in MONEY else 0,
        "day": date.fromordinal(each.day).isoformat(),
    }
    if each.kind == AllocationKind.DISCOUNT:
        content["taxes"] = [portion_object(part) for part in portions(ledger, each, each.minor)]
    if each.kind == AllocationKind.WITHHELD:
        home = given_numbers.folder_of(ledger.db)
        kept = proof_file(home, each.proof_sha, each.detail) if home and each.proof_sha else None
        content |= {
            "certificate": each.detail or None,
            "certificate_path": str(kept) if kept else None,
            "certificate_sha256": each.proof_sha or None,
        }
    elif each.detail:
        content["reason"] = each.detail
    return content


def portion_object(part: TaxPortion) -> dict[str, Any]:
    """What falls on one tax, as JSON."""
    return {
        "category": part.category,
        "rate": format(part.rate, "f"),
        "part": part.part or None,
        "base_minor": part.base_minor,
        "tax_minor": part.tax_minor,
    }
