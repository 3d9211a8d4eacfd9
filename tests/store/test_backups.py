"""Copies that are whole, kept sensibly, and can be put back."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.ledger import editing
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import backups
from clepsydra.store.database import connect_to_read
from tests.ledger.workbench import HOUR, MONDAY, Desk


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
    with closing(connect_to_read(path)) as copy:
        assert backups.problem(copy) is None
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
        assert backups.copy_checked(path, tmp_path / "copy.db")
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


PLENTY = 1 << 40


def test_a_week_of_days_a_month_of_weeks_a_year_of_months_are_kept():
    today = date(2026, 11, 23)
    days = [today - timedelta(days=n) for n in range(800, -1, -1)]
    there = dict.fromkeys(names(days, "daily"), 1)
    kept = set(there) - set(backups.superseded(there, PLENTY))
    left = sorted(datetime.strptime(p.name[10:18], "%Y%m%d").replace(tzinfo=UTC).date() for p in kept)
    assert left[-7:] == days[-7:]
    assert len({day.isocalendar()[:2] for day in left if day > today - timedelta(days=35)}) == 5
    assert len({(day.year, day.month) for day in left}) == 12
    assert len(left) <= 7 + 5 + 12


def test_copies_made_by_hand_outlive_daily_ones():
    made = names([date(2026, 1, n + 1) for n in range(12)], "made")
    assert backups.superseded(dict.fromkeys(sorted(made), 1), 3) == made[:2]


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["daily", "before-restore"]), st.integers(1, 90)),
                min_size=1, max_size=40), st.integers(1, 300))  # fmt: skip
def test_all_copies_together_have_their_room(some, room):
    """But for the latest daily one, which stays however long it is."""
    there = {Path(f"clepsydra-{date(2025, 1, 1) + timedelta(n):%Y%m%d}T{len(why):06d}Z-{why}.db"): size
             for n, why, size in sorted(some)}  # fmt: skip
    gone = backups.superseded(there, room)
    kept = {path: size for path, size in there.items() if path not in gone}
    latest = [path for path in there if path.stem.endswith("daily")][-1:]
    assert set(latest) <= kept.keys()
    assert sum(kept.values()) <= max(room, sum(there[path] for path in latest))


def test_with_little_room_what_is_kept_still_reaches_back(tmp_path):
    """Three copies fit: today's, one of the week, one of the month; grown every day for half a year."""
    day, there = date(2026, 1, 1), {}
    for n in range(180):
        there[names([day + timedelta(n)], "daily")[0]] = 100
        for old in backups.superseded(there, 300):
            del there[old]
        assert len(there) <= 3
    reach = [(day + timedelta(179) - datetime.strptime(p.name[10:18], "%Y%m%d").replace(tzinfo=UTC).date()).days
             for p in there]  # fmt: skip
    assert min(reach) == 0
    assert max(reach) >= 5


def test_copies_stay_within_three_times_the_log(tmp_path, desk):
    folder = tmp_path / "b"
    for n in range(20):
        assert backups.daily(desk.ledger.db, folder, MONDAY + n * 24 * HOUR)
    log = max(path.stat().st_size for path in folder.iterdir())
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 3 * log
