"""What the local bus tells the watcher: talk on a telephone line, each call under a name of its own, and whether
somebody sits at the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from clepsydra.calls.call import Event
from clepsydra.calls.evidence import PHONE, ROOM, Evidence, EvidenceKind
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


@dataclass(frozen=True, slots=True)
class Away:
    """The screen is locked or the machine sleeps, or no longer so."""

    kind: EvidenceKind
    on: bool
    already: bool = False


LineNews = LineTalk | LineRing | Away


_RINGS = 60_000
"""Milliseconds from a ring within which a call that begins may be that one."""


class BusSource(Protocol):
    """Something that the bus tells, with a thread of its own."""

    def start(self, post: Callable[[LineNews], None]) -> None:
        """Begin to watch; what happens is told from another thread, as it happens."""

    def stop(self) -> None:
        """Watch no more; returns when nothing more is told."""


class BusEvidence:
    """Turns what lines tell into evidence, and knows which calls go on."""

    def __init__(self, lines: Iterable[BusSource]) -> None:
        self._lines = tuple(lines)
        self._talks: dict[str, LineTalk] = {}
        self._rang: tuple[int, str] = (-_RINGS, "")
        """When a telephone last rang, and who it was."""

    def __bool__(self) -> bool:
        return bool(self._lines)

    def start(self, post: Callable[[LineNews], None]) -> None:
        """Begin to watch what there is."""
        for line in self._lines:
            line.start(post)

    def stop(self) -> None:
        """Watch no more."""
        for line in self._lines:
            line.stop()

    def edges(self, at: int, told: LineNews | OrderHeard) -> list[Evidence]:
        """What was told at an instant, by the bus or of a playback, as evidence; a ring is none."""
        match told:
            case LineRing():
                self._rang = at, told.number
                return []
            case LineTalk():
                return [self._talk(at, told)]
            case Away():
                return [Evidence(at, told.kind, told.on, already=told.already)]
            case OrderHeard():
                return [Evidence(at, EvidenceKind.AUDIBLE, True, told.program, stream=told.stream)]

    def named(self, event: Event) -> Event:
        """An event of a telephone call without a number, with that of who rang just before it began; a call in the room
        may be one too. It is a hint in memory, as a title is."""
        rang_at, number = self._rang
        call = event.call
        rung = 0 <= call.began - rang_at <= _RINGS
        if not number or call.title or call.program not in (PHONE, ROOM) or not rung:
            return event
        return replace(event, call=replace(call, title=number))

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
