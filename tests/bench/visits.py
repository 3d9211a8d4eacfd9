"""A visit of every screen: how fast a key is answered within the screen's first second, what opening it costs beside a
small log, and what the program holds afterwards.

An ordinary key is measured, an arrow or what moves where arrows have nothing to move, and the help's, which draws a
screen of its own, apart from it. Where a key moves nothing, nothing is written, and it is not counted. On a busy
machine the processor's time of the key tells more than the clock's: both are told.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.screen import Screen

Screens = tuple[tuple[str, str, str], ...]

SCREENS: Screens = (
    ("leaks", "k", "compared with"),
    ("log", "l", "Worth"),
    ("insights", "I", "What an hour earns"),
    ("day", "r", "billable "),
    ("statements", "p", "To bill"),
    ("money", "P", "Drafts "),
    ("calendar", "W", "Week "),
    ("rounding", "R", "What rounding"),
    ("settings", "\x1bOQ", "Setting"),
)
"""The screen, the key that opens it from the main one, and what is on it and not there."""

PRICED: Screens = (
    ("statements, what is chosen priced", "p", "Preview"),
    ("money, what is chosen priced", "P", "Enter drafts"),
)
"""What follows the first picture of two of them."""

ARROWS = "\x1b[B", "\x1b[A"
MOVES = {
    "insights": ("\t", "\x1b[Z"),  # from panel to panel: the lists are empty until they are read
    "day": ("+", "-"),  # closer and wider: a day may have nothing to go through
}
HELP = "?", "\x1b"
FIRST_SECOND = 1.2

Environment = Callable[[Path], dict[str, str]]
Paint = tuple[float, float]
"""Milliseconds from a key to its paint: of the clock, and of the processor in the thread that draws."""


def _opened(home: Path, environment: Environment) -> Screen:
    return Screen([sys.executable, "-m", "clepsydra"], environment(home))


def visited(big: Path, small: Path, environment: Environment) -> None:
    """Keys within the first second of each screen, and memory after the visit."""
    for name, home in (("a big log", big), ("a small log", small)):
        with _opened(home, environment) as screen:
            screen.until("Client 05")
            screen.rest(3)
            taken = {each: _first_second(screen, each, key) for each, key, _ in SCREENS}
            memory = screen.memory_mb()
            asked = [_help(screen, key) for _, key, _ in SCREENS]
        print(f"\nkeys in the first second of a screen, {name}: milliseconds of the clock (of the processor)")
        for each, paints in taken.items():
            _tell(each, paints)
        _tell("every screen (at most 16)", [paint for paints in taken.values() for paint in paints])
        _tell("the help's own key", [paint for paints in asked for paint in paints])
        print(f"{'memory after a visit of the screens':<46}{memory:9.1f} MB (at most 80)", flush=True)


def _tell(name: str, paints: list[Paint]) -> None:
    clock, processor = (sorted(column) for column in zip(*paints, strict=True)) if paints else ([0.0], [0.0])
    late = len(clock) * 19 // 20
    print(
        f"{name:<46}{clock[late]:9.1f} p95 ({processor[late]:.1f}), {statistics.median(clock):.1f} median "
        f"({statistics.median(processor):.1f}), {clock[-1]:.1f} slowest of {len(paints)}",
        flush=True,
    )


def _first_second(screen: Screen, name: str, key: str) -> list[Paint]:
    """Keys until the screen has stood for a second; what answers within 0.4 s."""
    screen.send(key)
    keys, end = MOVES.get(name, ARROWS), time.perf_counter() + FIRST_SECOND
    paints, n = list[Paint](), 0
    while time.perf_counter() < end:
        screen.rest(0.04)
        paint = screen.paints(keys[n % len(keys)], 0.4)
        paints += [paint] if paint else []
        n += 1
    _leave(screen)
    return paints


def _help(screen: Screen, key: str) -> list[Paint]:
    """The help asked for and left again, on a screen that has stood for a while."""
    screen.send(key)
    screen.rest(1.5)
    paints = []
    for each in HELP * 2:
        screen.rest(0.2)
        paint = screen.paints(each, 2)
        paints += [paint] if paint and each != "\x1b" else []
    _leave(screen)
    return paints


def _leave(screen: Screen) -> None:
    screen.rest(1)
    screen.send("\x1b")
    screen.rest(0.7)


def opened(big: Path, small: Path, environment: Environment, runs: int) -> None:
    """What opening each screen costs until it shows what it is for, on both logs in turns; processor of all threads."""
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name, _, _ in (*SCREENS, *PRICED)}
    toggled: tuple[list[float], list[float]] = [], []
    for _ in range(runs):
        for n, home in enumerate((big, small)):
            with _opened(home, environment) as screen:
                screen.until("Client 05")
                screen.rest(2)
                for name, key, text in (*SCREENS, *PRICED):
                    found[name][n].append(screen.costs(key, text))
                    _leave(screen)
                toggled[n].extend(_toggle(screen) for _ in range(4))
    print("\nopening a screen, processor")
    for name, (on_big, on_small) in found.items():
        ratio = statistics.median(on_big) / statistics.median(on_small)
        print(f"{name:<46}{ratio:9.2f} x the small log (at most 1.2), {statistics.median(on_big):.0f} ms", flush=True)
    on_big, on_small = map(statistics.median, toggled)
    words = "a start or a stop by its key, and all that follows"
    print(f"{words:<46}{on_big / on_small:9.2f} x the small log, {on_big:.0f} ms", flush=True)


def _toggle(screen: Screen) -> float:
    """Milliseconds of the processor that a timer started or stopped by its key costs, a tick in it."""
    screen.rest(1)
    before = screen.processor_ms()
    screen.send(" ")
    screen.rest(1)
    return screen.processor_ms() - before
