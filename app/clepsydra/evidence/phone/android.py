"""Android: backups of SMS Backup & Restore (XML), and what adb prints of the call log.

    <call number="0612345678" duration="754" date="1795693267000" type="1" presentation="1" contact_name="Jeanne" />
    Row: 0 date=1795693267000, duration=754, number=0612345678, type=1

`date` is when it began to ring, in milliseconds UTC; `duration` is the talk alone, so a call may have begun up to 40 s
later than its record says. Type 1, 2 and 7 with a duration are talks; 3 was missed, 4 went to the voicemail, 5 was
rejected, 6 blocked. The readable date is in the phone's own words and is not read.
"""

import re
from collections.abc import Iterator, Mapping

from clepsydra.domain.happenings import Happening, HappeningKind, Way
from clepsydra.evidence.phone.phone_numbers import party, region
from clepsydra.evidence.phone.shape import HEAD, LONGEST_CALL, CallList, ListFile, whole_number
from clepsydra.exchange.doors.parts import xml
from clepsydra.exchange.problems import RowProblem

SOURCE = "android"

RING = 40
"""Seconds that a record may lie before the talk."""

_WAYS = {"1": Way.IN, "2": Way.OUT, "7": Way.IN}
_ROW = re.compile(r"^Row: \d+ (.*)$")
_FIELD = re.compile(r"(?:^|, )([a-z_0-9]+)=")
_NO_NAME = frozenset({"", "(Unknown)", "null", "NULL"})
_PUBLIC = "1"


def _backup(file: ListFile) -> Iterator[Happening]:
    for element in xml.elements(file.data, frozenset({"call"})):
        if not isinstance(element, RowProblem):
            yield from _call(file, element[2])


def _printed(file: ListFile) -> Iterator[Happening]:
    for line in (file.text or "").splitlines():
        row = _ROW.match(line.strip())
        if row:
            yield from _call(file, _fields(row[1]))


def _fields(text: str) -> dict[str, str]:
    """`date=1, duration=2`; a value reaches to the next name, whatever commas are in it."""
    marks = list(_FIELD.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {mark[1]: text[mark.end() : end] for mark, end in zip(marks, ends, strict=False)}


def _call(file: ListFile, fields: Mapping[str, str]) -> Iterator[Happening]:
    began, seconds = whole_number(fields.get("date")), whole_number(fields.get("duration"))
    way = _WAYS.get(fields.get("type", "").strip())
    if began is None or not seconds or seconds > LONGEST_CALL or way is None or began >= 10**14:
        return
    if not file.wants(began // 1000):
        return
    public = fields.get("presentation", _PUBLIC).strip() in ("", _PUBLIC)
    side = party(fields.get("number", ""), region(file.settings)) if public else ()
    name = fields.get("contact_name", fields.get("name", "")).strip()
    begin = began // 1000
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, begin + seconds, side, way, ring=RING,
        key=f"{side[0] if side else ''} {began}", label="" if name in _NO_NAME else name,
    )  # fmt: skip


def _is_backup(file: ListFile) -> int:
    wide = b"\0" in file.head
    known = b"<calls" in (file.head.replace(b"\0", b"") if wide else file.head)
    return 95 if known and (wide or b"<call " in file.data or b"</calls>" in file.data) else 0


def _is_printed(file: ListFile) -> int:
    lines = (file.text or "")[:HEAD].splitlines()
    rows = [line for line in lines if _ROW.match(line.strip())]  # adb may have told of its daemon before them
    return 95 if any("duration=" in line and "date=" in line for line in rows) else 0


BACKUP = CallList(SOURCE, _is_backup, _backup)
PRINTED = CallList(SOURCE, _is_printed, _printed)
