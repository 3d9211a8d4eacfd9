"""A full disk, and a disk that fails, at exact changes: what was said to be done is there, and every law holds."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clepsydra.ledger import editing, leftovers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.store import backups, given_numbers
from clepsydra.store.database import connect_to_read
from tests.faults.program import APP, environment
from tests.ledger.workbench import HOUR, MONDAY, Desk

FULL_DISKS = int(os.environ.get("FULL_DISKS", "5"))
DISK_ERRORS = int(os.environ.get("DISK_ERRORS", "4"))
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that refuses, built with the machine's own compiler."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler here")
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a statement, as it was before the disk refused."""
    home = Home(tmp_path_factory.mktemp("template") / "home")
    home.ensure()
    desk = Desk.at(home.database)
    editing.add(desk.ledger, Work("acme"), MONDAY - HOUR, MONDAY)
    statements.issue(desk.ledger, "acme")
    desk.ledger.db.close()
    return home.path


def work(disk: Path, home: Path, worker: str = "tests.faults.worker", **fault: str) -> list[list[str]]:
    """What the worker said of each step, until it was killed or done."""
    told = environment(
        PYTHONPATH=os.pathsep.join([str(APP), str(ROOT)]), LD_PRELOAD=str(disk), FAULT_UNDER=str(home), **fault
    )
    command = [sys.executable, "-m", worker, str(home), str(MONDAY)]
    ended = subprocess.run(command, env=told, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    if ended.returncode and not (ended.returncode == -signal.SIGKILL and "FAULT_KILL" in fault):
        # Nothing was open yet: the log itself could not be opened, and said so.
        assert not ended.stdout, ended.stderr
        assert "sqlite3." in ended.stderr or "OSError" in ended.stderr, ended.stderr
    return [line.split() for line in ended.stdout.splitlines()]


def proven(home: Path, said: list[list[str]]) -> None:
    """Nothing that was done is missing, nothing is doubled, and the home goes on."""
    desk = Desk.at(home / "clepsydra.db", MONDAY + 100 * HOUR)
    ids = {session.id for session in desk.all()}
    issued = {statement.number for statement in statements.listed(desk.ledger)}
    for state, step, *what in said:
        if state == "done" and step in ("add", "stop"):
            assert what[0] in ids
        if state == "done" and step in ("issue", "void"):
            assert what[0] in issued
        if state == "done" and step == "back_up":
            with closing(connect_to_read(Path(what[0]))) as copy:
                assert backups.problem(copy) is None
    assert [str(breach.what) for breach in verify(desk.ledger)] == []
    editing.add(desk.ledger, Work("acme"), desk.now - HOUR, desk.now)
    number = statements.issue(desk.ledger, "acme").number
    assert number == f"2026-{len(issued) + 1:04d}", "no number was lost"
    assert given_numbers.read(home).highest("2026") == len(issued) + 1
    assert [str(breach.what) for breach in verify(desk.ledger)] == []
    desk.ledger.db.close()
    leftovers.clear(Home(home))
    assert list(home.rglob("*.tmp")) == []


def places(disk: Path, template: Path, folder: Path, count: int, worker: str = "tests.faults.worker") -> list[int]:
    """So many changes of the disk, spread over all that the work makes."""
    home = folder / "counted"
    shutil.copytree(template, home)
    said = work(disk, home, worker, FAULT_COUNT=str(folder / "count"))
    assert {line[0] for line in said} == {"done"}
    most = int((folder / "count").read_text())
    assert most > 100
    return [1 + most * (2 * n + 1) // (2 * count) for n in range(count)]


@pytest.mark.parametrize(
    ("name", "times", "fault"),
    [
        ("full", FULL_DISKS, {"FAULT_ERRNO": str(errno.ENOSPC)}),
        ("failing", DISK_ERRORS, {"FAULT_ERRNO": str(errno.EIO), "FAULT_ONCE": "1"}),
    ],
)
def test_a_disk_that_refuses_loses_nothing(
    disk: Path, template: Path, tmp_path: Path, name: str, times: int, fault: dict[str, str]
):
    refused = 0
    for place in places(disk, template, tmp_path, times):
        home = tmp_path / f"{name}-{place}"
        shutil.copytree(template, home)
        said = work(disk, home, FAULT_AT=str(place), **fault)
        refused += any(line[0] == "refused" for line in said) or not said
        proven(home, said)
        shutil.rmtree(home)
    assert refused >= times * 3 // 4
