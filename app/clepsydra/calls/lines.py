"""What a telephone line tells the watcher: talk that begins and ends, each call under a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from clepsydra.calls.evidence import PHONE, Evidence, EvidenceKind
from clepsydra.calls.orders import OrderHeard
from clepsydra.domain.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class LineTalk:
    """Somebody talks on a line, or no longer does. The same told twice says nothing new."""

    stream: str
    """Which call, as long as it lasts: nothing in it names anybody."""
    on: bool
    number: str = field(default="", repr=False)
    """The other side; in memory only, empty where it is hidden."""
    already: bool = False
    """It was so before the line was watched."""
    lost: bool = False
    """The line went, not the call: it may have gone on."""


@dataclass(frozen=True, slots=True)
class LineRing:
    """A telephone rings, and who it is: a hint for a call that is noticed in the next minute."""

    number: str = field(repr=False)


LineNews = LineTalk | LineRing


class Line(Protocol):
    """A source of telephone calls with a thread of its own."""

    def start(self, post: Callable[[LineNews], None]) -> None:
        """Begin to watch; what happens is told from another thread, as it happens."""

    def stop(self) -> None:
        """Watch no more; returns when nothing more is told."""


class Lines:
    """Turns what a line tells into evidence, and knows which of its calls go on."""

    def __init__(self, line: Line | None) -> None:
        self._line = line
        self._talks: dict[str, LineTalk] = {}

    def __bool__(self) -> bool:
        return self._line is not None

    def start(self, post: Callable[[LineNews], None]) -> None:
        """Begin to watch, if there is a line."""
        if self._line is not None:
            self._line.start(post)

    def stop(self) -> None:
        """Watch no more."""
        if self._line is not None:
            self._line.stop()

    def edge(self, at: int, told: LineTalk | OrderHeard) -> Evidence:
        """What was told at an instant, of a line or of a playback, as evidence."""
        if isinstance(told, LineTalk):
            return self._talk(at, told)
        return Evidence(at, EvidenceKind.AUDIBLE, True, told.program, stream=told.stream)

    def _talk(self, at: int, talk: LineTalk) -> Evidence:
        if talk.on:
            self._talks[talk.stream] = talk
        else:
            self._talks.pop(talk.stream, None)
        return Evidence(
            at, EvidenceKind.LINE, talk.on, PHONE, already=talk.already, title=talk.number or None, stream=talk.stream,
            lost=talk.lost,
        )  # fmt: skip

    def slept(self, before: int, after: int) -> list[Evidence]:
        """The machine slept: what was told before is lost from sight, and what the line still tells is another call."""
        talks = list(self._talks.values())
        ends = [self._talk(before, replace(talk, on=False, lost=True)) for talk in talks]
        return ends + [self._talk(after, replace(talk, already=True)) for talk in talks]
