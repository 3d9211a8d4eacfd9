"""Is the file that a connection writes into still the log at its path?

A file that was removed, moved or replaced goes on taking what is written to it, and nobody will ever find it there. So
whoever keeps the log open looks at the path before each commit and at each beat: file, `-wal` and `-shm` must be the
very ones that are open. Only their entries in the folder are looked at. Opening and closing the file here would drop
the locks that SQLite holds on it.

What was written into the file from outside, in place, shows by a time of change that no commit and no checkpoint of
ours explains; then the log is read with fresh eyes (`proven`).
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum

from clepsydra.domain.records import dataclass
from clepsydra.settings.foreign import StrPath
from clepsydra.store.failures import held

MOST_IN_FULL = 64 * 1024 * 1024
"""Up to this size (bytes) a log that is under suspicion is checked with its indexes, beyond it without them."""


WAL_HEAD = 32
"""The bytes that a `-wal` begins with; without them nothing in it counts."""

INDEX = 32_768
"""The size (bytes) of an index that is in use."""


def refuse_headless(path: str, waiting: Callable[[], int]) -> None:
    """Raise `Adrift` where the index tells of changes beside the log that are no longer there: what would be written
    after them could never be found. `waiting` answers how many the index tells of; `sqlite3.Error` where that fails.
    """
    try:
        wal, index = (os.stat(path + ending).st_size for ending in ("-wal", "-shm"))
    except OSError:
        return
    if wal >= WAL_HEAD or index < INDEX:
        return
    try:
        if not waiting():
            return
    except sqlite3.Error as error:
        if held(error):
            return
    raise Adrift(Trouble.CUT_OFF)


class Trouble(StrEnum):
    """What has become of the log's file under an open connection."""

    GONE = "gone"
    MOVED = "moved"
    REPLACED = "replaced"
    CUT_OFF = "cut off"
    DAMAGED = "damaged"
    SHUT = "shut"


class Adrift(sqlite3.OperationalError):
    """What would be written now would not be found at the log's path; nothing was."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


@dataclass(frozen=True, slots=True)
class Stamp:
    """One entry of a folder: which file it is, how long, and when it was last written (nanoseconds)."""

    device: int
    inode: int
    size: int
    written: int

    @classmethod
    def of(cls, path: StrPath) -> "Stamp":
        """The stamp of a file; raises OSError where there is none or it cannot be seen."""
        found = os.stat(path)
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def same_file(self, other: "Stamp") -> bool:
        """Whether both are the very same file."""
        return (self.device, self.inode) == (other.device, other.inode)


class Custody:
    """What is known of the files a connection has open."""

    def __init__(self, path: StrPath) -> None:
        """To be made when the connection has just been opened."""
        self.path = os.fspath(path)
        self._main = Stamp.of(path)
        self._beside: dict[str, Stamp] = {}
        self.suspect = False
        """Whether the file was written to by others than this connection since it was last proven."""
        self.broken: Trouble | None = None
        """What the last proof found."""
        self.memory: Memory | None = None
        """What the log said when it was last seen to be well; set by a program that keeps it open."""
        self.fresh: Callable[[str], sqlite3.Connection] | None = None
        """Opens the log to be proven; set by a program that keeps it open."""

    def look(self) -> Trouble | None:
        """What is wrong with the files now; some microseconds."""
        try:
            main = Stamp.of(self.path)
        except FileNotFoundError:
            return Trouble.GONE if os.path.isdir(os.path.dirname(self.path)) else Trouble.MOVED
        except OSError:
            return Trouble.SHUT
        if not main.same_file(self._main):
            return Trouble.REPLACED
        if main.size == 0:
            return Trouble.DAMAGED
        self.suspect |= (main.size, main.written) != (self._main.size, self._main.written)
        if not all(map(self._still_there, ("-wal", "-shm"))):
            return Trouble.CUT_OFF
        return None if os.access(self.path, os.R_OK | os.W_OK) else Trouble.SHUT

    def _still_there(self, ending: str) -> bool:
        """Whether a file beside the log is the one that was there first; until the first transaction there is none."""
        known = self._beside.get(ending)
        try:
            now = Stamp.of(self.path + ending)
        except OSError:
            return known is None
        if known is None:
            self._beside[ending] = now
            return True
        # A log of changes starts over in place; it is never cut while somebody has it open, but for emptying it whole.
        self.suspect |= ending == "-wal" and now.size < known.size
        if now.same_file(known):
            self._beside[ending] = now
            return True
        return False

    @property
    def at_its_path(self) -> bool:
        """Whether the open file is the one at the log's path."""
        try:
            return Stamp.of(self.path).same_file(self._main)
        except OSError:
            return False

    @property
    def index_is_another(self) -> bool:
        """Whether others already use a new index of what waits beside the log: it is theirs to say what that is."""
        return not self._still_there("-shm") and os.path.exists(self.path + "-shm")

    @property
    def wal_is_there(self) -> bool:
        """Whether what waits beside the log is still there for others to find."""
        return self._still_there("-wal")

    def hold(self) -> None:
        """Raise `Adrift` unless what is written goes into the log at its path, and that is whole as far as is known."""
        trouble = self.look()
        if trouble is None and self.fresh and (self.suspect or self.broken):
            trouble = self.proven()
        if trouble is not None:
            raise Adrift(trouble)

    def written(self) -> None:
        """This connection has just committed or taken changes into the file: what it looks like now is its doing."""
        try:
            main = Stamp.of(self.path)
        except OSError:
            return
        if not self.suspect and main.same_file(self._main):
            self._main = main

    def proven(self) -> Trouble | None:
        """Read the log as one who opens it now; whether it is whole, and still the one that is remembered."""
        assert self.fresh is not None
        try:
            main = Stamp.of(self.path)
            with closing(self.fresh(self.path)) as connection:
                self.broken = _damage(connection, main.size)
                if self.broken is None and self.memory:
                    self.broken = self.memory.contradiction(connection)
        except (OSError, sqlite3.Error) as error:
            if held(error):
                return None  # asked again at the next beat
            self.broken = self.look() or Trouble.DAMAGED
        if self.broken is None:
            self._main, self.suspect = main, False
        return self.broken


def _damage(connection: sqlite3.Connection, size: int) -> Trouble | None:
    check = "integrity_check(1)" if size <= MOST_IN_FULL else "quick_check(1)"
    verdict = connection.execute(f"PRAGMA {check}").fetchone()[0]
    return None if verdict == "ok" else Trouble.DAMAGED


@dataclass(frozen=True, slots=True)
class Memory:
    """The last entry of the journal that this program has seen, and how often a backup had been restored then."""

    restored: int
    entry: int
    at: int
    label: str

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Memory | None":
        """What the log says now; None for an empty one."""
        row = connection.execute("SELECT id, at, label FROM journal ORDER BY id DESC LIMIT 1").fetchone()
        restored = int(connection.execute("SELECT restored FROM journal_now").fetchone()[0])
        return cls(restored, *row) if row else None

    def contradiction(self, connection: sqlite3.Connection) -> Trouble | None:
        """Whether a log is another one than the remembered; one that `restore` brought back says so itself."""
        if int(connection.execute("SELECT restored FROM journal_now").fetchone()[0]) != self.restored:
            return None
        row = connection.execute("SELECT at, label FROM journal WHERE id = ?", (self.entry,)).fetchone()
        return None if row is not None and tuple(row) == (self.at, self.label) else Trouble.REPLACED
