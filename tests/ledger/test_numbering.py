"""Numbers are given once, documents are the same bytes for ever, whatever became of the log and the settings since."""

import shutil
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.statement import Statement
from clepsydra.ledger import editing, numbering
from clepsydra.ledger.billing import ahead, statements
from clepsydra.ledger.billing.statement_files import Made, files_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import NUMBERS
from clepsydra.settings.model import Seller
from tests.ledger.workbench import DAY, HOUR, Desk, client, wall

LOG = "clepsydra.db"


def issue(desk: Desk, slug: str = "acme") -> Statement:
    editing.add(desk.ledger, Work(slug), desk.now - HOUR, desk.now)
    desk.wait(HOUR)
    return statements.issue(desk.ledger, slug)


def breaches(desk: Desk) -> list[str]:
    return [str(breach.what) for breach in verify(desk.ledger)]


def test_a_log_put_back_goes_on_after_what_was_given(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG)
    assert issue(desk).number == "2026-0001"
    desk.ledger.db.close()
    shutil.copy(tmp_path / LOG, tmp_path / "old.db")
    desk = Desk.at(tmp_path / LOG, desk.now)
    assert issue(desk).number == "2026-0002"
    (sent,) = files_of(desk.ledger, statements.show(desk.ledger, "2026-0002")).write(["pdf"], tmp_path / "statements")
    before = sent.path.read_bytes()
    desk.ledger.db.close()
    shutil.copy(tmp_path / "old.db", tmp_path / LOG)

    desk = Desk.at(tmp_path / LOG, desk.now + DAY)
    assert statements.next_number(desk.ledger, "acme") == "2026-0003"
    assert issue(desk).number == "2026-0003"
    assert sent.path.read_bytes() == before
    assert breaches(desk) == []


def test_names_of_documents_keep_numbers_where_the_register_is_gone(tmp_path: Path):
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "2026-0007-acme.pdf").write_bytes(b"sent")
    (tmp_path / "statements" / "2026-11 notes.pdf").write_bytes(b"no document of ours")
    assert issue(Desk.at(tmp_path / LOG)).number == "2026-0008"


def test_a_change_that_fails_gives_no_number_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    desk = Desk.at(tmp_path / LOG)
    issue(desk)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("clepsydra.store.statements.seal", full)
        with pytest.raises(OSError):
            issue(desk)
    assert [path.name for path in (tmp_path / "documents").rglob(".*")] == []
    assert statements.issue(desk.ledger, "acme").number == "2026-0002"
    assert breaches(desk) == []


def test_numbers_follow_the_sellers_day_not_the_clients(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG, wall("2026-12-31 13:00"), kiwi=client("kiwi", zone=ZoneInfo("Pacific/Auckland")))
    first, second = issue(desk, "kiwi"), issue(desk)
    assert [first.number, second.number] == ["2026-0001", "2026-0002"]
    assert first.issued_on == second.issued_on == date(2026, 12, 31)
    assert first.due_on == date(2027, 1, 30)


def test_the_first_issue_fixes_the_sellers_zone(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG)
    desk.set(seller=Seller(zone=ZoneInfo("Pacific/Auckland")))
    issue(desk)
    desk.set(seller=Seller(zone=ZoneInfo("America/Los_Angeles")))
    assert numbering.seller_zone(desk.ledger).key == "Pacific/Auckland"
    (tmp_path / NUMBERS).unlink()
    assert numbering.seller_zone(desk.ledger).key == "Pacific/Auckland"


def test_days_of_a_series_do_not_go_back(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG)
    issue(desk)
    desk.wait(-DAY)
    with pytest.raises(Refused, match="clock"):
        issue(desk)


def test_exports_are_what_was_issued_whatever_the_seller_became(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG)
    desk.set(seller=Seller(name="Camille Ravel EI", mentions=("TVA non applicable",)))
    number = issue(desk).number
    names = ["pdf", "csv", "markdown"]
    first = [
        each.path.read_bytes()
        for each in files_of(desk.ledger, statements.show(desk.ledger, number)).write(names, tmp_path / "one")
    ]
    desk.set(seller=Seller(name="Ravel Conseil SAS"))
    statement_payment.pay(desk.ledger, number, 100)
    again = [
        each.path.read_bytes()
        for each in files_of(desk.ledger, statements.show(desk.ledger, number)).write(names, tmp_path / "two")
    ]
    assert again == first
    assert "Camille Ravel EI" in first[2].decode()
    shutil.rmtree(tmp_path / "documents")
    anew = [
        each.path.read_bytes()
        for each in files_of(desk.ledger, statements.show(desk.ledger, number)).write(names, tmp_path / "three")
    ]
    assert anew == first


def test_a_file_with_other_bytes_is_left_alone_and_told(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG)
    number = issue(desk).number
    (first,) = files_of(desk.ledger, statements.show(desk.ledger, number)).write(["csv"], tmp_path / "out")
    first.path.write_bytes(b"mine")
    (second,) = files_of(desk.ledger, statements.show(desk.ledger, number)).write(["csv"], tmp_path / "out")
    assert second.path != first.path
    assert second.note is not None
    assert first.path.read_bytes() == b"mine"
    (third,) = files_of(desk.ledger, statements.show(desk.ledger, number)).write(["csv"], tmp_path / "out")
    assert third.path == second.path


def test_a_kept_document_that_was_changed_is_told_and_not_sent(tmp_path: Path):
    desk = Desk.at(tmp_path / LOG)
    number = issue(desk).number
    kept = tmp_path / "documents" / "2026" / f"{number}.csv"
    issued = kept.read_bytes()
    kept.write_bytes(b"forged")
    (written,) = files_of(desk.ledger, statements.show(desk.ledger, number)).write(["csv"], tmp_path / "out")
    assert written.path.read_bytes() == issued
    assert "was changed" in str(written.note)
    assert kept.read_bytes() == b"forged"
    assert breaches(desk) == [f"statement {number}: its document {kept} was changed"]


def test_a_statement_without_a_frozen_seller_says_so_and_is_frozen_at_its_first_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As versions issued it that froze no seller."""
    desk = Desk.at(tmp_path / LOG)
    desk.set(seller=Seller(name="Camille Ravel EI"))

    def bare(_: object, statement: Statement, *__: object) -> Made:
        return Made(statement.number, {}, {}, None)

    with monkeypatch.context() as patch:
        patch.setattr(ahead, "make", bare)
        number = issue(desk).number
    first, again = (
        next(files_of(desk.ledger, statements.show(desk.ledger, number)).write(["markdown"], tmp_path / folder))
        for folder in ("one", "two")
    )
    assert "not frozen yet" in str(first.note)
    desk.set(seller=Seller(name="Ravel Conseil SAS"))
    assert first.path.read_bytes() == again.path.read_bytes()
    assert "Camille Ravel EI" in first.path.read_text()
    anew = next(files_of(desk.ledger, statements.show(desk.ledger, number)).write(["markdown"], tmp_path / "three"))
    assert anew.path.read_bytes() == first.path.read_bytes()
    assert breaches(desk) == []
