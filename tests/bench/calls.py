"""How well calls are noticed, in figures: `python -m tests.bench.calls --seed N`.

Scenarios of exactly known truth are made from the seed and played to the real thing: a private sound server,
programs that open and close microphones, human voices. Nothing here passes or fails; `make bench-calls`
prints the table.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from tests.bench.pipewire import MISSING as NO_PIPEWIRE
from tests.bench.pipewire import PipeWire
from tests.bench.play import by_the_clock, by_the_sound
from tests.bench.real import report, run_all
from tests.bench.real_scenes import SCENES
from tests.bench.scenarios import ROOM, STREAMS, Scenario
from tests.bench.score import HEADER, Score
from tests.bench.weigh import weigh
from tests.calls import audio
from tests.calls.scripted_evidence import Story
from tests.calls.sound import MISSING

PARTS = ("streams", "room", "pipewire", "real", "replay", "weight")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2, help="how often each scenario is made again")
    parser.add_argument("--speed", type=float, default=15, help="of the stream scenarios, times real time")
    parser.add_argument("--seconds", type=float, default=120, help="of real time for each weighing")
    parser.add_argument("--jobs", type=int, default=3, help="how many scenes of real programs at a time")
    parser.add_argument("--parts", default=",".join(PARTS), help="which parts to run")
    chosen = parser.parse_args()
    if MISSING or audio.MISSING:
        print("not installed:", ", ".join([*MISSING, *audio.MISSING]))
        return 1
    parts = chosen.parts.split(",")
    if "streams" in parts:
        streams(chosen.seed, chosen.rounds, chosen.speed)
    if "room" in parts:
        room(chosen.seed, chosen.rounds)
    if "pipewire" in parts:
        pipewire(chosen.seed)
    if "real" in parts:
        real(chosen.jobs)
    if "replay" in parts:
        replay()
    if "weight" in parts:
        print("\nWeight of the watcher", *weigh(chosen.seconds), sep="\n", flush=True)
    return 0


def streams(seed: int, rounds: int, speed: float) -> None:
    print(f"\nStream evidence on PulseAudio, {speed:g} times real time, seed {seed}\n{HEADER}", flush=True)
    total = Score()
    for make in STREAMS:
        own = Score()
        for n in range(rounds):
            scenario = make(random.Random(f"{seed} {n} {make.__name__}"))
            _count(own, total, scenario, *by_the_clock(scenario, speed))
        print(own.row(scenario.name), flush=True)
    print(total.row("all"), flush=True)


def room(seed: int, rounds: int) -> None:
    print(f"\nRoom mode on PulseAudio, by the sound, seed {seed}\n{HEADER}", flush=True)
    total, started = Score(), time.monotonic()
    for make in ROOM:
        own = Score()
        for n in range(rounds):
            rng = random.Random(f"{seed} {n} {make.__name__}")
            scenario = make(rng)
            _count(own, total, scenario, *by_the_sound(scenario, rng))
        print(own.row(scenario.name), flush=True)
    print(total.row("all"))
    print(f"{total.seconds / (time.monotonic() - started):.0f} times real time", flush=True)


def pipewire(seed: int) -> None:
    if NO_PIPEWIRE:
        print("\nPipeWire: not run, not installed:", ", ".join(NO_PIPEWIRE), flush=True)
        return
    print(f"\nStream evidence on PipeWire, in real time, seed {seed}\n{HEADER}", flush=True)
    rng, score = random.Random(seed), Score()
    scenario = Scenario("a short morning")
    scenario.call("zoom", 8, 48, rng.uniform(2, 5))
    scenario.call("slack", 15, 50, 2)
    scenario.holds("nerd-dictation", 3, 45)
    scenario.holds("spotify", 1, 60, plays=True)
    scenario.call("firefox-esr", 66, 102, 1.5)
    scenario.length = 125
    with PipeWire() as server:
        _count(score, score, scenario, *by_the_clock(scenario, 1, server))
    print(score.row(scenario.name), flush=True)


def real(jobs: int) -> None:
    """Real programs in real time; those that are not installed are named."""
    print(
        "\nReal programs on PulseAudio, in real time; a call that nothing lawful tells for certain is offered",
        flush=True,
    )
    report(run_all([scene.name for scene in SCENES], jobs))


def replay() -> None:
    story = Story()
    for n in range(40):
        story.mic("zoom", n * 700, n * 700 + 600).plays("zoom", n * 700 + 1, n * 700 + 600)
        story.voice(n * 700 + 610, n * 700 + 680, burst=1, pause=0.5)
    started = time.perf_counter()
    calls = story.calls(ticks=tuple(range(0, 28_800, 2)))
    spent = time.perf_counter() - started
    print(
        f"\nA day of {len(story.edges)} edges and 14 400 ticks: {len(calls)} calls in {spent:.3f} s",
        flush=True,
    )


def _count(own: Score, total: Score, scenario: Scenario, truths, found) -> None:
    wrong = own.take(truths, found, scenario.length)
    if total is not own:
        total.take(truths, found, scenario.length)
    if wrong:
        print(f"    {scenario.name}: {wrong}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
