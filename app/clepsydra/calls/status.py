"""What the watcher is doing, for a status line, a banner and the doctor."""

from __future__ import annotations

from enum import StrEnum

from clepsydra.calls.detector import CallStanding
from clepsydra.calls.ears import Ear as Ear
from clepsydra.calls.streams.reading import UnavailableCause
from clepsydra.domain.records import dataclass


class Mode(StrEnum):
    """Which evidence a person chose."""

    STREAMS = "streams"
    ROOM = "room"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class MonitorStatus:
    """A moment of the watcher."""

    mode: Mode = Mode.STREAMS
    seeing: bool = False
    """Whether the programs can be seen; else it is not known whether there is a call."""
    why: UnavailableCause | None = UnavailableCause.STARTING
    """Why they cannot."""
    detail: str = ""
    """What the system said about it, untranslated."""
    ear: Ear = Ear.UNUSED
    ear_detail: str = ""
    device: str = ""
    """The input device that room mode listens to."""
    masked: bool = False
    """Somebody speaks in the room while the computer plays or a program holds the microphone: whether it is a call
    cannot be told."""
    peaks: bool = False
    """Peak values of a playback in doubt are being read."""
    standings: tuple[CallStanding, ...] = ()
    """The programs that hold the microphone, and where their calls stand."""

    @property
    def microphone_open(self) -> bool:
        """Whether we hold a microphone open, or try it; a screen must show it."""
        return self.ear in (Ear.OPENING, Ear.OPEN, Ear.SILENT)

    @property
    def unknown(self) -> bool:
        """Whether nothing can be said about calls now."""
        return self.mode is not Mode.OFF and not self.seeing and self.ear is not Ear.OPEN
