"""Asterisk: `Master.csv` (no header) and FreePBX's export of the same records (with headings).

`Master.csv` has 16 fields, and up to 21: id, user field and the newer columns are written where its settings say so,
and a caller's name may have held commas. So its three times are looked for, and the rest is counted from them.
Talk is from `answer` to `end`; `duration` counts the ringing and is not read as talk. FreePBX has no `answer`: there
the talk is the last `billsec` seconds. Several rows of one `linkedid`, or one `uniqueid`, are legs of one call. Times
are those of the telephone system's clock; where the seconds in `uniqueid` say that it writes UTC, that is believed.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.domain.records import dataclass
from clepsydra.evidence.phone.phone_numbers import number, party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile, whole_number
from clepsydra.exchange.doors.parts.tabular import Columns, delimiter_of, folded
from clepsydra.exchange.doors.parts.walls import DAY, Wall, stamp_of

SOURCE = "asterisk"

_FIELDS = 16
"""Fields there are at least."""

_START = 9
"""The place of the first of the three times, where no name held a comma."""
_ANSWERED = "ANSWERED"
_NAMES = {
    name: (name,) for name in
    ("calldate", "src", "dst", "dcontext", "lastapp", "duration", "billsec", "disposition", "uniqueid", "linkedid",
     "cnam")
}  # fmt: skip
_ID = re.compile(r"(?:[\w-]+-)?(\d{9,11})\.\d+", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_AGREES = 5
"""Seconds within which a record was begun after its channel."""


@dataclass(frozen=True, slots=True)
class _Leg:
    """A row: begin and end of its talk, who it was with, and what joins it to others."""

    began: int
    ended: int
    side: tuple[str, ...]
    way: Way
    name: str
    joined: str
    unique: str


def _cells(file: ListFile) -> Iterator[list[str]]:
    """The rows; a quote too many in a caller's name is read over, as it comes out of Asterisk itself."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 20))
    lines = (file.text or "").splitlines()
    reader = csv.reader(lines, delimiter=delimiter_of(lines[0]) if lines else ",")
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if cells:
            yield cells


def _first(file: ListFile) -> list[str]:
    line = file.head.decode("utf-8", "replace").lstrip("\ufeff").split("\n", 1)[0]
    return next(csv.reader([line], delimiter=delimiter_of(line)), [])


def _is_master(file: ListFile) -> int:
    return 85 if _times_at(_first(file)) is not None else 0


def _times_at(cells: list[str]) -> int | None:
    """Where start, answer and end stand: before two numbers and what became of the call; None where they do not."""
    for place in range(_START, len(cells) - 5):
        start, answer, end, lasted, talked, became = (cell.strip() for cell in cells[place : place + 6])
        times = stamp_of(start) is not None and (not answer or stamp_of(answer) is not None)
        if times and stamp_of(end) is not None and whole_number(lasted) is not None:
            return place if whole_number(talked) is not None and became.isupper() else None
    return None


def _is_export(file: ListFile) -> int:
    return 90 if {"calldate", "src", "dst", "billsec", "disposition"} <= set(map(folded, _first(file))) else 0


def _master(file: ListFile) -> Iterable[Happening]:
    return _calls(leg for cells in _cells(file) if (leg := _master_leg(file, cells)))


def _master_leg(file: ListFile, cells: list[str]) -> _Leg | None:
    place = _times_at(cells)
    if place is None or cells[place + 5].strip().upper() != _ANSWERED or _is_machine(cells[place - 2]):
        return None
    start, answer, end, _, talked, _, _, unique, _, _, linked = [
        *(cell.strip() for cell in cells[place : place + 11]), *[""] * 11
    ][:11]  # fmt: skip
    seconds, unique = whole_number(talked), unique if _is_id(unique) else ""
    began, ended = (_instant(file, stamp_of(each), unique, start) for each in (answer, end))
    if began is None or not _near(file, began) or not seconds or seconds > LONGEST_CALL:
        return None
    ended = ended if ended is not None and abs(ended - began - seconds) <= 1 else began + seconds
    name = cells[4].partition("<")[0].strip().strip('"')
    joined = linked if _is_id(linked) else unique
    return _Leg(began, ended, *_side(file, cells[1], cells[2], cells[3]), name, joined, unique)


def _is_id(cell: str) -> bool:
    """Whether a cell is the id of a channel: the second it was made in and a number, perhaps behind a system's name."""
    return bool(_ID.fullmatch(cell))


def _is_machine(application: str) -> bool:
    """Whether the last to speak was no person: a voicemail answers too."""
    return application.strip().casefold().startswith(("voicemail", "minivm"))


def _export(file: ListFile) -> Iterable[Happening]:
    rows = _cells(file)
    columns = Columns(next(rows, []), _NAMES)
    return _calls(leg for cells in rows if (leg := _export_leg(file, columns, cells)))


def _export_leg(file: ListFile, columns: Columns, cells: list[str]) -> _Leg | None:
    def cell(name: str) -> str:
        place = columns.places.get(name, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    lasted, seconds = whole_number(cell("duration")), whole_number(cell("billsec"))
    start = _instant(file, stamp_of(cell("calldate")), cell("uniqueid"), cell("calldate"))
    if (
        cell("disposition").upper() != _ANSWERED
        or _is_machine(cell("lastapp"))
        or start is None
        or lasted is None
        or not seconds
    ):
        return None
    if lasted > LONGEST_CALL or seconds > lasted or not _near(file, start):
        return None
    side = _side(file, cell("src"), cell("dst"), cell("dcontext"))
    end = start + lasted
    return _Leg(end - seconds, end, *side, cell("cnam"), cell("linkedid") or cell("uniqueid"), cell("uniqueid"))


def _near(file: ListFile, began: int) -> bool:
    """Whether a leg may belong to a call that is asked for: all legs of one are read."""
    span = file.span
    return span is None or span.started_at - LONGEST_CALL <= began < span.ended_at + LONGEST_CALL


def _instant(file: ListFile, wall: int | Wall | None, unique: str, start: str) -> int | None:
    """The instant of a time of the telephone system, whose clock may run by UTC."""
    if not isinstance(wall, Wall):
        return wall
    begun = stamp_of(start)
    made = _ID.fullmatch(unique)
    channel = int(made[1]) if made else None
    if channel and isinstance(begun, Wall) and abs(_utc(begun) - channel) <= _AGREES:
        return _utc(wall)
    shown = file.walls.readings(wall)  # two in the hour that comes twice: the channel's own second tells which
    return min(shown, key=lambda each: abs(each - (channel or 0)), default=None)


def _utc(wall: Wall) -> int:
    return ((wall.day or _EPOCH) - _EPOCH) * DAY + wall.second


def _side(file: ListFile, src: str, dst: str, context: str) -> tuple[tuple[str, ...], Way]:
    """Who was on the other side, and the way: what comes from a trunk came in; extensions are no numbers."""
    country = region(file.settings)
    inward = any(word in context.casefold() for word in ("trunk", "pstn", "inbound", "incoming"))
    if inward or (number(src, country) and not number(dst, country)):
        return party(src, country), Way.IN
    return party(dst, country), Way.OUT


def _calls(legs: Iterable[_Leg]) -> Iterator[Happening]:
    """Legs of one call with one other side are one; a leg between extensions belongs to the call it is a part of."""
    calls: dict[tuple[str, tuple[str, ...]], list[_Leg]] = {}
    for leg in legs:
        if leg.side:
            calls.setdefault((leg.joined or f"{leg.began}", leg.side), []).append(leg)
    for (joined, side), mine in calls.items():
        began, ended = min(leg.began for leg in mine), max(leg.ended for leg in mine)
        if ended - began > LONGEST_CALL:
            continue
        yield Happening(SOURCE, HappeningKind.CALL, began, ended, side, mine[0].way,
                        key=f"{joined} {side[0]} {began}", label=mine[0].name)  # fmt: skip


MASTER = CallList(SOURCE, _is_master, _master)
EXPORT = CallList(SOURCE, _is_export, _export)
