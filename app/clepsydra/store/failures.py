"""Which errors of the disk and of the database mean what."""

import errno


def damaged(error: BaseException) -> bool:
    """Whether the log's file itself is broken, so that only a backup can help."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def unwritable(error: BaseException) -> bool:
    """Whether a file or its folder cannot be written, where it may still be read."""
    if isinstance(error, OSError):
        return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))
