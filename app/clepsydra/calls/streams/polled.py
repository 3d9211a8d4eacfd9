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

    def wait(self, seconds: float | None) -> None:
        """Sleep for a second, less if asked for less or woken."""
        self._called.wait(EVERY if seconds is None else min(seconds, EVERY))
        self._called.clear()

    def wake(self) -> None:
        """End a wait, from any thread."""
        self._called.set()

    def close(self) -> None:
        """Nothing stays open between two questions."""
