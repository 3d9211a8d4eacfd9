"""What the person's own calendars and repositories say about a stretch of time: files are read, the log is not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.evidence.registry import sources
from clepsydra.evidence.sources import HappeningsFound
from clepsydra.exchange.calendar import CalendarEvent, planned
from clepsydra.exchange.commits import Commit, written
from clepsydra.language.message import Message
from clepsydra.ledger.evidence.gathering import look
from clepsydra.settings.foreign import expanded
from clepsydra.settings.model import Settings

if TYPE_CHECKING:
    from clepsydra.evidence.mail.reading import ReceivedMail


@dataclass(frozen=True, slots=True)
class ClientCommit:
    """A commit in a repository that a client's file names."""

    client: str
    commit: Commit


@dataclass(frozen=True, slots=True)
class Outside:
    """Planned events and commits of a stretch, and what could not be read of them."""

    events: tuple[CalendarEvent, ...] = ()
    commits: tuple[ClientCommit, ...] = ()
    problems: tuple[Message, ...] = ()
    received: "tuple[ReceivedMail, ...]" = ()
    """Mails that others wrote: hints of what a gap was."""
    found: HappeningsFound = HappeningsFound()
    """What happened, by the sources that the settings switch on; from a little before to a little after."""


NOWHERE = Outside()
"""Nothing was looked at."""


def look_outside(settings: Settings, clients: Iterable[Client], span: Interval) -> Outside:
    """Read calendars and repositories; needs no network, and no ledger, so that a thread may do it."""
    events: list[CalendarEvent] = []
    commits: list[ClientCommit] = []
    problems: list[Message] = []
    calendar = planned(settings.calendars, span, settings.time_zone, own_addresses(settings))
    events += calendar.events
    problems += calendar.problems
    for client in clients:
        if client.context.repositories:
            found = written([expanded(each) for each in client.context.repositories], span)
            commits += [ClientCommit(client.slug, commit) for commit in found.commits]
            problems += found.problems
    told = look(settings, span)
    received = _received(settings, span)
    problems += [*told.problems, *received[1]]
    events.sort(key=lambda e: (e.span, e.title))
    commits.sort(key=lambda c: c.commit.at)
    return Outside(tuple(events), tuple(commits), _told_once(problems), received[0], told)


def _received(settings: Settings, span: Interval) -> "tuple[tuple[ReceivedMail, ...], tuple[Message, ...]]":
    if not settings.mail.received:
        return (), ()
    from clepsydra.evidence.mail.reading import received_within

    found = received_within(settings.mail.received, settings.mail.me, span)
    return found.mails, found.problems


def tells(settings: Settings, clients: Iterable[Client]) -> bool:
    """Whether anything is named that could tell of a day: calendars, repositories, phones, mail."""
    named = bool(settings.calendars) or any(client.context.repositories for client in clients)
    return named or any(True for _ in sources(settings))


def own_addresses(settings: Settings) -> frozenset[str]:
    """The mail addresses under which the person is invited."""
    return frozenset({settings.seller.email} - {""})


def _told_once(problems: Iterable[Message]) -> tuple[Message, ...]:
    """The problems without repetitions, as when two clients name one repository."""
    return tuple({str(problem): problem for problem in problems}.values())
