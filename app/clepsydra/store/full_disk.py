"""A log read where nothing can be written, not even the index that SQLite wants beside it: as a copy in memory.

The file is taken as it stands, then the changes that wait in its `-wal` are laid over it, up to the last commit.
"""

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from clepsydra.store.failures import TooLong

MOST = 256 * 1024 * 1024
"""A longer log (bytes) is not read this way."""

_WAL_HEAD, _FRAME_HEAD = 32, 24
_MAGIC = 0x377F0682
_VERSIONS = slice(18, 20)
"""Where a file says that its changes wait in a `-wal`; a copy in memory has none."""


_C = TypeVar("_C", bound=sqlite3.Connection)


def copied(path: Path, factory: type[_C]) -> _C:
    """A connection of that kind to a copy of the log in memory.

    Raises OSError where the file cannot be read, `sqlite3.Error` where it is no log, and `TooLong`.
    """
    if path.stat().st_size > MOST:
        raise TooLong(path.stat().st_size)
    content = bytearray(path.read_bytes())
    beside = path.with_name(f"{path.name}-wal")
    if beside.exists():
        for place, page, pages in _committed(beside.read_bytes()):
            needed = max(place + len(page), len(content))
            content.extend(bytes(needed - len(content)))
            content[place : place + len(page)] = page
            if pages:
                del content[pages * len(page) :]
    if len(content) >= 100:
        content[_VERSIONS] = b"\x01\x01"
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, factory=factory)
    try:
        connection.deserialize(bytes(content))
    except BaseException:
        connection.close()
        raise
    return connection


def _committed(wal: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Every page up to the last commit: its place in the file, its bytes and, at a commit, how many pages there are."""
    if len(wal) < _WAL_HEAD:
        return
    magic, _, size, _, salt, salt2, *sums = struct.unpack(">8I", wal[:_WAL_HEAD])
    if magic & ~1 != _MAGIC or (size & (size - 1)) or not 512 <= size <= 65536:
        return
    order = ">" if magic & 1 else "<"
    if _checksum(wal[:24], order, 0, 0) != tuple(sums):
        return
    waiting: list[tuple[int, bytes, int]] = []
    one, two = sums
    for at in range(_WAL_HEAD, len(wal) - _FRAME_HEAD - size + 1, _FRAME_HEAD + size):
        number, pages, *rest = struct.unpack(">6I", wal[at : at + _FRAME_HEAD])
        page = wal[at + _FRAME_HEAD : at + _FRAME_HEAD + size]
        one, two = _checksum(page, order, *_checksum(wal[at : at + 8], order, one, two))
        if rest != [salt, salt2, one, two]:
            return  # left from an earlier round
        waiting.append(((number - 1) * size, page, pages))
        if pages:
            yield from waiting
            waiting.clear()


def _checksum(data: bytes, order: str, one: int, two: int) -> tuple[int, int]:
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
