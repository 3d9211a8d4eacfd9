"""Copies of the whole log: make one, bring one back. Bringing one back looks first, and loses nothing in silence.

What is to be brought back is copied beside the log, brought to the present shape and proven there; only then does it
take the log's place, in one step. The log that was there is kept. Open programs notice by themselves.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message
from clepsydra.ledger import lost, opening, whole
from clepsydra.ledger.ledger import Clock, Ledger, Refused, Terms
from clepsydra.ledger.lost import Loss
from clepsydra.settings.home import Home, unfinished
from clepsydra.store import backups, given_numbers, watchers
from clepsydra.store.archive import Archive
from clepsydra.store.database import connect, connect_to_read, copy_in_memory
from clepsydra.store.failures import damaged
from clepsydra.store.opening import NewerLog, open_log


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: `kept` is where the log that was there went, None where there was none."""

    kept: Path | None
    sound: bool
    """Whether the log that was there was sound, so that `kept` is a backup and not the damaged file itself."""
    losses: tuple[Loss, ...] = ()
    """The statements and documents that the log no longer holds."""
    programs: int = 0
    """How many programs had the log open, and take up the other one by themselves."""
    missing: tuple[str | Message, ...] = ()
    """Files that the log speaks of and that neither the home nor the backup has; proofs by what is said of them."""


def back_up(home: Home, clock: Clock, folder: Path | None = None) -> Path:
    """Write a checked copy of the log, with every file of the home beside it; raises `Refused` when there is none to
    copy, OSError or `sqlite3.Error` when the disk refuses.
    """
    opening.refuse_missing(home)
    home.ensure()
    with closing(open_log(home.database)) as connection:
        made = backups.back_up(connection, folder or home.backups_dir, backups.MADE, clock())
    whole.keep(home, made)
    return made


def restore(home: Home, file: Path, clock: Clock, terms: Terms, *, even_if_lost: bool = False) -> Restored:
    """Put a backup in the log's place, once it is proven; a copy of the present log is kept first.

    Raises `Refused`, with everything as it was, when the backup is none of ours, is damaged, breaks a law, comes from a
    newer program, or, without `even_if_lost`, when statements would be lost.
    """
    _refuse_special(file)
    home.ensure()
    with _prepared(home, file, clock, terms) as prepared:
        losses = tuple(lost.by_restoring(home, prepared))
        if losses and not even_if_lost:
            raise Refused(
                "{file} does not hold what was issued since: {losses}; “--yes” restores it all the same "
                "(their numbers stay given, a copy of the present log is kept)",
                file=str(file), losses=", ".join(str(loss) for loss in losses),
            )  # fmt: skip
        programs, missing = _open_programs(home), whole.bring_back(home, file)
        kept, sound = _keep_present(home, clock)
        try:
            given_numbers.remember(home.database.parent, _read_in_log(home.database))
            _put_in_place(home, prepared, in_place=sound and kept is not None)
        except (OSError, sqlite3.Error) as error:
            if kept is None:
                raise
            raise Refused(
                "the log is as it was; its copy is {kept} ({reason})", kept=str(kept), reason=str(error)
            ) from error
    told = [each for each in _absent(home, terms, clock) if not any(name.endswith(f"/{each}") for name in missing)]
    return Restored(kept, sound, losses, programs, (*missing, *told))


def _refuse_special(file: Path) -> None:
    if not file.exists():
        raise Refused("{file}: there is no such file", file=str(file))
    if not file.is_file():
        raise Refused("{file} is no file that could hold a log", file=str(file))


@contextmanager
def _prepared(home: Home, file: Path, clock: Clock, terms: Terms) -> Iterator[Path]:
    """A proven copy of a backup beside the log, in the present shape; it is gone at the end unless it was placed."""
    copy = unfinished(home.database, "restoring")
    try:
        problem = backups.copy_checked(file, copy)
        if problem:
            raise Refused("{file} is no sound backup of a log: {problem}", file=str(file), problem=problem)
        _prove(copy, file, clock, terms)
        yield copy
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _prove(copy: Path, file: Path, clock: Clock, terms: Terms) -> None:
    """Raise `Refused` unless a log holds every law; what is wrong with files beside it is no breach of its own."""
    from clepsydra.ledger.verify import NO_CLIENT_FILE, verify

    try:
        log = open_log(copy, mend=False)
    except NewerLog as error:
        raise Refused("this log was written by a newer Clepsydra; install that version to open it") from error
    with closing(log), closing(copy_in_memory(log)) as alone:
        found = [breach for breach in verify(Ledger(alone, terms, clock)) if breach.what.text != NO_CLIENT_FILE]
        if found:
            raise Refused(
                "{file} breaks {count} law(s), so nothing was restored; the first: {what}",
                file=str(file), count=len(found), what=found[0].what,
            )  # fmt: skip
        backups.into_one_file(log)


def _absent(home: Home, terms: Terms, clock: Clock) -> tuple[str | Message, ...]:
    """Files that the log speaks of and the home does not hold: documents by their names, proofs by what is said."""
    from clepsydra.ledger.documents.proving import NO_PROOF, breaches

    archive = Archive(home.documents_dir)
    with closing(connect_to_read(home.database)) as log:
        documents = [archive.path(*each) for each in given_numbers.kept_documents(log)]
        proofs = [broken.what for broken in breaches(Ledger(log, terms, clock)) if broken.what.text == NO_PROOF]
    return (*(path.name for path in documents if not path.exists()), *proofs)


def _keep_present(home: Home, clock: Clock) -> tuple[Path | None, bool]:
    """Copy the present log to the backups; a damaged one as it is, with what belongs to it."""
    if not home.database.exists() or not home.database.stat().st_size:
        return None, True
    try:
        with closing(connect(home.database)) as connection:
            return backups.back_up(connection, home.backups_dir, "before-restore", clock()), True
    except sqlite3.DatabaseError as error:
        if not damaged(error):
            raise
    return backups.keep_damaged(home.database, home.backups_dir, clock()), False


def _put_in_place(home: Home, prepared: Path, *, in_place: bool) -> None:
    """Let a proven log take the log's place: a whole one is overwritten in one transaction, which every program that
    has it open sees; instead of a damaged or missing one the new file takes the name."""
    before = _times_restored(home.database) if in_place else 0
    backups.count_restored(prepared, before)
    if in_place:
        with closing(connect(home.database)) as connection:
            backups.restore(connection, prepared)
    else:
        backups.take_place(prepared, home.database)


def _times_restored(file: Path) -> int:
    with closing(connect_to_read(file)) as connection:
        return backups.restored(connection)


def _read_in_log(file: Path) -> dict[str, given_numbers.GivenNumbers]:
    """The last numbers of the present log, as far as it can be read."""
    try:
        with closing(connect_to_read(file)) as connection:
            return given_numbers.in_log(connection)
    except (OSError, sqlite3.Error):
        return {}


def _open_programs(home: Home) -> int:
    """How many programs on this machine have the log open."""
    from clepsydra.ledger.processes import process_alive, this_host

    try:
        with closing(connect_to_read(home.database)) as connection:
            here = [w for w in watchers.all_watchers(connection) if w.host == this_host()]
    except (OSError, sqlite3.Error):
        return 0
    return sum(process_alive(watcher.pid) for watcher in here)
