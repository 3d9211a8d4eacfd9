"""Titles of windows in the log: their marks, the key of these, and titles that are never a call."""

import os
import secrets
from collections.abc import Iterable

from clepsydra.calls.titles import Marker
from clepsydra.ledger.ledger import Ledger
from clepsydra.store.database import file_of

NEVER = "title:"
"""How an entry of the ignore list begins that stands for the mark of a title and not for a program."""

_SIZE = 32


def title_marker(ledger: Ledger) -> Marker:
    """Makes the marks of titles. The key lies beside the log and leaves this machine with no copy of it: whoever has
    a log alone cannot find out which titles its marks stand for."""
    log = file_of(ledger.db)
    if log is None:
        return Marker(secrets.token_bytes(_SIZE))
    path = log.with_name(log.stem + ".titles")
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = b""
    if len(key) != _SIZE:
        key = secrets.token_bytes(_SIZE)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(key)
    return Marker(key)


def ignored(entries: Iterable[str]) -> tuple[str, ...]:
    """The programs and marks of an ignore list, as the detector takes them."""
    return tuple(entry.removeprefix(NEVER) for entry in entries)
