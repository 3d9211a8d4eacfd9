"""Open a person's ledger: their home, their settings, their log."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from errno import ENOSPC

from clepsydra.domain.annotations import TYPE_CHECKING, Protocol
from clepsydra.domain.records import replace
from clepsydra.ledger.ledger import DISK_ERRORS, Clock, Ledger, Refused, Terms
from clepsydra.settings.clock import system_clock
from clepsydra.settings.home import LOG, NUMBERS, Home
from clepsydra.store import database, sessions
from clepsydra.store.database import be_patient as be_patient
from clepsydra.store.database import give_way as give_way
from clepsydra.store.database import let_go as let_go
from clepsydra.store.failures import held as held
from clepsydra.store.failures import no_room, unwritable
from clepsydra.store.opening import NewerLog, empty_log, open_log, open_log_to_read

if TYPE_CHECKING:
    from pathlib import Path


class FileTerms(Terms, Protocol):
    """Terms read from files, which can learn whom the log names."""

    def expect(self, clients: Callable[[], Iterable[str]]) -> None: ...


def open_ledger(home: Home, environment: Mapping[str, str], clock: Clock = system_clock) -> Ledger:
    """The ledger of a home, with every client read; creates what is missing.

    Raises `Refused` when the log is from a newer program, `OSError` or `sqlite3.Error` when the disk refuses.
    """
    from clepsydra.settings.watch import Catalogue

    return open_with(home, Catalogue(home, environment), clock)


def is_new(ledger: Ledger, home: Home) -> bool:
    """Whether a home holds nothing yet: no client's file, good or broken, and no session."""
    from clepsydra.settings.load import client_files

    return not client_files(home) and not sessions.page(ledger.db, sessions.Filter(), 1)


def open_at_once(home: Home, terms: FileTerms, clock: Clock) -> Ledger | None:
    """The ledger as it is, to read and without waiting for anybody; None for a log of another shape.

    Raises `OSError` or `sqlite3.Error` where there is no log, or it cannot be read just now.
    """
    log = database.connect_to_read(home.database, patience=0)
    if database.schema_version(log) == database.SCHEMA_VERSION:
        return Ledger(log, terms, clock)
    log.close()
    return None


def is_read_only(ledger: Ledger) -> bool:
    """Whether the home could not be written when it was opened, so that every change is refused."""
    return database.is_read_only(ledger.db)


IN_PASSING = 8 * 1024 * 1024
"""Up to this length (bytes) a log is copied by the command that comes upon it first; a longer one beside it."""


def long_backup_due(ledger: Ledger, home: Home) -> bool:
    """Whether today's backup is still to be made, of a log so long that nobody should wait for it.

    Raises OSError where the disk has no room for it.
    """
    from shutil import disk_usage

    from clepsydra.store import backups

    length = home.database.stat().st_size
    if length <= IN_PASSING or not backups.due(home.backups_dir, ledger.now):
        return False
    if disk_usage(home.database.parent).free < length:
        raise OSError(ENOSPC, os.strerror(ENOSPC))
    return True


def back_up_daily(ledger: Ledger, home: Home) -> "list[Path]":
    """Make today's backup if there is none yet, then forget evidence that is too old to be of use.

    Returns the unfinished files of killed writers, which are gone now. Uses a connection of its own, so a thread may
    call it.
    """
    from clepsydra.ledger import leftovers
    from clepsydra.ledger.calls.keeping import forget_old_evidence
    from clepsydra.store import backups

    cleared = leftovers.clear(home)

    connection = database.connect(home.database)
    try:
        if backups.daily(connection, home.backups_dir, ledger.now):
            forget_old_evidence(replace(ledger, db=connection))
    finally:
        connection.close()
    return cleared


def open_with(
    home: Home,
    terms: FileTerms,
    clock: Clock = system_clock,
    *,
    or_read: bool = False,
) -> Ledger:
    """The ledger of a home under terms that were read already.

    With `or_read`, a home that cannot be written is opened all the same, and refuses every change. Where a log was and
    is gone, `Refused` says how to bring the old one back; only `begin_anew` makes an empty one.
    """
    refuse_missing(home)
    try:
        log = _opened(home, or_read=or_read)
    except NewerLog as error:
        raise Refused("this log was written by a newer Clepsydra; install that version to open it") from error
    terms.expect(lambda: sessions.clients(log))
    return Ledger(log, terms, clock)


def open_to_read(home: Home, terms: FileTerms, clock: Clock = system_clock) -> Ledger:
    """The ledger of a home, to read: every change is refused, and nothing in the home is touched.

    A home without a log reads as an empty one. Raises as `open_with` does.
    """
    refuse_missing(home)
    try:
        file = home.kept(LOG)
        log = open_log_to_read(file) if os.path.exists(file) else empty_log()
    except NewerLog as error:
        raise Refused("this log was written by a newer Clepsydra; install that version to open it") from error
    terms.expect(lambda: sessions.clients(log))
    return Ledger(log, terms, clock)


def missing(home: Home) -> bool:
    """Whether the home has no log although it had one: its copies, its numbers or its documents are still there."""
    try:
        if os.stat(home.kept(LOG)).st_size:
            return False
    except FileNotFoundError:
        pass
    folders = (home.backups_dir, home.statements_dir, home.documents_dir)
    return os.path.exists(home.kept(NUMBERS)) or any(folder.is_dir() and any(folder.iterdir()) for folder in folders)


def latest_copies(home: Home) -> "list[Path]":
    """The backups of a home that may be brought back, the latest first."""
    return sorted(home.backups_dir.glob("clepsydra-*.db"), key=lambda copy: copy.stat().st_mtime, reverse=True)


def refuse_missing(home: Home) -> None:
    """Raise `Refused` where the log is gone: nobody begins an empty one beside what is left without being told to."""
    if not missing(home):
        return
    copies = latest_copies(home)
    if copies:
        raise Refused(
            "the log is missing: {file}. Its latest backup ({count} are there): “clepsydra restore {backup}” brings it "
            "back; “--yes” begins an empty one",
            file=str(home.database), count=len(copies), backup=str(copies[0]),
        )  # fmt: skip
    raise Refused(
        "the log is missing: {file}, and there is no backup of it here. If it was moved, put it back; “--yes” begins "
        "an empty one",
        file=str(home.database),
    )  # fmt: skip


def begin_anew(home: Home) -> None:
    """Begin an empty log where the old one is gone; changes that wait beside the old one are kept among the backups."""
    home.ensure()
    for ending in ("-wal", "-shm"):
        left = home.database.with_name(home.database.name + ending)
        if left.exists():
            left.rename(home.backups_dir / f"left-{left.stat().st_mtime_ns}.db{ending}")
    open_log(home.database).close()


def _opened(home: Home, *, or_read: bool) -> sqlite3.Connection:
    try:
        home.ensure()
        log = open_log(home.kept(LOG))
        if not os.path.exists(home.kept(NUMBERS)):  # says from now on that here was a log
            from clepsydra.store import given_numbers

            with suppress(OSError):
                given_numbers.write(home.database.parent, given_numbers.Register())
        return log
    except DISK_ERRORS as error:
        if not (or_read and (unwritable(error) or no_room(error)) and home.database.exists()):
            raise
        copy = open_log_to_read(home.database)
        copy.refused = error  # said of every change
        return copy
