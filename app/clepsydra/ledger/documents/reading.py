"""What has become of documents: their state, what is open, and lists of any length; nothing here is stored."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clepsydra.domain.document import Document, DocumentState
from clepsydra.domain.receivables import Debt
from clepsydra.ledger import numbering
from clepsydra.ledger.billing import surcharges
from clepsydra.ledger.documents.document_json import document_from
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import documents
from clepsydra.store.documents import DocumentRow
from clepsydra.store.documents import DocumentStanding as DocumentStanding
from clepsydra.store.statements import OURS

if TYPE_CHECKING:
    from clepsydra.ledger.live.figures import Snapshot


def row(ledger: Ledger, number: str) -> DocumentRow:
    """The stored document of that number; raises `Refused` where there is none."""
    found = documents.by_number(ledger.db, number)
    if found is None:
        raise Refused("there is no document {number}; “clepsydra invoice list” shows them", number=number)
    return found


def show(ledger: Ledger, number: str) -> Document:
    """The document of that number, as it was frozen; raises `Refused` where there is none."""
    return document_from(row(ledger, number).body)


def standing(ledger: Ledger, number: str) -> DocumentStanding:
    """Where a document stands: what was credited and paid of it; raises `Refused` where there is none."""
    found = documents.standing(ledger.db, number)
    if found is None:
        row(ledger, number)
        raise AssertionError(number)
    return found


def listed(ledger: Ledger, client: str | None = None, limit: int = -1, offset: int = 0) -> list[DocumentStanding]:
    """Documents of all clients or one, latest first, without their lines."""
    return documents.page(ledger.db, limit, offset, client)


def settled(ledger: Ledger, limit: int) -> list[DocumentStanding]:
    """The latest documents of which nothing is to be paid, credit notes too."""
    found, offset = list[DocumentStanding](), 0
    while len(found) < limit:
        page = documents.page(ledger.db, limit, offset)
        found += [each for each in page if not each.open_minor]
        offset += limit
        if len(page) < limit:
            break
    return found[:limit]


def settled_count(ledger: Ledger, still_open: int) -> int:
    """How many they are in all, where so many documents are open."""
    return documents.count(ledger.db) - still_open


def state_of(each: DocumentStanding, today: date) -> DocumentState:
    """What a document is called now; a due day of today is not overdue, and with a plan its parts' days count."""
    if each.state == "annulled":
        return DocumentState.ANNULLED
    if each.kind == "credit":
        return DocumentState.APPLIED
    if each.credited_minor and each.credited_minor >= each.payable_minor:
        return DocumentState.CREDITED
    if not each.open_minor:
        return DocumentState.WRITTEN_OFF if each.written_off_minor > 0 else DocumentState.SETTLED
    if each.late_from < today.toordinal():
        return DocumentState.OVERDUE
    return DocumentState.PARTLY_PAID if each.paid_minor else DocumentState.ISSUED


def today_of(ledger: Ledger) -> date:
    """The seller's civil day, by which documents are due."""
    return numbering.issue_day(ledger)


def each(ledger: Ledger) -> Iterator[tuple[DocumentRow, Document]]:
    """All documents as they were frozen, in the order of their series."""
    for found in documents.each(ledger.db):
        yield found, document_from(found.body)


class ToBill(NamedTuple):
    """A client with something to invoice: free statements and open work; minor units before tax, surcharges in it."""

    client: str
    statements: int
    minor: int
    open_minor: int


def to_bill(ledger: Ledger, snapshot: "Snapshot", still_open: Iterable[Debt]) -> list[ToBill]:
    """The clients who are invoiced here and have something to invoice, by their slug; of all debts that are open."""
    found = []
    untouched = [debt.id for debt in still_open if debt.is_statement and debt.open_minor == debt.total_minor]
    stated = documents.free_by_client(ledger.db, OURS, untouched)
    for slug, client in sorted(ledger.catalogue.clients.items()):
        if not client.invoiced_here:
            continue
        count, minor = stated.get(slug, (0, 0))
        open_minor = snapshot.unbilled[slug].minor if slug in snapshot.unbilled else 0
        minor += surcharges.of_free_statements(ledger, client) if count else 0
        open_minor += surcharges.of_open_work(ledger, client) if open_minor else 0
        if count or open_minor:
            found.append(ToBill(slug, count, minor, open_minor))
    return found
