"""Timedot (hledger): under each date the accounts with their time, as dots (a quarter of an hour each), hours, `0:30`
or `90m`; or as letters, a quarter each, where every letter is a tag. The day is known, the times are not.
"""

import re
from collections.abc import Iterator
from datetime import date

from clepsydra.domain.records import replace
from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts import amounts
from clepsydra.exchange.doors.parts.dates import ordinal
from clepsydra.exchange.doors.parts.names import chain
from clepsydra.exchange.doors.shape import Answers, Door, DoorKind, DoorSource, Found, Item
from clepsydra.exchange.problems import RowProblem, RowReason

_DATE = re.compile(r"(?:\* +)?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?: .*)?")
_ENTRY = re.compile(r"\s*(?:\*+ +)?(\S.*?)(?: {2,}|\t)\s*([^;#]*)(?:[;#] ?(.*))?")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_QUARTER = 900


def _sniff(name: str, head: bytes) -> int:
    dated = re.search(rb"(?m)^(?:\* +)?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*$", head)
    dots = any(map(_dotted, head.splitlines()))
    return 85 if dated and (dots or name.endswith(".timedot")) else 0


def _dotted(line: bytes) -> bool:
    """Whether an account has dots behind two blanks; no pattern, since one takes long over many blanks."""
    said = line.partition(b";")[0].partition(b"#")[0].rstrip()
    gap = max(said.rfind(b"  "), said.rfind(b"\t"))
    dots = said[gap:].replace(b" ", b"").strip()
    return bool(said[: max(gap, 0)].strip() and dots) and not dots.strip(b".")


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """Every account's time of every day."""
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    day: int | None = None
    for line, row in enumerate(content.splitlines(), 1):
        dated = _DATE.fullmatch(row.rstrip())
        if dated:
            day = ordinal(dated[1], "ymd")
            if day is None:
                yield RowProblem(line, RowReason.DATE, "", dated[1])
        elif row.strip() and row.lstrip()[0] not in ";#" and day is not None:
            yield from _entries(line, row, date.fromordinal(day))


def _entries(line: int, row: str, day: date) -> Iterator[Item]:
    form = _ENTRY.fullmatch(row.rstrip())
    if not form or not form[2].strip():
        return  # a heading or a remark
    client, *project = chain(form[1], ":") or [""]
    found = Found(
        line, day=day, precision=Precision.DAY, client=client, project=":".join(project), note=(form[3] or "").strip()
    )
    letters = re.sub(r" ", "", form[2])
    if letters.isascii() and letters.isalpha() and letters.islower():
        for letter in sorted(set(letters)):
            yield replace(found, seconds=letters.count(letter) * _QUARTER, tags=(letter,))
        return
    seconds = _seconds(form[2].strip())
    yield RowProblem(line, RowReason.DURATION, "", form[2]) if seconds is None else replace(found, seconds=seconds)


def _seconds(cell: str) -> int | None:
    dots = cell.replace(" ", "")
    if dots and not dots.strip("."):
        return len(dots) * _QUARTER
    unit = re.fullmatch(r"(\d+(?:[.,]\d+)?)([smhdw])", dots)
    if unit:
        count = amounts.hours(unit[1])  # a number of hours: as many units, in hours
        return None if count is None else min(count * _UNITS[unit[2]] // 3600, amounts.LONGEST)
    found = amounts.duration(cell)
    return found[0] if found else None


DOOR = Door("timedot", DoorKind.SESSIONS, _sniff, read, (), "timedot (hledger)")
