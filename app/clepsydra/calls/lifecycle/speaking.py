"""The voice beside a microphone that a program holds, in room mode."""

from __future__ import annotations

from clepsydra.calls.evidence import Evidence


class Speaking:
    """How long somebody has spoken, and since when."""

    def __init__(self) -> None:
        self.since: int | None = None
        """When the speech began that lasts."""
        self.first = 0
        self.last = 0
        self.spoken = 0
        """Milliseconds, but for the speech that lasts."""

    def take(self, edge: Evidence, pause: int) -> bool:
        """Speech began or stopped; after a longer pause than `pause` milliseconds it counts anew. True when it
        stopped."""
        if edge.on and self.since is None:
            if edge.at - self.last > pause:
                self.spoken = 0
            if not self.spoken:
                self.first = edge.at
            self.since = edge.at
        elif not edge.on and self.since is not None:
            self.spoken += edge.at - self.since
            self.since, self.last = None, edge.at
            return True
        return False

    def enough_at(self, needed: int) -> int | None:
        """When so many milliseconds are spoken, if nothing changes; None if they will not be."""
        missing = needed - self.spoken
        if self.since is not None:
            return self.since + max(0, missing)
        return self.last if self.spoken and missing <= 0 else None

    def forget(self) -> None:
        """What was said so far says nothing of what comes."""
        self.spoken = 0
