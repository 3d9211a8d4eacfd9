"""Write what an open connection still holds to where it can be written: the whole log, or all rows that can be read."""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.settings.home import write_private
from clepsydra.store import backups
from clepsydra.store.schema import JOURNALLED, columns


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where it was written; `whole` says whether it is a sound log, which can be restored, or rows alone."""

    path: Path
    whole: bool


def rescue(connection: sqlite3.Connection, folders: Iterable[Path], now: int) -> Rescued | None:
    """Write a whole log into the first of the folders that takes it, else into the system's own for what is temporary;
    where the log cannot be read as a whole, every row that can. None where nothing takes anything.
    """
    stamp = f"{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}"
    places = [folder for folder in (*folders, Path(tempfile.gettempdir())) if folder.is_dir()]
    for folder in places:
        with suppress(OSError, sqlite3.Error):
            path = folder / f"clepsydra-{stamp}-rescued.db"
            if _copy(connection, path):
                return Rescued(path, whole=True)
    content = json.dumps(_rows(connection), ensure_ascii=False, indent=1).encode()
    for folder in places:
        with suppress(OSError):
            path = folder / f"clepsydra-{stamp}-rescued.json"
            write_private(path, content)
            return Rescued(path, whole=False)
    return None


def _copy(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a sound copy was made; one that is not sound is taken away again."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(path)) as copy:
            backups.pages(connection, copy)
            backups.into_one_file(copy)
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if not sound:
        path.unlink(missing_ok=True)
    return bool(sound)


def _rows(connection: sqlite3.Connection) -> dict[str, list[dict[str, object]]]:
    """The rows of every table that holds work, as far as they can be read from either end."""
    return {table: list(_readable(connection, table)) for table in JOURNALLED}


def _readable(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    seen: set[object] = set()
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.Error):
            names = columns(connection, table)
            for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id {order}"):
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield dict(zip(names, row, strict=True))
