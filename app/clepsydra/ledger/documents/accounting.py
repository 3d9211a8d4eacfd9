"""Accounting entries of documents for the accountant: each document balances, debit and credit, to the cent.

Accounts are those of the French plan: 411 clients, 706 services, 467 disbursements, 44571 tax collected, 4191 deposits,
658 and 758 for the rounding of cash. A deposit waits on 4191 until the invoice that deducts it takes it over.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from clepsydra.domain.document import Document, DocumentKind
from clepsydra.domain.document_lines import DocumentLineSort
from clepsydra.domain.money import half_up
from clepsydra.domain.records import dataclass, replace
from clepsydra.ledger.documents import reading
from clepsydra.ledger.documents.document_json import document_from
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import documents

CLIENTS, SERVICES, LAID_OUT, TAX, DEPOSITS, LOSS, GAIN = "411", "706", "467", "44571", "4191", "658", "758"


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One line of the sales journal; `debit_minor` is below zero for a credit. `tax` is the percentage it is at."""

    day: date
    account: str
    piece: str
    client: str
    label: str
    currency: str
    debit_minor: int
    tax: str = ""


def entries(ledger: Ledger, first: date | None = None, last: date | None = None) -> Iterator[AccountEntry]:
    """The entries of the documents issued in some days, in the order of their issue; annulled ones have none."""
    found = [each for each in documents.page(ledger.db) if each.state == "issued"]
    for each in sorted(found, key=lambda each: (each.issued_day, each.id)):
        day = date.fromordinal(each.issued_day)
        if (first is None or day >= first) and (last is None or day <= last):
            yield from entries_of(ledger, reading.show(ledger, each.number))


def entries_of(ledger: Ledger, document: Document) -> Iterator[AccountEntry]:
    """The entries of one document; their debits and credits sum to nothing."""
    sign = -1 if document.kind is DocumentKind.CREDIT else 1
    for entry in _entries(ledger, document):
        if entry.debit_minor:
            yield replace(entry, debit_minor=sign * entry.debit_minor)


def _entries(ledger: Ledger, document: Document) -> Iterator[AccountEntry]:
    assert document.issued_on is not None

    def entry(account: str, minor: int, tax: str = "") -> AccountEntry:
        assert document.issued_on is not None
        label = f"{document.buyer.name} {document.number}"
        return AccountEntry(
            document.issued_on, account, document.number, document.client, label, document.currency, minor, tax
        )

    yield entry(CLIENTS, document.payable_minor)
    laid_out = sum(line.net_minor for line in document.lines if line.sort is DocumentLineSort.DISBURSEMENT)
    sales = DEPOSITS if _is_deposit(ledger, document) else SERVICES
    yield entry(sales, -(document.net_minor - laid_out))
    yield entry(LAID_OUT, -laid_out)
    for tax in document.taxes:
        yield entry(TAX, -tax.tax_minor, format(tax.rate.normalize(), "f"))
    for earlier in document.prepaid:
        net, owed = _split(ledger, earlier.number, earlier.minor)
        yield entry(DEPOSITS, net)
        yield entry(TAX, owed)
    yield entry(LOSS if document.rounding_minor < 0 else GAIN, -document.rounding_minor)


def _is_deposit(ledger: Ledger, document: Document) -> bool:
    """Whether a document asks for a deposit, or credits one."""
    if document.kind is DocumentKind.CREDIT and document.preceding is not None:
        return reading.row(ledger, document.preceding.number).kind == DocumentKind.DEPOSIT
    return document.kind is DocumentKind.DEPOSIT


def _split(ledger: Ledger, number: str, minor: int) -> tuple[int, int]:
    """What was deducted of a deposit as its net and its tax."""
    deposit = document_from(reading.row(ledger, number).body)
    net = half_up(Fraction(minor * deposit.net_minor, deposit.total_minor)) if deposit.total_minor else 0
    return net, minor - net
