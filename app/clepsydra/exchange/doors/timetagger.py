"""TimeTagger: its records as JSON or tabs, to the second, and the CSV of its reports, to the minute, with sums between
the entries. What an entry belongs to is a `#tag` in its description; `t1 == t2` runs, `HIDDEN` is deleted.
"""

from collections.abc import Iterator
from typing import Any

from clepsydra.domain.records import replace
from clepsydra.exchange.doors.parts import sheet
from clepsydra.exchange.doors.parts.names import hash_tags
from clepsydra.exchange.doors.parts.objects import at, load, number, objects, text
from clepsydra.exchange.doors.parts.sheet import Row, SheetLayout
from clepsydra.exchange.doors.parts.tabular import folded, head_of, recognised
from clepsydra.exchange.doors.parts.walls import half_up
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason


def _tagged(found: Found, row: Row) -> Found:
    note, tags = hash_tags(found.note)
    return replace(found, note=note, tags=tags)


_SHEET = SheetLayout(
    names={
        "date": ("date",),
        "begin": ("start",),
        "end": ("stop",),
        "duration": ("duration",),
        "note": ("description",),
        "person": ("user",),
        "key": ("key",),
    },
    required=("begin", "end"),
    skip=lambda row: ProblemCause.NOT_TIME if not row("date") and not row("begin") else None,
    adjust=_tagged,
    rounded=True,
    heading=lambda cells: {"start", "stop", "description"} <= set(map(folded, cells)),
)


def _sniff(name: str, head: bytes) -> int:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return 90 if b'"t1"' in head and b'"t2"' in head and b'"ds"' in head else 0
    found = head_of(head)
    whole = ("key", "start", "stop", "tags", "description")
    return max(recognised(found, each, 90) for each in (("date", *whole[1:]), whole))


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of either form."""
    if source.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        yield from sheet.read(_SHEET, source, answers)
        return
    held = load(source)
    if isinstance(held, RowProblem):
        yield held
        return
    records = at(held, "records") if isinstance(held, dict) else held
    for index, record in enumerate(objects(records), 1):
        yield _entry(index, record)


def _entry(place: int, record: dict[str, Any]) -> Item:
    begin, end, said = number(record, "t1"), number(record, "t2"), text(record, "ds")
    if begin is None or end is None:
        return RowProblem(place, RowReason.INSTANT, "t1" if begin is None else "t2", text(record, "key"))
    if said.startswith("HIDDEN"):
        return LeftOut(place, ProblemCause.DELETED, said)
    if begin == end:
        return LeftOut(place, ProblemCause.RUNNING, said)
    if end < begin:
        return RowProblem(place, RowReason.ENDS_BEFORE, "t2", str(end), str(begin))
    note, tags = hash_tags(said)
    return Found(place, half_up(begin), half_up(end), key=text(record, "key"), tags=tags, note=note,
                 rounded=bool(begin % 1 or end % 1))  # fmt: skip


DOOR = Door("timetagger", DoorKind.SESSIONS, _sniff, read, (Ask.DATES, Ask.ZONE, Ask.FOLD, Ask.MAPPING), "TimeTagger")
