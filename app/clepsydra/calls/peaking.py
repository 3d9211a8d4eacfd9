"""Asks of playback in doubt, once each and in a thread of its own, whether it is silent; only where it was allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from clepsydra.calls.evidence import Program

Hear = Callable[[str], bool]
"""Whether a playback stream, by its id, is not silent; may take ten seconds."""


class Peaking:
    """Runs one question at a time; `tell` is called, in that thread, for a stream that is not silent."""

    def __init__(self, hear: Hear | None, tell: Callable[[Program, str], None]) -> None:
        """Without `hear` nothing is ever asked."""
        self._hear, self._tell = hear, tell
        self._asked: set[str] = set()
        self._thread: threading.Thread | None = None

    @property
    def reading(self) -> bool:
        """Whether peak values are read now; a screen must say so."""
        return self._thread is not None and self._thread.is_alive()

    def ask(self, doubtful: Iterable[tuple[Program, str]]) -> None:
        """These are in doubt now."""
        if self._hear is None or self.reading:
            return
        fresh = next(((program, stream) for program, stream in doubtful if stream not in self._asked), None)
        if fresh is not None:
            self._asked.add(fresh[1])
            self._thread = threading.Thread(target=self._run, args=fresh, name="clepsydra-peaks", daemon=True)
            self._thread.start()

    def _run(self, program: Program, stream: str) -> None:
        assert self._hear is not None
        if self._hear(stream):
            self._tell(program, stream)
