"""On a full disk everything can be read, every change is refused as what it is, and nobody advises a restore."""

import os
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from clepsydra.store.database import connect_to_read
from clepsydra.store.full_disk import TooLong, copied
from tests.faults.program import Screen, new_home, say

READING = (
    "status", "log", "report totals", "report rounding", "report leaks", "day", "calls", "statement list",
    "statement preview acme", "verify", "export csv", "clients",
)  # fmt: skip
CHANGING = ("stop", "touch acme 5", "undo", "statement issue acme --yes", "backup")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, which root alone can make."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    file = folder / "filling"
    with suppress(OSError), file.open("wb", buffering=0) as filling:
        while True:
            filling.write(b"x" * 4096)
    return file


def test_all_is_read_and_every_change_says_full(small: Path):
    home = new_home(small)
    assert say(home, "start", "acme").returncode == 0
    before = {words: say(home, *words.split()).stdout for words in ("log --json", "statement list")}
    filling = fill(small)
    for words in READING:
        said = say(home, *words.split())
        assert said.returncode == 0, (words, said.stderr)
    assert {words: say(home, *words.split()).stdout for words in ("statement list",)}["statement list"] == before[
        "statement list"
    ]
    for words in CHANGING:
        said = say(home, *words.split())
        assert said.returncode == 1
        assert "the disk is full" in said.stderr, words
    doctor = say(home, "doctor").stdout
    assert "a full disk refuses every change" in doctor
    assert "damaged" not in doctor
    assert "restore" not in doctor
    screen = Screen(home)
    try:
        assert screen.until("disk is full")
        filling.unlink()
        assert screen.until("can be written again")
        screen.type(" ")
        assert screen.until("stopped after")
        screen.type("\x11")
        assert screen.ended() == 0
    finally:
        screen.close()
    assert say(home, "verify").stdout == "4 sessions, every law holds\n"


def test_a_copy_in_memory_takes_in_what_waits_beside_the_log(tmp_path: Path):
    log, aside = tmp_path / "log.db", tmp_path / "aside.db"
    with closing(sqlite3.connect(log, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("CREATE TABLE t (n INTEGER, text TEXT)")
        for n in range(200):
            writer.execute("INSERT INTO t VALUES (?, ?)", (n, "x" * 500))
        writer.execute("PRAGMA wal_checkpoint(RESTART)")
        writer.execute("DELETE FROM t WHERE n >= 50")
        writer.execute("UPDATE t SET text = 'y'")
        for ending in ("", "-wal"):
            shutil.copy(f"{log}{ending}", f"{aside}{ending}")
        expected = writer.execute("SELECT n, text FROM t").fetchall()
    with closing(copied(aside, sqlite3.Connection)) as copy:
        assert copy.execute("SELECT n, text FROM t").fetchall() == expected
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize("cut", [1, 40, 4096 + 24, 5000])
def test_changes_that_were_cut_off_count_up_to_the_last_commit(tmp_path: Path, cut: int):
    log = tmp_path / "log.db"
    with closing(sqlite3.connect(log, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (n INTEGER)")
        writer.execute("INSERT INTO t VALUES (1)")
        writer.execute("INSERT INTO t VALUES (2)")
        aside = tmp_path / "aside.db"
        shutil.copy(log, aside)
        wal = Path(f"{log}-wal").read_bytes()
        Path(f"{aside}-wal").write_bytes(wal[:-cut])
    theirs = tmp_path / "theirs.db"
    for ending in ("", "-wal"):
        shutil.copy(f"{aside}{ending}", f"{theirs}{ending}")
    with closing(sqlite3.connect(theirs)) as read_by_sqlite, closing(copied(aside, sqlite3.Connection)) as copy:
        assert copy.execute("SELECT n FROM t").fetchall() == read_by_sqlite.execute("SELECT n FROM t").fetchall()


def test_a_log_too_long_for_memory_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("clepsydra.store.full_disk.MOST", 100)
    (tmp_path / "log.db").write_bytes(b"x" * 200)
    with pytest.raises(TooLong):
        copied(tmp_path / "log.db", sqlite3.Connection)


def test_a_wal_of_rubbish_is_passed_over(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "log.db")) as log:
        log.execute("CREATE TABLE t (n INTEGER)")
        log.commit()
    (tmp_path / "log.db-wal").write_bytes(struct.pack(">8I", 0x377F0682, 3007000, 4096, 0, 1, 2, 3, 4) + b"x" * 5000)
    with closing(copied(tmp_path / "log.db", sqlite3.Connection)) as copy:
        assert copy.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with closing(connect_to_read(tmp_path / "log.db")) as plain:
        assert plain.execute("SELECT count(*) FROM t").fetchone()[0] == 0
