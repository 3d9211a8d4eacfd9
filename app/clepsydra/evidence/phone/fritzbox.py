"""FRITZ!Box: its call list as CSV, in the form of newer boxes (8 columns) and of older ones (7).

    1;26.11.26 10:05;Acme;0142685300;Frankreich;Büro;931234;0:17

1 came in, 2 failed, 4 went out (older boxes: 3). Times are to the minute, and a length is rounded up to minutes begun:
17 minutes are at most 17, and may be 16 and a second. So such a call is an upper bound, and never taken unasked.
A call that the answering machine took is of type 1 too.
"""

import re
from collections.abc import Iterator
from datetime import date

from clepsydra.domain.happenings import MINUTE_GRAIN, Happening, HappeningKind, Way
from clepsydra.evidence.phone.phone_numbers import party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile
from clepsydra.exchange.doors.parts.tabular import rows
from clepsydra.exchange.doors.parts.walls import Wall
from clepsydra.exchange.problems import RowProblem

SOURCE = "fritz"

_OLD = 7
_WHEN = re.compile(r"(\d\d?)[./-](\d\d?)[./-](\d\d|\d{4}),? (\d\d?):(\d\d)", re.ASCII)
_LENGTH = re.compile(r"(\d{1,3}):([0-5]\d)(?: ?h)?", re.ASCII)
_ROW = re.compile(rb"(?m)^\d{1,2};\d\d?[./-]\d\d?[./-]\d\d(?:\d\d)?,? \d\d?:\d\d;", re.ASCII)
_MACHINES = (
    "anrufbeantworter", "answering machine", "voicemail", "répondeur", "segreteria", "contestador", "antwoordapparaat",
    "sekretarka", "mailbox", "voicebox", "fax", "télécopie",
)  # fmt: skip
"""What takes a call without anybody there, in the languages that the boxes speak."""


def _sniff(file: ListFile) -> int:
    return 90 if _ROW.search(file.head.replace(b'"', b"")) else 0


def _read(file: ListFile) -> Iterator[Happening]:
    for record in rows(file.text or ""):
        if not isinstance(record, RowProblem) and len(record[1]) >= _OLD:
            yield from _call(file, [cell.strip() for cell in record[1]])


def _call(file: ListFile, cells: list[str]) -> Iterator[Happening]:
    kind, when, name, number = cells[:4]
    old = len(cells) == _OLD
    way = {"1": Way.IN, "3" if old else "4": Way.OUT}.get(kind)
    extension, length = cells[4 if old else 5], _LENGTH.fullmatch(cells[-1])
    begin = _begin(file, when)
    if (
        way is None
        or begin is None
        or not file.wants(begin)
        or length is None
        or any(word in extension.casefold() for word in _MACHINES)
    ):
        return
    seconds = int(length[1]) * 3600 + int(length[2]) * 60
    if not 0 < seconds <= LONGEST_CALL:
        return
    side = party(number, region(file.settings))
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, begin + seconds, side, way, grain=MINUTE_GRAIN, rounded_up=True,
        key=f"{side[0] if side else number} {begin} {seconds}", label=name,
    )  # fmt: skip


def _begin(file: ListFile, when: str) -> int | None:
    form = _WHEN.fullmatch(when)
    if not form:
        return None
    year = int(form[3]) + (2000 if len(form[3]) == 2 else 0)
    try:
        day = date(year, int(form[2]), int(form[1])).toordinal()
    except ValueError:
        return None
    hour, minute = int(form[4]), int(form[5])
    return file.at(Wall(day, hour * 3600 + minute * 60, exact=False)) if hour < 24 and minute < 60 else None


LIST = CallList(SOURCE, _sniff, _read)
