"""Where one call may be two: what was let go and taken again, and a title that changed."""

from __future__ import annotations

from clepsydra.calls.evidence import Evidence, Facts, Sense
from clepsydra.calls.lifecycle.streams_held import HeldStream
from clepsydra.domain.records import dataclass


@dataclass(slots=True)
class Gap:
    """Since when neither microphone nor the other side is there."""

    at: int
    ended: int
    """Where the call ended, if it did: where it was hung up, though playback went on for a moment."""
    device_lost: bool = False
    """They ended because their device went: a headset, a dock."""
    blind: bool = False
    """The programs could not be seen since."""


def another_title(before: Facts, now: Facts) -> bool:
    """Whether a page became another one, as far as its title tells."""
    return bool(before.mark and now.mark) and before.mark != now.mark and now.sense is not Sense.LOBBY


def separate(before: HeldStream | None, edge: Evidence) -> bool:
    """Whether a microphone taken again is surely another call's.

    It is where the page is another one, or where the same process had let the same device go of its own accord: a
    program that hung up and joined again. A crash, or a device that changed, is the same call.
    """
    if before is None:
        return False
    if another_title(before.facts, edge.facts):
        return True
    known = bool(before.facts.device) and before.facts.device == edge.facts.device
    return known and before.pid is not None and before.pid == edge.pid
