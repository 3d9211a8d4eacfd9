"""Prove laws 12 to 15 on a live log: numbers, bytes, claims and sums of documents, each worked out by another way.

Files are read and hashed again, electronic invoices parsed again; sums are taken from the rows of lines and taxes and
held against the frozen body.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from clepsydra.domain.credits import left_of_line, left_of_taxes, line_of
from clepsydra.domain.document import Document, DocumentKind
from clepsydra.domain.document import breaches as unsound
from clepsydra.language.message import Message, message
from clepsydra.language.translator import mark
from clepsydra.ledger.billing.statement_files import archive_of
from clepsydra.ledger.breach import Breach
from clepsydra.ledger.documents import expenses
from clepsydra.ledger.documents.document_json import digest_of, document_from
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import document_checks, documents
from clepsydra.store.archive import digest
from clepsydra.store.documents import DocumentRow

NO_FILE = mark("the file {number}{ending} is gone")
NO_PROOF = mark("the proof of “{text}” is gone or was changed")


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Every breach of laws 12 to 15."""
    yield from _series(ledger)
    for row in documents.each(ledger.db):
        document = document_from(row.body)
        yield from _sums(ledger, row, document)
        yield from _bytes(ledger, row)
        if row.kind != DocumentKind.CREDIT:
            yield from _credits(ledger, row, document)
    yield from _claims(ledger)
    for text in expenses.broken_proofs(ledger):
        yield Breach(13, Message(NO_PROOF, {"text": text}))


def _series(ledger: Ledger) -> Iterator[Breach]:
    """Law 12: from its first number on a series has no holes, but those a lost log left, and its days never go back."""
    last: dict[str, tuple[int, int]] = {}
    for series, n, day, number, skipped in document_checks.register(ledger.db):
        before, day_before = last.get(series, (n - 1 - skipped, day))
        if n != before + 1 + skipped:
            yield Breach(12, message("{number} does not follow the number before it", number=number))
        if day < day_before:
            yield Breach(12, message("{number} is dated before the document before it", number=number))
        last[series] = n, day


def _sums(ledger: Ledger, row: DocumentRow, document: Document) -> Iterator[Breach]:
    """Laws 13 and 15: the row says what the body says, and the body adds up."""
    if digest_of(row.body) != row.digest:
        yield Breach(13, message("{number} is not what was frozen", number=row.number))
    said = (row.net_minor, row.tax_minor, row.total_minor, row.payable_minor)
    if said != (document.net_minor, document.tax_minor, document.total_minor, document.payable_minor):
        yield Breach(15, message("{number}: its amounts are not those of its lines", number=row.number))
    lines = sum(line.net_minor for line in document.lines)
    taxes = sum(tax.tax_minor for tax in document.taxes)
    if document_checks.sums(ledger.db, row.id) != (len(document.lines), lines, taxes):
        yield Breach(15, message("{number}: the rows of its lines are not its lines", number=row.number))
    if unsound(document):
        yield Breach(15, message("{number} does not add up", number=row.number))


def _bytes(ledger: Ledger, row: DocumentRow) -> Iterator[Breach]:
    """Law 13: the files are there with the bytes that were issued, and the electronic invoice says the same totals."""
    archive = archive_of(ledger)
    for ending, sha in ((".pdf", row.pdf_sha), (".xml", row.xml_sha)):
        content = archive.read(row.number, ending, sha) if archive and sha else None
        if archive and sha and content is None:
            yield Breach(13, Message(NO_FILE, {"number": row.number, "ending": ending}))
        elif content is not None and digest(content) != sha:
            yield Breach(13, message("the file {number}{ending} was changed", number=row.number, ending=ending))
        elif content is not None and ending == ".xml" and not _same_totals(row, content):
            yield Breach(15, message("{number}: its electronic invoice has other totals", number=row.number))


_TOTALS = (("GrandTotalAmount", "TaxInclusiveAmount"), ("DuePayableAmount", "PayableAmount"),
           ("TaxBasisTotalAmount", "TaxExclusiveAmount"))  # fmt: skip


def _same_totals(row: DocumentRow, content: bytes) -> bool:
    """Whether an electronic invoice, parsed again, says the row's total, payable and net."""
    found: dict[str, int] = {}
    for element in ElementTree.fromstring(content).iter():
        name = element.tag.rpartition("}")[2]
        if any(name in names for names in _TOTALS):
            found[name] = int((element.text or "").replace(".", ""))
    wanted = (row.total_minor, row.payable_minor, row.net_minor)
    return all(any(found.get(name) == minor for name in names) for names, minor in zip(_TOTALS, wanted, strict=True))


def _credits(ledger: Ledger, row: DocumentRow, original: Document) -> Iterator[Breach]:
    """Law 15: credits never exceed their invoice, per tax rate and per line."""
    credits = [document_from(each.body) for each in documents.credits_of(ledger.db, row.id)]
    if not credits:
        return
    if any(base < 0 or tax < 0 for base, tax in left_of_taxes(original, credits).values()):
        yield Breach(15, message("{number}: more was credited than it asks", number=row.number))
    for index in {line_of(line) for credit in credits for line in credit.lines} - {None}:
        if index is not None and left_of_line(original, credits, index)[0] < 0:
            yield Breach(15, message("{number}: more was credited of a line than it has", number=row.number))


def _claims(ledger: Ledger) -> Iterator[Breach]:
    """Law 14: what a live document has taken is there, is taken once, and statements say what their invoice says."""
    for kind, ref, count in document_checks.claimed_twice(ledger.db):
        yield Breach(14, message("{kind} {ref} is on {count} live documents", kind=kind, ref=ref, count=count))
    for number, kind in document_checks.claims_of_nothing(ledger.db):
        yield Breach(14, message("{number} has taken a {kind} that is not there", number=number, kind=kind))
    for number in document_checks.deposits_over(ledger.db):
        yield Breach(14, message("more was deducted of {number} than it asks", number=number))
    for number, statement in document_checks.unlike_their_statement(ledger.db):
        yield Breach(15, message("{number} does not bill what statement {statement} says",
                                 number=number, statement=statement))  # fmt: skip
