"""Backups: whole, consistent copies of the log, made while it is in use.

Kept sensibly: the last seven daily ones, one a week for a month, one a month for a year, and whatever was made by hand
or before a migration (the last ten of those).
"""

import os
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

from clepsydra.settings.home import naming
from clepsydra.store import journal
from clepsydra.store.database import connect_to_read, transaction

DAILY = "daily"
MADE = "made"


def back_up(connection: sqlite3.Connection, folder: Path, why: str, now: int | None = None) -> Path:
    """Write a checked copy of the whole log into `folder`; returns its path.

    The copy is made under a temporary name and takes its own only when SQLite says it is sound.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.fromtimestamp(now, UTC) if now is not None else datetime.now(UTC)
    path = _free(folder / f"clepsydra-{stamp:%Y%m%dT%H%M%SZ}-{why}.db")
    unfinished = path.with_name(f"{path.name}.{os.urandom(4).hex()}.partial")
    with naming(path, unfinished):
        os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(unfinished)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    except BaseException:
        copy.close()
        for leftover in folder.glob(f"{unfinished.name}*"):
            leftover.unlink(missing_ok=True)
        raise
    copy.close()
    unfinished.replace(path)
    return path


def _free(path: Path) -> Path:
    candidate, n = path, 1
    while candidate.exists():
        n += 1
        candidate = path.with_stem(f"{path.stem}-{n}")
    return candidate


def daily(connection: sqlite3.Connection, folder: Path, now: int) -> Path | None:
    """Make today's backup unless there is one already, then drop what is no longer worth keeping."""
    today = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d")
    if folder.is_dir() and any(folder.glob(f"clepsydra-{today}T*-{DAILY}.db")):
        return None
    path = back_up(connection, folder, DAILY, now)
    for old in superseded(sorted(folder.glob("clepsydra-*.db"))):
        old.unlink(missing_ok=True)
    return path


def superseded(backups: list[Path]) -> list[Path]:
    """Which of these backups (oldest first) newer ones make needless."""
    dailies = [(day, p) for p in backups if p.stem.endswith(DAILY) and (day := _day(p))]
    others = [p for p in backups if not p.stem.endswith(DAILY)]
    keep = {p for _, p in dailies[-7:]}
    weeks: dict[tuple[int, int], Path] = {}
    months: dict[tuple[int, int], Path] = {}
    for day, path in dailies:
        weeks.setdefault(day.isocalendar()[:2], path)
        months.setdefault((day.year, day.month), path)
    keep |= set(list(weeks.values())[-5:]) | set(list(months.values())[-12:])
    return [p for _, p in dailies if p not in keep] + others[:-10]


def _day(path: Path) -> date | None:
    try:
        return datetime.strptime(path.stem.split("-")[1][:8], "%Y%m%d").replace(tzinfo=UTC).date()
    except (IndexError, ValueError):
        return None


def check(path: Path) -> str | None:
    """What is wrong with a backup file, or None when it is a sound log."""
    try:
        connection = connect_to_read(path)
        try:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT count(*) FROM session").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        return str(error)
    return None if verdict == "ok" else str(verdict)


def restore(connection: sqlite3.Connection, path: Path) -> None:
    """Replace the open log's content by a backup's, page by page, in place.

    Other instances that have the log open see the restored content at their next read; the count of restores tells them
    that what they remember of the journal is of another life.
    """
    before = _restored(connection)
    source = connect_to_read(path)
    try:
        source.backup(connection)
    finally:
        source.close()
    with transaction(connection):
        connection.execute("UPDATE journal_now SET restored = ?", (1 + max(before, _restored(connection)),))


def _restored(connection: sqlite3.Connection) -> int:
    try:
        return journal.restored(connection)
    except sqlite3.DatabaseError:  # there is no log yet, or none that can be read
        return 0
