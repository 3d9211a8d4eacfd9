"""klog (format 1.4): a record is a date, perhaps a summary, and indented entries of a range or a duration.

`#client=`, `#project=` and `#channel=` say whose the work is; other tags are kept. A record's summary stands before the
notes of its entries, except where the record and the entry each name a client: that summary is of its own client. A
duration knows the day alone; one below zero takes time away, and from when is not said.
"""

import re
from collections.abc import Iterator
from datetime import date

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.session import Channel, Precision
from clepsydra.exchange.doors.parts.amounts import LONGEST
from clepsydra.exchange.doors.parts.dates import ordinal
from clepsydra.exchange.doors.parts.names import hash_tags
from clepsydra.exchange.doors.parts.walls import Wall, Walls, clock_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_DATE = re.compile(r"(\d{4}[-/]\d\d[-/]\d\d)(?: +\(-?[^)]*!\))?\s*")
_TIME = r"(<)?(\d{1,2}:\d\d(?:am|pm)?)(>)?"
_RANGE = re.compile(rf"{_TIME} *- *(?:{_TIME}|(\?+))(?:\s+(.*))?", re.DOTALL)
_DURATION = re.compile(r"([+-]?)(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:\s+(.*))?", re.DOTALL)
_TAG = r"#[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[\w-]+))?"


@dataclass
class _Record:
    """A date with what its summary says."""

    day: int
    summary: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Said:
    """A summary with its tags taken apart."""

    note: str
    values: dict[str, str]
    tags: tuple[str, ...]


def _sniff(name: str, head: bytes) -> int:
    text = head.decode("utf-8", "replace").replace("\r\n", "\n")
    dated = re.search(r"(?m)^\d{4}[-/]\d\d[-/]\d\d(?: +\(-?[^)]*!\))?\s*$", text)
    entry = re.search(
        r"(?m)^(?: {2,4}|\t)<?(?:\d{1,2}:\d\d(?:am|pm)?>? *- *|-?\d+h(?:\d+m)?(?:\s|$)|-?\d+m(?:\s|$))", text
    )
    return 93 if dated and entry else 60 if name.endswith(".klg") else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of every record."""
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    walls = Walls(answers.zone, answers.fold)
    record: _Record | None = None
    pending: list[tuple[int, str]] = []
    for line, row in enumerate(content.splitlines(), 1):
        dated = _DATE.fullmatch(row)
        if dated:
            yield from _finish(record, pending, walls)
            day = ordinal(dated[1], "ymd")
            record = _Record(day) if day is not None else None
            if day is None:
                yield RowProblem(line, RowReason.DATE, "", dated[1])
        elif not row.strip():
            yield from _finish(record, pending, walls)
            record = None
        elif record is not None:
            _take(record, pending, line, row)
    yield from _finish(record, pending, walls)


def _take(record: _Record, pending: list[tuple[int, str]], line: int, row: str) -> None:
    """A line of the summary, of an entry, or one that goes on with the entry above it."""
    indent = len(row) - len(row.lstrip(" \t"))
    deep = row.startswith("\t\t") or (indent > 4 and not row.startswith("\t"))
    shallow = pending and indent == 4 and len(pending[-1][1]) - len(pending[-1][1].lstrip(" ")) == 2
    if not indent:
        record.summary.append(row.strip())
    elif pending and (deep or shallow):
        number, text = pending[-1]
        pending[-1] = (number, f"{text}\n{row.strip()}")
    else:
        pending.append((line, row))


def _finish(record: _Record | None, pending: list[tuple[int, str]], walls: Walls) -> Iterator[Item]:
    if record is not None:
        above = _said("\n".join(record.summary))
        for line, row in pending:
            yield _entry(line, row.strip(), record.day, above, walls)
    pending.clear()


def _said(text: str) -> _Said:
    lines = [hash_tags(line, _TAG) for line in text.split("\n")]
    note = "\n".join(line for line, _ in lines if line)
    values = {}
    tags = []
    for tag in (tag for _, found in lines for tag in found):
        name, mark, value = tag[1:].partition("=")
        if mark and name.casefold() in ("client", "project", "channel"):
            values[name.casefold()] = value.strip("\"'")
        else:
            tags.append(tag[1:])
    return _Said(note, values, tuple(tags))


def _entry(line: int, row: str, day: int, above: _Said, walls: Walls) -> Item:
    span = _RANGE.fullmatch(row)
    if span:
        return _of_range(line, span, day, above, walls)
    length = _DURATION.fullmatch(row)
    if length is None or (length[2] is None and length[3] is None):
        return RowProblem(line, RowReason.NOT_READABLE, "", row)
    seconds = int(length[2] or 0) * 3600 + int(length[3] or 0) * 60
    if length[1] == "-" and seconds:
        return RowProblem(line, RowReason.DEDUCTION, "", row)
    if seconds > LONGEST:
        return RowProblem(line, RowReason.DURATION, "", row)
    found = Found(line, day=date.fromordinal(day), seconds=seconds, precision=Precision.DAY)
    return _told(found, _said(length[4] or ""), above)


def _of_range(line: int, span: "re.Match[str]", day: int, above: _Said, walls: Walls) -> Item:
    begin = _wall(day, span[2], span[1], span[3])
    if span[7]:
        return LeftOut(line, ProblemCause.RUNNING, span[0])
    end = _wall(day, span[5], span[4], span[6])
    if begin is None or end is None:
        return RowProblem(line, RowReason.CLOCK, "", span[0])
    found = walls.span(line, begin, end, None)
    if isinstance(found, RowProblem):
        return found
    return _told(Found(line, *found, precision=Precision.MINUTE), _said(span[8] or ""), above)


def _wall(day: int, clock: str, before: str | None, after: str | None) -> Wall | None:
    time = clock_of(clock)
    return None if time is None else Wall(day + bool(after) - bool(before), time[0], False)


def _told(found: Found, said: _Said, above: _Said) -> Found:
    """The entry with what it and its record say."""
    values = above.values | said.values
    apart = "client" in above.values and "client" in said.values
    note = " — ".join(filter(None, ("" if apart else above.note, said.note)))
    word = values.get("channel", "").casefold()
    return replace(
        found,
        client=values.get("client", ""),
        project=values.get("project", ""),
        channel=Channel(word) if word in set(Channel) else None,
        note=note,
        tags=tuple(dict.fromkeys((*(() if apart else above.tags), *said.tags))),
    )


DOOR = Door("klog", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE, Ask.FOLD), "klog")
