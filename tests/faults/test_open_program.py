"""The log's file attacked while a program has it open: said within the next beat, nothing is promised that the log has
not got, what was held is found again.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.program import Screen, environment, new_home, say

LOG = "clepsydra.db"
MISSED = ("gone", "another file stands", "damaged from outside", "taken away", "A backup was restored", "may no longer",
          "was exchanged")  # fmt: skip


def into_file(home: Path) -> None:
    """All that waits beside the log is in the log itself: nothing of what follows is mended by it."""
    with closing(sqlite3.connect(home / LOG)) as log:
        log.execute("PRAGMA wal_checkpoint(RESTART)")


def removed(home: Path) -> None:
    (home / LOG).unlink()


def removed_whole(home: Path) -> None:
    for path in home.glob(f"{LOG}*"):
        path.unlink()


def swapped(home: Path) -> None:
    (home.parent / "other" / "home" / LOG).replace(home / LOG)


def replaced_by_rubbish(home: Path) -> None:
    rubbish = home.parent / "rubbish"
    rubbish.write_bytes(b"dear client" * 9000)
    rubbish.replace(home / LOG)


def cut(home: Path) -> None:
    into_file(home)
    os.truncate(home / LOG, 8192)


def emptied(home: Path) -> None:
    os.truncate(home / LOG, 0)


def written_over(home: Path) -> None:
    content = (home.parent / "other" / "home" / LOG).read_bytes()
    into_file(home)
    with (home / LOG).open("r+b") as log:
        log.write(content)
        log.truncate()


def scratched(home: Path) -> None:
    into_file(home)
    with (home / LOG).open("r+b") as log:
        for place in range(4096 * 3, (home / LOG).stat().st_size, 8192):
            log.seek(place + 8)
            log.write(b"\xa5" * 300)


def exchanged(home: Path) -> None:
    """As programs do that keep folders in step between machines."""
    copy = home.parent / "copy"
    shutil.copy(home / LOG, copy)
    copy.replace(home / LOG)


def wal_taken_away(home: Path) -> None:
    (home / f"{LOG}-wal").unlink()


def index_taken_away(home: Path) -> None:
    (home / f"{LOG}-shm").unlink()


def wal_emptied(home: Path) -> None:
    os.truncate(home / f"{LOG}-wal", 0)


def folder_moved(home: Path) -> None:
    home.rename(home.with_name("elsewhere"))


def restored_over(home: Path) -> None:
    (copy,) = (home / "backups").glob("*-made.db")
    assert say(home, "restore", str(copy)).returncode == 0


ATTACKS = [
    removed, removed_whole, swapped, replaced_by_rubbish, cut, emptied, written_over, scratched, wal_taken_away,
    index_taken_away, wal_emptied, exchanged, folder_moved, restored_over,
]  # fmt: skip


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a backup, and another person's."""
    folder = tmp_path_factory.mktemp("templates")
    home = new_home(folder)
    assert say(home, "backup").returncode == 0
    (folder / "other").mkdir()
    new_home(folder / "other", 1)
    return folder


@pytest.fixture
def home(tmp_path: Path, templates: Path) -> Path:
    shutil.copytree(templates, tmp_path, dirs_exist_ok=True)
    return tmp_path / "home"


@pytest.fixture
def screen(home: Path) -> Iterator[Screen]:
    screen = Screen(home)
    assert screen.until("quit")
    yield screen
    screen.close()


def everywhere(folder: Path) -> Iterator[str]:
    """What every log, every copy and every rescued row in a folder says of messages."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json" and "rescued" in path.name:
            yield from (row["note"] for row in json.loads(path.read_text())["session"] if row["channel"] == "message")
        elif path.suffix == ".db" and path.read_bytes()[:6] == b"SQLite":
            with closing(sqlite3.connect(path)) as log:
                try:
                    yield from (row[0] for row in log.execute("SELECT note FROM session WHERE channel = 'message'"))
                except sqlite3.DatabaseError:
                    continue


def minutes_logged(home: Path) -> list[int]:
    said = say(home, "log", "--json")
    sessions = json.loads(said.stdout)["sessions"] if said.returncode == 0 else []
    return sorted(each["exact_seconds"] // 60 for each in sessions if each["channel"] == "message")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_promised_that_the_log_has_not_got(tmp_path: Path, home: Path, screen: Screen, attack):
    screen.type("m3")
    assert screen.until("3 min logged")
    before = len(screen.drawn)
    attack(home)
    assert screen.until_any(MISSED, before), screen.text(before)
    after = len(screen.drawn)
    screen.type("m5")
    screen.read(1.5)
    promised = "5 min logged" in screen.text(after)
    screen.type("\x1b")
    screen.read(0.5)
    screen.type("\x11")
    screen.ended()
    home = home if home.exists() else home.with_name("elsewhere")
    assert (5 in minutes_logged(home)) == promised
    if 3 not in minutes_logged(home):
        assert any(True for _ in everywhere(tmp_path)), "what was logged before is kept somewhere"


def test_what_is_held_is_put_back_with_one_key(home: Path, screen: Screen):
    screen.type("m3")
    assert screen.until("3 min logged")
    before = len(screen.drawn)
    removed_whole(home)
    assert screen.until("put back", before)
    before = len(screen.drawn)
    screen.type("p")
    assert screen.until("opened again", before)
    screen.type("m5")
    assert screen.until("5 min logged", before)
    screen.type("\x11")
    screen.ended()
    assert minutes_logged(home) == [3, 5]
    assert say(home, "verify").stdout == "5 sessions, every law holds\n"


def test_a_folder_that_comes_back_is_taken_up_again(home: Path, screen: Screen):
    before = len(screen.drawn)
    folder_moved(home)
    assert screen.until("move it back", before)
    home.with_name("elsewhere").rename(home)
    assert screen.until("is back", before)
    screen.type("m5")
    assert screen.until("5 min logged", before)


def test_work_reaches_the_file_itself(home: Path, screen: Screen):
    """Within the minute; here at the first moment after which it is due."""
    screen.type("m3")
    assert screen.until("3 min logged")
    end = time.monotonic() + 60
    copy = home.parent / "file.db"
    found = 0
    while not found and time.monotonic() < end:
        screen.read(2)
        copy.write_bytes((home / LOG).read_bytes())
        with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as log:
            found = log.execute("SELECT count(*) FROM session WHERE channel = 'message'").fetchone()[0]
    assert found == 1


def test_another_program_that_holds_the_log_does_not_stop_the_clock(home: Path, screen: Screen):
    assert say(home, "start", "acme").returncode == 0
    assert screen.until("Acme")
    with closing(sqlite3.connect(home / LOG, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        before = len(screen.drawn)
        screen.type(" ")
        assert screen.until("program is holding the log", before)
        shown: list[str] = []
        for _ in range(3):
            before = len(screen.drawn)
            screen.read(2.2)
            shown += [screen.text(before)] if len(screen.drawn) > before else []
        other.execute("ROLLBACK")
    assert len(shown) == 3, "every look saw the clock move"
    before = len(screen.drawn)
    screen.type(" ")
    assert screen.until("stopped after", before)
    assert json.loads(say(home, "status", "--json").stdout)["running"] == []


class Watching:
    """`clepsydra watch` with what it prints."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, "-m", "clepsydra", "--home", str(home), "watch"]
        self.out = home.parent / "said"
        with self.out.open("w") as out:
            self.process = subprocess.Popen(command, env=environment(), stdout=out, stderr=subprocess.STDOUT)

    def until(self, words: str) -> bool:
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            if re.search(words, self.out.read_text()):
                return True
            time.sleep(0.1)
        return re.search(words, self.out.read_text()) is not None


@pytest.fixture
def watching(home: Path) -> Iterator[Watching]:
    watching = Watching(home)
    yield watching
    watching.process.terminate()
    watching.process.wait(20)


def test_the_watcher_says_it_too_and_goes_on_once_it_is_mended(home: Path, watching: Watching):
    assert watching.until("calls")
    removed_whole(home)
    assert watching.until("is gone")
    kept = re.search(r"clepsydra restore (\S+rescued\.db)", watching.out.read_text())
    assert kept
    assert say(home, "restore", kept[1]).returncode == 0
    assert watching.until("opened again")
    watching.process.terminate()
    assert watching.process.wait(20) == 0
    assert say(home, "verify").stdout == "3 sessions, every law holds\n"


def test_the_watcher_waits_while_another_program_holds_the_log(home: Path, watching: Watching):
    assert watching.until("calls")
    with closing(sqlite3.connect(home / LOG, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(1.5)
        other.execute("ROLLBACK")
    assert watching.process.poll() is None


def test_a_file_that_may_no_longer_be_opened_is_said(home: Path):
    """As anybody but root: the rights of the log are taken away under an open connection."""
    from clepsydra.store.custody import Custody, Trouble

    custody = Custody(home / LOG)
    assert custody.look() is None
    refuse: Callable[..., bool] = lambda *_: False  # noqa: E731
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "access", refuse)
        assert custody.look() is Trouble.SHUT
    assert custody.look() is None


@pytest.mark.parametrize("attack", [wal_taken_away, index_taken_away])
def test_several_programs_agree_on_what_the_log_is(home: Path, screen: Screen, watching: Watching, attack):
    """One puts a whole copy in its place, the others follow; nobody writes meanwhile, nothing is mixed."""
    other = Screen(home)
    try:
        assert other.until("quit")
        assert watching.until("calls")
        screen.type("m3")
        assert screen.until("3 min logged")
        marks = len(screen.drawn), len(other.drawn)
        attack(home)
        assert screen.until("opened again", marks[0])
        assert other.until("opened again", marks[1])
        assert watching.until("opened again")
        screen.type("m5")
        assert screen.until("5 min logged", marks[0])
        other.type("m7")
        assert other.until("7 min logged", marks[1])
        for each in (screen, other):
            each.type("\x11")
            assert each.ended() == 0
    finally:
        other.close()
    assert minutes_logged(home) == [3, 5, 7]
    assert say(home, "verify").stdout == "6 sessions, every law holds\n"
