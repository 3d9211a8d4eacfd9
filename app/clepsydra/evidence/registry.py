"""Which sources of happenings the person switched on, and a look at all of them."""

from collections.abc import Iterator

from clepsydra.domain.happenings import Happening
from clepsydra.domain.interval import Interval
from clepsydra.evidence.sources import HappeningsFound, HappeningSource
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import guarded
from clepsydra.settings.model import Settings


def sources(settings: Settings) -> Iterator[HappeningSource]:
    """The sources that the settings switch on; none is loaded that is off."""
    if settings.phone.lists:
        from clepsydra.evidence.lists import CallLists

        yield CallLists()
    if settings.mail.sent:
        from clepsydra.evidence.mail.source import SentMailFolders

        yield SentMailFolders()


def look(settings: Settings, span: Interval, around: int = 0) -> HappeningsFound:
    """What every source tells of a stretch of time, and of `around` seconds beside it where what it tells lasts; one
    that fails is named and keeps no other from being read."""
    wide = Interval(span.started_at - around, span.ended_at + around)
    happenings: list[Happening] = []
    problems: list[Message] = []
    for source in sources(settings):
        found = guarded(lambda source=source: source.look(settings, span if source.instants else wide))  # type: ignore[misc]
        if isinstance(found, Exception):
            problems.append(
                message("evidence: {source} cannot be read: {why}", source=source.name, why=type(found).__name__)
            )
            continue
        happenings += found.happenings
        problems += found.problems
    return HappeningsFound(tuple(happenings), tuple({str(each): each for each in problems}.values()))
