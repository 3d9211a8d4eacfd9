"""The program as a process of its own: its command line, and the full screen in a pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
PATIENCE = 40.0
"""Seconds after which what has not come will not come: no measure of anything."""

SETTINGS = 'language = "en"\ntime_zone = "Europe/Paris"\n[calls]\nevidence = "off"\n'
CLIENT = """
name = "Acme"
currency = "EUR"
time_zone = "Europe/Paris"
[[rates]]
from = 2026-01-01
hourly = "120.00"
"""


def environment(**more: str) -> dict[str, str]:
    """Nothing of whoever runs the tests but the path of programs."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(APP), **more}


def new_home(folder: Path, sessions: int = 3) -> Path:
    """A home with one client and a few sessions of October."""
    home = folder / "home"
    (home / "clients").mkdir(parents=True)
    (home / "settings.toml").write_text(SETTINGS)
    (home / "clients" / "acme.toml").write_text(CLIENT)
    for day in range(1, sessions + 1):
        say(home, "add", "acme", f"2026-10-{day:02d} 9:00", f"2026-10-{day:02d} 10:00", f"work of day {day}")
    return home


def say(home: Path, *words: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """One command in a process of its own."""
    command = [sys.executable, "-m", "clepsydra", "--home", str(home), *words]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


class Screen:
    """The full screen in a pseudo-terminal: keys in, what it draws out."""

    def __init__(self, home: Path, *words: str) -> None:
        self.drawn = bytearray()
        self.status: int | None = None
        command = [sys.executable, "-m", "clepsydra", "--home", str(home), *words]
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            os.execvpe(command[0], command, environment(TERM="xterm-256color"))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def read(self, seconds: float) -> None:
        """Take what is drawn for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._more(left):
            pass

    def _more(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.drawn += data
        return bool(data)

    def text(self, since: int = 0) -> str:
        """What was drawn since a place, without the codes that place and colour it, on one line."""
        plain = re.sub(
            rb"\x1b(\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])", b" ", bytes(self.drawn[since:])
        )
        return re.sub(r"\s+", " ", plain.decode("utf-8", "replace").replace("\xa0", " "))

    def until(self, words: str, since: int = 0) -> bool:
        """Whether words come to be drawn."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if words in self.text(since):
                return True
            self.read(0.1)
        return False

    def until_any(self, words: tuple[str, ...], since: int) -> bool:
        """Whether any of these words comes to be drawn, whatever the case of its first letter."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = self.text(since).casefold()
            if any(each.casefold() in text for each in words):
                return True
            self.read(0.1)
        return False

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.terminal, keys.encode())

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        os.close(self.terminal)
        self.terminal = -1

    def tell(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def ended(self) -> int:
        """Wait for the end; returns the exit code, of a signal its number below zero."""
        end = time.monotonic() + PATIENCE
        while self.status is None and time.monotonic() < end:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = status
            elif self.terminal >= 0:
                self.read(0.05)
            else:
                time.sleep(0.05)
        assert self.status is not None, f"still there: {self.text()[-500:]}"
        return os.waitstatus_to_exitcode(self.status)

    def close(self) -> None:
        """End what has not ended."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = 0
        if self.terminal >= 0:
            self.hang_up()
