"""From the count of samples to the time of the day.

Sound is dated by counting samples, which is exact from one to the next, and tied to the clock by when they
arrive. Samples can only arrive late, never early: so the tie is drawn forward at once, and back only when
everything has been late for a while, as when a device paused or its crystal runs slow.
"""

from __future__ import annotations

from typing import Final

from clepsydra.calls.clock import Clock

_HOLE: Final = 1_500
"""Milliseconds of delay that are no delay but a hole in the sound."""

_SPAN: Final = 60_000
"""Milliseconds over which the least delay is looked for."""

_DRIFT: Final = 100
"""Least delay, in milliseconds, that is taken for a drift."""


class Timeline:
    """One stream's samples on the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began: int | None = None
        self._least: int | None = None
        self._since = 0

    def heard(self, at: int) -> None:
        """Samples up to `at`, milliseconds of the stream, have just arrived."""
        begins = self._clock.now() - at
        if self._began is None or begins < self._began or begins - self._began > _HOLE:
            self._began, self._least, self._since = begins, None, at
            return
        delay = begins - self._began
        self._least = delay if self._least is None else min(self._least, delay)
        if at - self._since >= _SPAN:
            self._began += self._least if self._least > _DRIFT else 0
            self._least, self._since = None, at

    def instant(self, at: int) -> int:
        """When this moment of the stream was."""
        return (self._began or 0) + at
