"""Ids of rows: 26 characters, sortable by the time they were made, unique on every machine (the ULID layout)."""

import os

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread


_PAIRS: list[str] = []
"""Every two letters, made with the first id: an import makes a hundred thousand."""
_SHIFTS = range(120, -1, -10)


def new_id(now: int) -> str:
    """An id made at `now` (UTC seconds): 48 bits of milliseconds, then 80 random bits."""
    return _id(now, os.urandom(10))


def id_of_content(begin: int, content: str) -> str:
    """The id that the same content always gets, so that what comes in twice can be told; `begin` is its time."""
    from _blake2 import blake2b  # what hashlib gives, without the start of OpenSSL that comes with it

    return _id(max(0, begin), blake2b(content.encode(), digest_size=10).digest())


def _id(seconds: int, tail: bytes) -> str:
    value = (seconds * 1000) << 80 | int.from_bytes(tail)
    if not _PAIRS:
        _PAIRS.extend(first + second for first in _ALPHABET for second in _ALPHABET)
    pairs = _PAIRS
    return "".join([pairs[value >> shift & 1023] for shift in _SHIFTS])


def made_at(id_: str) -> int:
    """When an id was made, in UTC seconds; 0 for what is none."""
    value = 0
    for char in id_[:10].upper():
        place = _ALPHABET.find(char)
        if place < 0:
            return 0
        value = value * 32 + place
    return value // 1000
