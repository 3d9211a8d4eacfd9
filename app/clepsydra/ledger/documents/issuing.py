"""Issue: number, bytes, row and claims of a document in one transaction, and what answers it afterwards.

The document is composed and rendered before the log is locked, with the number it will most probably have; inside the
lock it is composed again, and rendered again only where something moved meanwhile. So nobody waits for a PDF.
"""

import re
from collections.abc import Sequence
from datetime import date

from clepsydra.domain import check_digits as check
from clepsydra.domain.document import Document, DocumentKind
from clepsydra.domain.records import dataclass, replace
from clepsydra.domain.statement import Statement
from clepsydra.ledger import numbering
from clepsydra.ledger.beside_log import Bytes, kept_or_dropped
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.ahead import StatementRequest
from clepsydra.ledger.documents import expenses
from clepsydra.ledger.documents.document_json import digest_of, document_body
from clepsydra.ledger.documents.drafting import Draft, draft, revenue
from clepsydra.ledger.documents.missing import Lacking
from clepsydra.ledger.documents.render import Rendered, render
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.store import documents, given_numbers
from clepsydra.store.documents import ClaimRow, DocumentRow
from clepsydra.store.ids import new_id


def issue(ledger: Ledger, request: InvoiceRequest) -> Document:
    """Freeze, number and store a document; raises `Refused`, `Lacking` where something is missing, OSError.

    With `work` the open work of the client is stated and invoiced in the same act.
    """
    _not_pro_forma(request)
    work = statements.ahead(ledger, _open_work(request)) if request.work else None
    early = (
        ahead(ledger, draft(ledger, request, work.statement if work else None)) if work or not request.work else None
    )
    with (
        kept_or_dropped(ledger) as kept,
        ledger.change("issue an invoice of {client}", client=request.client),
    ):
        asked = request
        if request.work:
            stated = statements.issue_within(ledger, _open_work(request), work, kept)
            asked = replace(request, work=False, statements=(*(request.statements or ()), stated.number))
            early = early if work and work.statement == stated else None
        return seal(ledger, draft(ledger, asked), early, kept)


def _not_pro_forma(request: InvoiceRequest) -> None:
    if request.kind is DocumentKind.PRO_FORMA:
        raise Refused("a pro forma is never issued: it has no number and counts nowhere")


def _open_work(request: InvoiceRequest) -> StatementRequest:
    """The statement of the open work that is invoiced at once."""
    return StatementRequest(request.client, request.first, request.last)


def series_of(ledger: Ledger, kind: DocumentKind, day: date) -> tuple[str, str]:
    """The series a kind of document is numbered in on a day, and the pattern of its numbers.

    "F{year}-{n:04}" of 2026 is the series "F2026"; where another device gives its numbers, this one has its own.
    """
    settings = ledger.settings
    pattern = settings.invoice.credit_series if kind is DocumentKind.CREDIT else settings.invoice.series
    pattern = pattern.replace("{year}", str(day.year))
    series = re.split(r"\{n", pattern)[0].strip("-/_+")
    series = series or "invoices"
    own = numbering.series(ledger, series, None, "[invoice] series = {}-…") if _elsewhere(ledger, series) else series
    return own, pattern if own == series else own + "-{n:04}"


def _elsewhere(ledger: Ledger, series: str) -> bool:
    return bool(given_numbers.device_of(ledger.db, series))


def numbered(made: Document, n: int, pattern: str) -> Document:
    """A document with its number, and the reference that banks carry back.

    Raises `Refused` where the number would be too long.
    """
    number = pattern.format(n=n)
    if len(number) > 35:
        raise Refused("the number {number} is longer than 35 characters; shorten the series", number=number)
    pays = made.kind in (DocumentKind.INVOICE, DocumentKind.DEPOSIT) and made.seller.iban
    return replace(made, number=number, reference=check.reference(number) if pays else "")


def ahead(ledger: Ledger, ready: Draft) -> Rendered | None:
    """The document as it will be unless something moves, made while nobody waits.

    Raises `Lacking` where something is missing.
    """
    if ready.lacks:
        raise Lacking(ready.lacks)
    assert ready.document.issued_on is not None
    series, pattern = series_of(ledger, ready.document.kind, ready.document.issued_on)
    n = numbering.next_number(ledger, series, ledger.settings.invoice.start.get(series, 1))
    return render(ledger, numbered(ready.document, n, pattern), ready.annexes)


def seal(
    ledger: Ledger,
    ready: Draft,
    early: Rendered | None,
    kept: list[Bytes],
    preceding: DocumentRow | None = None,
) -> Document:
    """Write a document inside a change that is open; its bytes are staged and put to `kept`.

    Raises `Lacking` where something is missing.
    """
    if ready.lacks:
        raise Lacking(ready.lacks)
    ready = _with_proofs(ledger, ready)
    day = ready.document.issued_on
    assert day is not None
    series, pattern = series_of(ledger, ready.document.kind, day)
    allotted = numbering.allot(ledger, series, day, ledger.settings.invoice.start.get(series, 1))
    document = numbered(ready.document, allotted.n, pattern)
    rendered = early if early and early.document == document else render(ledger, document, ready.annexes)
    kept.append(rendered)
    rendered.stage()
    outside: dict[str, object] = {"seller_zone": document.zone}
    if allotted.skipped:
        outside["skipped"] = list(allotted.skipped)
    body = document_body(document, outside)
    row = _row(ledger, document, series, allotted.n, rendered, body, preceding)
    documents.seal(ledger.db, row, _lines(document), _taxes(document), ready.claims)
    return document


def _with_proofs(ledger: Ledger, ready: Draft) -> Draft:
    """The draft with an expense for each line that names a proof, so that the proof is kept and claimed."""
    lines, claims = list(ready.document.lines), list(ready.claims)
    for index, path in ready.proofs.items():
        line = lines[index]
        row = expenses.add(
            ledger, ready.document.client, line.gross_minor, line.text, on=ready.document.issued_on, proof=path,
            disbursement=line.sort == "disbursement",
        )  # fmt: skip
        lines[index] = replace(line, source=f"expense:{row.id}")
        claims.append(ClaimRow("expense", row.id))
    return replace(ready, document=replace(ready.document, lines=tuple(lines)), claims=tuple(claims))


def _row(
    ledger: Ledger,
    document: Document,
    series: str,
    n: int,
    rendered: Rendered,
    body: str,
    preceding: DocumentRow | None,
) -> DocumentRow:
    assert document.issued_on is not None
    day = document.issued_on
    first, last = document.service_from or day, document.service_to or day
    return DocumentRow(
        id=new_id(ledger.now), kind=document.kind.value, series=series, n=n, number=document.number,
        client=document.client, currency=document.currency, issued_at=ledger.now, issued_day=day.toordinal(),
        due_day=(document.due_on or day).toordinal(), first_day=first.toordinal(), last_day=last.toordinal(),
        net_minor=document.net_minor, tax_minor=document.tax_minor, total_minor=document.total_minor,
        payable_minor=document.payable_minor, revenue_minor=revenue(document),
        preceding=preceding.id if preceding else None, reason=document.reason, pdf_sha=rendered.pdf_sha,
        xml_sha=rendered.xml_sha, digest=digest_of(body), state="issued", annul_reason="", body=body,
    )  # fmt: skip


def _lines(document: Document) -> Sequence[tuple[object, ...]]:
    return [
        (line.sort.value, line.text, line.quantity_e4, line.unit.value, line.price_minor, line.price_base,
         line.allowance_minor, line.charge_minor, line.tax.key, line.net_minor, line.source)
        for line in document.lines
    ]  # fmt: skip


def _taxes(document: Document) -> Sequence[tuple[object, ...]]:
    return [
        (tax.category.value, int(tax.rate * 10_000), tax.part, tax.base_minor, tax.tax_minor, tax.code)
        for tax in document.taxes
    ]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A draft with the number it would get."""

    draft: Draft
    number: str


def preview(ledger: Ledger, request: InvoiceRequest) -> Previewed:
    """What would be issued now, and under which number; nothing is stored."""
    ready = draft(ledger, request)
    if request.kind is DocumentKind.PRO_FORMA:
        return Previewed(ready, "")
    assert ready.document.issued_on is not None
    series, pattern = series_of(ledger, ready.document.kind, ready.document.issued_on)
    n = numbering.next_number(ledger, series, ledger.settings.invoice.start.get(series, 1))
    return Previewed(ready, pattern.format(n=n))


def annexes_of(ledger: Ledger, document: Document) -> tuple[Statement, ...]:
    """The statements a document has as its annexes."""
    return tuple(statements.show(ledger, number) for number in document.statements)
