"""What wakes a command that waits: news of a thread, or a signal that tells it to end."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType


class Bell:
    """Rung by anybody at any moment; who waits hears it.

    No `threading.Event`: a signal that comes while its lock is held interrupts who holds it, and waits for that one
    for ever.
    """

    ended = False
    """Whether a signal has told the command to end."""

    def __init__(self) -> None:
        self._rung: SimpleQueue[None] = SimpleQueue()

    def ring(self) -> None:
        """Wake who waits, or will."""
        self._rung.put(None)

    def heard(self, seconds: float | None = None) -> bool:
        """Wait until it is rung, for some seconds at most; whether it was, however often."""
        try:
            self._rung.get(timeout=seconds)
        except Empty:
            return False
        with suppress(Empty):
            while True:
                self._rung.get_nowait()
        return True

    @contextmanager
    def ended_by(self, signals: Iterable[int]) -> Iterator[None]:
        """Let these signals end the command in order, and ring."""
        before = {number: signal.signal(number, self._end) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.ended = True
        self.ring()
