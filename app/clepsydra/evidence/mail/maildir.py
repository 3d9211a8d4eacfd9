"""Folders in which each mail is a file (Maildir): those whose file came late enough to have been sent since an instant.

Only names and times are read of the others. Nothing moves from `new` to `cur`, and `tmp` is not looked at.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.evidence.mail.heads import LARGEST_HEAD
from clepsydra.evidence.mail.words import LARGEST_BODY
from clepsydra.settings.foreign import Unusable, UnusableCause

_PARTS = ("cur", "new")


@dataclass(frozen=True, slots=True)
class MaildirEntry:
    """One file of a folder."""

    file: str
    arrived: int
    """When the file came, in UTC seconds."""

    def head(self) -> bytes:
        """Its first 16 KiB."""
        return _first(self.file, LARGEST_HEAD)

    def whole(self) -> bytes:
        """As much of it as its words may stand in."""
        return _first(self.file, LARGEST_BODY)


def is_one(folder: Path) -> bool:
    """Whether a folder holds a mail in each file."""
    return (folder / "cur").is_dir()


def entries(folder: Path, since: int) -> Iterator[MaildirEntry]:
    """The mails whose file came at or after an instant, the newest first; drafts are none."""
    found: list[MaildirEntry] = []
    for part in _PARTS:
        try:
            with os.scandir(folder / part) as files:
                found += [entry for each in files if (entry := _entry(each, since)) is not None]
        except FileNotFoundError:
            continue
    return iter(sorted(found, key=lambda entry: (-entry.arrived, entry.file)))


def _entry(file: "os.DirEntry[str]", since: int) -> MaildirEntry | None:
    if file.name.startswith(".") or "D" in file.name.partition(":2,")[2]:
        return None
    try:
        arrived = max(int(file.stat(follow_symlinks=False).st_mtime), _named(file.name))
    except FileNotFoundError:
        return None
    return MaildirEntry(file.path, arrived) if arrived >= since else None


def _named(name: str) -> int:
    """When a mail came, as its name begins with; 0 where it does not. A copied file may be older than what is in it."""
    told = name.partition(".")[0]
    return int(told) if len(told) == len("1700000000") and told.isascii() and told.isdigit() else 0


def _first(file: str, most: int) -> bytes:
    """The first bytes of a plain file, without waiting for what is none."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Unusable(UnusableCause.NOT_PLAIN)
        return os.read(handle, most)
    finally:
        os.close(handle)
