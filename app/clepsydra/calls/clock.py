"""The time of the evidence: UTC by its anchor, even by its steps.

Durations come from the monotonic clock, so that a clock set by a second in the middle of a call moves no
boundary. A larger difference means that the machine slept or that somebody set the clock: then the new time
holds at once, and whoever watches sees the jump.
"""

from __future__ import annotations

import time
from typing import Final, Protocol

JUMP: Final = 5_000
"""Milliseconds between the two clocks that can only be a sleep or a setting of the clock."""

TICK: Final = 2_000
"""Milliseconds between looks at the clock while something is measured: the error that a sleeping machine can
cause."""

BEAT: Final = 60_000
"""Milliseconds between signs of life while a call is under way."""

LAG: Final = 3_000
"""How long, in milliseconds, evidence waits for the voice, which is decided a moment after it was heard."""

LISTENING: Final = 500
"""Milliseconds between looks at what falls due while the voice may still overtake it."""


class Clock(Protocol):
    """What the watcher needs of time."""

    def now(self) -> int:
        """Milliseconds of UTC."""

    def settle(self) -> None:
        """Take small corrections of the system's clock over; called when nothing is being measured."""

    def real_seconds(self, milliseconds: int) -> float:
        """How long to wait for so much time to pass."""


class SystemClock:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self._offset = _wall() - _steady()

    def now(self) -> int:
        """Milliseconds of UTC, in even steps since the last jump."""
        wall, steady = _wall(), _steady()
        if abs(wall - (steady + self._offset)) > JUMP:
            self._offset = wall - steady
        return steady + self._offset

    def settle(self) -> None:
        """Take small corrections of the system's clock over."""
        self._offset = _wall() - _steady()

    def real_seconds(self, milliseconds: int) -> float:
        """As many as it says."""
        return milliseconds / 1000


def _wall() -> int:
    return time.time_ns() // 1_000_000


def _steady() -> int:
    return time.monotonic_ns() // 1_000_000
