"""What the watcher is doing, for a status line, a banner and the doctor."""

from __future__ import annotations

from enum import StrEnum

from clepsydra.calls.detector import Standing
from clepsydra.calls.streams.reading import Why
from clepsydra.domain.records import dataclass


class Mode(StrEnum):
    """Which evidence a person chose."""

    STREAMS = "streams"
    ROOM = "room"
    OFF = "off"


class Ear(StrEnum):
    """How it stands with the microphone of room mode."""

    UNUSED = "unused"
    """Room mode was not chosen: the microphone is never opened."""
    CLOSED = "closed"
    """Outside the office hours."""
    OPENING = "opening"
    OPEN = "open"
    """The microphone is open; to be seen on screen."""
    NO_LIBRARY = "no-library"
    """What room mode needs is not installed."""
    NO_DEVICE = "no-device"
    """There is no such input device."""
    BUSY = "busy"
    """The device cannot be opened now."""
    MOVED = "moved"
    """The sound system moved us to another device."""
    SILENT = "silent"
    """The device is open and delivers nothing: suspended."""
    LOST = "lost"
    """The device went away."""


@dataclass(frozen=True, slots=True)
class Status:
    """A moment of the watcher."""

    mode: Mode = Mode.STREAMS
    seeing: bool = False
    """Whether the programs can be seen; else it is not known whether there is a call."""
    why: Why | None = Why.STARTING
    """Why they cannot."""
    detail: str = ""
    """What the system said about it, untranslated."""
    ear: Ear = Ear.UNUSED
    ear_detail: str = ""
    device: str = ""
    """The input device that room mode listens to."""
    standings: tuple[Standing, ...] = ()
    """The programs that hold the microphone, and where their calls stand."""

    @property
    def microphone_open(self) -> bool:
        """Whether we hold a microphone open, or try it; a screen must show it."""
        return self.ear in (Ear.OPENING, Ear.OPEN, Ear.SILENT)

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said about calls now."""
        return self.mode is not Mode.OFF and not self.seeing and self.ear is not Ear.OPEN
