"""The log's file, and what SQLite keeps beside it, by their names."""

import os

from clepsydra.settings.foreign import StrPath


def waiting_beside(path: StrPath) -> bool:
    """Whether changes wait beside a file to be taken into it, as after a crash or while it is in use."""
    beside = f"{os.fspath(path)}-wal"
    return os.path.exists(beside) and os.stat(beside).st_size > 0


def uri_of(path: StrPath) -> str:
    """The name of a file as SQLite takes it in a URI (https://www.sqlite.org/uri.html, 3.1)."""
    name = os.path.join(os.getcwd(), path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file://{name}" if os.sep == "/" else "file:///" + name.replace(os.sep, "/")
