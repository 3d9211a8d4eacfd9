"""The bytes of an SQLite file with the changes that wait in its `-wal` laid over them, up to the last commit.

So a database can be read from memory: opened in place, even to be read, it would get files beside it or be read without
its newest rows.
"""

import struct
from collections.abc import Iterator

LARGEST = 256 * 1024 * 1024
"""Bytes that the whole may come to; a page beyond them is not believed."""

_WAL_HEAD, _FRAME_HEAD = 32, 24
_MAGIC = 0x377F0682
_VERSIONS = slice(18, 20)
"""Where a file says that its changes wait in a `-wal`; a copy in memory has none."""


def laid_over(data: bytes, wal: bytes) -> bytearray:
    """The whole database as one file."""
    content = bytearray(data)
    for place, page, pages in _committed(wal):
        needed = max(place + len(page), len(content))
        if needed > max(LARGEST, len(data)):
            break
        content.extend(bytes(needed - len(content)))
        content[place : place + len(page)] = page
        if pages:
            del content[pages * len(page) :]
    if len(content) >= 100:
        content[_VERSIONS] = b"\x01\x01"
    return content


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
