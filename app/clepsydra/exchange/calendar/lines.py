"""The bytes of a calendar file as components and their lines, as programs write them and not only as they should.

Lines are unfolded as bytes, since a fold may fall inside a letter, and end at CR and LF alone. An event that is not
closed before the next begins is broken by itself; what stands behind the last whole one of a file that was cut off is
told. Only what is asked of an event is kept, so that memory follows what is used.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clepsydra.domain.records import dataclass, field

MOST_EVENTS = 200_000
MOST_LINES = 2_000
"""So many lines of one component are kept at most."""
LONGEST = 100_000
"""Characters of one line that are looked at."""
DEEPEST = 8
"""Components inside components; the standard needs three."""

KEPT = frozenset({
    "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "SEQUENCE", "DTSTAMP",
    "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "ORGANIZER", "ATTENDEE", "STATUS", "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "METHOD",
})  # fmt: skip
"""The lines that somebody asks for; all others are passed over."""

_NAME = re.compile(r"[A-Za-z0-9-]+")
_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_HEAD = re.compile(rf"[A-Za-z0-9-]+((?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*):")
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE})")
_LINE = re.compile("[^\n]+")


class ContentLine(NamedTuple):
    """One property: its parameters by upper-case name, of a doubled one the first, and its raw value."""

    parameters: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END: the raw lines by upper-case name, in order, and the components inside."""

    name: str
    raw: dict[str, list[str]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)
    count: int = 0

    def all(self, name: str) -> list[ContentLine]:
        """Every line of that name."""
        return [_line(raw) for raw in self.raw.get(name, ())]

    def first(self, name: str) -> ContentLine | None:
        """The first line of that name, which counts where a program wrote several."""
        raw = self.raw.get(name)
        return _line(raw[0]) if raw else None

    def text(self, name: str, default: str = "") -> str:
        """The value of the first line of that name."""
        line = self.first(name)
        return default if line is None else line.value.strip()


class ParsedCalendar(NamedTuple):
    """The calendars of a file, how many events were broken, and whether the file breaks off before its end."""

    calendars: tuple[Component, ...]
    broken: int
    cut: bool


def parsed(data: bytes) -> ParsedCalendar:
    """The calendars in these bytes. Raises `ValueError` where there is none, or far more than one person's."""
    reader = _Reader()
    for line in _lines(data):
        reader.take(line)
    if not reader.calendars:
        raise ValueError("no calendar")
    return ParsedCalendar(tuple(reader.calendars), reader.broken, bool(reader.open))


class _Reader:
    """Takes line after line and knows which components are open."""

    def __init__(self) -> None:
        self.calendars: list[Component] = []
        self.open: list[Component] = []
        self.broken = 0
        self._events = 0

    def take(self, line: str) -> None:
        match = _NAME.match(line)
        if match is None:
            return
        name = match[0].upper()
        if name == "BEGIN":
            self._begin(line.partition(":")[2].strip().upper())
        elif name == "END":
            self._end(line.partition(":")[2].strip().upper())
        elif self.open and name in KEPT:
            component = self.open[-1]
            component.count += 1
            if component.count <= MOST_LINES:
                component.raw.setdefault(name, []).append(line[:LONGEST])

    def _begin(self, name: str) -> None:
        if name == "VCALENDAR":
            self._drop(0)
            self.calendars.append(Component(name))
            self.open = [self.calendars[-1]]
            return
        if not self.open:
            return
        if name in ("VEVENT", "VTIMEZONE"):
            self._drop(1)
        if len(self.open) >= DEEPEST:
            raise ValueError("nested too deep")
        self.open.append(Component(name))

    def _end(self, name: str) -> None:
        depth = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].name == name), None)
        if depth is None:
            return
        self._drop(depth + 1)
        done = self.open.pop()
        if name == "VEVENT":
            self._events += 1
            if self._events > MOST_EVENTS:
                raise ValueError("too many events")
        if self.open and name != "VALARM":
            self.open[-1].parts.append(done)

    def _drop(self, depth: int) -> None:
        """Give up what is open from a depth on: it was never closed."""
        self.broken += sum(each.name == "VEVENT" for each in self.open[depth:])
        del self.open[depth:]


def _lines(data: bytes) -> Iterator[str]:
    """The unfolded lines."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = data.replace(b"\n ", b"").replace(b"\n\t", b"")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\n".join(map(_decoded, data.split(b"\n")))
    return (match[0] for match in _LINE.finditer(text))


def _decoded(line: bytes) -> str:
    """A line that is no UTF-8 is of an older Windows, whose programs wrote in its code page."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _line(raw: str) -> ContentLine:
    head = _HEAD.match(raw)
    if head is None:
        return ContentLine({}, raw.partition(":")[2])
    parameters: dict[str, str] = {}
    for each in _PARAMETER.finditer(head[1]):
        parameters.setdefault(each[1].upper(), each[2].strip('"'))
    return ContentLine(parameters, raw[head.end() :])
