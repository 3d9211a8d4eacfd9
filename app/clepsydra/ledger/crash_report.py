"""What a fault of the program leaves in the home's log file: where in the program it was, and nothing of anybody's.

The message of an exception, the values of variables and what was typed may name clients; types, files, lines and
functions of the program do not.
"""

import os
import platform
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

from clepsydra import __version__

MOST_BYTES = 256 * 1024
"""A longer file of reports begins anew."""


_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""Where the system can say so, a symbolic link in the file's place is not written through."""


def keep(error: BaseException, file: Path) -> bool:
    """Append a report, readable by its owner alone (0600); whether the disk took it."""
    try:
        if file.exists() and file.stat().st_size > MOST_BYTES:
            file.unlink()
        handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY | _NO_LINK, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as log:
            log.write(report(error))
    except OSError:
        return False
    return True


def report(error: BaseException) -> str:
    """The report itself, in English: whoever mends the program reads it."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    head = f"{when} Clepsydra {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([head, *_told(error), "", ""])


def _told(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield f"{type(each).__module__}.{type(each).__qualname__}{_code(each)}"
        for frame in extract_tb(each.__traceback__):
            yield f"  {_short_path(frame.filename)}:{frame.lineno} in {frame.name}"
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _code(error: BaseException) -> str:
    """What the disk or the database calls it: a name of theirs, no word of anybody's."""
    if isinstance(error, sqlite3.Error):
        return f" {getattr(error, 'sqlite_errorname', '')}".rstrip()
    return f" {error.errno}" if isinstance(error, OSError) and error.errno is not None else ""


def _short_path(file: str) -> str:
    """A file by its package: folders above it may bear the names of people."""
    for root in ("/site-packages/", "/app/", f"/python{platform.python_version().rpartition('.')[0]}/"):
        if root in file:
            return file.rpartition(root)[2]
    return Path(file).name
