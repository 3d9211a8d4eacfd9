"""What a source of happenings is, and which the person switched on.

A source reads what its settings name and nothing else: no network, no write, no lock, bounded in bytes. To add one:
a class of this shape in a room of its own, and a line in `registry.sources`.
"""

from pathlib import Path
from typing import Protocol

from clepsydra.domain.happenings import Happening
from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message
from clepsydra.settings.model import Settings


@dataclass(frozen=True, slots=True)
class HappeningsFound:
    """What a source tells of a stretch of time, and what it could not read."""

    happenings: tuple[Happening, ...] = ()
    problems: tuple[Message, ...] = ()


class HappeningSource(Protocol):
    """Something that tells afterwards what happened."""

    @property
    def name(self) -> str: ...

    @property
    def instants(self) -> bool:
        """Whether what it tells has no length: then nothing beyond the stretch is looked at."""
        ...

    def reads(self, settings: Settings) -> tuple[Path | str, ...]:
        """Everything that it opens: paths, or names on a bus."""
        ...

    def look(self, settings: Settings, span: Interval) -> HappeningsFound:
        """What happened in a stretch of time."""
        ...
