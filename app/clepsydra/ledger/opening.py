"""Open a person's ledger: their home, their settings, their log."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from clepsydra.ledger.ledger import DISK_ERRORS, Clock, Ledger, Refused, Terms
from clepsydra.settings.clock import system_clock
from clepsydra.settings.home import Home
from clepsydra.store import database, sessions
from clepsydra.store.failures import unwritable
from clepsydra.store.opening import NewerLog, open_log, open_log_to_read


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


def is_read_only(ledger: Ledger) -> bool:
    """Whether the home could not be written when it was opened, so that every change is refused."""
    return database.is_read_only(ledger.db)


def back_up_daily(ledger: Ledger, home: Home) -> None:
    """Make today's backup if there is none yet, then forget evidence that is too old to be of use.

    Uses a connection of its own, so a thread may call it.
    """
    from clepsydra.ledger.calls.keeping import forget_old_evidence
    from clepsydra.store import backups

    connection = database.connect(home.database)
    try:
        if backups.daily(connection, home.backups_dir, ledger.now):
            forget_old_evidence(replace(ledger, db=connection))
    finally:
        connection.close()


def open_with(
    home: Home, terms: FileTerms, clock: Clock = system_clock, *, mend: bool = True, or_read: bool = False
) -> Ledger:
    """The ledger of a home under terms that were read already; without `mend`, locks that are missing stay so.

    With `or_read`, a home that cannot be written is opened all the same, and refuses every change.
    """
    try:
        log = _opened(home, mend=mend, or_read=or_read)
    except NewerLog as error:
        raise Refused("this log was written by a newer Clepsydra; install that version to open it") from error
    terms.expect(lambda: sessions.clients(log))
    return Ledger(log, terms, clock)


def _opened(home: Home, *, mend: bool, or_read: bool) -> sqlite3.Connection:
    try:
        home.ensure()
        return open_log(home.database, mend=mend)
    except DISK_ERRORS as error:
        if not (or_read and unwritable(error) and home.database.exists()):
            raise
        log = open_log_to_read(home.database)
        if log is None:
            raise
        return log
