"""A home, a watcher as a process of its own, and a call on the line: what the tests of whole programs share.

The constants are shortened by the settings, so that a call takes seconds; everything else is as people have it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from clepsydra.settings.home import Home
from clepsydra.store import leases
from tests.calls.sound import SoundServer
from tests.client_files import client_file

APP = Path(__file__).parents[2] / "app"

SETTINGS = """
language = "en"
time_zone = "Europe/Paris"

[calls.constants]
known_held = 1.0
playback = 1.0
probe = 0.5
hold = 1.5
silence = 2
patience = 3
"""

ROOM = """
room_dense = 1.0
room_dense_window = 4
room_speech = 2.0
room_window = 8
room_silence = 3
room_shortest = 4
"""
"""Constants of room mode, to follow those of `SETTINGS`."""


def room_settings(language: str = "en") -> str:
    """Room mode on the microphone that tests speak into."""
    room = SETTINGS.replace("[calls.constants]", '[calls]\nevidence = "room"\ndevice = "pipe_mic"\n\n[calls.constants]')
    return room.replace('language = "en"', f'language = "{language}"') + ROOM


def made_home(folder: Path, settings: str = SETTINGS) -> Home:
    (folder / "clients").mkdir(parents=True)
    (folder / "settings.toml").write_text(settings)
    for name, key, apps in (("Acme", "1", []), ("Brel", "2", ["zoom"])):
        text = client_file(name, currency="EUR", key=key, calls={"apps": apps, "ignore_under": "1s"})
        (folder / "clients" / f"{name.lower()}.toml").write_text(text)
    return Home(folder)


def on_the_line(server: SoundServer) -> list[subprocess.Popen]:
    return [server.takes_microphone("zoom"), server.plays("zoom")]


def hangs_up(server: SoundServer, programs: list[subprocess.Popen]) -> None:
    for program in programs:
        server.end(program)


async def wait_for(pilot, true, what: str) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        await pilot.pause(0.05)


class Watch:
    """`clepsydra watch` as a process of its own."""

    def __init__(self, server: SoundServer, home: Home, before: Sequence[str] = ()) -> None:
        """`before` is a command that runs the watcher, as a tracer does."""
        environment = {**server.environment, "PYTHONPATH": str(APP), "LANG": "C.UTF-8"}
        command = [*before, sys.executable, "-m", "clepsydra", "--home", str(home.path), "watch"]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def end(self) -> str:
        """Told to end; returns what it said."""
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=20)
        assert self.process.returncode == 0, err
        assert err == ""
        return out


def detects(ledger, watch: Watch) -> bool:
    holder = leases.holder(ledger.db, "calls")
    return holder is not None and holder.pid == watch.process.pid
