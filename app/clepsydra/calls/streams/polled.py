"""Sound systems that give no news and have to be asked once a second."""

from __future__ import annotations

import threading
from typing import Final

EVERY: Final = 1.0
"""Seconds between two questions: within the accuracy that is promised, and next to no work."""


class Polled:
    """The waiting of a sound system that is asked in turn."""

    def __init__(self) -> None:
        self._called = threading.Event()

    every = EVERY

    def wait(self, seconds: float | None) -> None:
        """Sleep for so long as may pass between two questions, less if asked for less or woken."""
        self._called.wait(self.every if seconds is None else min(seconds, self.every))
        self._called.clear()

    def wake(self) -> None:
        """End a wait, from any thread."""
        self._called.set()

    def close(self) -> None:
        """Nothing stays open between two questions."""
