"""Folders that are one file (mbox, Thunderbird's too), read backwards: the newest mails stand at its end.

The file is read a mebibyte at a time until mails are older than what is asked for; a folder of years costs no more than
its last days.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.evidence.mail.heads import LARGEST_HEAD, fields_of, sent_at
from clepsydra.evidence.mail.words import LARGEST_BODY
from clepsydra.settings.foreign import Unusable, UnusableCause

CHUNK = 1024 * 1024

OLD_IN_A_ROW = 300
"""So many older mails one after the other, and what stands before them is older too."""

_BEGIN = re.compile(rb"(?:\A|\n)From [^\n]*\n(?=[!-9;-~]+:)")
"""The line before a mail: a field stands below it, as none does below a sentence that begins with this word."""

_LONGEST_LINE = 2048
"""Bytes that are read beyond a piece, so that a line before a mail that is cut by its end is seen."""


@dataclass(frozen=True, slots=True)
class MboxEntry:
    """One mail of the file, by where it stands in it."""

    file: Path
    start: int
    end: int
    first: bytes
    arrived: int | None = None
    """Nothing tells when a part of a file came."""

    def head(self) -> bytes:
        """Its first 16 KiB."""
        return self.first

    def whole(self) -> bytes:
        """As much of it as its words may stand in."""
        handle = os.open(self.file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            os.lseek(handle, self.start, os.SEEK_SET)
            return os.read(handle, min(self.end - self.start, LARGEST_BODY))
        finally:
            os.close(handle)


def entries(file: Path, since: int) -> Iterator[MboxEntry]:
    """The mails sent at or after an instant, the newest first. Raises `Unusable` where it is no plain file, `OSError`
    where the system refuses it."""
    found = file.stat()
    if not file.is_file():
        raise Unusable(UnusableCause.NOT_PLAIN)
    with file.open("rb", buffering=0) as opened:
        old = 0
        for start, end in _places(opened.fileno(), found.st_size):
            first = os.pread(opened.fileno(), min(end - start, LARGEST_HEAD), start)
            at = sent_at(fields_of(first))
            old = old + 1 if at is not None and at < since else 0
            if old > OLD_IN_A_ROW:
                return
            if not old:
                yield MboxEntry(file, start, end, first)


def _places(handle: int, size: int) -> Iterator[tuple[int, int]]:
    """Where each mail begins and ends, from the last to the first."""
    end, piece_end = size, size
    while piece_end > 0:
        piece = max(0, piece_end - CHUNK)
        # The line before a mail and the name of its first field may lie over the end of this piece.
        data = os.pread(handle, min(size, piece_end + _LONGEST_LINE) - piece, piece)
        for begin in reversed(list(_BEGIN.finditer(data))):
            after_a_line = begin.group().startswith(b"\n")
            if piece + begin.start() < piece_end and (after_a_line or piece == 0):
                yield piece + begin.end(), end
                end = piece + begin.start() + after_a_line
        piece_end = piece
