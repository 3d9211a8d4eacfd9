"""Which errors of the disk and of the database mean what."""

import errno
import sqlite3


class TooLong(sqlite3.OperationalError):
    """The log is longer than may be read as a copy in memory."""

    def __init__(self, size: int) -> None:
        self.megabytes = -(-size // 1024**2)
        super().__init__(size)


def damaged(error: BaseException) -> bool:
    """Whether the log's file itself is broken, so that only a backup can help."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def unwritable(error: BaseException) -> bool:
    """Whether a file or its folder cannot be written, where it may still be read."""
    if isinstance(error, OSError):
        return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))


_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN", "SQLITE_IOERR_SHMMAP")


def no_room(error: BaseException) -> bool:
    """Whether the disk is full, be it only for the index that SQLite keeps beside the log."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(error, "sqlite_errorname", "").startswith(_NO_ROOM)


def held(error: BaseException) -> bool:
    """Whether another program holds the log just now."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
