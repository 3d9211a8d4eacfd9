"""Time zones of calendar files: what the file itself says of a zone is believed, then the name.

A name may be of the IANA database, have a maker's path in front ("/mozilla.org/20050126_1/Europe/Paris"), be one of
Windows ("Romance Standard Time") or a plain offset ("UTC+2").
"""

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from clepsydra.exchange.calendar.lines import Component
from clepsydra.exchange.calendar.recurrence import checked, occurrences
from clepsydra.exchange.calendar.values import dates_of

_SINCE, _UNTIL = datetime(1970, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 (wall times)
_EARLIEST = 1601
"""Outlook begins its zones in this year."""
MOST_CHANGES = 5_000
_ZERO = timedelta()
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (seconds are counted from it, in whichever clock)


class FileZone(tzinfo):
    """A zone as a file defines it: the instants at which its clocks change, and by how much.

    Wall times that come twice or never are read as PEP 495 says, by `fold`.
    """

    def __init__(self, name: str, changes: dict[int, tuple[int, int]], alone: int) -> None:
        """`changes` gives offsets before and after (seconds) by instant; `alone` holds where there are none."""
        self._name = name
        self._instants = sorted(changes)
        pairs = [changes[at] for at in self._instants]
        # What a change says of the time before it counts only for the first: the one before it knows better.
        self._offsets = [pairs[0][0] if pairs else alone, *(after for _, after in pairs)]
        steps = list(zip(self._instants, self._offsets, self._offsets[1:], strict=False))
        self._early = [at + max(before, after) for at, before, after in steps]
        self._late = [at + min(before, after) for at, before, after in steps]

    def utcoffset(self, when: datetime | None) -> timedelta:
        """The offset that the zone's clocks show at a wall time."""
        if when is None:
            return timedelta(seconds=self._offsets[-1])
        seconds = int((when.replace(tzinfo=None, fold=0) - _EPOCH).total_seconds())
        return timedelta(seconds=self._offsets[bisect_right(self._late if when.fold else self._early, seconds)])

    def dst(self, _when: datetime | None) -> timedelta:
        """Nothing: what a file calls summer time changes no instant."""
        return _ZERO

    def tzname(self, _when: datetime | None) -> str:
        """The name in the file."""
        return self._name

    def fromutc(self, when: datetime) -> datetime:
        """The wall time of an instant, with the fold of the second time it comes."""
        seconds = int((when.replace(tzinfo=None) - _EPOCH).total_seconds())
        place = bisect_right(self._instants, seconds)
        shown = when + timedelta(seconds=self._offsets[place])
        local = seconds + self._offsets[place]
        again = place > 0 and self._late[place - 1] <= local < self._early[place - 1]
        return shown.replace(fold=int(again and self._offsets[place] < self._offsets[place - 1]))


def zone_of_file(component: Component) -> tuple[str, FileZone]:
    """Name and zone of a VTIMEZONE; raises `ValueError` where it says no usable offset or no name."""
    name = component.text("TZID")[:200]
    changes: dict[int, tuple[int, int]] = {}
    alone = None
    for part in component.parts:
        if part.name not in ("STANDARD", "DAYLIGHT"):
            continue
        before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
        alone = after if alone is None or part.name == "STANDARD" else alone
        for onset in _onsets(part, before):
            changes[int((onset - _EPOCH).total_seconds()) - before] = (before, after)
        if len(changes) > MOST_CHANGES:
            raise ValueError("clocks that change all the time")
    if not name or alone is None:
        raise ValueError("a zone without name or offset")
    return name, FileZone(name, changes, alone)


def _onsets(part: Component, before: int) -> set[datetime]:
    """The wall times at which an observance begins, by the clocks as they were before."""
    zone = timezone(timedelta(seconds=before))
    [first] = (each.begin for each in dates_of(part.all("DTSTART")[:1], lambda _: None))
    first = _wall(first)
    if not _EARLIEST <= first.year <= _UNTIL.year:
        raise ValueError("clocks of another age")
    found = {first} | {_wall(each.begin) for each in dates_of(part.all("RDATE"), lambda _: None)}
    for line in part.all("RRULE"):
        rule = checked(line.value, first, _EARLIEST)
        found |= occurrences(rule, first, _SINCE, _UNTIL, zone)
    return found


def _wall(moment: object) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    raise ValueError("a day where a time is needed")


def _offset(text: str) -> int:
    """Seconds of "+0100" or "-023000"; raises `ValueError`."""
    match = re.fullmatch(r"([+-]?)([0-9]{2}):?([0-9]{2}):?([0-9]{2})?", text)
    seconds = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0) if match else 86_400
    if match is None or seconds >= 86_400:
        raise ValueError("no offset")
    return -seconds if match[1] == "-" else seconds


def zone_by_name(name: str) -> tzinfo | None:
    """The zone that programs mean by a name, or None."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = name.strip().strip('"')[:200]
    if name.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if offset := re.fullmatch(r"(?:UTC|GMT) ?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", name, re.IGNORECASE):
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-size if offset[1] == "-" else size) if size < timedelta(hours=24) else None
    pieces = [piece for piece in name.split("/") if piece]
    tails = ["/".join(pieces[-count:]) for count in (3, 2, 1) if len(pieces) >= count]
    return next((zone for each in (WINDOWS_TO_OLSON.get(name, name), *tails) if (zone := _iana(each))), None)


def _iana(name: str) -> ZoneInfo | None:
    if not re.fullmatch("[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,2}", name):
        return None
    for spelled in (name, name.title()):
        try:
            return ZoneInfo(spelled)
        except (KeyError, ValueError, OSError):
            continue
    return None
