"""Privacy, seen from outside: what the watcher's processes open, connect to and write, as the kernel tells it.

Run under strace, which prints every call of every process and thread of it; where that is missing or not allowed, the
tests say so and are skipped.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from clepsydra.ledger.calls.inbox import inbox
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.timers import Work, start
from clepsydra.store import leases
from tests.calls import audio
from tests.calls.home import SETTINGS, Watch, hangs_up, made_home, on_the_line, room_settings
from tests.calls.microphone import Microphone
from tests.calls.sound import until


def _may_trace() -> bool:
    return bool(shutil.which("strace")) and subprocess.run(["strace", "true"], capture_output=True).returncode == 0


pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(not _may_trace(), reason="strace is missing (Debian: strace) or not allowed here"),
    pytest.mark.skipif(bool(audio.MISSING), reason=f"not installed: {', '.join(audio.MISSING)}"),
]

CALLS = (
    "open,openat,creat,rename,renameat,renameat2,mkdir,mkdirat,link,symlink,"
    "socket,connect,write,writev,pwrite64,sendto,sendmsg"
)
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|0-9]+)[^)]*\)\s+= \d')
MADE = re.compile(r'(?:creat|mkdir(?:at)?|rename(?:at2?)?|link|symlink)\(.*"([^"]*)"[^"]*\)\s+= 0')
SOCKET = re.compile(r"socket\((\w+)")
CONNECTED = re.compile(r'connect\(\d+, \{sa_family=AF_UNIX, sun_path=@?"([^"]*)"')


class Traced:
    """A watcher under strace; `lines` are what its processes asked of the kernel."""

    def __init__(self, server, home, ledger, folder: Path) -> None:
        self._ledger, self._file = ledger, folder / "trace"
        # Bytes as \x.. throughout: nothing that is written can hide behind an escape.
        tracer = ("strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(self._file))
        self._watch = Watch(server, home, tracer)

    def __enter__(self) -> Traced:
        return self

    def __exit__(self, *_: object) -> None:
        holder = leases.holder(self._ledger.db, "calls")
        if holder:
            os.kill(holder.pid, signal.SIGTERM)
            until(lambda: self._watch.process.poll() is not None, "it has ended", 60)
        self._watch.__exit__()

    @property
    def lines(self) -> Iterator[str]:
        with self._file.open() as trace:
            yield from trace

    def said(self) -> Iterator[str]:
        """The lines with their texts as people read them."""
        for line in self.lines:
            if "write" not in line and "send" not in line:
                yield re.sub(r"\\x([0-9a-f]{2})", lambda byte: chr(int(byte[1], 16)), line)


def written_paths(traced: Traced) -> set[str]:
    """What was opened for writing or came to be."""
    found = set()
    for line in traced.said():
        opened = OPENED.search(line)
        if opened and re.search("O_WRONLY|O_RDWR|O_CREAT", opened[2]):
            found.add(opened[1])
        made = MADE.search(line)
        if made:
            found.add(made[1])
    return found


JACK = "/dev/shm/jack"
"""Where PortAudio's JACK library, if the system's has one, looks for a JACK server and keeps a table of ports, in
memory; it is searched too."""


def is_harmless(path: str) -> bool:
    """Devices that keep nothing, and memory."""
    return path in ("/dev/null", "/dev/tty") or path.startswith(("/proc/self/", JACK))


@pytest.fixture
def marker():
    """A sound that nothing else contains, then human voices."""
    return audio.chirp(), audio.talk(9, random.Random(7))


def in_bytes(sound: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sound)


@pytest.mark.parametrize("mode", ["streams", "room"])
def test_the_watcher_writes_to_its_home_and_talks_to_the_sound_server_alone(server, tmp_path, marker, mode) -> None:
    home = made_home(tmp_path / "home", SETTINGS if mode == "streams" else room_settings())
    ledger = open_ledger(home, {})
    start(ledger, Work("acme"))
    chirp, talk = marker
    with Microphone(server) as microphone, Traced(server, home, ledger, tmp_path) as traced:
        until(lambda: leases.holder(ledger.db, "calls") is not None, "it detects", 60)
        if mode == "room":
            until(lambda: len(server.capturing_pids()) == 1, "the microphone is open", 60)
        microphone.say(np.concatenate((chirp, talk)))
        call = on_the_line(server) if mode == "streams" else []
        until(lambda: bool(inbox(ledger)), "a call is noticed", 60)
        mine = {program.pid for program in call}
        captured = [server.capturing_pids() for _ in range(20) if not time.sleep(0.1)]
        hangs_up(server, call)
        until(lambda: inbox(ledger)[0].ended_at is not None, "its end is noticed", 60)
    ledger.db.close()
    if mode == "streams":
        assert set().union(*captured) <= mine, "the watcher opens no capture stream"
    else:
        assert all(len(pids) == 1 for pids in captured), "one stream, the listening process's"

    outside = {path for path in written_paths(traced) if not Path(path).is_relative_to(home.path)}
    assert {path for path in outside if not is_harmless(path)} == set()

    families = {match[1] for line in traced.said() if (match := SOCKET.search(line))}
    assert families <= {"AF_UNIX"}
    connected = {match[1] for line in traced.said() if (match := CONNECTED.search(line))}
    assert {path for path in connected if not path.startswith(JACK)} == {str(server.socket)}

    needles = [in_bytes(chirp[at : at + 16].tobytes()) for at in range(4_000, 28_000, 500)]
    assert not any(needle in line for line in traced.lines for needle in needles), "no sample leaves the process"
    places = [home.path, *Path(JACK).parent.glob(Path(JACK).name + "*")]
    files = [path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()]
    raw = [chirp[at : at + 16].tobytes() for at in range(4_000, 28_000, 500)]
    assert not any(needle in content for content in files for needle in raw), "and none is in a file"
