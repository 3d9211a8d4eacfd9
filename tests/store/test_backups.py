"""Copies that are whole, kept sensibly, and can be put back."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clepsydra.ledger import editing
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import backups
from tests.ledger.desk import HOUR, MONDAY, Desk


@pytest.fixture
def desk(tmp_path):
    desk = Desk.at(tmp_path / "clepsydra.db")
    editing.add(desk.ledger, Work("acme"), MONDAY, MONDAY + HOUR)
    yield desk
    desk.ledger.db.close()


def test_a_backup_is_whole_private_and_made_while_in_use(tmp_path, desk):
    folder = tmp_path / "kept? #1 100%"
    path = backups.back_up(desk.ledger.db, folder, backups.MADE, MONDAY)
    assert path.name == "clepsydra-20261123T080000Z-made.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert backups.check(path) is None
    assert [p.name for p in folder.iterdir()] == [path.name], "nothing is left beside it"
    assert backups.back_up(desk.ledger.db, folder, backups.MADE, MONDAY).name == "clepsydra-20261123T080000Z-made-2.db"


def test_a_restored_log_is_as_it_was(tmp_path, desk):
    before = desk.all()
    path = backups.back_up(desk.ledger.db, tmp_path / "b#", backups.MADE, MONDAY)
    editing.remove(desk.ledger, before[0].id)
    other = Desk.at(tmp_path / "clepsydra.db")
    backups.restore(desk.ledger.db, path)
    assert desk.all() == other.all() == before
    assert desk.ledger.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert verify(desk.ledger) == []
    editing.add(other.ledger, Work("brel"), MONDAY, MONDAY + 60)
    assert len(desk.all()) == 2


def test_what_is_no_backup_is_told(tmp_path):
    empty, letter = tmp_path / "empty.db", tmp_path / "letter.db"
    empty.touch()
    letter.write_text("dear client" * 500)
    for path in (empty, letter, tmp_path / "missing.db"):
        assert backups.check(path)
    assert not (tmp_path / "missing.db").exists()


def test_a_backup_that_fails_leaves_nothing(tmp_path, desk, monkeypatch):
    class Full(sqlite3.Connection):
        def execute(self, sql, *more):
            if "quick_check" in sql:
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *more)

    plain = sqlite3.connect
    monkeypatch.setattr(backups.sqlite3, "connect", lambda path: plain(path, factory=Full))
    with pytest.raises(sqlite3.OperationalError):
        backups.back_up(desk.ledger.db, tmp_path / "b", backups.MADE, MONDAY)
    assert list((tmp_path / "b").iterdir()) == []


def test_one_a_day(tmp_path, desk):
    folder = tmp_path / "b"
    assert backups.daily(desk.ledger.db, folder, MONDAY)
    assert backups.daily(desk.ledger.db, folder, MONDAY + 5 * HOUR) is None
    assert backups.daily(desk.ledger.db, folder, MONDAY + 24 * HOUR)
    assert len(list(folder.iterdir())) == 2


def names(days: list[date], why: str) -> list[Path]:
    return [Path(f"clepsydra-{day:%Y%m%d}T080000Z-{why}.db") for day in days]


def test_a_week_of_days_a_month_of_weeks_a_year_of_months_are_kept():
    today = date(2026, 11, 23)
    days = [today - timedelta(days=n) for n in range(800, -1, -1)]
    kept = set(names(days, "daily")) - set(backups.superseded(names(days, "daily")))
    left = sorted(datetime.strptime(p.name[10:18], "%Y%m%d").replace(tzinfo=UTC).date() for p in kept)
    assert left[-7:] == days[-7:]
    assert len({day.isocalendar()[:2] for day in left if day > today - timedelta(days=35)}) == 5
    assert len({(day.year, day.month) for day in left}) == 12
    assert len(left) <= 7 + 5 + 12


def test_copies_made_by_hand_outlive_daily_ones():
    made = names([date(2026, 1, n + 1) for n in range(12)], "made")
    assert backups.superseded(sorted(made)) == made[:2]
