"""A program that keeps the log open looks, once a second, whether the log's file is still there and still the same.

What it finds is said until it is mended; what the program holds is written to where it can be; a cure is named. And it
sees to it that work reaches the log's own file within a minute, not only the `-wal` beside it.
"""

import sqlite3
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message, message
from clepsydra.ledger.calls.lock import Lock
from clepsydra.ledger.failures import explained
from clepsydra.ledger.ledger import DISK_ERRORS, Ledger
from clepsydra.ledger.opening import latest_copies
from clepsydra.settings.foreign import StrPath
from clepsydra.settings.home import Home, unfinished
from clepsydra.store import backups, database
from clepsydra.store.custody import Custody, Memory, Trouble
from clepsydra.store.failures import damaged
from clepsydra.store.opening import open_log
from clepsydra.store.rescue import Rescued, rescue

TRY_AGAIN = 5
"""How often (seconds) a log that could only be read is tried again."""

INTO_FILE = 30
"""How often (seconds) what waits beside the log is taken into it."""


class LogEvent(StrEnum):
    """What has happened to the log's file since the last look."""

    LOST = "lost"
    """It is not what it was: nothing is written until it is mended."""
    BACK = "back"
    """It is there again, as it was."""
    RESTORED = "restored"
    """A backup was restored into it; what is read from now on is that."""
    REOPEN = "reopen"
    """It is whole, but another file than the open one: it must be opened again."""


@dataclass(frozen=True, slots=True)
class LogNews:
    """An event, in words: what, where what was held is now, and what to do."""

    event: LogEvent
    what: Message
    kept: Message | None = None
    cure: Message | None = None
    rescued: Rescued | None = None

    can_be_put_back: bool = False
    """Whether what was rescued may take the log's place."""

    @property
    def sentences(self) -> tuple[Message, ...]:
        """All of it."""
        return tuple(each for each in (self.what, self.kept, self.cure) if each)


class LogWatch:
    """Looks after the file of one open log; call `beat` once a second in the thread that writes."""

    def __init__(self, ledger: Ledger, home: Home) -> None:
        self._ledger, self._home = ledger, home
        custody = ledger.db.custody if isinstance(ledger.db, database.Log) else None
        self._custody: Custody | None = custody
        if custody:
            custody.memory, custody.fresh = Memory.of(ledger.db), _fresh
        self._seen: object = None
        self._into_file_at = ledger.now
        self.lost: LogNews | None = None
        """What is wrong now, and has been said."""
        self._trouble: Trouble | None = None

    def beat(self) -> LogNews | None:
        """Look; what is new since the last look, None for nothing."""
        if self._custody is None:
            return self._read_only()
        trouble = self._custody.look()
        if trouble is None and (self._custody.suspect or self._custody.broken):
            trouble = self._custody.proven()
        if trouble is None:
            try:
                return self._well()
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                trouble = Trouble.DAMAGED
        if trouble is Trouble.CUT_OFF:
            return self._cut_off(self._custody)
        if trouble is Trouble.REPLACED and (taken_up := self._taken_up()):
            return LogNews(LogEvent.REOPEN, taken_up)
        return self._lost(trouble)

    def _read_only(self) -> LogNews | None:
        """Of a log that could only be read when it was opened: why, and whether it can be written by now."""
        refused = self._ledger.db.refused if isinstance(self._ledger.db, database.Copy) else None
        now = self._ledger.now
        if refused is None:
            return None
        if self.lost is None:
            self.lost = LogNews(LogEvent.LOST, explained(refused) or message("the log cannot be written"))
            return self.lost
        if not 0 <= now - self._into_file_at < TRY_AGAIN:
            self._into_file_at = now
            with suppress(*DISK_ERRORS):
                open_log(self._home.database).close()
                return LogNews(LogEvent.REOPEN, message("the log can be written again; it was opened again"))
        return None

    def _cut_off(self, custody: Custody) -> LogNews | None:
        """What waited beside the log, or its index, was taken away; nothing is written until it is sure what counts.

        Where others already work with a new index, what they found is what counts. Else one program puts a whole copy
        in the log's place, as a file of its own: two indexes of one file would mix. The other programs follow it.
        """
        if custody.index_is_another and custody.wal_is_there:
            return LogNews(
                LogEvent.REOPEN, message("the index beside the log was taken away; the log was opened again")
            )
        if not custody.index_is_another:
            lock = Lock(self._home.database.with_suffix(".mending"))
            if not lock.take():
                return None  # another program is at it: at the next beat its file is there
            try:
                if custody.look() is Trouble.CUT_OFF and (saved := self._put_in_place(custody)):
                    return saved
            finally:
                self._home.database.with_suffix(".mending").unlink(missing_ok=True)
                lock.release()
            if custody.look() is not Trouble.CUT_OFF:
                return None
        return self._lost(Trouble.CUT_OFF)

    def _put_in_place(self, custody: Custody) -> LogNews | None:
        """Write all that this program sees into a new file and give that the log’s name; None where it is not whole."""
        rescued = rescue(self._ledger.db, self._folders(), self._ledger.now)
        if rescued is None or not rescued.whole:
            return None
        copy = unfinished(self._home.database, "restoring")
        try:
            if backups.copy_checked(rescued.path, copy) is not None or custody.look() is not Trouble.CUT_OFF:
                return None
            backups.count_restored(copy, custody.memory.restored if custody.memory else 0)
            backups.take_place(copy, self._home.database)
        finally:
            copy.unlink(missing_ok=True)
        what = message("what waited beside the log was taken away: {file}-wal. All of it was written into the log, "
                       "which was opened again", file=str(self._home.database))  # fmt: skip
        return LogNews(LogEvent.REOPEN, what, _kept(rescued), None, rescued)

    def _well(self) -> LogNews | None:
        was, self.lost, self._trouble = self.lost, None, None
        if was:
            return LogNews(LogEvent.BACK, message("the log’s file is back: {file}", file=str(self._home.database)))
        version = database.data_version(self._ledger.db)
        if version == self._seen:
            self._into_file()
            return None
        assert self._custody is not None
        before, after = self._custody.memory, Memory.of(self._ledger.db)
        self._custody.memory, self._seen = after, version
        if before and after and before.restored != after.restored:
            return LogNews(LogEvent.RESTORED, message("a backup was restored: this is the log as it was then"))
        self._into_file()
        return None

    def _into_file(self) -> None:
        if not 0 <= self._ledger.now - self._into_file_at < INTO_FILE:
            self._into_file_at = self._ledger.now
            database.into_file(self._ledger.db)

    def _lost(self, trouble: Trouble) -> LogNews | None:
        if trouble is self._trouble:
            return None
        self._trouble = trouble
        rescued = None
        if trouble is not Trouble.SHUT:
            rescued = self.lost.rescued if self.lost else None
            rescued = rescued or rescue(self._ledger.db, self._folders(), self._ledger.now)
        whole = rescued is not None and rescued.whole
        cure = _cure(trouble, rescued, self._home, self._moved_to())
        self.lost = LogNews(
            LogEvent.LOST, self._what(trouble), _kept(rescued), cure, rescued,
            can_be_put_back=whole and trouble in (Trouble.GONE, Trouble.REPLACED, Trouble.DAMAGED),
        )  # fmt: skip
        return self.lost

    def _folders(self) -> tuple[Path, ...]:
        """Where what is held may be written: among the backups, beside the log, beside the home."""
        folder = self._home.database.parent
        return self._home.backups_dir, folder, folder.parent

    def _what(self, trouble: Trouble) -> Message:
        file = str(self._home.database)
        match trouble:
            case Trouble.GONE:
                return message("the log’s file is gone: {file}. Nothing is written until it is back", file=file)
            case Trouble.MOVED:
                return message("the folder of the log is gone: {folder}. Nothing is written until it is back",
                               folder=str(self._home.database.parent))  # fmt: skip
            case Trouble.REPLACED:
                return message("another file stands where the log was: {file}. Nothing is written into it", file=file)
            case Trouble.CUT_OFF:
                return message(
                    "what waited beside the log was taken away: {file}-wal. Nothing is written now", file=file
                )
            case Trouble.DAMAGED:
                return message("the log was damaged from outside: {file}. Nothing is written into it", file=file)
            case Trouble.SHUT:
                return message("the log may no longer be read and written: {file}. Nothing is written now", file=file)

    def _moved_to(self) -> Path | None:
        """Where the open file is now, if this system says so."""
        with suppress(OSError):
            for entry in Path("/proc/self/fd").iterdir():
                with suppress(OSError):
                    path = entry.readlink()
                    if path.name == self._home.database.name and path != self._home.database and path.exists():
                        return path
        return None

    def _taken_up(self) -> Message | None:
        """What to say of a whole log at the log's path that a restore has put there, or that holds all that this one
        held; None for any other file.
        """
        memory = self._custody.memory if self._custody else None
        try:
            with closing(_fresh(self._home.database)) as there:
                if backups.problem(there) is not None:
                    return None
                if backups.restored(there) > (memory.restored if memory else 0):
                    return message("a backup was restored in the log’s place; it was opened again")
                if memory and memory.contradiction(there) is None:
                    return message("the log’s file was exchanged for a copy that holds the same; it was opened again")
        except DISK_ERRORS:
            return None
        return None


def _fresh(file: StrPath) -> sqlite3.Connection:
    """A connection that waits for nobody: the clock on the screen must not stand."""
    return database.connect_to_read(file, patience=0.2)


def _kept(rescued: Rescued | None) -> Message:
    if rescued is None:
        return message("nowhere could a copy be written: do not close this program before the file is back")
    return message("What this program holds is kept in {file}", file=str(rescued.path))


def _cure(trouble: Trouble, rescued: Rescued | None, home: Home, path: Path | None) -> Message:
    if trouble is Trouble.SHUT:
        return message("give yourself the right to it again: chmod 600 {file}; chmod 700 {folder}",
                       file=str(home.database), folder=str(home.database.parent))  # fmt: skip
    if trouble is Trouble.MOVED and path:
        return message("It is in {place} now: move it back", place=str(path.parent))
    if rescued and rescued.whole:
        return message("“clepsydra restore {file}” puts it back", file=str(rescued.path))
    copies = latest_copies(home)
    if copies:
        return message("The latest backup: clepsydra restore {backup}", backup=str(copies[0]))
    return message("“clepsydra doctor” says more")
