"""Session ids: 26 characters, sortable by the time they were made, unique on every machine (the ULID layout)."""

import os
from collections.abc import Callable

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread


def new_id(now: int, random: Callable[[int], bytes] = os.urandom) -> str:
    """An id made at `now` (UTC seconds): 48 bits of milliseconds, then 80 random bits."""
    value = (now * 1000) << 80 | int.from_bytes(random(10))
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def new_ids(now: int, count: int) -> list[str]:
    """Many ids of one moment, in ascending order."""
    return sorted(new_id(now) for _ in range(count))
