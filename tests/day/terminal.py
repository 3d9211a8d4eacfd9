"""The program as a person has it: in a real terminal, under real keys, with a clock that the test moves.

tmux is the terminal and libfaketime the clock: the program's time of day stands still until it is moved, while its
steady clock runs on, as it does in a machine that sleeps. So a day ends with the same log to the second each time.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

APP = Path(__file__).parents[2] / "app"
PATIENCE = 60.0
"""Seconds after which a text that has not come will not come: no measure of anything."""
KEYS = ("Enter", "Escape", "Space", "Tab", "Down", "Right", "C-p")
"""What is pressed by its name; all else is typed."""


@cache
def fake_clock() -> str:
    """The library that moves a program's clock, where there is one."""
    places = ("lib/*/faketime/libfaketime.so.1", "lib*/faketime/libfaketime.so.1")
    return next((str(path) for place in places for path in Path("/usr").glob(place)), "")


def clock_environment(clock: Path) -> dict[str, str]:
    """What makes a program take its time of day from a file, and nothing else but its own clock."""
    return {
        "LD_PRELOAD": fake_clock(), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
    }  # fmt: skip


def missing() -> str:
    """What the machine lacks to run a day in a terminal, by the names of its packages."""
    return ", ".join(name for name, there in (("tmux", shutil.which("tmux")), ("faketime", fake_clock())) if not there)


def gone(text: str) -> str:
    """A pattern of a screen without that text."""
    return rf"(?s)\A(?!.*{text})"


class Terminal:
    """A terminal of its own with the program in it; `folder` keeps its home, its clock and its socket."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self.home = folder / "home"
        self._folder, self._clock, self._size = folder, folder / "clock", (width, height)
        self._room = tempfile.TemporaryDirectory(prefix="tmux")  # a socket's path may not be long

    def close(self) -> None:
        """End the program and its terminal."""
        self._tmux("kill-server", check=False)
        self._room.cleanup()

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "HOME": str(self._folder), "LANG": "C.UTF-8", "TZ": "Europe/Paris",
            "PYTHONPATH": str(APP), "CLEPSYDRA_HOME": str(self.home), **clock_environment(self._clock),
        }  # fmt: skip

    def open(self) -> None:
        """Open the program: the first time with its terminal, then again in the same one."""
        given = [f"{name}={value}" for name, value in self._environment.items()]
        program = ["env", *given, sys.executable, "-m", "clepsydra"]
        if self._tmux("has-session", check=False).returncode:
            width, height = map(str, self._size)
            self._tmux("-u", "-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, "sleep", "600")
            self._tmux("set-option", "-g", "remain-on-exit", "on")
            assert (
                self._tmux("display-message", "-p", "#{pane_width}x#{pane_height}").stdout.strip()
                == f"{width}x{height}"
            )
        self._tmux("respawn-pane", "-k", *program)

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        pid = int(self._tmux("display-message", "-p", "#{pane_pid}").stdout)
        os.kill(pid, signal.SIGKILL)
        self._wait(self.dead, "the program is gone")

    def dead(self) -> bool:
        """Whether the program has ended."""
        return self._tmux("display-message", "-p", "#{pane_dead}").stdout.strip() == "1"

    def ended(self) -> None:
        """Wait until the program has closed."""
        self._wait(self.dead, "the program has closed")

    def at(self, clock: str, day: str = "2026-11-24") -> None:
        """Move the program's clock to a time of a day, forward or back."""
        moved = self._clock.with_suffix(".new")
        moved.write_text(f"{day} {clock}\n", encoding="utf-8")
        moved.replace(self._clock)

    def seen_at(self, clock: str) -> None:
        """Wait until the program has left a sign of life at that time of day: what is after it is unseen."""
        instant = datetime.fromisoformat(f"2026-11-24 {clock}").replace(tzinfo=ZoneInfo("Europe/Paris")).timestamp()
        uri = f"file:{self.home / 'clepsydra.db'}?mode=ro"

        def left() -> bool:
            with closing(sqlite3.connect(uri, uri=True)) as log:
                return bool(log.execute("SELECT 1 FROM watcher WHERE seen_at >= ?", (int(instant),)).fetchone())

        self._wait(left, f"there is a sign of life at {clock}")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them; anything longer than a key is typed."""
        for key in keys:
            self._tmux("send-keys", *(() if key in KEYS else ("-l",)), key)

    def shown(self) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p").stdout

    def until(self, *texts: str) -> None:
        """Wait until all of these are on the screen; each is a pattern."""
        self._wait(lambda: all(re.search(text, self.shown()) for text in texts), f"{texts} are shown")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program on the same home, at the same time of day."""
        command = [sys.executable, "-m", "clepsydra", *words]
        return subprocess.run(
            command, env=self._environment, capture_output=True, encoding="utf-8", check=False, timeout=PATIENCE
        )

    def _tmux(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = ["tmux", "-S", f"{self._room.name}/tmux", *words]
        # A library that reads lines may have put the size of another terminal there, where only C sees it.
        given = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        return subprocess.run(command, env=given, capture_output=True, encoding="utf-8", check=check, timeout=PATIENCE)

    def _wait(self, true, what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, f"waited in vain until {what}:\n{self.shown()}"
            time.sleep(0.05)
