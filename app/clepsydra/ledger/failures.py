"""What to tell a person when the disk or the log's file refuses: one sentence, with what to do."""

import errno
import sqlite3

from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import Unusable
from clepsydra.store.custody import Adrift, Trouble
from clepsydra.store.failures import TooLong, damaged, no_room


def explained(error: BaseException) -> Message | None:
    """The sentence for an error of SQLite or of the file system; None for any other exception."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if isinstance(error, Unusable):
        return error.said_of(str(error.filename or ""))
    return _of_system(error) if isinstance(error, OSError) else None


def explained_copy(error: BaseException) -> Message:
    """The sentence for an error that kept the daily backup from being made; everything else was done."""
    if no_room(error):
        return message("the disk is too full for today’s backup; make room")
    return message("today’s backup could not be made: {reason}", reason=str(error))


def _of_sqlite(error: sqlite3.Error) -> Message:
    if isinstance(error, Adrift):
        return _of_trouble(error.trouble)
    name = getattr(error, "sqlite_errorname", "")
    if isinstance(error, TooLong):
        return message(
            "changes wait beside the log that cannot be taken in here, and the log is too long to be read with them in "
            "memory ({size} MB); open it where it can be written", size=error.megabytes,
        )  # fmt: skip
    if no_room(error):
        return message("the disk is full; nothing was changed. Make room and do it again")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return message("the log cannot be written; nothing was changed. “clepsydra doctor” says what to do")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return message("another program is holding the log; nothing was changed. Close it or try again")
    if damaged(error):
        return message(
            "the log is damaged or is no log; “clepsydra doctor” checks it, “clepsydra restore” brings back a backup"
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return message("the log cannot be opened; “clepsydra doctor” says what to do")
    if name.startswith("SQLITE_IOERR"):
        return message("the disk failed while the log was in use; check the disk, then “clepsydra verify”")
    from clepsydra.ledger.locks import sentence_for

    return sentence_for(error) or message("the log refused: {reason}", reason=str(error))


def _of_trouble(trouble: Trouble) -> Message:
    if trouble in (Trouble.GONE, Trouble.MOVED):
        return message("the log’s file is gone; nothing was changed")
    if trouble is Trouble.REPLACED:
        return message("another file stands where the log was; nothing was changed")
    if trouble is Trouble.SHUT:
        return message("the log may no longer be read and written; nothing was changed")
    return message("the log was damaged from outside; nothing was changed")


def _of_system(error: OSError) -> Message:
    file = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return message("the disk is full; nothing was changed. Make room and do it again")
    if error.errno in (errno.EACCES, errno.EPERM):
        return message("{file}: not allowed; check who owns it and its permissions", file=file)
    if error.errno == errno.EROFS:
        return message("{file}: this disk is read-only", file=file)
    if error.errno == errno.ENOENT:
        return message("{file}: there is no such file", file=file)
    if error.errno == errno.EISDIR:
        return message("{file}: this is a folder, not a file", file=file)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return message("{file}: a file stands where a folder is needed", file=file)
    reason = error.strerror or str(error)
    return message("{file}: {reason}", file=file, reason=reason) if file else Message("{reason}", {"reason": reason})
