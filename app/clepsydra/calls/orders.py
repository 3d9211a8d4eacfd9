"""What a running watcher is told to do, from other threads."""

from __future__ import annotations

from clepsydra.calls.evidence import Program
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Ignore:
    """Never this program again."""

    program_id: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A person ended the session of this program's call, at an instant in milliseconds of UTC."""

    program: Program
    at: int


@dataclass(frozen=True, slots=True)
class OrderHeard:
    """A playback stream of this program is not silent."""

    program: Program
    stream: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Watch no more."""
