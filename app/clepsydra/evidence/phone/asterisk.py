"""Asterisk: `Master.csv` (18 fields, no header) and FreePBX's export of the same records (with headings).

Talk is from `answer` to `end`; `duration` counts the ringing and is not read as talk. FreePBX has no `answer`: there
the talk is the last `billsec` seconds. Several rows of one `linkedid`, or one `uniqueid`, are legs of one call. Times
are those of the telephone system's clock; where the seconds in `uniqueid` say that it writes UTC, that is believed.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.domain.records import dataclass
from clepsydra.evidence.phone.numbers import number, party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile, whole_number
from clepsydra.exchange.doors.parts.tabular import Columns, folded
from clepsydra.exchange.doors.parts.walls import DAY, Wall, stamp_of

SOURCE = "asterisk"

_FIELDS = 18
_ANSWERED = "ANSWERED"
_NAMES = {
    name: (name,) for name in
    ("calldate", "src", "dst", "dcontext", "duration", "billsec", "disposition", "uniqueid", "linkedid", "cnam")
}  # fmt: skip
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
    reader = csv.reader((file.text or "").splitlines())
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
    return next(csv.reader([line]), [])


def _is_master(file: ListFile) -> int:
    cells = _first(file)
    fits = len(cells) >= _FIELDS - 2 and stamp_of(_back(cells, 9)) is not None and _back(cells, 14).isupper()
    return 85 if fits and whole_number(_back(cells, 13)) is not None else 0


def _is_export(file: ListFile) -> int:
    return 90 if {"calldate", "src", "dst", "billsec", "disposition"} <= set(map(folded, _first(file))) else 0


def _back(cells: list[str], field: int) -> str:
    """A field of the last ten, counted as in the 18: a caller's name may have held commas."""
    place = len(cells) - _FIELDS + field
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _master(file: ListFile) -> Iterable[Happening]:
    return _calls(leg for cells in _cells(file) if (leg := _master_leg(file, cells)))


def _master_leg(file: ListFile, cells: list[str]) -> _Leg | None:
    if len(cells) < _FIELDS - 2 or _back(cells, 14).upper() != _ANSWERED:
        return None
    answer, end, seconds = stamp_of(_back(cells, 10)), stamp_of(_back(cells, 11)), whole_number(_back(cells, 13))
    unique = _back(cells, 16)
    began, ended = _instant(file, answer, unique, _back(cells, 9)), _instant(file, end, unique, _back(cells, 9))
    if began is None or not _near(file, began) or not seconds or seconds > LONGEST_CALL:
        return None
    ended = ended if ended is not None and abs(ended - began - seconds) <= 1 else began + seconds
    name = cells[4].partition("<")[0].strip().strip('"')
    return _Leg(began, ended, *_side(file, cells[1], cells[2], cells[3]), name, unique, unique)


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
    if cell("disposition").upper() != _ANSWERED or start is None or lasted is None or not seconds:
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
    channel = whole_number(unique.partition(".")[0])
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
