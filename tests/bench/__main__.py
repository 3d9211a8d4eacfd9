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
from functools import partial
from pathlib import Path

from clepsydra.settings.home import Home
from tests.bench import big_log, evening, ratios, visits
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
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--home", type=Path, help="a folder with a big log that is there already, or to keep it in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        big = options.home or Path(folder) / "big"
        small = Path(folder) / "small"
        if not (big / "clepsydra.db").exists():
            say(f"making a log of {options.sessions:,} sessions …")
            big_log.main(str(big), options.sessions)
        big_log.main(str(small), 1_000, 1)
        dense, bare = Path(folder) / "dense", Path(folder) / "bare"
        big_log.main(str(dense), options.sessions // 10, 1)
        without_contracts(big, bare)
        ratios.verbs(big, small, options.runs, environment, Path(folder))
        ratios.readers(big, small, options.runs, environment)
        ratios.frames(big, small, options.runs, environment, LABEL)
        visits.visited(big, small, environment)
        visits.opened(big, small, environment, options.runs)
        unbilled = Path(folder) / "unbilled"
        big_log.main(str(unbilled), options.sessions, 20, 9_999)
        ratios.degenerate(unbilled, environment, options.runs)
        commands(big, small, options.runs)
        screens(big, small, options.runs)
        insights({"the big log": big, "a dense year": dense}, options.runs)
        ticks(big, bare)
        evenings(big, options.runs, Path(folder) / "clock")


def without_contracts(big: Path, bare: Path) -> None:
    """A home with the same log whose clients have agreed on nothing but their rates."""
    home = Home(bare)
    big_log.write_clients(home, agreed=False)
    home.database.symlink_to((big / "clepsydra.db").absolute())


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
    ended = subprocess.run([PYTHON, *arguments], env=environment(home), capture_output=True, text=True, check=False)
    if ended.returncode:
        say(f"{' '.join(arguments[-3:])} answered {ended.returncode}: {ended.stderr[-200:].strip()}")
    return (time.perf_counter() - begin) * 1000


def commands(big: Path, small: Path, runs: int) -> None:
    """The command line against a bare interpreter, and against itself on a small log."""
    bare = median(lambda: process(["-c", "pass"], big), runs)
    say(f"\ncommand line (python -c pass: {bare:.1f} ms)")

    def clepsydra(home: Path, *words: str) -> float:
        return median(lambda: process(["-m", "clepsydra", *words], home), runs)

    month = ("--from", "2026-11-01")
    reports = (("report", "rounding", *month), ("report", "totals"), ("report", "rates"))
    for words in (("--version",), ("status",), *reports):
        on_big, on_small = clepsydra(big, *words), clepsydra(small, *words)
        name = "clepsydra " + " ".join(words)
        row(name, on_big, bare, f"pass, {on_big / on_small:.2f} x the same on a small log")
    for home in (big, small):  # what runs would be shown by an early frame, on one of the two logs
        subprocess.run([PYTHON, "-m", "clepsydra", "stop"], env=environment(home), capture_output=True, check=False)
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


def insights(homes: dict[str, Path], runs: int) -> None:
    """The insights against the main screen's own first content, and until everything on them has been read."""
    first = "What an hour earns"

    def opened(home: Path, own: list[float]) -> float:
        with Screen([PYTHON, "-m", "clepsydra"], environment(home)) as screen:
            own.append(screen.until("Client 01"))
            return screen.brings("I", first)

    for name, home in homes.items():
        own: list[float] = []
        content = median(partial(opened, home, own), runs)
        row(f"insights of {name}, first content", content, statistics.median(own), "the main screen's own")
        with Screen([PYTHON, "-m", "clepsydra"], environment(home)) as screen:
            screen.until("Client 01")
            row(f"insights of {name}, all of it", screen.brings("I", "/h"), content, "the first content")


def ticks(home: Path, bare: Path) -> None:
    """The live figures, in one process each, with contracts and without."""
    for words, one in (("with contracts", home), ("without any", bare)):
        live_figures(words, one)


def live_figures(words: str, home: Path) -> None:
    """What they cost."""
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
    say(f"\nlive figures {words} in one process (SELECT 1: {floor * 1000:.1f} µs)")
    for name, value in lines[:-1]:
        row(name, float(value), floor, "SELECT 1")


if __name__ == "__main__":
    main()
