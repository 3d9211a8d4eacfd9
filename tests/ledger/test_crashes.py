"""Killed at any moment, on a full disk, on a read-only one, two at once: nothing finished is lost, nothing doubled."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clepsydra.ledger import editing, recovery, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.failures import explained
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from clepsydra.store.opening import open_log
from tests.ledger.workbench import HOUR, MONDAY, Desk

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("LEDGER_KILLS", "40"))

WORKER = """
import sys
from itertools import count
from clepsydra.ledger import editing, history, recovery, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.timers import Work
from tests.ledger.workbench import Desk

desk = Desk.at(sys.argv[1], int(sys.argv[2]))
ledger = desk.ledger
watcher = recovery.enter(ledger)
print("ready", flush=True)
for n in count():
    session = timers.start(ledger, Work(("acme", "brel", "cafe")[n % 3], note=str(n)))
    desk.wait(20)
    recovery.beat(ledger, watcher)
    print("begun", session.id, flush=True)
    desk.wait(20)
    timers.stop(ledger)
    print("ended", session.id, session.started_at, desk.now, flush=True)
    if n % 7 == 3:
        editing.add(ledger, Work("dore"), desk.now - 60, desk.now)
        editing.touch(ledger, Work("acme", channel="message"))
        history.undo(ledger)
    if n % 11 == 5:
        issued = statements.issue(ledger, "brel")
        print("issued", issued.number, flush=True)
        statements.void(ledger, issued.number, "again")
    print("now", desk.now, flush=True)
"""


def spawn(code: str, *arguments: object) -> subprocess.Popen:
    """A process of its own at the same log; what it has done it says, line by line."""
    path = os.pathsep.join([str(ROOT / "app"), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip


def test_killed_again_and_again(tmp_path):
    """Each time a sudden death at another moment; then what it said was done is there, and what ran is asked about."""
    log, now, chance = tmp_path / "clepsydra.db", MONDAY, random.Random(4)
    finished: dict[str, tuple[int, int]] = {}
    asked = 0
    for _ in range(KILLS):
        worker = spawn(WORKER, log, now)
        assert worker.stdout.readline() == "ready\n"
        said = [worker.stdout.readline().split() for _ in range(chance.randrange(12))]  # how far, on any machine
        time.sleep(chance.random() * 0.005)
        os.kill(worker.pid, signal.SIGKILL)
        said += [line.split() for line in worker.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        worker.wait()
        worker.stdout.close()
        finished |= {line[1]: (int(line[2]), int(line[3])) for line in said if line[0] == "ended"}
        latest = max([now, *(int(line[-1]) for line in said if line[0] in ("now", "ended"))])

        desk = Desk.at(log, latest + 2 * HOUR)
        held = {s.id: (s.started_at, s.ended_at) for s in desk.all()}
        assert finished.items() <= held.items()
        running = timers.running(desk.ledger)
        doubts = recovery.look_back(desk.ledger, alive=lambda pid: False, boot=lambda: 0)
        assert [doubt.session.id for doubt in doubts] == [s.id for s in running]
        for doubt in doubts:
            asked += 1
            assert doubt.session.started_at <= doubt.seen_until <= latest + 40
            ended = chance.choice([recovery.cut, recovery.keep])(desk.ledger, doubt.session.id)
            if ended.running:
                timers.stop(desk.ledger)
        assert recovery.doubts(desk.ledger) == []
        assert [str(breach.what) for breach in verify(desk.ledger)] == []
        now = desk.wait(60)
        finished |= {s.id: (s.started_at, s.ended_at) for s in desk.all()}
        desk.ledger.db.close()
    assert len(finished) > KILLS
    assert asked > KILLS / 10


STORM = """
import sys
from clepsydra.ledger import timers
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from tests.ledger.workbench import Desk

desk = Desk.at(sys.argv[1])
me, done = sys.argv[2], 0
while done < 60:
    desk.wait(1)
    try:
        if done % 2:
            timers.stop(desk.ledger)
        else:
            timers.start(desk.ledger, Work("acme", note=f"{me} {done}"))
    except Refused:
        pass  # the other one was quicker
    done += 1
desk.ledger.db.close()
"""


def test_two_at_once_neither_lose_nor_double(tmp_path):
    """Both open a log that does not exist yet, then start and stop against each other: one timer runs at a time."""
    log = tmp_path / "clepsydra.db"
    workers = [spawn(STORM, log, name) for name in ("one", "two", "three")]
    for worker in workers:
        worker.communicate(timeout=60)
        assert worker.returncode == 0
    desk = Desk.at(log, MONDAY + HOUR)
    found = desk.all()
    begun = [s.note for s in found]
    assert len(begun) == len(set(begun)) >= 30
    assert len(timers.running(desk.ledger)) <= 1
    assert [str(breach.what) for breach in verify(desk.ledger)] == []


def test_each_sees_what_the_other_did_at_its_next_look(tmp_path):
    """The mark that a tick looks at moves with every change of another process, and the figures follow."""
    one, two = (Desk.at(tmp_path / "clepsydra.db") for _ in range(2))
    live = Live(one.ledger)
    assert live.refresh()
    assert not live.refresh()
    timers.start(two.ledger, Work("acme"))
    assert live.refresh()
    assert [run.session.client for run in live.at(one.now + 900).running] == ["acme"]
    recovery.beat(two.ledger, recovery.enter(two.ledger))
    assert not live.refresh(), "a sign of life changes no figure"
    two.wait(900)
    timers.stop(two.ledger)
    one.wait(900)
    assert live.refresh()
    assert live.at(one.now).unbilled["acme"].figures.billed_seconds == 900


def fill(connection: sqlite3.Connection) -> None:
    """Leave no page free."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def deeds(desk: Desk, session_id: str, number: str):
    """One of each that writes much."""
    yield lambda: timers.start(desk.ledger, Work("brel", note="x" * 10_000))
    yield lambda: editing.edit(desk.ledger, session_id, editing.Edit(note="y" * 10_000))
    yield lambda: editing.split(desk.ledger, session_id, desk.now - 60)
    yield lambda: statements.issue(desk.ledger, "acme")
    yield lambda: statements.void(desk.ledger, number, "z" * 10_000)


@pytest.mark.parametrize("which", range(5))
def test_a_full_disk_refuses_whole_changes_and_loses_nothing(tmp_path, which):
    desk = Desk.at(tmp_path / "clepsydra.db")
    session = editing.add(desk.ledger, Work("acme", note="n" * 3000), desk.now - HOUR, desk.now)
    editing.add(desk.ledger, Work("brel"), desk.now - HOUR, desk.now)
    number = statements.issue(desk.ledger, "brel").number
    while True:  # use up what room is left inside the last pages
        fill(desk.ledger.db)
        try:
            editing.add(desk.ledger, Work("own", note="m" * 500), desk.now - 60, desk.now)
        except sqlite3.OperationalError:
            break
    before = desk.all()
    with pytest.raises(sqlite3.OperationalError) as caught:
        list(deeds(desk, session.id, number))[which]()
    assert "full" in str(explained(caught.value))
    assert not desk.ledger.db.in_transaction
    assert desk.all() == before
    assert [str(breach.what) for breach in verify(desk.ledger)] == []
    desk.ledger.db.execute("PRAGMA max_page_count = 1073741823")
    list(deeds(desk, session.id, number))[which]()
    assert [str(breach.what) for breach in verify(desk.ledger)] == []


LIMITED = """
import resource, signal, sqlite3, sys
from clepsydra.ledger import editing
from clepsydra.ledger.timers import Work
from tests.ledger.workbench import Desk

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk.at(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
done = 0
try:
    while True:
        editing.add(desk.ledger, Work("acme", note="n" * 2000), desk.now - 60, desk.now)
        done += 1
except sqlite3.OperationalError as error:
    print(done, error.sqlite_errorname, desk.ledger.db.in_transaction, len(desk.all()))
"""


def test_a_file_that_may_not_grow_loses_nothing(tmp_path):
    """The real write fails in the middle of a transaction, as on a disk that has just become full."""
    worker = spawn(LIMITED, tmp_path / "clepsydra.db")
    done, error, open_still, held = worker.communicate(timeout=60)[0].split()
    assert error.startswith(("SQLITE_FULL", "SQLITE_IOERR"))
    assert open_still == "False"
    assert int(done) == int(held) > 10
    desk = Desk.at(tmp_path / "clepsydra.db")
    assert len(desk.all()) == int(done)
    assert [str(breach.what) for breach in verify(desk.ledger)] == []


def test_a_read_only_log_can_be_read_and_says_so_when_written(tmp_path):
    desk = Desk.at(tmp_path / "clepsydra.db")
    editing.add(desk.ledger, Work("acme"), desk.now - HOUR, desk.now)
    desk.ledger.db.execute("PRAGMA query_only = ON")  # what file permissions are to anybody but root
    live = Live(desk.ledger)
    live.refresh()
    assert live.at(desk.now).unbilled["acme"].figures.billed_seconds == HOUR
    with pytest.raises(sqlite3.OperationalError) as caught:
        timers.start(desk.ledger, Work("acme"))
    assert "cannot be written" in str(explained(caught.value))
    assert sessions.count(desk.ledger.db) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_files_and_folders_without_permission_are_explained(tmp_path):
    log = tmp_path / "home" / "clepsydra.db"
    log.parent.mkdir()
    open_log(log).close()
    log.chmod(0o400)
    log.parent.chmod(0o500)
    try:
        with pytest.raises((sqlite3.OperationalError, OSError)) as caught:
            timers.start(Desk.at(log).ledger, Work("acme"))
        assert explained(caught.value) is not None
    finally:
        log.parent.chmod(0o700)
