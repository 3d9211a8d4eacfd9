"""A program in a terminal of its own, watched from outside: what it shows, how long that takes, what it costs."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from pathlib import Path


class Screen:
    """A child process on a pseudo terminal of 120 columns and 40 lines."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._begin = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._seen = b""

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *failure: object) -> None:
        os.kill(self._pid, signal.SIGTERM)
        self.rest(0.3)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    @property
    def written(self) -> bytes:
        """Everything that was written to the terminal so far."""
        return self._seen

    def until(self, text: str, limit: float = 60) -> float:
        """Milliseconds from the start of the program until `text` is on its screen."""
        wanted = text.encode()
        end = time.perf_counter() + limit
        while wanted not in self._seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{text!r} never came: {self._seen[-300:]!r}")
            self._read(1)
        return (time.perf_counter() - self._begin) * 1000

    def brings(self, key: str, text: str, quiet_for: float = 0.6) -> float:
        """Milliseconds from a key until `text`, which was not there before, is on the screen."""
        self._drain(quiet_for)
        self._seen, self._begin = b"", time.perf_counter()
        os.write(self._fd, key.encode())
        return self.until(text)

    def costs(self, key: str, text: str) -> float:
        """The same in milliseconds of processor, of all threads; what was asked for before it is let finish first."""
        self._come_to_rest()
        before = self.processor_ms()
        self.brings(key, text, quiet_for=0)
        return self.processor_ms() - before

    def _come_to_rest(self) -> None:
        """Let it run until half a second costs no more than the clock on the screen, for ten seconds at most."""
        for _ in range(20):
            before = self.processor_ms()
            self.rest(0.5)
            if self.processor_ms() - before < 25:
                return

    def press(self, key: str) -> float:
        """Milliseconds from a key to the first bytes that answer it; what follows is read too."""
        self._drain(0.6)
        begin = time.perf_counter()
        os.write(self._fd, key.encode())
        self._read(10)
        answered = (time.perf_counter() - begin) * 1000
        self._drain(0.5)
        return answered

    def send(self, keys: str) -> None:
        """Type, and wait for nothing."""
        os.write(self._fd, keys.encode())

    def paints(self, key: str, limit: float) -> tuple[float, float] | None:
        """Milliseconds from a key to the next bytes that are written, whatever else goes on: of the clock, and of the
        processor in the thread that draws. None where nothing is written in `limit` seconds.
        """
        before, begin = self._spent(self._pid), time.perf_counter()
        os.write(self._fd, key.encode())
        if not self._read(limit, quiet=True):
            return None
        return (time.perf_counter() - begin) * 1000, self._spent(self._pid) - before

    def rest(self, seconds: float) -> None:
        """Let it run, reading what it writes."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(min(left, 0.2), quiet=True)

    def cpu_seconds(self) -> float:
        """Processor time of the program so far."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def processor_ms(self) -> float:
        """The same in milliseconds, to the microsecond, of all threads, ended ones too."""
        return time.clock_gettime(~self._pid << 3 | 2) * 1000  # the clock of another process, as Linux names it

    def _spent(self, task: int) -> float:
        return int(Path(f"/proc/{self._pid}/task/{task}/schedstat").read_text().split()[0]) / 1e6

    def memory_mb(self) -> float:
        """Resident memory of the program."""
        lines = Path(f"/proc/{self._pid}/status").read_text().splitlines()
        line = next(line for line in lines if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _drain(self, quiet_for: float) -> None:
        while self._read(quiet_for, quiet=True):
            pass

    def _read(self, seconds: float, *, quiet: bool = False) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            self._seen = (self._seen + os.read(self._fd, 65_536))[-400_000:]
        except OSError:
            if quiet:
                return False
            raise
        return True
