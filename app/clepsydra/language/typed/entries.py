"""One line for everything that is logged by hand, as people say it.

    riva hier 9h-10h30 relecture        yesterday from 9:00 to 10:30
    acme call 20m                       a call of twenty minutes that has just ended
    brel -15m                           the last fifteen minutes
    brel hier 9h +20m                   twenty minutes of yesterday, from 9:00
    dumas 9-12 +13:30-17 #api out       two stretches of today, project api, outside the scope

The client comes first; who that is, the caller says. Then days, times, lengths, a channel, `#project` and `out` stand
in any order until the first other word, which begins the note; all of them but a channel may also stand behind the
note. A length alone ends now.
"""

import re
from collections.abc import Sequence
from copy import copy
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import MIDNIGHT, civil_day
from clepsydra.domain.interval import Interval
from clepsydra.domain.session import Channel
from clepsydra.language.message import Message
from clepsydra.language.translator import Translator, mark
from clepsydra.language.typed.days import read_day
from clepsydra.language.typed.durations import read_duration
from clepsydra.language.typed.errors import NotUnderstood, TypedKind
from clepsydra.language.typed.instants import parse_instant
from clepsydra.language.typed.plain import plain
from clepsydra.language.typed.words import ALL

LONGEST = 400
"""Letters of a line: a note may be long, a book is a paste gone wrong."""

LONGEST_NIGHT = 16 * 3600
"""An end that would lie on the next day is taken for one only if the stretch stays shorter than this (seconds)."""

_CHANNELS = {word: Channel(meaning) for words in ALL for word, meaning in words.channels.items()}
_OUT = frozenset(word for words in ALL for word in words.out)
_SINCE = frozenset(word for words in ALL for word in words.from_then)
_NOW = frozenset(word for words in ALL for word in words.now)

_AT = r"[0-9]{1,2}(?:(?:h|:)(?:[0-9]{2}(?::[0-9]{2})?)?)?(?:am|pm)?(?:#[12])?"
_END = "|".join((_AT, *sorted(_NOW)))
_FROM, _TO = ("|".join(words.between[n] for words in ALL) for n in (0, 1))
_RANGE = rf"\+?(?P<from>{_AT})-(?P<to>{_END})"
# “9h - 10h30”, “9h à 10h30”, “from 9 to 10” are joined first, so that a stretch is one word.
_SPACED = re.compile(
    rf"(?<![^ +])(?:(?:{_FROM}) )?({_AT}) ?(?:[-–—−]|(?<= )(?:{_TO})(?= )) ?({_END})(?![^ ])", re.IGNORECASE
)
_CLOCK = re.compile(r"[0-9]{1,2}(?:h|:[0-9]{2}(?::[0-9]{2})?|h[0-9]{2}|(?:am|pm))(?:#[12])?")
_NUMBER = re.compile(r"[0-9]{1,3}h?", re.IGNORECASE)  # “20 min”, “1h 30m”: a length in two words
_DAY_WORDS = 3
"""Words that the name of a day may take: “lundi dernier”, “24 nov. 2026”."""


class UnclearEntry(NotUnderstood):
    """A line that says too little, or two things at once."""

    def __init__(self, typed: str, text: str, /, **values: object) -> None:
        super().__init__(typed)
        self.message = Message(text, values)

    def text(self, translator: Translator) -> str:
        """What is missing, and how it is written."""
        return self.message.said(translator)


class TypedEntry(NamedTuple):
    """What a line says besides the client: the stretches it logs, in order, and what they were."""

    spans: tuple[Interval, ...]
    project: str = ""
    channel: Channel | None = None
    out: bool = False
    note: str = ""


class _Times(NamedTuple):
    """The clock that a line is read by."""

    typed: str
    now: int
    zone: ZoneInfo
    day_starts_at: time


class _Words:
    """The words of a line as they are taken: what they meant so far."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.ranges: tuple[tuple[str, str], ...] = ()
        self.clock = ""
        self.begins = False
        self.length: int | None = None
        self.project = ""
        self.channel: Channel | None = None
        self.out = False


def parse_entry(text: str, now: int, zone: ZoneInfo, day_starts_at: time = MIDNIGHT) -> TypedEntry:
    """What follows the client in a line; instants are UTC seconds, a day begins at `day_starts_at`.

    Raises `NotUnderstood`: an `UnclearEntry` where no time or too much is said, or what a time itself is refused for.
    """
    if len(text) > LONGEST:
        raise UnclearEntry(text, mark("the line is too long: at most {count} letters"), count=LONGEST)
    times = _Times(text, now, zone, day_starts_at)
    words, found = _joined(text).split(), _Words()
    taken = 0
    while taken < len(words):
        used = _take(words[taken:], found, times, leading=True)
        if not used:
            break
        taken += used
    rest = words[taken:]
    while rest and (used := _take_last(rest, found, times)):
        rest = rest[:-used]
    return TypedEntry(_spans(found, times), found.project, found.channel, found.out, " ".join(rest))


def _joined(text: str) -> str:
    """The line with every stretch of time as one word; the rest stays as it was typed."""
    return _SPACED.sub(r"\1-\2", text)


def _take(words: Sequence[str], found: _Words, times: _Times, *, leading: bool) -> int:
    """How many words from the first on mean something but note; what they mean is kept."""
    word = _folded(words[0])
    if stretch := re.fullmatch(_RANGE, word):
        found.ranges += ((stretch["from"], stretch["to"]),)
        return 1
    if used := _take_length(words, found):
        return used
    if found.day is None and (used := _take_day(words, found, times)):
        return used
    if word.startswith("#") and len(word) > 1 and not found.project:
        found.project = words[0][1:]
        return 1
    if word in _OUT:
        found.out = True
        return 1
    if leading and found.channel is None and word in _CHANNELS:
        found.channel = _CHANNELS[word]
        return 1
    if word in _SINCE and len(words) > 1 and _CLOCK.fullmatch(_folded(words[1])) and not found.clock:
        found.clock, found.begins = _folded(words[1]), True
        return 2
    return 0


def _take_last(words: Sequence[str], found: _Words, times: _Times) -> int:
    """The same from the last word back; a channel behind the note is a word of the note."""
    for count in range(min(_DAY_WORDS, len(words)), 0, -1):
        tried = copy(found)
        if _take(words[-count:], tried, times, leading=False) == count:
            found.__dict__.update(tried.__dict__)
            return count
    return 0


def _take_length(words: Sequence[str], found: _Words) -> int:
    """A length such as `20m`, `1h30`, `20 min`, `-15m`; behind a clock time, as in `9h +20m`, it counts from there."""
    for count in (2, 1):
        word = _folded(" ".join(words[:count]))
        if len(words) < count or not re.search("[a-z:]", word) or (count == 2 and not _NUMBER.fullmatch(words[0])):
            continue
        seconds = read_duration(word.lstrip("+-"))
        if seconds is None:
            continue
        if word.startswith("+") and found.clock:
            found.length, found.begins = seconds, True
        elif found.length is None and not word.startswith("+"):
            found.length = seconds
            found.clock = word if _CLOCK.fullmatch(word) else ""
        else:
            return 0
        return count
    return 0


def _take_day(words: Sequence[str], found: _Words, times: _Times) -> int:
    today = civil_day(times.now, times.zone, times.day_starts_at)
    for count in range(min(_DAY_WORDS, len(words)), 0, -1):
        try:
            named = read_day(_folded(" ".join(words[:count])), today)
        except ValueError:
            continue
        if named is not None:
            found.day = named.day
            return count
    return 0


def _folded(word: str) -> str:
    return plain(word, TypedKind.TIME) if word.strip() and len(word) <= 60 else word


def _spans(found: _Words, times: _Times) -> tuple[Interval, ...]:
    day = found.day or civil_day(times.now, times.zone, times.day_starts_at)
    if found.ranges:
        if found.length is not None:
            raise UnclearEntry(times.typed, mark("say from when to when, or how long: not both"))
        return _in_order([_between(begin, end, day, times) for begin, end in found.ranges], times)
    if found.begins:
        begin = _at(found.clock, day, times)
        end = times.now if found.length is None else begin + found.length
        if end < begin:
            raise UnclearEntry(times.typed, mark("{begin} has not come yet"), begin=found.clock)
        return (Interval(begin, end),)
    if found.length is None:
        raise UnclearEntry(times.typed, mark("say how long, or from when to when: 20m, -15m, 9h-10h30"))
    if found.day is not None and found.day != civil_day(times.now, times.zone, times.day_starts_at):
        raise UnclearEntry(times.typed, mark("say from when on that day: 9h-10h30, or 9h +20m"))
    if not found.length:
        raise UnclearEntry(times.typed, mark("the length must be above zero"))
    return (Interval(times.now - found.length, times.now),)


def _between(begin: str, end: str, day: date, times: _Times) -> Interval:
    began_at = _at(begin, day, times)
    if end in _NOW:
        ended_at = times.now
    else:
        ended_at = parse_instant(_clock(end), times.now, times.zone, times.day_starts_at, after=began_at).instant
    if not began_at <= ended_at < began_at + LONGEST_NIGHT:
        raise UnclearEntry(times.typed, mark("{end} lies before {begin}"), begin=begin, end=end)
    return Interval(began_at, ended_at)


def _at(clock: str, day: date, times: _Times) -> int:
    text = f"{day.isoformat()} {_clock(clock)}"
    return parse_instant(text, times.now, times.zone, times.day_starts_at).instant


def _clock(typed: str) -> str:
    """A bare hour as it is read alone: `9` is 9:00."""
    bare, mark_, choice = typed.partition("#")
    return (f"{bare}:00" if bare.isdigit() else bare) + mark_ + choice


def _in_order(spans: list[Interval], times: _Times) -> tuple[Interval, ...]:
    spans.sort(key=lambda span: span.started_at)
    for before, after in pairwise(spans):
        if after.started_at < before.ended_at:
            raise UnclearEntry(times.typed, mark("two of the stretches overlap"))
    return tuple(spans)
