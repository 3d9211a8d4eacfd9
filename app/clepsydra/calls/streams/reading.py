"""What a sound system tells about its streams, whichever system it is."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum
from typing import Protocol

from clepsydra.calls.evidence import Program
from clepsydra.domain.records import dataclass, field


class UnavailableCause(StrEnum):
    """Why the programs cannot be seen; the screens say it in words."""

    NO_SERVER = "no-server"
    """No sound server answers."""
    NO_LIBRARY = "no-library"
    """A library that is needed for it is missing."""
    TOO_OLD = "too-old"
    """The system is too old to tell."""
    NOT_SUPPORTED = "not-supported"
    """Systems of this kind cannot tell."""
    STARTING = "starting"
    """Not asked yet."""
    ASLEEP = "asleep"
    """The machine slept, or its clock was set."""


class Unavailable(Exception):
    """The programs cannot be seen now: unknown, which is not the same as no call."""

    def __init__(self, why: UnavailableCause, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else str(why))
        self.why, self.detail = why, detail


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of a foreign program."""

    program: Program
    capture: bool
    """From a microphone; else playback."""
    pid: int | None = None
    title: str | None = field(default=None, repr=False)
    """Of the tab or window; in memory only."""
    id: str = ""
    """Which stream, as long as the sound system runs; empty where it tells none."""
    role: str = ""
    corked: bool = False
    """Opened and paused."""
    device: str = ""
    """Name of the device it records from or plays to."""
    virtual: bool = False
    """It records what is played into a virtual output."""


@dataclass(frozen=True, slots=True)
class OwnCapture:
    """A capture stream of ours, which only room mode opens."""

    pid: int
    device: str
    monitor: bool
    """It was moved to what the loudspeakers play."""


@dataclass(frozen=True, slots=True)
class StreamReading:
    """All streams at one moment; what is no microphone and nobody's voice is already left out."""

    streams: tuple[Stream, ...] = ()
    own: tuple[OwnCapture, ...] = ()
    devices: frozenset[str] = frozenset()
    """The devices that are there; empty where the system does not tell."""


class Holders(Protocol):
    """A sound system that tells which programs hold the microphone. One thread reads and waits; any may wake
    it."""

    def read(self, own: Container[int], /) -> StreamReading:
        """Everything that runs now; `own` are our process ids. Raises `Unavailable`."""

    def wait(self, seconds: float | None) -> None:
        """Return when something may have changed, the time is over or `wake` was called. Raises
        `Unavailable`."""

    def wake(self) -> None:
        """End a wait, from any thread; to be repeated until the waiting thread has noticed."""

    def close(self) -> None:
        """Let go of the sound system; a later `read` opens it again."""

    def describe(self) -> str:
        """Name and version of the sound system, empty when it is not there."""
