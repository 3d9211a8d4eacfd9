"""Instants as people type them, for the wall clock of their zone.

Words and weekdays name civil days, which may begin later than midnight: with days that begin at 4:00, "yesterday 1:30"
lies in the night that followed. Dates name days of the calendar. A wall time that came twice is chosen by #1 or #2
("2:30#2", "2:30²"), or by its offset ("2:30+01:00").
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import MIDNIGHT, civil_day, first_instant_from, instants_of, wall
from clepsydra.language.typed.days import DaySort, Named, last_resort, plausible, read_day
from clepsydra.language.typed.durations import read_duration
from clepsydra.language.typed.errors import Ambiguous, Missing, NotUnderstood, TypedKind, Unreadable
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import ALL, either, patterns

_CHOICE = r"(.*?) ?#([12])"
_RAISED = str.maketrans({"¹": "#1", "²": "#2"})
"""How a choice is shown where it is to be short."""
_SIGNED = r"([+-])(.+)"
_AGO = patterns("ago")
_NOW = frozenset(word for words in ALL for word in words.now)
_UNTIL = rf"(?:[–—] ?|- |{either('until_time')} )"
"""What stands between a begin and its end, typed with the end."""
_ISO = r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[t ][0-9]"
_CLOCK = (
    r"(?:^|(?<=[ ,@t]))(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?|(?P<h> ?h ?(?P<past>[0-9]{1,2})?))?"
    r" ?(?P<half>am|pm)? ?(?P<offset>z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_BEFORE_CLOCK = rf"(?:[ ,@]|(?<=[0-9])t|(?:^|(?<= )){either('at')})+$"


class Moment(NamedTuple):
    """An instant in epoch seconds; `dated` tells whether the text named its day, which a bare clock time does not."""

    instant: int
    dated: bool


class _Clock(NamedTuple):
    """A time of day; `late` counts the day that 24:00 adds."""

    time: time
    late: int
    offset: timezone | None


class _Reader(NamedTuple):
    """What a text is read against."""

    typed: str
    now: int
    zone: ZoneInfo
    day_starts_at: time
    after: int | None
    near: int | None
    choice: int | None

    @property
    def today(self) -> date:
        return civil_day(self.now, self.zone, self.day_starts_at)

    @property
    def own_day(self) -> date:
        """The civil day of a bare time."""
        return self.today if self.near is None else civil_day(self.near, self.zone, self.day_starts_at)

    def resolve(self, wall_time: datetime, not_before: int | None = None) -> int:
        """The one instant of a wall time, by the choice typed with it where there are two.

        Raises `Missing` where the clocks jumped over it, `Ambiguous` where they showed it twice.
        """
        instants = instants_of(wall_time, self.zone)
        if not instants:
            raise Missing(self.typed, wall_time, self.zone)
        if self.choice:
            instants = instants[self.choice - 1 : self.choice]
        if not_before is not None:
            instants = tuple(i for i in instants if i >= not_before)
        if len(instants) > 1:
            raise Ambiguous(self.typed, instants, self.zone)
        if not instants:
            raise Unreadable(self.typed, TypedKind.TIME)
        return instants[0]


def parse_instant(
    text: str,
    now: int,
    zone: ZoneInfo,
    day_starts_at: time = MIDNIGHT,
    after: int | None = None,
    near: int | None = None,
) -> Moment:
    """The instant of "9:30", "9h30", "-10m", "yesterday 17:05", "lundi 9h30", "24/11 9:30", "now" or ISO.

    A bare clock time is today's, past or ahead; with `near`, it is of the civil day that holds that instant; with
    `after`, the instant of an earlier end, it is the first from there on, and "+45m" counts from there instead of from
    now. A weekday is the last one past. Raises `Ambiguous`, `Missing` or `Unreadable`.
    """
    found = plain(text.translate(_RAISED), TypedKind.TIME)
    if after is not None:
        found = re.sub(f"^{_UNTIL}", "", found)
    choice = re.fullmatch(_CHOICE, found)
    reader = _Reader(text, now, zone, day_starts_at, after, near, int(choice[2]) if choice else None)
    try:
        moment = _read(choice[1] if choice else found, reader)
        plausible(wall(moment.instant, zone).date())
    except NotUnderstood:
        raise
    except (ValueError, OverflowError, OSError):
        raise Unreadable(text, TypedKind.TIME) from None
    return moment


def parse_clock(text: str) -> time | None:
    """The time of day of "18:15", "18h15", "18h", "6:15 pm", or None when the text is none."""
    try:
        found = plain(text, TypedKind.TIME)
        match = re.fullmatch(_CLOCK, found)
        clock = _clock(match) if match and not match["offset"] else None
    except ValueError:
        return None
    return clock.time if clock and not clock.late else None


def _read(found: str, reader: _Reader) -> Moment:
    instant = _relative(found, reader)
    if instant is None:
        instant = _iso(found, reader)
    if instant is not None:
        return Moment(instant, dated=True)
    match = re.search(_CLOCK, found)
    clock = _clock(match) if match else None
    if match and clock:
        day = re.sub(_BEFORE_CLOCK, "", found[: match.start()])
        if not day:
            return Moment(_bare(clock, reader), dated=False)
        if named := read_day(day, reader.today):
            return Moment(_on(named, clock, reader), dated=True)
    return Moment(_at(last_resort(found), reader), dated=True)


def _relative(found: str, reader: _Reader) -> int | None:
    if found in _NOW:
        return reader.now
    if signed := re.fullmatch(_SIGNED, found):
        sign, typed = signed[1], signed[2]
        # "- 10:30" is what stands behind a begin and a dash; "-0:15" is a quarter of an hour ago.
        if typed.startswith(" ") and ":" in typed:
            return None
    else:
        sign, typed = "-", next((match[1] for each in _AGO if (match := re.fullmatch(each, found))), "")
    seconds = read_duration(typed.strip())
    if seconds is None:
        return None
    if sign == "-":
        return reader.now - seconds
    return (reader.now if reader.after is None else reader.after) + seconds


def _iso(found: str, reader: _Reader) -> int | None:
    if not re.match(_ISO, found):
        return None
    joined = re.sub(r" (?=[z+-])", "", found).upper()
    try:
        moment = datetime.fromisoformat(joined)
    except ValueError:
        return None
    if moment.tzinfo and "T" not in joined:
        _believe(moment, reader)
    return _at(moment, reader)


def _at(moment: datetime | None, reader: _Reader) -> int:
    """The instant of a full date and time, by its own offset or on the zone's clock; fractions are cut off."""
    if moment is None:
        raise Unreadable(reader.typed, TypedKind.TIME)
    moment = moment.replace(microsecond=0)
    return int(moment.timestamp()) if moment.tzinfo else reader.resolve(moment)


def _clock(match: re.Match[str]) -> _Clock | None:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if match["minute"] is None and not match["h"] and not match["half"]:
        return None
    if match["half"]:
        if match["h"] or not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match["half"] == "pm")
    minute += int(match["past"] or 0)
    late = int(hour == 24 and minute == second == 0)
    return _Clock(time(0 if late else hour, minute, second), late, _offset(match["offset"]))


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "z":
        return UTC
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-size if text[0] == "-" else size)


def _believe(moment: datetime, reader: _Reader) -> None:
    """Refuse an offset to the west that the zone's clocks never show: "14:00-16:30" means a stretch of time."""
    west = moment.utcoffset()
    shown = {datetime(moment.year, month, 1, tzinfo=reader.zone).utcoffset() for month in (1, 7)}
    if west is not None and west < timedelta() and west not in shown:
        raise Unreadable(reader.typed, TypedKind.TIME)


def _instant(day: date, clock: _Clock, reader: _Reader, not_before: int | None = None) -> int:
    wall_time = datetime.combine(day + timedelta(days=clock.late), clock.time)
    if clock.offset:
        moment = wall_time.replace(tzinfo=clock.offset)
        _believe(moment, reader)
        return int(moment.timestamp())
    return reader.resolve(wall_time, not_before)


def _bare(clock: _Clock, reader: _Reader) -> int:
    if reader.after is None:
        return _instant(_calendar_day(reader.own_day, clock, reader), clock, reader)
    day = wall(reader.after, reader.zone).date()
    for candidate in (day, day + timedelta(days=1)):
        try:
            instant = _instant(candidate, clock._replace(late=0), reader, not_before=reader.after)
        except Unreadable:
            continue
        except Missing as missing:
            if missing.after < reader.after:
                continue
            raise
        if instant >= reader.after:
            return instant
    if reader.choice:  # of two such times the one that was meant: whether an end may lie there is for others to say
        return _instant(day, clock, reader)
    raise Unreadable(reader.typed, TypedKind.TIME)


def _on(named: Named, clock: _Clock, reader: _Reader) -> int:
    if named.sort is DaySort.DATE:
        return _instant(named.day, clock, reader)
    day = _calendar_day(named.day, clock, reader)
    if (
        named.sort is DaySort.WEEKDAY
        and first_instant_from(datetime.combine(day, clock.time), reader.zone) > reader.now
    ):
        day -= timedelta(days=7)
    return _instant(day, clock, reader)


def _calendar_day(day: date, clock: _Clock, reader: _Reader) -> date:
    """The day of the calendar on which a civil day shows a time: the next one before the hour days begin at."""
    return day + timedelta(days=1) if clock.time < reader.day_starts_at and not clock.late else day
