"""What a screen reads of the log behind everything that is typed: in a thread, its answers come back as messages."""

from collections.abc import Callable, Iterator
from typing import Any

from textual.message import Message
from textual.screen import Screen

from clepsydra.ledger.ledger import DISK_ERRORS


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
