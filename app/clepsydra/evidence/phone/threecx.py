"""3CX: the call log's export, and call records with their three times.

    Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost        newer
    Call Time,Caller ID,Destination,Status,Ringing,Talking,Cost,Reason     older
    time-start,time-answered,time-end,from-no,to-no                        records with headings
    Call 7,000001,00:12:48,2026/11/26 08:02:01,2026/11/26 08:02:05,…       records without, in their usual order

In the log a talk begins when the ringing is over; a line of totals stands at its end. Times are local.
"""

import re
from collections.abc import Iterator, Mapping

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.moments import DayOrder, moment, order_of
from clepsydra.evidence.phone.phone_numbers import party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile
from clepsydra.exchange.doors.parts.amounts import duration
from clepsydra.exchange.doors.parts.tabular import Columns, head_of, rows
from clepsydra.exchange.problems import RowProblem

SOURCE = "3cx"

_NAMES = {
    "time": ("call time",), "id": ("call id", "historyid", "callid"), "from": ("from", "from-no", "caller id"),
    "to": ("to", "to-no", "destination"), "way": ("direction",), "status": ("status",), "ringing": ("ringing",),
    "talking": ("talking",), "start": ("time-start",), "answered": ("time-answered",), "end": ("time-end",),
    "dialled": ("dial-no",),
}  # fmt: skip
_USUAL = (
    "historyid", "callid", "duration", "time-start", "time-answered", "time-end", "reason-terminated", "from-no",
    "to-no", "from-dn", "to-dn", "dial-no",
)  # fmt: skip
"""The fields of a record as they come without headings."""

_STAMP = r"\"?\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)?\"?"
_RECORD = re.compile(rf"(?:Call )?[^,\n]*,[^,\n]*,[^,\n]*,{_STAMP},(?:{_STAMP})?,{_STAMP},", re.ASCII)
_NOT_TALKED = ("unanswered", "not answered", "missed", "waiting", "redirected")


def _sniff(file: ListFile) -> int:
    head = set(head_of(file.head))
    log = {"call time", "ringing", "talking"} <= head
    if log or {"time-start", "time-answered", "time-end"} <= head:
        return 90
    return 85 if _RECORD.match((file.text or "")[:1024]) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    columns, found = _records(file)
    if columns is None:
        return
    log = "talking" in columns.places
    cells = [{name: cells[at].strip() for name, at in columns.places.items() if at < len(cells)} for cells in found]
    order = order_of(cell.get("time" if log else "answered", "") for cell in cells)
    for cell in cells:
        yield from _logged(file, cell, order) if log else _recorded(file, cell, order)


def _records(file: ListFile) -> tuple[Columns | None, list[list[str]]]:
    """The columns, by their headings or as they usually come, and the rows."""
    found = [record[1] for record in rows(file.text or "") if not isinstance(record, RowProblem)]
    if not found:
        return None, []
    if _RECORD.match((file.text or "")[:1024]):
        return Columns(_USUAL, _NAMES), found
    return Columns(found[0], _NAMES), found[1:]


def _logged(file: ListFile, cell: Mapping[str, str], order: DayOrder) -> Iterator[Happening]:
    time, ringing, talking = (
        moment(file, cell.get("time", ""), order),
        _span(cell, "ringing") or 0,
        _span(cell, "talking"),
    )
    if time is None or not talking or not file.wants(time[0] + ringing):
        return
    if cell.get("status", "").casefold().startswith(_NOT_TALKED):
        return
    begin = time[0] + ringing
    side, way = _side_of(file, cell, cell.get("way", "").casefold())
    yield _call(begin, begin + talking, side, way, cell.get("id", ""), doubtful=order.guessed)


def _recorded(file: ListFile, cell: Mapping[str, str], order: DayOrder) -> Iterator[Happening]:
    began, ended = moment(file, cell.get("answered", ""), order), moment(file, cell.get("end", ""), order)
    if began is None or ended is None or not file.wants(began[0]) or not 0 < ended[0] - began[0] <= LONGEST_CALL:
        return
    side, way = _side_of(file, cell, "")
    yield _call(began[0], ended[0], side, way, cell.get("id", ""), doubtful=order.guessed)


def _side_of(file: ListFile, cell: Mapping[str, str], way: str) -> tuple[tuple[str, ...], Way]:
    """Who was on the other side, and the way: as it is said, else by who has a whole number; extensions are none."""
    caller = _side(file, cell.get("from", ""))
    called = _side(file, cell.get("to", "")) or _side(file, cell.get("dialled", ""))
    if way.startswith("out") or (not way and not caller):
        return called, Way.OUT
    return caller, Way.IN


def _call(begin: int, end: int, side: tuple[str, ...], way: Way, ident: str, *, doubtful: bool) -> Happening:
    key = f"{ident} {side[0] if side else ''} {begin}"
    return Happening(SOURCE, HappeningKind.CALL, begin, end, side, way, key=key, doubtful=doubtful)


def _span(cell: Mapping[str, str], name: str) -> int | None:
    found = duration(cell.get(name, ""))
    return found[0] if found and found[0] <= LONGEST_CALL else None


def _side(file: ListFile, cell: str) -> tuple[str, ...]:
    """The number of a cell, which may stand behind a name: `Jeanne (0612345678)`."""
    inner = re.search(r"\(([^()]*)\)\s*$", cell)
    country = region(file.settings)
    return (party(inner[1], country) if inner else ()) or party(cell, country)


LOG = CallList(SOURCE, _sniff, _read)
