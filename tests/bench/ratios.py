"""What must not grow with the log, as ratios of processor time taken in turns in one run."""

import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import yardstick
from tests.bench.screen import Screen

PYTHON = sys.executable

READERS = (
    (("report", "totals"), 1.2),
    (("report", "totals", "--from", "2026-11-01"), 1.2),
    (("report", "rounding"), 2),
    (("report", "scope"), 2),
    (("report", "rates"), 2),
    (("report", "leaks"), 2),
    (("report", "dormant"), 2),
    (("report", "aging"), 2),
    (("statement", "list"), 2),
    (("simulate", "--model", "up", "--step", "15m"), 2),
)
"""Commands that read, and how many times the small log the big one may cost."""

FIRST_FIGURES = (
    "import os, resource\n"
    "from clepsydra.ledger import opening\nfrom clepsydra.ledger.live.figures import Live\n"
    "from clepsydra.settings.home import Home\n"
    "ledger = opening.open_ledger(Home.find(None, os.environ), os.environ)\n"
    "spent = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])\n"
    "before = spent()\nLive(ledger).refresh()\nprint(spent() - before)\n"
)


def processor(command: list[str], environment: dict[str, str]) -> float:
    """Milliseconds of processor that a whole process takes; one that fails is said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode:
        print(f"{' '.join(command[-3:])} answered {ended.returncode}: {ended.stderr[-200:]}")
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def in_turns(runs: int, *takes: Callable[[], float]) -> list[float]:
    """The median of each of several measures, taken one after the other in every round."""
    rounds = [[take() for take in takes] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def tell(name: str, ratio: float, most: float, what: str) -> None:
    """One line: a ratio and how much it may be."""
    print(f"{name:<46}{ratio:9.2f} x {what} (at most {most:g})", flush=True)


def verbs(big: Path, small: Path, runs: int, environment: Callable[[Path], dict[str, str]], folder: Path) -> None:
    """The verbs typed all day against a script on the standard library's sqlite3, and against a small log."""
    log, script = folder / "yardstick.db", str(Path(yardstick.__file__))
    yardstick.make_log(str(log), 1_000)
    words = {"start": ["start", "client-02"], "status": ["status"], "stop": ["stop"]}
    homes = (big, small)
    for home in homes:
        subprocess.run([PYTHON, "-m", "clepsydra", "stop"], env=environment(home), capture_output=True, check=False)
    takes: list[Callable[[], float]] = []
    for verb, given in words.items():
        takes.append(lambda verb=verb: processor([PYTHON, script, str(log), verb], environment(small)))
        takes += [
            lambda home=home, given=given: processor([PYTHON, "-m", "clepsydra", *given], environment(home))
            for home in homes
        ]
    found = in_turns(runs, *takes)
    print("\nverbs typed all day, processor")
    for n, verb in enumerate(words):
        script_ms, on_big, on_small = found[3 * n : 3 * n + 3]
        tell(f"clepsydra {verb}", on_big / script_ms, 2.5, "a script on sqlite3")
        tell(f"clepsydra {verb}", on_big / on_small, 1.1, "the small log")


def readers(big: Path, small: Path, runs: int, environment: Callable[[Path], dict[str, str]]) -> None:
    """The commands that read, against a small log."""
    print("\ncommands that read, processor")
    for words, most in READERS:
        command = [PYTHON, "-m", "clepsydra", *words]
        on_big, on_small = in_turns(
            runs,
            lambda command=command: processor(command, environment(big)),
            lambda command=command: processor(command, environment(small)),
        )
        tell(f"clepsydra {' '.join(words)}"[:45], on_big / on_small, most, "the small log")


def frames(big: Path, small: Path, runs: int, environment: Callable[[Path], dict[str, str]], label: str) -> None:
    """What runs, on the screen with its seconds, against a Textual app of one label."""

    def shows(command: list[str], home: Path, text: str) -> Callable[[], float]:
        def take() -> float:
            with Screen([PYTHON, *command], environment(home)) as screen:
                return screen.until(text)

        return take

    for home in (big, small):
        subprocess.run(
            [PYTHON, "-m", "clepsydra", "start", "client-01"], env=environment(home), capture_output=True, check=False
        )
    app, useful = ["-m", "clepsydra"], "Client 01"
    one, on_big, on_small, whole = in_turns(
        runs,
        shows(["-c", label], small, "READY"),
        shows(app, big, useful),
        shows(app, small, useful),
        shows(app, big, "Client 05"),
    )
    print("\nfirst frames, wall time")
    tell("the running timer with its seconds", on_big / one, 1.6, "the label")
    tell("the running timer with its seconds", on_big / on_small, 1.1, "the small log")
    print(f"{'the whole main screen':<46}{whole / one:9.2f} x the label")


def degenerate(home: Path, environment: Callable[[Path], dict[str, str]], runs: int) -> None:
    """First figures of a log of which nothing was ever billed."""

    def take() -> float:
        done = subprocess.run(
            [PYTHON, "-c", FIRST_FIGURES], env=environment(home), capture_output=True, text=True, check=True
        )
        return float(done.stdout)

    (spent,) = in_turns(runs, take)
    print(
        f"\n{'first figures, all on no statement':<46}{spent:9.2f} s of processor (at most 1.5 for a million sessions)"
    )
