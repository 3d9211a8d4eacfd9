"""What is worked out of what is under the cursor once it rests there: no key waits for it."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

_REST = 0.1
"""Seconds: longer than between the keys of who walks down a list, shorter than a look at what is shown."""


class AtRest:
    """One piece of work of a screen; it does what was asked for last, once."""

    def __init__(self, screen: Screen[Any], work: Callable[[], None]) -> None:
        self._screen, self._work = screen, work
        self._timer: Timer | None = None

    def soon(self) -> None:
        """The cursor has moved: do it when it rests."""
        self._forget()
        self._timer = self._screen.set_timer(_REST, self.now)

    def now(self) -> None:
        """Do it if it waits to be done: a key is about to act on what is shown."""
        if self._forget():
            self._work()

    def _forget(self) -> bool:
        waits, self._timer = self._timer, None
        if waits:
            waits.stop()
        return waits is not None
