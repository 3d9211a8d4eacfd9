"""Scenarios on a real sound server: by the clock, many times as fast, or by the sound itself."""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from pathlib import Path

from clepsydra.calls.call import Call
from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.spans import calls_of, derive
from clepsydra.calls.streams.linux import PulseHolders
from tests.bench.scenarios import Scenario
from tests.bench.score import Truth
from tests.calls.room import BEGINS, Stage
from tests.calls.sound import FastClock, SoundServer, until

Played = tuple[list[Truth], list[Call]]


def by_the_clock(scenario: Scenario, speed: float, server: SoundServer | None = None) -> Played:
    """Stream evidence alone, at `speed` times real time: every delay of the machine counts as many times."""
    with tempfile.TemporaryDirectory() as folder:
        own = server or SoundServer(Path(folder))
        if server is None:
            own.start()
        try:
            return _by_the_clock(scenario, speed, own)
        finally:
            if server is None:
                own.close()


def _by_the_clock(scenario: Scenario, speed: float, server: SoundServer) -> Played:
    clock, news = FastClock(speed), []
    runner = Runner(news.append, holders=PulseHolders(server.address), clock=clock, jump=round(5_000 * speed))
    runner._watch._pauses = tuple(pause / speed for pause in (1, 2, 4, 8, 16, 30))
    runner.start()
    until(lambda: runner.status.seeing, "the programs are seen")
    zero, done = clock.now(), _Doers(server)
    when: dict[float, int] = {}
    for act in sorted(scenario.acts, key=lambda each: each.at):
        _sleep_until(clock, zero + round(act.at * 1000))
        when[act.at] = clock.now()
        done.do(act.verb, act.program)
    _sleep_until(clock, zero + round(scenario.length * 1000))
    done.end()
    runner.stop()
    truths = [
        Truth(program, when.get(began, zero + round(began * 1000)), when.get(ended, zero + round(ended * 1000)))
        for program, began, ended in scenario.truths
    ]
    return truths, _checked(news)


class _Doers:
    """The programs of a scenario."""

    def __init__(self, server: SoundServer) -> None:
        self.server = server
        self.running: dict[tuple[str, str], subprocess.Popen] = {}

    def do(self, verb: str, program: str) -> None:
        if verb == "restart":
            self.server.kill()
            self.end()
            self.server.start()
        elif verb.startswith("un"):
            self.server.end(self.running.pop((verb[2:], program)))
        else:
            start = self.server.takes_microphone if verb == "mic" else self.server.plays
            self.running[verb, program] = start(program)

    def end(self) -> None:
        for program in self.running.values():
            self.server.end(program)
        self.running.clear()


def _sleep_until(clock: FastClock, instant: int) -> None:
    while (left := instant - clock.now()) > 0:
        time.sleep(clock.real_seconds(left))


def by_the_sound(scenario: Scenario, rng: random.Random) -> Played:
    """Room mode: the sound is the clock, so that speed changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        server.start()
        try:
            with Stage(server) as stage:
                stage.perform(scenario.room(rng), scenario.acts)
        finally:
            server.close()
    truths = [
        Truth(program, BEGINS + round(began * 1000), BEGINS + round(ended * 1000))
        for program, began, ended in scenario.truths
    ]
    return truths, _checked(stage.news)


def _checked(news: list[MonitorUpdate]) -> list[Call]:
    """The calls, which must be those that the spans give."""
    calls = calls_of([event for each in news for event in each.events])
    spans = {span.id: span for each in news for span in each.spans}
    assert [call for call in derive(spans.values()) if call.ended] == [call for call in calls if call.ended]
    return calls
