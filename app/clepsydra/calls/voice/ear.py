"""What room mode tells the watcher, whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from clepsydra.calls.evidence import Evidence
from clepsydra.calls.status import Ear
from clepsydra.calls.streams.reading import OwnCapture
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class EarNews:
    """Speech began or stopped, or the microphone did."""

    edges: tuple[Evidence, ...] = ()
    until: int | None = None
    """Everything heard before this instant was told."""
    ear: Ear | None = None
    detail: str = ""
    device: str = ""


class Listener(Protocol):
    """Somebody who listens to the room."""

    @property
    def pids(self) -> Sequence[int]:
        """The processes that hold the microphone for us."""

    def start(self, tell: Callable[[EarNews], None]) -> None:
        """Begin to listen."""

    def stop(self) -> None:
        """Let go of the microphone; it is closed when this returns."""

    def seen(self, own: Sequence[OwnCapture]) -> None:
        """What the sound system says about our own capture streams: are we still where we should be."""
