"""Who alone watches on this machine: a lock of the system, which ends with the process that holds it.

It needs no sign of life, so that a watcher without a call writes nothing, and no number of a process, which another may
have by now.
"""

import os
from contextlib import suppress
from pathlib import Path

from clepsydra.ledger.ledger import Ledger
from clepsydra.store.database import file_of


def lock_file(ledger: Ledger) -> Path | None:
    """The file beside the log that is locked; None for a log in memory."""
    log = file_of(ledger.db)
    return log.with_name(log.stem + ".watch") if log else None


class Lock:
    """A lock on a file; held until `release`, or until the process ends."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._held: int | None = None

    def take(self) -> bool:
        """Hold it, unless another does; True when it is held now. Without a file nobody else can want it."""
        if self._path is None or self._held is not None:
            return True
        file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        if _locked(file):
            self._held = file
            return True
        os.close(file)
        return False

    @property
    def held_by_another(self) -> bool:
        """Whether somebody else holds it now; looks without keeping it."""
        if self._path is None or self._held is not None or not self._path.exists():
            return False
        if not self.take():
            return True
        self.release()
        return False

    def release(self) -> None:
        """Give it back."""
        file, self._held = self._held, None
        if file is not None:
            os.close(file)


def _locked(file: int) -> bool:
    with suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
    import msvcrt

    try:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
