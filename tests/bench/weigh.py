"""What the watcher costs, in real time: processor of one core, and memory, over its processes."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.calls import audio
from tests.calls.sound import SoundServer


def weigh(seconds: float) -> list[str]:
    """The lines of the table: idle, in a call by streams, room mode in quiet, talk and music."""
    lines = [f"{'':<26}{'% core':>9}{'MB':>7}   over {seconds:g} s each"]
    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        server.start()
        try:
            lines.append(_phase(server, "streams, idle", "streams", seconds))
            lines.append(_phase(server, "streams, in a call", "streams", seconds, calling=True))
            lines.append(_phase(server, "streams, a volume dragged", "streams", seconds, dragging=True))
            lines.append(_phase(server, "room mode, quiet", "room", seconds))
            server.pactl("load-module", "module-null-sink", "sink_name=elsewhere")
            lines.append(_phase(server, "room mode, talk", "room", seconds, heard=audio.talk))
            lines.append(_phase(server, "room mode, music", "room", seconds, heard=audio.music))
        finally:
            server.close()
    return lines


def _phase(
    server: SoundServer,
    name: str,
    mode: str,
    seconds: float,
    calling: bool = False,
    dragging: bool = False,
    heard: Callable[[float, random.Random], Any] | None = None,
) -> str:
    running = []
    if heard:
        sound = server.folder / "heard.raw"
        sound.write_bytes(heard(seconds + 40, random.Random(5)).tobytes())
        options = ("--playback", "--device=mic_feed", "--format=s16le", "--rate=16000", "--channels=1")
        running.append(server.program("speaker-in-the-room", *options, feed=sound))
    command = [sys.executable, "-m", "tests.bench.watcher", server.address, mode]
    watcher = subprocess.Popen(command, env=server.environment)
    time.sleep(3)
    if calling:
        running += [server.takes_microphone("zoom"), server.plays("zoom")]
    time.sleep(15)
    before = _spent(watcher.pid)
    started = time.monotonic()
    if dragging:
        running.append(server.plays("spotify"))
        _drag(server, seconds)
    else:
        time.sleep(seconds)
    share = (_spent(watcher.pid) - before) / (time.monotonic() - started) * 100
    memory = sum(_memory(pid) for pid in _family(watcher.pid))
    watcher.terminate()
    watcher.wait()
    for program in running:
        server.end(program)
    return f"{name:<26}{share:>9.4f}{memory:>7.0f}"


def _drag(server: SoundServer, seconds: float) -> None:
    """Turn the volume of what plays, thirty times a second."""
    import pulsectl

    ends = time.monotonic() + seconds
    with pulsectl.Pulse("a slider", server=server.address) as pulse:
        while time.monotonic() < ends:
            for stream in pulse.sink_input_list():
                pulse.volume_set_all_chans(stream, 0.3 + time.monotonic() % 0.5)
            time.sleep(1 / 30)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid] + [int(child) for each in children for child in each.read_text().split()]


def _spent(pid: int) -> float:
    """Seconds of processor that all threads of the process and its children used."""
    tasks = [task for each in _family(pid) for task in Path(f"/proc/{each}/task").iterdir()]
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
