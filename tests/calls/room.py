"""A room with a microphone, programs and a clock, as fast as the machine can hear.

The sound comes through a pipe that is a microphone of a real sound server; the clock is the sound itself, so
that nothing depends on how fast it is played. Programs act at exact places of the sound.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.status import Ear, Mode
from clepsydra.calls.streams.linux import PulseHolders
from clepsydra.calls.voice.room import RoomListener, listening_command
from tests.calls.audio import RATE
from tests.calls.sound import SoundServer, until

BEGINS = 1_795_500_000_000
RESIDUE = 1_500
"""Milliseconds of sound that may wait in buffers until more comes."""


class HeardClock:
    """Shows how much was heard."""

    def __init__(self) -> None:
        self.at = 0

    def now(self) -> int:
        return BEGINS + self.at

    def settle(self) -> None:
        pass

    def real_seconds(self, milliseconds: int) -> float:
        return max(0.005, min(milliseconds / 1000, 0.02))


class SoundClock(HeardClock):
    """Dates what the listener hears by its place in the sound: what waits in buffers is no delay of the room's."""

    def __init__(self, written: HeardClock) -> None:
        self._written, self._opened, self._heard = written, 0, 0
        self.listener: RoomListener | None = None

    def now(self) -> int:
        heard = self.listener.heard_for if self.listener else 0
        if heard < self._heard:  # opened again
            self._opened = self._written.at
        self._heard = heard
        return BEGINS + self._opened + heard


class SeeingHolders(PulseHolders):
    """Remembers whom it saw."""

    seen: frozenset[int | None] = frozenset()

    def read(self, own):
        reading = super().read(own)
        self.seen = frozenset(stream.pid for stream in reading.streams)
        return reading


@dataclass(frozen=True)
class Act:
    """At this second of the sound, a program does something: mic, play, unmic, unplay."""

    at: float
    verb: str
    program: str


class Stage:
    """Room mode on a real server; `perform` a sound with acts, then look at `events`."""

    def __init__(self, server: SoundServer, *, listening: bool = True, watchdog: float = 3.0, **more) -> None:
        self.server, self.clock = server, HeardClock()
        self.news: list[MonitorUpdate] = []
        self.pipe = server.folder / "microphone"
        self.load_microphone()
        self.holders, self.begun = SeeingHolders(server.address), 0
        command = (*listening_command(), "--poll", "0.002", "--every", "200", "--device", "pipe_mic")
        dates = SoundClock(self.clock)
        self.listener = dates.listener = RoomListener(
            "pipe_mic", clock=dates, environment=server.environment, command=command, pauses=(0.1,)
        )
        self.listener.watchdog = watchdog
        self.runner = Runner(
            self.news.append,
            mode=Mode.ROOM if listening else Mode.STREAMS,
            holders=self.holders,
            listener=self.listener if listening else None,
            clock=self.clock,
            jump=10_000_000,
            **more,
        )
        self.acting: dict[tuple[str, str], subprocess.Popen] = {}

    def __enter__(self) -> Stage:
        self.runner.start()
        until(lambda: self.runner.status.seeing, "the programs are seen")
        self.mouth = os.open(self.pipe, os.O_RDWR)
        until(lambda: self.runner.status.ear in (Ear.OPEN, Ear.UNUSED), "the microphone is open")
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.stop()
        os.close(self.mouth)

    def load_microphone(self) -> None:
        words = f"source_name=pipe_mic file={self.pipe} format=s16le rate={RATE} channels=1".split()
        self.module = self.server.pactl("load-module", "module-pipe-source", *words).strip()

    @property
    def events(self):
        return [event for news in self.news for event in news.events]

    @property
    def spans(self):
        return {span.id: span for news in self.news for span in news.spans}

    def perform(self, sound: np.ndarray, acts: Iterable[Act] = ()) -> None:
        """Play the sound into the microphone, and let programs act where they should."""
        at = 0
        for act in sorted(acts, key=lambda each: each.at):
            at = self._play(sound, at, round(act.at * RATE))
            self._act(act)
        self._play(sound, at, len(sound))
        self.begun = self.clock.at

    def _play(self, sound: np.ndarray, at: int, end: int) -> int:
        """Second by second; the clock follows what was written as soon as it was heard."""
        while at < end:
            step = sound[at : min(at + RATE, end)].tobytes()
            while step:
                step = step[os.write(self.mouth, step) :]
            at = min(at + RATE, end)
            self.clock.at = self.begun + at * 1000 // RATE
            until(lambda: self.listener.heard_for >= self.clock.at - RESIDUE, "the sound is heard")
        return at

    def _act(self, act: Act) -> None:
        key = (act.verb.removeprefix("un"), act.program)
        starts = not act.verb.startswith("un")
        if starts:
            start = self.server.takes_microphone if act.verb == "mic" else self.server.plays
            self.acting[key] = start(act.program)
        program = self.acting[key]
        if not starts:
            self.server.end(self.acting.pop(key))
        until(lambda: (program.pid in self.holders.seen) is starts, f"{act} is seen")
        time.sleep(0.005)
