"""Law 11: a command that only reads leaves the home as it was, to the byte, whatever state the log is in."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clepsydra.cli.commands import MODULES
from clepsydra.cli.context import reads
from clepsydra.cli.main import command_named
from clepsydra.store import full_disk
from clepsydra.store.database import connect
from clepsydra.store.opening import open_log
from tests.cli.conftest import Cli
from tests.store.test_carrying import old_log

WORDS = {"client": "acme", "number": "2026-0001", "format": "csv"}
"""What the commands that read are told of."""

MORE = {"export": ["csv"], "simulate": ["--model", "up", "--step", "6m"]}


def every() -> Iterator[list[str]]:
    """Every command that only reads, as it is typed."""
    for name in MODULES:
        family = command_named(name)
        for path, command in [(f"{name} {each.name}", each) for each in family.commands] or [(name, family)]:
            if reads(path):
                needed = [
                    WORDS.get(each.name, *each.choices[:1] or ("x",)) for each in command.arguments if each.needed
                ]
                yield [*path.split(), *needed, *MORE.get(path, [])]


EVERY = list(every())


def picture(home: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and folder of a home, with what it holds and how it is guarded."""
    return {
        str(path.relative_to(home)): (path.stat().st_mode, b"" if path.is_dir() else path.read_bytes())
        for path in sorted(home.rglob("*"))
    }


@pytest.fixture
def home(cli: Cli) -> Path:
    """A home with a statement, open work, a timer that nobody watches any more, and a lock that somebody took off."""
    cli.add("acme", "2026-11-20 9:00", "2026-11-20 10:10")
    cli.ok("statement", "issue", "acme")
    cli.add("acme", "9:00", "10:10")
    cli.ok("start", "brel", "--at", "12:00")
    with closing(open_log(cli.home / "clepsydra.db")) as log:
        log.execute("INSERT INTO watcher VALUES ('gone', 4194304, 'elsewhere', ?, ?)", (cli.now - 9000, cli.now - 5000))
        log.execute("DROP TRIGGER session_locked_update")
    return cli.home


def at_rest(home: Path, folder: Path) -> Path:
    """Nobody has the log open."""
    return shutil.copytree(home, folder)


def left_behind(home: Path, folder: Path) -> Path:
    """A process was killed: changes wait beside the log, with the index to them."""
    with closing(connect(home / "clepsydra.db")) as log:
        log.execute("PRAGMA wal_autocheckpoint = 0")
        log.execute("UPDATE noted SET at = at")
        log.execute("UPDATE watcher SET seen_at = seen_at + 1")
        return shutil.copytree(home, folder)


def without_index(home: Path, folder: Path) -> Path:
    """Log and changes were copied without the index."""
    copy = left_behind(home, folder)
    (copy / "clepsydra.db-shm").unlink()
    return copy


@pytest.mark.parametrize("state", [at_rest, left_behind, without_index])
def test_the_home_is_as_it_was_to_the_byte(home, tmp_path, state):
    copy = state(home, tmp_path / "copy")
    cli, before = Cli(copy), picture(copy)
    for words in EVERY:
        answer = cli(*words)
        assert answer.code in {0, 1}, ("say in MORE how it is typed", words, answer)
        assert picture(copy) == before, words


HOLDER = """
import sys
from clepsydra.store.opening import open_log
log = open_log(sys.argv[1])
log.execute("UPDATE watcher SET seen_at = seen_at + 1")
print("open", flush=True)
sys.stdin.read()
"""


def test_beside_an_open_program_nothing_is_written_either(home):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "app")}
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(home / "clepsydra.db")], env=environment,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline()
        cli, before = Cli(home), picture(home)
        for words in EVERY:
            cli(*words)
            assert picture(home) == before, words
        holder.communicate()


def test_a_log_of_an_older_shape_is_read_as_it_is(tmp_path):
    old_log(tmp_path, 6)
    before = picture(tmp_path)
    cli = Cli(tmp_path)
    assert len(cli.log()) == 7
    assert cli.ok("statement", "list", "--json").json["statements"]
    assert picture(tmp_path) == before


def test_a_home_that_is_not_there_yet_is_not_made(tmp_path):
    cli = Cli(tmp_path / "nowhere")
    assert cli.log() == []
    assert cli.ok("status")
    assert not cli.home.exists()


def test_what_waits_and_is_too_long_for_memory_is_said(home, tmp_path, monkeypatch):
    copy = without_index(home, tmp_path / "copy")
    monkeypatch.setattr(full_disk, "MOST", 1000)
    answer = Cli(copy)("log")
    assert answer.code == 1
    assert "too long to be read with them in memory (1 MB)" in answer.err


def test_a_lock_that_is_missing_is_said_and_put_back_by_the_next_change(home):
    cli = Cli(home)
    assert "session_locked_update" in cli("verify").out
    assert "session_locked_update" in cli("verify").out
    cli.ok("add", "acme", "2026-11-19 9:00", "2026-11-19 9:30")
    assert cli.ok("verify")


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing can be written, as on a full disk
from clepsydra.cli.main import run
sys.exit(run())
"""


def test_on_a_full_disk_everything_can_be_read(home, tmp_path):
    """Nothing can be written, not even the index beside the log."""
    for copy in (at_rest(home, tmp_path / "rest"), left_behind(home, tmp_path / "left")):
        for words in (["log", "--json"], ["report", "totals"], ["status"], ["verify"]):
            said = subprocess.run(
                [sys.executable, "-c", FULL, "--home", str(copy), *words], check=False, capture_output=True, text=True,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "app"), "LANG": "C.UTF-8"}, timeout=60,
            )  # fmt: skip
            assert said.returncode in (0, 1), said
            assert said.stdout, said
            assert "clepsydra: " not in said.stderr


def test_what_another_instance_writes_meanwhile_is_seen(home):
    cli = Cli(home)
    with closing(open_log(home / "clepsydra.db")) as log:
        before = len(cli.log())
        log.execute("DELETE FROM session WHERE statement IS NULL AND ended_at IS NOT NULL")
        assert len(cli.log()) == before - 1
        assert sqlite3.connect(home / "clepsydra.db").execute("PRAGMA journal_mode").fetchone()[0] == "wal"
