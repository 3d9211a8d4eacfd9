"""What a screen reads of the log behind everything that is typed: in a thread, its answers come back as messages."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from textual.message import Message
from textual.screen import Screen

from clepsydra.ledger.ledger import DISK_ERRORS

ANSWER = 0.025
"""Seconds for which a key has the interpreter to itself: longer than its answer takes, shorter than keys are apart."""


class GiveWay:
    """Whoever reads in a thread waits while a key is answered.

    The interpreter runs one thread at a time, by turns: a key that shares it with a long reading takes twice as long.
    """

    _until = 0.0

    def keyed(self) -> None:
        """A key came."""
        self._until = time.perf_counter() + ANSWER

    def pause(self) -> None:
        """Called by the thread that reads, between one stretch of rows and the next."""
        left = self._until - time.perf_counter()
        if left > 0:
            time.sleep(left)


def read_behind(screen: Screen[Any], group: str, read: Callable[[], Iterator[Message]]) -> None:
    """Have a thread read, and post to the screen what it yields; another reading of the same group takes its place.

    A disk that refuses leaves what is shown as it is: the next change of the log asks again.
    """

    def work() -> None:
        try:
            for message in read():
                screen.post_message(message)
        except DISK_ERRORS:
            return

    screen.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)
