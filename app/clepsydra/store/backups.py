"""Backups: whole, consistent copies of the log, made while it is in use.

Kept sensibly: the last seven daily ones, one a week for a month, one a month for a year, as long as all copies together
are not longer than three times the log; and whatever was made by hand (the last ten of those).
"""

import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from clepsydra.settings.home import naming, sync_folder, unfinished, write_private
from clepsydra.store import journal
from clepsydra.store.database import BUSY_SECONDS, connect_to_read, schema_version, transaction

DAILY = "daily"
MADE = "made"


def back_up(connection: sqlite3.Connection, folder: Path, why: str, now: int | None = None) -> Path:
    """Write a checked copy of the whole log into `folder`; returns its path.

    The copy is made under a temporary name and takes its own only when SQLite says it is sound.

    Raises `sqlite3.DatabaseError` where the copy is not whole.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.fromtimestamp(now, UTC) if now is not None else datetime.now(UTC)
    path = _free(folder / f"clepsydra-{stamp:%Y%m%dT%H%M%SZ}-{why}.db")
    partial = unfinished(path, "partial")
    with naming(path, partial):
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(partial)
    try:
        pages(connection, copy)
        into_one_file(copy)
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    except BaseException:
        copy.close()
        for leftover in folder.glob(f"{partial.name}*"):
            leftover.unlink(missing_ok=True)
        raise
    copy.close()
    partial.replace(path)
    return path


def into_one_file(log: sqlite3.Connection) -> None:
    """Bring what SQLite keeps beside a log into it."""
    log.execute("PRAGMA journal_mode = DELETE")


def _free(path: Path) -> Path:
    candidate, n = path, 1
    while candidate.exists():
        n += 1
        candidate = path.with_stem(f"{path.stem}-{n}")
    return candidate


ROOM = 3
"""How many times the length of the log its copies may have together."""


def due(folder: Path, now: int) -> bool:
    """Whether today's backup is still to be made."""
    today = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d")
    return not (folder.is_dir() and any(folder.glob(f"clepsydra-{today}T*-{DAILY}.db")))


def daily(connection: sqlite3.Connection, folder: Path, now: int) -> Path | None:
    """Make today's backup unless there is one already, then drop what is no longer worth keeping."""
    if not due(folder, now):
        return None
    path = back_up(connection, folder, DAILY, now)
    there = {each: each.stat().st_size for each in sorted(folder.glob("clepsydra-*.db"))}
    for old in superseded(there, ROOM * path.stat().st_size):
        old.unlink(missing_ok=True)
    return path


def superseded(backups: Mapping[Path, int], room: int) -> list[Path]:
    """Which of these backups (oldest first, with their lengths) are needless, or too many for the room in bytes.

    The latest daily one and the last ten that were made by hand stay whatever their length.
    """
    dailies = [(day, p) for p in backups if p.stem.endswith(DAILY) and (day := _day(p))]
    made = [p for p in backups if _why(p) == MADE]
    others = [p for p in backups if _why(p) not in (DAILY, MADE, "rescued")]
    kept = set(made[-10:])
    left, newest = room - sum(backups[p] for p in kept), dailies[-1][1] if dailies else None
    for path in (*_by_worth(dailies), *others[:-11:-1]):
        if backups[path] <= left or path == newest:
            kept.add(path)
            left -= backups[path]
    return [p for p in (*(p for _, p in dailies), *made, *others) if p not in kept]


def _by_worth(dailies: list[tuple[date, Path]]) -> list[Path]:
    """The daily ones that are worth keeping: the latest first, then what reaches furthest back for its length."""
    weeks: dict[tuple[int, int], Path] = {}
    months: dict[tuple[int, int], Path] = {}
    for day, path in dailies:
        weeks.setdefault(day.isocalendar()[:2], path)
        months.setdefault((day.year, day.month), path)
    latest = [p for _, p in dailies[:-8:-1]]
    weekly, monthly = list(weeks.values())[:-6:-1], list(months.values())[:-13:-1]
    return list(dict.fromkeys([*latest[:1], *weekly[:1], *monthly[:2], *weekly[1:2], *latest, *monthly, *weekly]))


def _why(path: Path) -> str:
    """Why a backup was made, by its name."""
    return path.stem.split("-", 2)[-1].split("-")[0]


def _day(path: Path) -> date | None:
    try:
        return datetime.strptime(path.stem.split("-")[1][:8], "%Y%m%d").replace(tzinfo=UTC).date()
    except (IndexError, ValueError):
        return None


def problem(connection: sqlite3.Connection) -> str | None:
    """What keeps an open file from being a whole log; None for nothing."""
    verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        return str(verdict)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    absent = {"session", "statement", "journal", "journal_row", "journal_now"} - tables
    if absent or not schema_version(connection):
        return f"no table {min(absent)}" if absent else "user_version 0"
    return None


def copy_checked(source: Path, target: Path) -> str | None:
    """Copy a whole log with the changes that wait beside it, if it is sound; answers what is wrong with it otherwise.

    Raises OSError or `sqlite3.Error` where the disk of the copy refuses.
    """
    try:
        original = connect_to_read(source)
    except (OSError, sqlite3.Error) as error:
        return str(error)
    with closing(original):
        try:
            found = problem(original)
        except sqlite3.Error as error:
            return str(error)
        if found is None:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(sqlite3.connect(target)) as copy:
                pages(original, copy)
                into_one_file(copy)
                found = problem(copy)
    return found


def pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy every page of a log; raises `sqlite3.OperationalError` when another program holds one of them too long."""
    deadline = time.monotonic() + BUSY_SECONDS

    def step(status: int, *_: int) -> None:
        nonlocal deadline
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() > deadline:
                raise HeldBackup
        else:
            deadline = time.monotonic() + BUSY_SECONDS

    source.backup(target, progress=step, sleep=0.05)


class HeldBackup(sqlite3.OperationalError):
    """Another program holds the log."""

    sqlite_errorname = "SQLITE_BUSY"


def keep_damaged(file: Path, folder: Path, now: int) -> Path:
    """Copy a damaged log as it is, with what belongs to it, to the backups; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = _free(folder / f"damaged-{now}.db")
    for ending in ("", "-wal"):
        part = file.with_name(file.name + ending)
        if part.exists():
            write_private(kept.with_name(kept.name + ending), part.read_bytes(), new=True)
    return kept


def restore(connection: sqlite3.Connection, path: Path) -> None:
    """Replace the open log's content by a backup's in one transaction, in place.

    Other instances that have the log open see the restored content at their next read; the count of restores tells them
    that what they remember of the journal is of another life.
    """
    before = _restored(connection)
    with closing(connect_to_read(path)) as source:
        pages(source, connection)
    with transaction(connection):
        connection.execute("UPDATE journal_now SET restored = ?", (1 + max(before, _restored(connection)),))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def take_place(prepared: Path, file: Path) -> None:
    """Give a whole log the name of one that is damaged or missing; what waited beside that one must not be taken in."""
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    prepared.replace(file)
    sync_folder(file.parent)


def count_restored(prepared: Path, before: int) -> None:
    """Let a log that is about to be put in place say that it was, once more than any before it."""
    with closing(sqlite3.connect(prepared, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("UPDATE journal_now SET restored = ?", (1 + max(before, _restored(connection)),))


def restored(connection: sqlite3.Connection) -> int:
    """How often a backup was restored into a log."""
    return _restored(connection)


def _restored(connection: sqlite3.Connection) -> int:
    try:
        return journal.restored(connection)
    except sqlite3.DatabaseError:  # there is no log yet, or none that can be read
        return 0
