"""Copies of the whole log: make one, bring one back. Bringing one back never loses what it replaces."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from clepsydra.ledger.ledger import Clock, Refused
from clepsydra.settings.home import Home
from clepsydra.store import backups
from clepsydra.store.database import SCHEMA_VERSION, connect, connect_to_read, schema_version
from clepsydra.store.failures import damaged
from clepsydra.store.opening import open_log


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: `kept` is where the log that was there went, None where there was none."""

    kept: Path | None
    sound: bool
    """Whether the log that was there was sound, so that `kept` is a backup and not the damaged file itself."""


def back_up(home: Home, clock: Clock, folder: Path | None = None) -> Path:
    """Write a checked copy of the log; raises OSError or `sqlite3.Error` when the disk refuses."""
    home.ensure()
    connection = open_log(home.database)
    try:
        return backups.back_up(connection, folder or home.backups_dir, backups.MADE, clock())
    finally:
        connection.close()


def restore(home: Home, file: Path, clock: Clock) -> Restored:
    """Put a backup in the log's place, once it is proven sound; a copy of the present log is kept first.

    Raises `Refused` when the backup is none, is damaged or comes from a newer program.
    """
    if not file.is_file():
        raise Refused("{file}: there is no such file", file=str(file))
    problem = backups.check(file)
    if problem:
        raise Refused("{file} is no sound backup of a log: {problem}", file=str(file), problem=problem)
    _refuse_newer(file)
    home.ensure()
    present = home.database.exists()
    kept, sound = _keep_present(home, clock) if present else (None, True)
    connection = connect(home.database)
    try:
        backups.restore(connection, file)
    finally:
        connection.close()
    open_log(home.database).close()
    return Restored(kept, sound)


def _refuse_newer(file: Path) -> None:
    connection = connect_to_read(file)
    try:
        if schema_version(connection) > SCHEMA_VERSION:
            raise Refused("this log was written by a newer Clepsydra; install that version to open it")
    finally:
        connection.close()


def _keep_present(home: Home, clock: Clock) -> tuple[Path, bool]:
    """Copy the present log to the backups; a damaged one is moved there as it is, with what belongs to it."""
    try:
        connection = connect(home.database)
        try:
            return backups.back_up(connection, home.backups_dir, "before-restore", clock()), True
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if not damaged(error):
            raise
    kept = home.backups_dir / f"damaged-{clock()}.db"
    for ending in ("", "-wal", "-shm"):
        part = home.database.with_name(home.database.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    return kept, False
