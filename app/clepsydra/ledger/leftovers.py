"""What a killed writer left behind: unfinished files, which nobody will finish. They are cleared, and that is told.

An unfinished file bears the number of the process that writes it; while that lives, or where it may live on another
machine, the file is left alone until it is a day old.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from clepsydra.ledger.processes import process_alive
from clepsydra.settings.home import UNFINISHED, WRITTEN, Home
from clepsydra.store.archive import STAGED

ANY_AGE, OLD = 0, 86_400
"""Seconds after which a file is nobody's: of a process that is known to be dead, of any other."""

_NAME = re.compile(rf"\..*\.(?:(?P<pid>\d+)-)?[0-9a-f]{{8}}\.(?:{'|'.join(UNFINISHED)})(?:-wal|-shm|-journal)?$")


def found(home: Home) -> Iterator[Path]:
    """The unfinished files of a home whose writers are no more."""
    now = time.time()
    for folder in _folders(home):
        with suppress(OSError):
            # Names first: folders of documents hold tens of thousands that are none.
            hidden = [name for name in os.listdir(folder) if name.startswith(".")]  # noqa: PTH208
            for name in sorted(hidden):
                if _is_left(folder / name, now):
                    yield folder / name


def clear(home: Home) -> list[Path]:
    """Take them away; those that could be."""
    gone: list[Path] = []
    for path in found(home):
        with suppress(OSError):
            path.unlink()
            gone.append(path)
    return gone


def _is_left(path: Path, now: float) -> bool:
    match = _NAME.fullmatch(path.name)
    if not match and not path.name.endswith(STAGED):
        return False
    pid = match["pid"] if match else None
    age = ANY_AGE if pid and not process_alive(int(pid)) else OLD
    try:
        return now - path.stat().st_mtime >= age
    except OSError:
        return False


def _folders(home: Home) -> Iterator[Path]:
    """The folders the program writes in, and theirs: documents lie by year, proofs by the beginning of their hash."""
    for root in dict.fromkeys((home.path, home.database.parent)):
        yield root
        for name in WRITTEN:
            for folder, _, _ in os.walk(root / name):
                yield Path(folder)
