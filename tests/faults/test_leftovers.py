"""What killed writers leave is cleared and told; what a living one is writing is left alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clepsydra.ledger import leftovers
from clepsydra.settings.home import Home, unfinished, write_private
from tests.cli.conftest import Cli
from tests.client_files import acme

KILLED = """
import os, signal, sys
from pathlib import Path
from clepsydra.settings import home
from clepsydra.store import backups
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
home.write_private(Path(sys.argv[1]) / "clients" / "brel.toml", b"half")
"""


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "home")
    (cli.home / "clients").mkdir(parents=True)
    (cli.home / "clients" / "acme.toml").write_text(acme())
    cli.add("acme", "9:00", "10:00")
    return cli


def killed(home: Path) -> list[Path]:
    """What a process that was killed in the middle of a file has left."""
    path = {"PYTHONPATH": str(Path(__file__).parents[2] / "app"), "PATH": os.environ["PATH"]}
    ended = subprocess.run([sys.executable, "-c", KILLED, str(home)], env=path, check=False)
    assert ended.returncode == -9
    return list(leftovers.found(Home(home)))


def test_what_a_killed_writer_left_is_told_and_cleared(cli: Cli):
    (left,) = killed(cli.home)
    assert left.parent == cli.home / "clients"
    assert "unfinished files of killed programs: 1" in cli("doctor").out
    assert left.exists(), "the doctor changes nothing"
    assert "cleared 1 unfinished file" in cli.ok("add", "acme", "10:00", "11:00").err
    assert not left.exists()
    assert "unfinished" not in cli("doctor").out


def test_what_is_being_written_is_left_alone(cli: Cli):
    mine = unfinished(cli.home / "settings.toml", "tmp")
    mine.write_bytes(b"not yet")
    strange = cli.home / ".a.tmp"
    strange.write_bytes(b"no file of ours")
    assert leftovers.clear(Home(cli.home)) == []
    assert mine.exists()
    assert strange.exists()


def test_old_unfinished_files_go_whoever_wrote_them(cli: Cli):
    left = cli.home / "backups" / ".clepsydra-20260101T000000Z-daily.db.0a1b2c3d.partial"
    left.write_bytes(b"half")
    assert leftovers.clear(Home(cli.home)) == []
    os.utime(left, (0, 0))
    assert leftovers.clear(Home(cli.home)) == [left]


def test_a_file_that_was_written_leaves_nothing(tmp_path: Path):
    write_private(tmp_path / "a", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_disk_too_full_for_the_backup_does_not_deny_what_was_done(cli: Cli, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("clepsydra.store.backups.daily", full)
    answer = cli.ok("add", "acme", "11:00", "12:00")
    assert "too full for today’s backup" in answer.err
    assert "nothing was changed" not in answer.err
    assert len(cli.log()) == 2
