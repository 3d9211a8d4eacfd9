"""3CX: the call log's export, and call records with their three times.

    Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost
    time-start,time-answered,time-end,from-no,to-no

In the first a talk begins when the ringing is over; a line of totals stands at its end. Times are local.
"""

import re
from collections.abc import Iterator

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.numbers import party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile
from clepsydra.exchange.doors.parts.amounts import duration
from clepsydra.exchange.doors.parts.tabular import Columns, head_of, rows
from clepsydra.exchange.problems import RowProblem

SOURCE = "3cx"

_NAMES = {
    "time": ("call time",), "id": ("call id", "historyid", "callid"), "from": ("from", "from-no"),
    "to": ("to", "to-no"), "way": ("direction",), "status": ("status",), "ringing": ("ringing",),
    "talking": ("talking",), "answered": ("time-answered",), "end": ("time-end",),
}  # fmt: skip


def _sniff(file: ListFile) -> int:
    head = set(head_of(file.head))
    log = {"call time", "from", "to", "ringing", "talking"} <= head
    return 90 if log or {"time-start", "time-answered", "time-end"} <= head else 0


def _read(file: ListFile) -> Iterator[Happening]:
    columns: Columns | None = None
    log = False
    for record in rows(file.text or ""):
        if isinstance(record, RowProblem):
            continue
        if columns is None:
            columns = Columns(record[1], _NAMES)
            log = "talking" in columns.places
            continue
        cell = {name: record[1][at].strip() for name, at in columns.places.items() if at < len(record[1])}
        yield from _logged(file, cell) if log else _recorded(file, cell)


def _logged(file: ListFile, cell: dict[str, str]) -> Iterator[Happening]:
    time, ringing, talking = file.instant(cell.get("time", "")), _span(cell, "ringing") or 0, _span(cell, "talking")
    if (
        time is None
        or not file.wants(time + ringing)
        or not talking
        or "unanswered" in cell.get("status", "").casefold()
    ):
        return
    inward = not cell.get("way", "").casefold().startswith("out")
    side = _side(file, cell.get("from" if inward else "to", ""))
    begin = time + ringing
    yield _call(begin, begin + talking, side, Way.IN if inward else Way.OUT, cell.get("id", ""))


def _recorded(file: ListFile, cell: dict[str, str]) -> Iterator[Happening]:
    begin, end = file.instant(cell.get("answered", "")), file.instant(cell.get("end", ""))
    if begin is None or end is None or not file.wants(begin) or not 0 < end - begin <= LONGEST_CALL:
        return
    caller = _side(file, cell.get("from", ""))
    side = caller or _side(file, cell.get("to", ""))
    yield _call(begin, end, side, Way.IN if caller else Way.OUT, cell.get("id", ""))


def _call(begin: int, end: int, side: tuple[str, ...], way: Way, ident: str) -> Happening:
    key = f"{ident} {side[0] if side else ''} {begin}"
    return Happening(SOURCE, HappeningKind.CALL, begin, end, side, way, key=key)


def _span(cell: dict[str, str], name: str) -> int | None:
    found = duration(cell.get(name, ""))
    return found[0] if found and found[0] <= LONGEST_CALL else None


def _side(file: ListFile, cell: str) -> tuple[str, ...]:
    """The number of a cell, which may stand behind a name: `Jeanne (0612345678)`."""
    inner = re.search(r"\(([^()]*)\)\s*$", cell)
    country = region(file.settings)
    return (party(inner[1], country) if inner else ()) or party(cell, country)


LOG = CallList(SOURCE, _sniff, _read)
