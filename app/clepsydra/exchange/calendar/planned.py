"""The events of calendar files in a stretch of time.

Files are read as programs write them: recurrence with exceptions, moved instances and moved series, whole days, zones
of their own, times without a zone, which are those of the person. Of several files that hold one event the highest
SEQUENCE counts, and a cancellation takes away what it names. What cannot be read is one clear line; the rest still
counts. Nothing is fetched: an address in a file stays a text.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from clepsydra.domain.interval import Interval
from clepsydra.domain.records import dataclass, replace
from clepsydra.exchange.calendar.entries import CalendarEntry, CalendarEvent, entry_of, naive
from clepsydra.exchange.calendar.expansion import instances
from clepsydra.exchange.calendar.lines import Component, parsed
from clepsydra.exchange.calendar.zones import zone_by_name, zone_of_file
from clepsydra.language.message import Message, message
from clepsydra.settings.foreign import content, guarded, refusal

LARGEST = 16 * 1024 * 1024
"""Files beyond so many bytes are not read: no calendar of one person is that large."""

MOST_FILES = 500
"""So many files of one folder are read."""

PATIENCE = 1.5
"""Seconds after which recurring events that are still to be followed are given up, and that is said."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The events of a stretch in order of time, and what could not be read."""

    events: tuple[CalendarEvent, ...] = ()
    problems: tuple[Message, ...] = ()


class _File(NamedTuple):
    """What one file holds, how many of its events are broken, and what else is to be said of it."""

    name: str
    entries: tuple[CalendarEntry, ...] = ()
    broken: int = 0
    problems: tuple[Message, ...] = ()


def planned(where: Path | Iterable[Path], span: Interval, zone: tzinfo, own: frozenset[str] = frozenset()) -> Planned:
    """What calendar files, or all `.ics` files of folders, have in a stretch.

    `zone` is that of floating times, `own` the person's own addresses: what they declined was not attended.
    """
    files: list[_File] = []
    problems: list[Message] = []
    for path in [where] if isinstance(where, Path) else where:
        found, missing = _files(path)
        problems += missing
        files += [_of_file(file) for file in found]
    entries = _standing([(index, entry) for index, file in enumerate(files) for entry in file.entries])
    addresses = frozenset(address.casefold() for address in own)
    bad, slow, events = _expanded(entries, span, zone, addresses)
    for index, file in enumerate(files):
        problems += _said(file, bad.get(index, 0), slow.get(index, 0))
    return Planned(tuple(sorted(events, key=lambda e: (e.span, e.title))), tuple(problems))


def _files(path: Path) -> tuple[list[Path], list[Message]]:
    try:
        if path.is_dir():
            found = sorted(path.glob("*.ics"))
            over = [message("{file}: only {count} of its calendars are read", file=path.name, count=MOST_FILES)]
            return found[:MOST_FILES], over if len(found) > MOST_FILES else []
        if path.exists():
            return [path], []
    except OSError as error:
        return [], [refusal(error).said_of(path.name)]
    return [], [message("{file}: there is no such calendar", file=path.name)]


def _said(file: _File, bad: int, slow: int) -> list[Message]:
    said = list(file.problems)
    if file.broken + bad:
        said.append(message("{file}: {count} events could not be read", file=file.name, count=file.broken + bad))
    if slow:
        said.append(message("{file}: {count} recurring events take too long to follow", file=file.name, count=slow))
    return said


def _of_file(file: Path) -> _File:
    def read() -> _File:
        stamp = file.stat()
        return _read(file, stamp.st_mtime_ns, stamp.st_size)

    found = guarded(read)
    if isinstance(found, _File):
        return found
    if isinstance(found, OSError):
        return _File(file.name, problems=(refusal(found).said_of(file.name),))
    return _File(file.name, problems=(message("{file}: this is not a calendar file (iCalendar)", file=file.name),))


@lru_cache(maxsize=64)
def _read(file: Path, changed: int, size: int) -> _File:  # noqa: ARG001 (they are the key)
    """What a file holds; read again only when its stamp has changed. Raises `Unusable` or `ValueError`."""
    return _held(file.name, content(file, LARGEST))


def events_of(data: bytes, span: Interval, zone: tzinfo) -> tuple[list[CalendarEvent], int]:
    """The events that a calendar's bytes have in a stretch, in order, and how many could not be read.

    Raises `ValueError` for bytes that are no calendar.
    """
    file = _held("", data)
    bad, slow, events = _expanded(_standing([(0, entry) for entry in file.entries]), span, zone, frozenset())
    lost = file.broken + sum(bad.values()) + sum(slow.values())
    return sorted(events, key=lambda event: (event.span, event.title)), lost


def _held(name: str, data: bytes) -> _File:
    found = parsed(data)
    entries: list[CalendarEntry] = []
    broken = found.broken
    unknown: dict[str, None] = {}
    for calendar in found.calendars:
        zones, cancelled = _Zones(calendar, unknown), calendar.text("METHOD").upper() == "CANCEL"
        for component in calendar.parts:
            if component.name != "VEVENT":
                continue
            entry = guarded(partial(entry_of, component, zones, cancelled))
            if isinstance(entry, CalendarEntry):
                entries.append(entry)
            else:
                broken += 1
    problems = [
        message("{file}: the zone “{zone}” is unknown; its times are read by your own clock", file=name, zone=each)
        for each in list(unknown)[:3]
    ]
    if found.cut:
        problems.append(message("{file}: the file breaks off before its end; what is whole counts", file=name))
    return _File(name, tuple(entries), broken, tuple(problems))


class _Zones:
    """The zones of one calendar by name: those it defines, else those that the name means; what is none is noted."""

    def __init__(self, calendar: Component, unknown: dict[str, None]) -> None:
        self._unknown = unknown
        self._known: dict[str, tzinfo | None] = {}
        for component in calendar.parts:
            if component.name == "VTIMEZONE":
                found = guarded(partial(zone_of_file, component))
                if isinstance(found, tuple):
                    self._known.setdefault(*found)

    def __call__(self, name: str) -> tzinfo | None:
        if name not in self._known:
            self._known[name] = zone_by_name(name)
            if self._known[name] is None:
                self._unknown.setdefault(name[:60])
        return self._known[name]


def _standing(entries: list[tuple[int, CalendarEntry]]) -> list[tuple[int, CalendarEntry, list[CalendarEntry]]]:
    """The entries that count, by file, each with the instances of it that are told apart; cancelled ones are gone."""
    by_uid: dict[str, list[tuple[int, CalendarEntry]]] = {}
    alone: list[tuple[int, CalendarEntry, list[CalendarEntry]]] = []
    for index, entry in entries:
        if entry.uid:
            by_uid.setdefault(entry.uid, []).append((index, entry))
        elif not entry.cancelled:
            alone.append((index, entry, []))
    return alone + [each for group in by_uid.values() for each in _of_one(group)]


def _of_one(group: list[tuple[int, CalendarEntry]]) -> Iterator[tuple[int, CalendarEntry, list[CalendarEntry]]]:
    """What counts of the entries with one UID."""
    if len(group) == 1:
        [(index, entry)] = group
        if not entry.cancelled:
            yield index, entry, []
        return
    masters = _highest([each for each in group if each[1].instance is None])
    off = [entry for _, entry in masters if entry.cancelled]
    if off:
        group = [each for each in group if each[1].rank[0] > off[0].rank[0]]
        masters = []
    index, rank = (masters[0][0], masters[0][1].rank) if masters else (-1, (-1, ""))
    # An instance of an older word on the same series, in another file, was replaced with it.
    moved = [(i, e) for i, e in group if e.instance is not None and (i == index or e.rank[0] >= rank[0])]
    by_instance: dict[object, list[tuple[int, CalendarEntry]]] = {}
    for each in moved:
        by_instance.setdefault((each[1].instance, each[1].ahead), []).append(each)
    told = [winner for same in by_instance.values() for winner in _highest(same)[:1]]
    for index, master in masters:
        yield index, master, [entry for _, entry in told]
    for index, entry in told:
        if not entry.cancelled and not (entry.ahead and masters):
            yield index, entry, []


def _highest(entries: list[tuple[int, CalendarEntry]]) -> list[tuple[int, CalendarEntry]]:
    """Of one event told several times the latest word; a cancellation of the same sequence is the last one.

    Programs that give all their events one UID mean several by it: those of one file, with one stamp, all stay.
    """
    if len(entries) < 2:
        return entries
    sequence = max(entry.rank[0] for _, entry in entries)
    entries = [each for each in entries if each[1].rank[0] == sequence]
    off = [each for each in entries if each[1].cancelled]
    if off:
        return off[:1]
    latest = max(entry.rank for _, entry in entries)
    index = next(i for i, entry in entries if entry.rank == latest)
    different = {(entry.start, entry.event.title): (i, entry) for i, entry in entries if i == index}
    return [each for each in different.values() if each[1].rank == latest]


def _expanded(
    entries: list[tuple[int, CalendarEntry, list[CalendarEntry]]], span: Interval, zone: tzinfo, own: frozenset[str]
) -> tuple[dict[int, int], dict[int, int], list[CalendarEvent]]:
    """The events that share time with a stretch; by file, how many could not be followed or only too slowly."""
    bad: dict[int, int] = {}
    slow: dict[int, int] = {}
    events: list[CalendarEvent] = []
    until = monotonic() + PATIENCE
    for index, entry, moved in entries:
        if own & entry.declined:
            continue
        if entry.rules and monotonic() > until:
            slow[index] = slow.get(index, 0) + 1
            continue
        found = guarded(partial(_all_instances, entry, moved, span, zone))
        if isinstance(found, list):
            events += [replace(event, span=part) for part, event in found]
        else:
            bad[index] = bad.get(index, 0) + 1
    return bad, slow, events


def _all_instances(
    entry: CalendarEntry, moved: list[CalendarEntry], span: Interval, zone: tzinfo
) -> list[tuple[Interval, CalendarEvent]]:
    return [
        (part, replace(event, key=_key(entry, part, zone), recurs=entry.event.recurs))
        for part, event in instances(entry, moved, span, zone)
    ]


def _key(entry: CalendarEntry, part: Interval, zone: tzinfo) -> str:
    """The event's own id and, of one that recurs, the day it stands for."""
    if not entry.event.recurs:
        return entry.uid
    home = entry.start.tzinfo if isinstance(entry.start, datetime) and entry.start.tzinfo else zone
    day = naive(entry.instance) if entry.instance else datetime.fromtimestamp(part.started_at, home)
    return f"{entry.uid}/{day.date()}"
