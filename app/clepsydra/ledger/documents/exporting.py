"""Files of documents: copies of the bytes that were issued, and drafts that say what they are."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from clepsydra.domain.document import Document, DocumentKind
from clepsydra.language.plain import storable
from clepsydra.language.translator import translator
from clepsydra.ledger.billing.statement_files import archive_of
from clepsydra.ledger.documents import reading
from clepsydra.ledger.documents.drafting import Draft
from clepsydra.ledger.documents.issuing import annexes_of
from clepsydra.ledger.documents.render import render, xml_of
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.home import write_private
from clepsydra.store import documents
from clepsydra.store.archive import digest
from clepsydra.store.documents import DocumentRow

ENDINGS = {"pdf": ".pdf", "facturx": ".pdf", "xml": ".xml"}
"""The file that each format of the settings and the command line means."""


def copy(ledger: Ledger, number: str, formats: Sequence[str], folder: Path) -> list[Path]:
    """Copy the files of a document into a folder, as they were issued; those of its settings without any named.

    A file that is there with other bytes stays, and the copy takes another name. Raises `Refused`, OSError.
    """
    row = reading.row(ledger, number)
    names = formats or ledger.settings.invoice.formats
    written = []
    for ending in dict.fromkeys(ENDINGS[name] for name in names):
        content = bytes_of(ledger, row, ending)
        if content is not None:
            written.append(
                _write(folder, row.number + ("-annulled" if row.state == "annulled" else ""), ending, content)
            )
    if not written:
        raise Refused("{number} has no such file", number=number)
    return written


def _write(folder: Path, name: str, ending: str, content: bytes) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = "".join(char if char.isalnum() or char in "-_+" else "-" for char in name)
    path, n = folder / f"{stem}{ending}", 1
    while path.exists() and path.read_bytes() != content:
        n += 1
        path = folder / f"{stem}-{n}{ending}"
    if not path.exists():
        write_private(path, content, new=True)
    return path


def bytes_of(ledger: Ledger, row: DocumentRow, ending: str) -> bytes | None:
    """The bytes of an issued document; None where it has no such file.

    Lost ones are made again from what was frozen, and only if they are the same. An annulled document's say so.

    Raises `Refused` where the file is gone or was changed.
    """
    sha = row.pdf_sha if ending == ".pdf" else row.xml_sha
    if not sha:
        return None
    document = reading.show(ledger, row.number)
    if row.state == "annulled" and ending == ".pdf":
        return render(ledger, document, annexes_of(ledger, document), _annulled(document)).pdf
    archive = archive_of(ledger)
    kept = archive.read(row.number, ending, sha) if archive else None
    if kept is not None and digest(kept) == sha:
        return kept
    made = _again(ledger, document, ending)
    if digest(made) == sha:
        return made
    raise Refused("the file of {number} is gone or was changed; put it back from a backup", number=row.number)


def _annulled(document: Document) -> str:
    return translator(document.language).p("document", "Annulled")


def _again(ledger: Ledger, document: Document, ending: str) -> bytes:
    if ending == ".xml":
        return xml_of(document, translator(document.language))
    return render(ledger, document, annexes_of(ledger, document)).pdf


def write_draft(ledger: Ledger, ready: Draft, path: Path) -> Path:
    """Write a draft or a pro forma as PDF, marked across every page; raises FileExistsError, OSError."""
    tr = translator(ready.document.language)
    pro_forma = ready.document.kind is DocumentKind.PRO_FORMA
    label = tr.p("document", "PRO FORMA") if pro_forma else tr.p("document", "Draft")
    write_private(path, render(ledger, ready.document, ready.annexes, label).pdf, new=True)
    return path


def record(ledger: Ledger, number: str, what: str, detail: str = "", day: date | None = None) -> None:
    """Record what happened to a document: that it was sent, what a platform answered.

    Raises `Refused` for a day before the issue or still to come.
    """
    with ledger.change("{number}: {what}", number=number, what=what):
        row = reading.row(ledger, number)
        on = day or reading.today_of(ledger)
        if on > reading.today_of(ledger) or on.toordinal() < row.issued_day:
            raise Refused("that day lies before the issue, or is still to come")
        documents.tell(ledger.db, row.id, what, storable(detail), ledger.now, on.toordinal())
