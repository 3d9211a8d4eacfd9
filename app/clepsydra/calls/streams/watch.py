"""The thread that reads a sound system whenever it has news, and finds it again when it was lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container
from typing import Final

from clepsydra.calls.streams.reading import Holders, StreamReading, Unavailable, UnavailableCause

PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds before the next attempt to reach a sound system, ever longer."""


class StreamWatch:
    """Reads in its own thread; tells readings and losses to `tell`, each as it happens."""

    def __init__(
        self,
        holders: Holders,
        tell: Callable[[StreamReading | Unavailable], None],
        own: Callable[[], Container[int]],
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._holders, self._tell, self._own, self._pauses = holders, tell, own, pauses
        self._stopping = threading.Event()
        self._again = False
        self._thread = threading.Thread(target=self._run, name="clepsydra-streams", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the thread."""
        self._stopping.set()
        while self._thread.is_alive():
            self._holders.wake()
            self._thread.join(0.05)
        self._holders.close()

    def refresh(self) -> None:
        """Tell everything again, even if nothing changed."""
        self._again = True
        self._holders.wake()

    def _run(self) -> None:
        failures, last = 0, None
        while not self._stopping.is_set():
            try:
                reading = self._holders.read(self._own())
                failures = 0
                if reading != last or self._again:
                    self._again, last = False, reading
                    self._tell(reading)
                self._holders.wait(None)
            except Exception as error:
                last = None
                self._tell(
                    error if isinstance(error, Unavailable) else Unavailable(UnavailableCause.NO_SERVER, repr(error))
                )
                self._stopping.wait(self._pauses[min(failures, len(self._pauses) - 1)])
                failures += 1
