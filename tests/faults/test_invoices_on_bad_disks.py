"""A disk that is full or fails, and a sudden death, while documents are issued: no number is lost, none is claimed by
a document that is not there, and nothing is billed twice.
"""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from clepsydra.ledger import leftovers, opening
from clepsydra.ledger.documents import exporting, issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from tests.cli.test_invoices import ACME, SELLER
from tests.faults.test_disk_faults import disk as disk
from tests.faults.test_disk_faults import places, work
from tests.ledger.workbench import HOUR, MONDAY

TIMES = int(os.environ.get("INVOICE_FAULTS", "1"))
WORKER = "tests.faults.invoicing"
FAULTS = {
    "full": {"FAULT_ERRNO": str(errno.ENOSPC)},
    "failing": {"FAULT_ERRNO": str(errno.EIO), "FAULT_ONCE": "1"},
    "killed": {"FAULT_KILL": "1"},
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of a seller who has issued nothing yet."""
    home = Home(tmp_path_factory.mktemp("seller") / "home")
    home.ensure()
    home.settings_file.write_text(SELLER)
    home.client_file("acme").write_text(ACME)
    opening.open_ledger(home, {}, lambda: MONDAY).db.close()
    return home.path


def proven(path: Path, said: list[list[str]]) -> None:
    """What was said to be issued is there with its bytes, what was not is nowhere, and the home goes on."""
    home = Home(path)
    ledger = opening.open_ledger(home, {}, lambda: MONDAY + 100 * HOUR)
    leftovers.clear(home)
    issued = {document.number for document in reading.listed(ledger)}
    said_done = {words[2] for words in said if words[0] == "done" and words[1] not in ("work", "expense")}
    assert said_done <= issued
    assert len(issued) <= len(said_done) + 1, "at most the one under way when all ended"
    assert [str(breach.what) for breach in verify(ledger)] == []
    issuing.issue(ledger, InvoiceRequest("acme", lines=("1 x10 Rest",)))
    with suppress(Refused):  # all of it was invoiced before
        issuing.issue(ledger, InvoiceRequest("acme", work=True))
    numbers = sorted(document.number for document in reading.listed(ledger))
    for letter in "FA":
        mine = [number for number in numbers if number.startswith(letter)]
        assert mine == [f"{letter}2026-{n:04d}" for n in range(1, len(mine) + 1)]
    for row, _ in reading.each(ledger):
        assert exporting.bytes_of(ledger, row, ".pdf")
    assert [str(breach.what) for breach in verify(ledger)] == []
    assert not ledger.db.execute("SELECT 1 FROM session WHERE statement IS NULL").fetchall()
    ledger.db.close()
    assert not [file for file in path.rglob("*") if file.suffix == ".tmp"]


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_issued_is_there_and_nothing_else(disk: Path, template: Path, tmp_path: Path, fault: str):
    stopped = 0
    for place in places(disk, template, tmp_path, TIMES, WORKER):
        home = tmp_path / f"{fault}-{place}"
        shutil.copytree(template, home)
        said = work(disk, home, WORKER, FAULT_AT=str(place), **FAULTS[fault])
        stopped += len(said) < 8 or any(line[0] == "refused" for line in said)
        proven(home, said)
        shutil.rmtree(home)
    assert stopped >= TIMES * 3 // 4
