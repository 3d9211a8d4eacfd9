"""Streams that are there and paused: a call put on hold, a microphone muted by its program."""

from __future__ import annotations

from clepsydra.calls.evidence import Evidence, EvidenceKind

_Name = tuple[EvidenceKind, str]


class Pausing:
    """Which streams of a program are paused."""

    def __init__(self) -> None:
        self._paused: set[_Name] = set()
        self._left: tuple[_Name, int] | None = None
        """What was paused a moment ago, and when that ended."""

    def take(self, edge: Evidence, blink: int) -> bool:
        """An edge of a stream; True when one goes on that was paused, at the latest `blink` milliseconds ago."""
        name = edge.kind, edge.stream
        paused = name in self._paused
        just = self._left is not None and self._left[0] == name and edge.at - self._left[1] <= blink
        self._paused.discard(name)
        if not edge.on:
            self._left = (name, edge.at) if paused else self._left
        elif edge.facts.corked:
            self._paused.add(name)
        return edge.on and not edge.facts.corked and (paused or just)

    @property
    def both(self) -> bool:
        """Whether microphone and playback are paused and still there."""
        return len({kind for kind, _ in self._paused}) > 1
