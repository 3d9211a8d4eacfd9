"""Standard streams that are full or closed, a signal, a terminal that is gone, a fault: one line, and all in order."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from clepsydra.ledger import crash_report
from tests.faults.program import Screen, environment, new_home, say

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_home(tmp_path_factory.mktemp("streams"))


def shell(home: Path, words: str, redirection: str, **more: str) -> "subprocess.CompletedProcess[str]":
    command = f'exec "{sys.executable}" -m clepsydra --home "{home}" {words} {redirection}'
    return subprocess.run(
        ["sh", "-c", command], env=environment(**more), capture_output=True, text=True, timeout=60, check=False
    )


@FULL
@pytest.mark.parametrize("buffering", [{}, {"PYTHONUNBUFFERED": "1"}])
@pytest.mark.parametrize("words", ["log", "log --json", "--version", "--help", "export csv", "status"])
def test_a_full_standard_output_is_one_line(home: Path, words: str, buffering: dict[str, str]):
    said = shell(home, words, "> /dev/full", **buffering)
    assert (said.returncode, said.stderr) == (
        1, "clepsydra: standard output: the disk is full, not all of the answer could be written\n",
    )  # fmt: skip


@pytest.mark.parametrize("words", ["log", "--version", "status"])
def test_a_closed_standard_output_is_one_line(home: Path, words: str):
    said = shell(home, words, ">&-")
    assert (said.returncode, said.stderr) == (
        1, "clepsydra: standard output is closed: the answer could not be written\n",
    )  # fmt: skip


def test_no_file_gets_the_number_of_a_closed_stream(home: Path):
    assert shell(home, "log", "<&- >&- 2>&-").returncode == 1
    assert say(home, "verify").stdout.endswith(" sessions, every law holds\n")


@FULL
def test_a_full_standard_error_changes_no_exit_code(home: Path):
    assert shell(home, "nonsense", "2> /dev/full").returncode == 2
    assert shell(home, "log", "2> /dev/full").returncode == 0


def watchers(home: Path) -> int:
    with closing(sqlite3.connect(home / "clepsydra.db")) as log:
        return int(log.execute("SELECT count(*) FROM watcher").fetchone()[0])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, None])
def test_the_screen_is_left_in_order(home: Path, how: signal.Signals | None):
    """Told to end, or its terminal gone: no instance stays behind in the log, whose timers would then be doubted."""
    screen = Screen(home)
    try:
        assert screen.until("quit")
        end = time.monotonic() + 20
        while not watchers(home) and time.monotonic() < end:
            screen.read(0.1)
        assert watchers(home) == 1
        if how is None:
            screen.hang_up()
        else:
            screen.tell(how)
        assert screen.ended() == 128 + (how or signal.SIGHUP)
        if how:
            assert b"\x1b[?1049l" in screen.drawn, "the terminal is given back as it was"
    finally:
        screen.close()
    assert watchers(home) == 0
    assert not (home / "clepsydra.log").exists()


def test_a_crash_report_names_places_in_the_program_and_no_client(tmp_path: Path):
    def bill(client: str) -> None:
        try:
            int(f"secret of {client}")
        except ValueError as error:
            raise RuntimeError(f"cannot bill {client}") from error

    with pytest.raises(RuntimeError) as caught:
        bill("Müller & Söhne")
    assert crash_report.keep(caught.value, tmp_path / "clepsydra.log")
    text = (tmp_path / "clepsydra.log").read_text()
    assert "Müller" not in text
    assert "secret" not in text
    assert "builtins.RuntimeError" in text
    assert "builtins.ValueError" in text
    assert "test_streams.py" in text
    assert (tmp_path / "clepsydra.log").stat().st_mode & 0o077 == 0


def test_a_fault_of_the_screen_is_kept_without_what_was_typed(home: Path):
    from clepsydra.settings.home import Home
    from clepsydra.tui.app import Clepsydra

    app = Clepsydra(Home(home), environment(TERM="xterm-256color"))

    async def fall() -> None:
        async with app.run_test() as pilot:
            app.call_later(lambda: {}["Acme’s secret"])
            await pilot.pause()

    with pytest.raises(KeyError):
        asyncio.run(fall())
    file = home / "clepsydra.log"
    assert "KeyError" in app.fault
    assert "secret" not in file.read_text()
    file.unlink()


def test_a_command_that_is_told_to_end_leaves_nothing_half_done(home: Path, tmp_path: Path):
    lines = ["client,started_at,ended_at"]
    for day in range(1, 29):
        for hour in range(24):
            for minute in range(0, 60, 10):
                at = f"2026-09-{day:02d}T{hour:02d}:{minute:02d}"
                lines.append(f"acme,{at}:00+02:00,{at}:30+02:00")
    (tmp_path / "many.csv").write_text("\n".join(lines))
    command = [
        sys.executable,
        "-m",
        "clepsydra",
        "--home",
        str(home),
        "import",
        "csv",
        str(tmp_path / "many.csv"),
        "--yes",
    ]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True)
    while not (home / "clepsydra.db-wal").exists() and process.poll() is None:  # on a busy machine it begins late
        time.sleep(0.01)
    time.sleep(0.2)
    process.terminate()
    said = process.communicate(timeout=60)[1]
    assert process.returncode in (143, 0)
    assert "Traceback" not in said
    assert say(home, "verify").returncode == 0
    sessions = 3 + (len(lines) - 1) * (process.returncode == 0)
    with closing(sqlite3.connect(home / "clepsydra.db")) as log:
        assert log.execute("SELECT count(*) FROM session").fetchone()[0] == sessions
