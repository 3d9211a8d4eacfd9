"""From windows with and without speech to bursts of talk, and from windows of other sound to music. Pure.

A burst begins with the first window of a dense start and ends with its last window of speech; what is told is
only when talk, or music, began and stopped, in milliseconds since the stream began.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

_LOOK: Final = 8
"""Windows in which a burst must show itself: a quarter of a second."""

_DENSE: Final = 4
"""Windows with speech among them: a cough has fewer."""

_PAUSE: Final = 500
"""Milliseconds without speech that end a burst: longer than the pauses between words."""


class Bursts:
    """Feed it decisions in order."""

    def __init__(self, window: int) -> None:
        """`window`: milliseconds of each decision."""
        self._window = window
        self._recent: deque[bool] = deque(maxlen=_LOOK)
        self.at = 0
        """Milliseconds heard so far."""
        self._talking = False
        self._last = 0

    @property
    def until(self) -> int:
        """No edge will come that is earlier than this."""
        return self._last if self._talking else max(0, self.at - (_LOOK - 1) * self._window)

    def take(self, decisions: Iterable[bool]) -> list[tuple[bool, int]]:
        """The edges that these windows decide: on or off, and when."""
        edges: list[tuple[bool, int]] = []
        for speech in decisions:
            self._recent.append(speech)
            self.at += self._window
            if speech:
                self._last = self.at
            if not self._talking and sum(self._recent) >= _DENSE:
                self._talking = True
                edges.append((True, self.at - (len(self._recent) - self._recent.index(True)) * self._window))
            elif self._talking and self.at - self._last >= _PAUSE:
                self._talking = False
                edges.append((False, self._last))
        return edges


_SECONDS: Final = 3
"""How much sound is looked at to tell music: longer than a word, a key or a ring."""

_MUSIC: Final = 0.8
"""Share of it that some may take for speech and is none: in music on hold more than 0.8, in ringing and busy tones up
to 0.7, in typing and in talk under 0.15."""

_STILL: Final = 0.6
"""Share at which music still goes on: it has pauses too."""


class Music:
    """Feed it, for each window in order, whether it was sound without speech."""

    def __init__(self, window: int) -> None:
        """`window`: milliseconds of each decision."""
        self._window = window
        self._recent: deque[bool] = deque([False] * (_SECONDS * 1000 // window))
        self._sum = 0
        self.at = 0
        """Milliseconds heard so far."""
        self._playing = False

    def take(self, decisions: Iterable[bool]) -> list[tuple[bool, int]]:
        """The edges that these windows decide, dated where they are decided."""
        edges: list[tuple[bool, int]] = []
        for sound in decisions:
            self._sum += sound - self._recent.popleft()
            self._recent.append(sound)
            self.at += self._window
            if (self._sum < _STILL * len(self._recent)) if self._playing else (self._sum >= _MUSIC * len(self._recent)):
                self._playing = not self._playing
                edges.append((self._playing, self.at))
        return edges
