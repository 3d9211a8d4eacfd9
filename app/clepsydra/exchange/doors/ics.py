"""Calendar files (iCalendar): plans, taken for work only on demand.

`Client: note` in the title says whose it is. An event that recurs is a meeting; the key of an instance is the event's
own id and the day it stands for. A repeated hour is its first showing (RFC 5545); an event from one showing of it to
the same clock time lasts the hour.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import instants_of, wall
from clepsydra.domain.interval import Interval
from clepsydra.domain.session import Channel
from clepsydra.exchange.calendar import LARGEST, CalendarEvent, events_of
from clepsydra.exchange.doors.parts.names import client_and_note
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason


def _sniff(name: str, head: bytes) -> int:
    return 95 if b"BEGIN:VCALENDAR" in head[:200].upper() else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The events up to now."""
    if len(source.data) > LARGEST:
        yield RowProblem(1, RowReason.NOT_READABLE, "", "iCalendar")
        return
    try:
        events, bad = events_of(source.data, Interval(0, answers.now), answers.zone)
    except (ValueError, OverflowError, RecursionError):
        yield RowProblem(1, RowReason.NOT_READABLE, "", "iCalendar")
        return
    for index, event in enumerate(events, 1):
        yield _entry(index, event, answers)
    for index in range(bad):
        yield RowProblem(len(events) + index + 1, RowReason.NOT_READABLE, "", "VEVENT")


def _entry(place: int, event: CalendarEvent, answers: Answers) -> Item:
    if not answers.as_sessions:
        return LeftOut(place, ProblemCause.PLAN, event.title)
    if event.all_day or event.span.ended_at > answers.now:
        return LeftOut(place, ProblemCause.PLAN, event.title)
    client, note = client_and_note(event.title)
    channel = Channel.MEETING if event.recurs else None
    begin, end = event.span.started_at, _end(event, answers.zone)
    return Found(
        place, begin, end, key=event.key, client=client, note=note, channel=channel, tags=_tags(event.categories)
    )  # fmt: skip


def _tags(categories: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in categories if each and each != "none")


def _end(event: CalendarEvent, zone: ZoneInfo) -> int:
    """Its end; of an event without length in a repeated hour, the second showing of its clock time."""
    begin, end = event.span.started_at, event.span.ended_at
    if begin == end:
        return instants_of(wall(begin, zone).replace(tzinfo=None, fold=0), zone)[-1]
    return end


DOOR = Door("ics", DoorKind.PLANS, _sniff, read, (Ask.ZONE,), "iCalendar")
