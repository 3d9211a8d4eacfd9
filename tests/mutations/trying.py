"""Tries changed files one after the other, and measures."""

import gc
import resource
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.mutations import readers
from tests.mutations.changes import changed, worded

KINDS = ("calendars", "themes", "settings", "keys", "clients", "agreements", "csv", "calls", "mail", "commands")
SECONDS = 5.0


class Found(NamedTuple):
    """What went wrong, the slowest of all in seconds, and the most memory of the process in megabytes."""

    failures: list[str]
    slowest: float
    megabytes: int


def try_kind(kind: str, count: int, seed: int) -> Found:
    """So many changed files, or lines of a command, of one kind."""
    failures: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number, attempt in zip(range(count), _attempts(kind, seed, Path(folder)), strict=False):
            began = time.perf_counter()
            try:
                attempt()
            except Exception as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{Path(last.filename).name}:{last.lineno}"
                failures.append(f"seed {seed}, number {number}: {type(error).__name__} at {where}: {str(error)[:200]}")
            slowest = max(slowest, time.perf_counter() - began)
    gc.collect()
    return Found(failures, slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _attempts(kind: str, seed: int, folder: Path) -> Iterator[Callable[[], object]]:
    if kind == "commands":
        return _commands(seed, folder)
    return _files(readers.kinds()[kind], seed, folder)


def _files(kind: readers.Kind, seed: int, folder: Path) -> Iterator[Callable[[], object]]:
    number = 0
    while True:
        random = Random(f"{seed} {number}")
        data = changed(random.choice(kind.samples), random, kind.words)
        yield lambda data=data: kind.read(folder, data)
        number += 1


def _commands(seed: int, folder: Path) -> Iterator[Callable[[], object]]:
    home = readers.home_in(folder)
    number = 0
    while True:
        random = Random(f"{seed} {number}")
        words = worded(readers.COMMANDS, random, readers.VALUES)
        words = [word for word in words if word != "--home"]
        if words and words[0] not in ("watch", "demo", "restore"):
            yield lambda words=words: readers.call(home, *words)
        number += 1
