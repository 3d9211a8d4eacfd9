"""The shape of a list of calls: how it is recognised, and what it yields."""

from collections.abc import Callable, Iterable
from functools import cached_property

from clepsydra.domain.happenings import Happening
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.exchange.doors.parts.tabular import decoded
from clepsydra.exchange.doors.parts.walls import Wall, Walls, stamp_of
from clepsydra.settings.model import Settings

HEAD = 8192
"""Bytes of the beginning by which a file is recognised."""

LONGEST_CALL = 86_400
"""Seconds: what is said to have lasted longer was no call but a mistake of the list."""


@dataclass(frozen=True)
class ListFile:
    """A list of calls in memory; `tail` is what a database beside it still holds back (`-wal`).

    Where only a `span` is asked for, a reader passes over what began elsewhere before it looks at it further.
    """

    name: str
    data: bytes
    settings: Settings
    tail: bytes = b""
    span: Interval | None = None

    @cached_property
    def head(self) -> bytes:
        """Its beginning."""
        return self.data[:HEAD]

    @cached_property
    def text(self) -> str | None:
        """The whole as text, without the marks of byte order that some programs write twice; None where it is none."""
        text = decoded(self.data)
        return text.lstrip("\ufeff") if text is not None else None

    @cached_property
    def walls(self) -> Walls:
        """The clock on the wall where the list was written; an hour shown twice is taken for its first showing."""
        return Walls(self.settings.time_zone, "first")

    def wants(self, began: int | None) -> bool:
        """Whether what began at an instant is asked for."""
        if began is None or self.span is None:
            return began is not None
        return self.span.started_at <= began < self.span.ended_at

    def instant(self, text: str) -> int | None:
        """The instant of a date and time with or without an offset; None where it is none."""
        found = stamp_of(text)
        return self.at(found) if isinstance(found, Wall) else found

    def at(self, wall: Wall) -> int | None:
        """The instant of a wall time; None where the clocks jumped over it."""
        found = self.walls.readings(wall)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class CallList:
    """One format: `sniff` says how sure it is of a file (0 to 100), `read` what happened.

    Two formats of one phone have one `name`: what both tell is told once.
    """

    name: str
    sniff: Callable[[ListFile], int]
    read: Callable[[ListFile], Iterable[Happening]]


def whole_number(text: str | None) -> int | None:
    """A count of a list; None where it is none that makes sense."""
    cleaned = (text or "").strip()
    return int(cleaned) if cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= 18 else None
