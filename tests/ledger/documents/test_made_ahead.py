"""Whoever starts a timer while a document is issued waits for no PDF: it is made before the log is locked."""

import pytest

from clepsydra.exchange.pdf_sheet import Sheet
from clepsydra.ledger import editing
from clepsydra.ledger.billing import statement_files, statements
from clepsydra.ledger.documents import exporting, issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.cli.test_invoices import ACME
from tests.ledger.documents.test_books import NOW, ledger_of


@pytest.fixture
def ledger(tmp_path):
    clients = tmp_path / "home" / "clients"
    clients.mkdir(parents=True)
    (clients / "brel.toml").write_text(ACME.replace("Acme", "Brel"))
    ledger = ledger_of(tmp_path / "home")
    for client in ("acme", "brel"):
        editing.add(ledger, Work(client, note="API"), NOW - 7200, NOW - 3600)
    yield ledger
    ledger.db.close()


@pytest.fixture
def locked(ledger, monkeypatch):
    """Whether the log was locked, for each PDF that was made."""
    found, finish = [], Sheet.finish

    def watched(sheet, foot):
        found.append(ledger.db.in_transaction)
        return finish(sheet, foot)

    monkeypatch.setattr(Sheet, "finish", watched)
    return found


def made_again_alike(ledger, folder):
    """Whether every file, lost, is made again with the same bytes."""
    (row,) = (row for row, _ in reading.each(ledger))
    made = {row.number: lambda: exporting.bytes_of(ledger, row, ".pdf")}
    for statement in statements.listed(ledger):
        made[statement.number] = lambda number=statement.number: statement_files.files_of(
            ledger, statements.show(ledger, number)
        ).content("pdf")
    for number, again in made.items():
        path = folder / "home" / "documents" / "2026" / f"{number}.pdf"
        kept = path.read_bytes()
        path.unlink()
        if again() != kept:
            return False
    return len(made) == 3


def test_work_stated_and_invoiced_is_drawn_before_the_log_is_locked(ledger, locked, tmp_path):
    issuing.issue(ledger, InvoiceRequest("acme", work=True))
    statements.issue(ledger, "brel")
    assert locked == [False, False, False]
    assert verify(ledger) == []
    assert made_again_alike(ledger, tmp_path)


def test_what_moved_meanwhile_is_drawn_again(ledger, locked, tmp_path, monkeypatch):
    ahead = statements.ahead

    def overtaken(*asked):
        found = ahead(*asked)
        if asked[1].client == "acme":  # while its pages are drawn, somebody else takes the number
            statements.issue(ledger, "brel")
        return found

    monkeypatch.setattr(statements, "ahead", overtaken)
    assert issuing.issue(ledger, InvoiceRequest("acme", work=True)).statements == ("2026-0002",)
    assert locked[-2:] == [True, True]
    assert verify(ledger) == []
    assert made_again_alike(ledger, tmp_path)
