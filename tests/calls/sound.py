"""A private sound server without hardware, and programs that open and close microphones on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

SETUP = """\
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=speakers
load-module module-null-sink sink_name=mic_feed
load-module module-remap-source master=mic_feed.monitor source_name=virt_mic
set-default-sink speakers
set-default-source virt_mic
"""

MISSING = [tool for tool in ("pulseaudio", "pactl", "pacat") if shutil.which(tool) is None]


class SoundServer:
    """PulseAudio in a folder of its own; nothing of the machine's sound is touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "native"
        self.address = f"unix:{self.socket}"
        self._daemon: subprocess.Popen | None = None
        self._programs: list[subprocess.Popen] = []
        self.extra: dict[str, str] = {}
        """More for the environment of the programs."""

    @property
    def environment(self) -> dict[str, str]:
        alone = {"XDG_RUNTIME_DIR": str(self.folder), "HOME": str(self.folder), "PULSE_SERVER": self.address}
        return {**os.environ, **alone, **self.extra}

    def start(self) -> None:
        setup = self.folder / "setup.pa"
        setup.write_text(SETUP.format(socket=self.socket))
        options = ["-n", "-F", str(setup), "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        quiet = ["--realtime=no", "--high-priority=no", "--log-target=null", "--disable-shm=yes"]
        environment = {k: v for k, v in self.environment.items() if k != "PULSE_SERVER"}
        self._daemon = subprocess.Popen(
            ["pulseaudio", *options, *quiet],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: self.pactl("info", check=False) != "", "the sound server answers")

    def kill(self) -> None:
        assert self._daemon is not None
        self._daemon.kill()
        self._daemon.wait()
        self.socket.unlink(missing_ok=True)

    def close(self) -> None:
        for program in self._programs:
            self.end(program)
        if self._daemon is not None and self._daemon.poll() is None:
            self.kill()

    def pactl(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["pactl", *words], env=self.environment, capture_output=True, text=True, timeout=20, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout if done.returncode == 0 else ""

    def program(self, name: str, *words: str, feed: Path | None = None) -> subprocess.Popen:
        """Run a copy of pacat under this name; the server sees a program of that name."""
        copy = self.folder / "programs" / name
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(shutil.which("pacat") or "", copy)
        with (feed or Path("/dev/zero")).open("rb") as source:
            running = subprocess.Popen(
                [str(copy), "--raw", "--latency-msec=200", *words],
                env=self.environment,
                stdin=source,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._programs.append(running)
        return running

    def takes_microphone(self, name: str, device: str = "virt_mic") -> subprocess.Popen:
        return self.program(name, "--record", f"--device={device}")

    def plays(self, name: str, feed: Path | None = None) -> subprocess.Popen:
        return self.program(name, "--playback", "--device=speakers", feed=feed)

    def end(self, program: subprocess.Popen) -> None:
        if program.poll() is None:
            program.kill()
        program.wait()

    def capturing_pids(self) -> set[int]:
        """The processes that capture now, as the server itself says."""
        lines = self.pactl("list", "source-outputs").splitlines()
        return {int(line.split('"')[1]) for line in lines if "application.process.id" in line}


def until(true: Callable[[], bool], what: str, seconds: float = 15.0) -> None:
    """Wait for something to become true; a test that waits in vain fails with its name."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.01)


class FastClock:
    """A clock that runs many times as fast as the world."""

    def __init__(self, times: float, begins: int = 1_795_500_000_000) -> None:
        self.times, self._begins, self._zero = times, begins, time.monotonic()

    def now(self) -> int:
        return self._begins + round((time.monotonic() - self._zero) * 1000 * self.times)

    def settle(self) -> None:
        pass

    def real_seconds(self, milliseconds: int) -> float:
        return milliseconds / 1000 / self.times
