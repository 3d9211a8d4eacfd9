"""Real programs in real time: `python -m tests.bench.real [NAME]`.

Every scene has a private sound server, real programs on it, and the watcher as people run it. What is not installed is
skipped and said. Without a name, all scenes are run, a few at a time, and a table is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clepsydra.calls.call import Call, Rank
from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.spans import calls_of, derive
from clepsydra.calls.streams.linux import PulseHolders
from clepsydra.calls.titles import Marker
from tests.bench.browsers import Pages, browse
from tests.calls.sound import MISSING, SoundServer, until

MARKER = Marker(b"bench")
_HOSTS = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Real:
    """A call that really was: program, and the steps with which it began and ended."""

    program: str
    began: str
    ended: str
    rank: Rank = Rank.CERTAIN
    """What it must be at least."""
    seam: bool = False
    """Nothing lawful tells its end from a mute: that it may be there must be kept as a seam."""


@dataclass
class Take:
    """One scene under way: what was done, and when, in milliseconds of UTC."""

    server: SoundServer
    pages: Pages
    when: dict[str, int] = field(default_factory=dict)
    started: list[subprocess.Popen] = field(default_factory=list)

    def mark(self, name: str) -> None:
        self.when[name] = time.time_ns() // 1_000_000

    def open(self, browser: str, *steps: str) -> None:
        """Each tab is of another host, as pages are: browsers keep hosts apart."""
        addresses = [self.pages.address(each, host) for each, host in zip(steps, _HOSTS, strict=False)]
        self.started.append(browse(self.server, browser, *addresses))

    def run(self, *command: str, name: str = "", **more: str) -> subprocess.Popen:
        """Run a program on the sound server; marks its start."""
        environment = {**self.server.environment, **more}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        running = subprocess.Popen(command, env=environment, start_new_session=True, **quiet)
        self.started.append(running)
        if name:
            self.mark(name)
        return running

    def end(self, running: subprocess.Popen, name: str = "") -> None:
        if name:
            self.mark(name)
        if running.poll() is not None:
            return
        leads = os.getpgid(running.pid) == running.pid
        for how in (signal.SIGTERM, signal.SIGKILL):
            os.killpg(running.pid, how) if leads else running.send_signal(how)
            with suppress(subprocess.TimeoutExpired):
                running.wait(3)
                return

    def instant(self, step: str) -> int | None:
        return self.when.get(step) or self.pages.done.get(step)


@dataclass(frozen=True)
class RealScene:
    """What is done, and the calls that were."""

    name: str
    needs: tuple[str, ...]
    act: Callable[[Take], None]
    truths: tuple[Real, ...] = ()


def perform(scene: RealScene) -> dict[str, object]:
    """Run one scene; returns what was found, what was wrong, and by how much begins and ends were off."""
    missing = [*MISSING, *(each for each in scene.needs if shutil.which(each) is None)]
    if missing:
        return {"name": scene.name, "skipped": ", ".join(missing)}
    with tempfile.TemporaryDirectory() as folder, Pages() as pages:
        server = SoundServer(Path(folder))
        server.start()
        take, news = Take(server, pages), list[MonitorUpdate]()
        runner = Runner(news.append, holders=PulseHolders(server.address), mark=MARKER.mark)
        try:
            runner.start()
            until(lambda: runner.status.seeing, "the programs are seen")
            scene.act(take)
        finally:
            for running in take.started:
                take.end(running)
            time.sleep(13)
            runner.stop()
            server.close()
    calls = calls_of([event for each in news for event in each.events])
    spans = {span.id: span for each in news for span in each.spans}
    again = derive(spans.values())
    problems = list(pages.failed) + ([] if again == calls else ["derived again it differs"])
    if os.environ.get("SPANS"):
        zero = min(take.pages.done.values(), default=0)
        for span in sorted(spans.values(), key=lambda each: each.began):
            ended = "" if span.ended is None else f"{(span.ended - zero) / 1000:8.2f}"
            print(f"{(span.began - zero) / 1000:8.2f} {ended} {span.kind} {span.program} {span.facts}", file=sys.stderr)
        for step, at in take.pages.done.items():
            print(f"{(at - zero) / 1000:8.2f} {step}", file=sys.stderr)
    return {"name": scene.name, **_judged(scene, take, calls, problems)}


def _judged(scene: RealScene, take: Take, calls: list[Call], problems: list[str]) -> dict[str, object]:
    starts, ends, used = [], [], set()
    counts = {"calls": len(scene.truths), "missed": 0, "false": 0, "split": 0, "merged": 0}
    for truth in scene.truths:
        began, ended = take.instant(truth.began), take.instant(truth.ended)
        if began is None or ended is None:
            problems.append(f"{truth.began} or {truth.ended} was never done")
            continue
        mine = [
            call for call in calls if call.program.id == truth.program and call.rank.weight >= truth.rank.weight
            and call.began < ended and (call.ended or ended) > began + 500
        ]  # fmt: skip
        counts["missed"] += not mine
        counts["split"] += len(mine) > 1
        counts["merged"] += any(call.id in used for call in mine)
        used |= {call.id for call in mine}
        starts += [(mine[0].began - began) / 1000] if mine else []
        last = [mine[-1].ended or 0, *(mine[-1].seams if truth.seam else ())] if mine else []
        ends += [min(((at - ended) / 1000 for at in last), key=abs)] if mine else []
    false = [call for call in calls if call.id not in used and call.rank is Rank.CERTAIN]
    counts["false"] = len(false)
    off = [f"begin {each:+.1f}" for each in starts if abs(each) > 1] + [
        f"end {each:+.1f}" for each in ends if abs(each) > 2
    ]
    found = [f"{call.program.id} {call.rank} {call.rule} {call.over}" for call in calls]
    return {**counts, "starts": starts, "ends": ends, "problems": [*problems, *off], "found": found}


def report(results: list[dict[str, object]]) -> None:
    """Print a table, and a line for what went wrong."""
    heads = ("calls", "missed", "false", "split", "merged")
    print(f"{'':<52}" + "".join(f"{head:>8}" for head in heads) + f"{'start':>8}{'end':>8}")
    total = dict.fromkeys(heads, 0)
    for each in results:
        if "skipped" in each:
            print(f"{each['name']:<52} NOT RUN, not installed: {each['skipped']}")
            continue
        total = {head: total[head] + int(str(each[head])) for head in heads}
        worst = [max((abs(x) for x in each[key]), default=None) for key in ("starts", "ends")]  # type: ignore[union-attr]
        figures = "".join("       -" if x is None else f"{x:>8.2f}" for x in worst)
        print(f"{each['name']:<52}" + "".join(f"{each[head]:>8}" for head in heads) + figures, flush=True)
        if each["problems"] or any(int(str(each[head])) for head in heads[1:]):
            print(f"    {each['problems']} found: {each['found']}")
    print(f"{'all':<52}" + "".join(f"{total[head]:>8}" for head in heads))


def main() -> int:
    from tests.bench.real_scenes import SCENES

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--jobs", type=int, default=4)
    chosen = parser.parse_args()
    wanted = [scene for scene in SCENES if not chosen.names or any(name in scene.name for name in chosen.names)]
    if chosen.json:
        print(json.dumps(perform(wanted[0])))
        return 0
    report(run_all([scene.name for scene in wanted], chosen.jobs))
    return 0


def run_all(names: list[str], jobs: int) -> list[dict[str, object]]:
    """Every scene in a process of its own, a few at a time."""

    def one(name: str) -> dict[str, object]:
        command = [sys.executable, "-m", "tests.bench.real", "--json", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode:
            lines = done.stderr.strip().splitlines()[-1:]
            none = dict.fromkeys(("calls", "missed", "false", "split", "merged"), 0)
            return {"name": name, **none, "starts": [], "ends": [], "problems": lines, "found": []}
        return dict(json.loads(done.stdout))

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, names))


if __name__ == "__main__":
    sys.exit(main())
