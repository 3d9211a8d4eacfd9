"""The bytes of a document: the electronic invoice, and the PDF with it inside; kept by their hashes from its issue."""

from collections.abc import Iterable
from pathlib import Path

from clepsydra.domain.document import Document, DocumentKind
from clepsydra.domain.money import exponent
from clepsydra.domain.records import dataclass
from clepsydra.domain.statement import Statement
from clepsydra.language.translator import Translator, translator
from clepsydra.ledger.billing.statement_files import archive_of
from clepsydra.ledger.ledger import Ledger
from clepsydra.store import given_numbers
from clepsydra.store.archive import Archive, digest


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document with its bytes; `xml` is empty where the client gets a PDF alone."""

    document: Document
    pdf: bytes
    xml: bytes
    archive: Archive | None

    @property
    def pdf_sha(self) -> str:
        """The hash of the PDF."""
        return digest(self.pdf)

    @property
    def xml_sha(self) -> str:
        """The hash of the electronic invoice, empty without one."""
        return digest(self.xml) if self.xml else ""

    def _parts(self) -> Iterable[tuple[str, bytes]]:
        if self.archive:
            yield ".pdf", self.pdf
            if self.xml:
                yield ".xml", self.xml

    def stage(self) -> None:
        """Write the bytes before the log commits; raises OSError, leaving none."""
        try:
            for ending, content in self._parts():
                assert self.archive is not None
                self.archive.stage(self.document.number, ending, content)
        except BaseException:
            self.drop()
            raise

    def keep(self) -> None:
        """Give the bytes their names, once the log has committed."""
        for ending, content in self._parts():
            assert self.archive is not None
            self.archive.keep(self.document.number, ending, digest(content))

    def drop(self) -> None:
        """Take the bytes back: the document was not issued."""
        for ending, content in self._parts():
            assert self.archive is not None
            self.archive.drop(self.document.number, ending, content)


def render(ledger: Ledger, document: Document, annexes: Iterable[Statement] = (), label: str = "") -> Rendered:
    """Make the bytes of a document in its language; `label` is written across it. Raises OSError for a bad logo."""
    from clepsydra.exchange.invoice.pdf import to_pdf

    tr = translator(document.language)
    xml = xml_of(document, tr) if document.number else b""
    home = given_numbers.folder_of(ledger.db)
    logo = (home or Path()) / Path(document.logo).expanduser() if document.logo else None
    pdf = to_pdf(document, tr, xml, annexes, label, logo)
    return Rendered(document, pdf, xml, archive_of(ledger))


def xml_of(document: Document, tr: Translator) -> bytes:
    """The electronic invoice of a document; empty where the client gets none, or the currency has odd minor units."""
    none = document.profile == "pdf" or document.kind is DocumentKind.PRO_FORMA
    if none or exponent(document.currency) > 2 or any(len(tax.part.split()) > 1 for tax in document.taxes):
        return b""
    if document.profile in ("peppol", "ubl"):
        from clepsydra.exchange.invoice.ubl import to_ubl

        return to_ubl(document, tr)
    from clepsydra.exchange.invoice.cii import to_cii

    return to_cii(document, tr)
