"""What is worked out once cursor, typing or changes have come to rest: no key waits for it."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from clepsydra.tui.toasts import telling_in

CURSOR = 0.1
"""Seconds: longer than between the keys of who walks down a list, shorter than a look at what is shown."""


class AtRest:
    """One piece of work of a screen; it does what was asked for last, once."""

    def __init__(self, screen: Screen[Any], work: Callable[[], None], seconds: float = CURSOR) -> None:
        self._screen, self._work, self._seconds = screen, work, seconds
        self._timer: Timer | None = None

    @property
    def waits(self) -> bool:
        """Whether it was asked for and is not done yet."""
        return self._timer is not None

    def soon(self) -> None:
        """It moves: do it when it rests."""
        self._forget()
        self._timer = self._screen.set_timer(self._seconds, self.now)

    def once_shown(self) -> None:
        """The screen is opened: do it as soon as its first picture stands, or a key needs it."""
        self.soon()
        self._screen.call_after_refresh(self.now)

    def now(self) -> None:
        """Do it if it waits to be done: a key is about to act on what is shown, or the screen stands by now."""
        if self.waits:
            self.at_once()

    def at_once(self) -> None:
        """Do it, whether it waits or not, and not once more."""
        self._forget()
        if self._screen.is_running:
            with telling_in(self._screen.app):  # what a timer or a first picture calls is answered nowhere else
                self._work()

    def _forget(self) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = None
