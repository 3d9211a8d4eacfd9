"""What Clepsydra costs with a working life in its log, as ratios taken in one run; no gate.

    make bench                          a million sessions; ARGS="--sessions 100000" for a quicker look

Ratios survive a busy machine, milliseconds do not: each figure stands beside a yardstick measured in the same breath.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import big_log, evening
from tests.bench.screen import Screen

PYTHON = sys.executable
APP = str(Path(__file__).resolve().parents[2] / "app")

LABEL = (
    "from textual.app import App\nfrom textual.widgets import Static\n"
    "class Label(App):\n    def compose(self):\n        yield Static('READY')\nLabel().run()"
)


def main() -> None:
    """Make the logs, measure, print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--home", type=Path, help="a folder with a big log that is there already, or to keep it in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        big = options.home or Path(folder) / "big"
        small = Path(folder) / "small"
        if not (big / "clepsydra.db").exists():
            say(f"making a log of {options.sessions:,} sessions …")
            big_log.main(str(big), options.sessions)
        big_log.main(str(small), 1_000, 1)
        commands(big, small, options.runs)
        screens(big, small, options.runs)
        evenings(big, options.runs, Path(folder) / "clock")
        ticks(big)


def say(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


def row(name: str, milliseconds: float, yardstick: float, what: str) -> None:
    """A figure, and how it stands to its yardstick."""
    say(f"{name:<46}{milliseconds:9.2f} ms   {milliseconds / yardstick:7.2f} x {what}")


def environment(home: Path) -> dict[str, str]:
    """What the program is run with."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "CLEPSYDRA_HOME")}
    return kept | {"PYTHONPATH": APP, "CLEPSYDRA_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def median(measure: Callable[[], float], runs: int) -> float:
    """The middle of some runs, after one that is not counted."""
    measure()
    return statistics.median(measure() for _ in range(runs))


def process(arguments: list[str], home: Path) -> float:
    """Milliseconds of one whole process."""
    begin = time.perf_counter()
    subprocess.run(
        [PYTHON, *arguments], env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    return (time.perf_counter() - begin) * 1000


def commands(big: Path, small: Path, runs: int) -> None:
    """The command line against a bare interpreter, and against itself on a small log."""
    bare = median(lambda: process(["-c", "pass"], big), runs)
    say(f"\ncommand line (python -c pass: {bare:.1f} ms)")

    def clepsydra(home: Path, *words: str) -> float:
        return median(lambda: process(["-m", "clepsydra", *words], home), runs)

    for words in (("--version",), ("status",), ("report", "rounding", "--from", "2026-11-01"), ("report", "totals")):
        on_big, on_small = clepsydra(big, *words), clepsydra(small, *words)
        name = "clepsydra " + " ".join(words)
        row(name, on_big, bare, f"pass, {on_big / on_small:.2f} x the same on a small log")
    subprocess.run([PYTHON, "-m", "clepsydra", "stop"], env=environment(big), capture_output=True, check=False)
    row("clepsydra start, then stop", median(lambda: start_stop(big), runs) / 2, bare, "pass, each")
    peak = subprocess.run(
        [PYTHON, "-c", _PEAK, "report", "totals"], env=environment(big), capture_output=True, text=True, check=True
    )
    say(f"{'memory of report totals':<46}{int(peak.stderr.split()[-1]) / 1024:9.1f} MB")


_PEAK = (
    "import re, sys; from clepsydra.cli.main import run\n"
    "run()\nprint(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr)"
)


def start_stop(home: Path) -> float:
    """Both commands, one after the other."""
    return process(["-m", "clepsydra", "start", "own"], home) + process(["-m", "clepsydra", "stop"], home)


def screens(big: Path, small: Path, runs: int) -> None:
    """First paint, keys, memory and idling of the app in a terminal of 120x40."""

    def paint(arguments: list[str], home: Path, shown: str) -> float:
        with Screen([PYTHON, *arguments], environment(home)) as screen:
            return screen.until(shown)

    label = median(lambda: paint(["-c", LABEL], small, "READY"), runs)
    say(f"\nscreen (a Textual app of one label: {label:.0f} ms)")
    app = ["-m", "clepsydra"]
    row("first paint of the frame", median(lambda: paint(app, big, "Clients"), runs), label, "the label")
    on_big = median(lambda: paint(app, big, "Client 01"), runs)
    on_small = median(lambda: paint(app, small, "Client 01"), runs)
    row("first paint of the clients", on_big, label, f"the label, {on_big / on_small:.2f} x on a small log")
    with Screen([PYTHON, *app], environment(big)) as screen:
        screen.until("Client 01")
        screen.rest(3)
        keys = [screen.press(str(1 + n % 2)) for n in range(12)]
        say(f"{'a key that switches clients, to its paint':<46}{statistics.median(keys):9.2f} ms median, "
            f"{max(keys):.1f} worst of {len(keys)}")  # fmt: skip
        before = screen.cpu_seconds()
        screen.rest(20)
        say(f"{'a timer running, nobody typing':<46}{(screen.cpu_seconds() - before) * 3:9.2f} cpu s a minute")
        say(f"{'memory of the app':<46}{screen.memory_mb():9.1f} MB")
        screen.press(" ")


def evenings(home: Path, runs: int, clock: Path) -> None:
    """The screens of the end of the day, on the last evening of the log, against the main one's first clients."""
    main, others = evening.measure(home, environment(home), runs, clock)
    say(f"\nend of the day (the main screen's clients: {main:.0f} ms)")
    for (name, _, _), milliseconds in zip(evening.SCREENS, others, strict=True):
        row(name, milliseconds, main, "the main screen")


def ticks(home: Path) -> None:
    """The live figures, in one process."""
    code = (
        "import os, statistics, time\n"
        "from clepsydra.ledger import opening, timers\nfrom clepsydra.ledger.live.figures import Live\n"
        "from clepsydra.settings.home import Home\n"
        "home = Home.find(None, os.environ)\nledger = opening.open_ledger(home, os.environ)\n"
        "def ms(do, n=1):\n"
        "    begin = time.perf_counter()\n    for _ in range(n): do()\n"
        "    return (time.perf_counter() - begin) * 1000 / n\n"
        "live = Live(ledger)\nprint('live figures, first', ms(live.refresh))\n"
        "session = timers.start(ledger, timers.Work('own'))\n"
        "print('live figures after a change', ms(live.refresh))\n"
        "print('nothing changed', ms(live.refresh, 1000))\n"
        "now = ledger.now\nprint('one tick', ms(lambda: live.at(now), 1000))\n"
        "timers.stop(ledger)\n"
        "print('SELECT 1', ms(lambda: ledger.db.execute('SELECT 1').fetchone(), 1000))\n"
    )
    done = subprocess.run([PYTHON, "-c", code], env=environment(home), capture_output=True, text=True, check=True)
    lines = [line.rsplit(" ", 1) for line in done.stdout.splitlines()]
    floor = float(lines[-1][1])
    say(f"\nlive figures in one process (SELECT 1: {floor * 1000:.1f} µs)")
    for name, value in lines[:-1]:
        row(name, float(value), floor, "SELECT 1")


if __name__ == "__main__":
    main()
