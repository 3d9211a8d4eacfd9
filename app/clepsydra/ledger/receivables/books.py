"""Two books that are kept in order: the register of documents, and the book of receipts (livre des recettes)."""

from datetime import date
from typing import NamedTuple

from clepsydra.domain.allocation import MONEY
from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents import reading
from clepsydra.ledger.ledger import Ledger
from clepsydra.ledger.receivables.receipts import Receipt, listed
from clepsydra.store import document_checks, documents
from clepsydra.store.documents import DocumentStanding


class RegisterRow(NamedTuple):
    """A document in the order of its series; `skipped` numbers before it were given by a log that was lost."""

    series: str
    n: int
    skipped: int
    follows: bool
    standing: DocumentStanding


def register(ledger: Ledger, first: date | None = None, last: date | None = None) -> list[RegisterRow]:
    """Every document issued in some days, series by series; `follows` tells whether none is missing before it."""
    found, known = [], {each.number: each for each in documents.page(ledger.db)}
    before: dict[str, int] = {}
    for series, n, day, number, skipped in document_checks.register(ledger.db):
        follows = n == before.get(series, n - 1 - skipped) + 1 + skipped
        before[series] = n
        if (first is None or day >= first.toordinal()) and (last is None or day <= last.toordinal()):
            found.append(RegisterRow(series, n, skipped, follows, known[number]))
    return found


class BookRow(NamedTuple):
    """A line of the book of receipts: money of one day for one document, or kept as the client's credit."""

    day: date
    receipt: str
    number: str
    client: str
    client_name: str
    nature: str
    minor: int
    currency: str
    method: str


def book(ledger: Ledger, first: date | None = None, last: date | None = None) -> list[BookRow]:
    """The receipts of some days in their order; the lines of each sum to what came in."""
    rows: list[BookRow] = []
    for receipt in listed(ledger, first=first, last=last):
        rows += _lines(ledger, receipt)
    return rows


def _lines(ledger: Ledger, receipt: Receipt) -> list[BookRow]:
    """What came in by what it was for on its day; what was applied later came in as credit."""
    sums: dict[str, int] = {}
    for each in receipt.allocations:
        if each.came_with_receipt and (each.kind in MONEY or each.taken_minor):
            sums[each.number] = sums.get(each.number, 0) + each.taken_minor
    rest = receipt.minor - sum(sums.values())
    lines = [(number, minor, _nature(ledger, number)) for number, minor in sums.items() if minor]
    lines += [("", rest, "")] if rest else []
    name = ledger.name_of(receipt.client)
    return [
        BookRow(receipt.day, receipt.id, number, receipt.client, name, nature, minor, receipt.currency, receipt.method)
        for number, minor, nature in lines
    ]


def _nature(ledger: Ledger, number: str) -> str:
    """What was sold: the subject of the document, else its first line."""
    if documents.standing(ledger.db, number) is not None:
        document = reading.show(ledger, number)
        return document.subject or next((line.text for line in document.lines), "")
    lines = statements.show(ledger, number).lines
    return next((line.note or line.project_name for line in lines if line.note or line.project_name), "")
