"""Dates of files, whose order of day and month is decided over the whole file and never from a locale.

A field above 12 decides; then which order agrees with the dates of the ends, with the dates of creation and with the
order of the rows. What stays open is asked. Example: `03/04/2026` alone is open, beside `23/11/2026` it is the 3rd of
April.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from clepsydra.domain.records import dataclass, field
from clepsydra.language.typed.days import parse_date

_BEFORE_TIME = re.compile(r"(?<=\d)(?:T| +)(?=\d).*", re.DOTALL)
"""The clock behind a date; the name of a month is none."""
_NAMED_DAY = re.compile(r"^[^\W\d_]+\.?,? +(?=\d)(?!\d{1,2},? +\d{4}$)")
"""The day of the week before a date, `lun. 23/11/2026`; in `Nov 23, 2026` it is the month."""
_MONTH_FIRST = re.compile(r"^([^\W\d_]+\.?) +(\d{1,2})(?= )")
_OF_A_DAY = re.compile(r"(\d)(?:st|nd|rd|th|er|\.)(?= )")

_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})", re.ASCII)
_OTHER = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)


def parts_of(cell: str) -> tuple[int, int, int] | None:
    """The three numbers of a date without its year first; None for another form."""
    form = _OTHER.fullmatch(cell if cell[:1].isdigit() else _NAMED_DAY.sub("", cell))
    if not form:
        return None
    year = int(form[4])
    return int(form[1]), int(form[3]), year if year > 99 else 2000 + year


def ordinal(cell: str, order: str) -> int | None:
    """The ordinal of a date in an order; one with its year first needs none. None where the cell is no such date."""
    if not cell[:1].isdigit() or cell[-5:-4] in (" ", ","):
        cell = _NAMED_DAY.sub("", cell)
        if any(letter.isalpha() for letter in cell):
            named = parse_date(_MONTH_FIRST.sub(r"\2 \1", _OF_A_DAY.sub(r"\1", cell.replace(",", ""))))
            return named.toordinal() if named else None
    form = _ISO.fullmatch(cell)
    if form and (form[2] or len(cell) == 8):
        return _ordinal(int(form[1]), int(form[3]), int(form[4]))
    parts = parts_of(cell)
    if parts is None or order not in ("dmy", "mdy"):
        return None
    first, second, year = parts
    return _ordinal(year, second, first) if order == "dmy" else _ordinal(year, first, second)


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def date_part(cell: str) -> str:
    """The date of a cell that may have a time behind it."""
    return _BEFORE_TIME.sub("", cell) if cell[:1].isdigit() and len(cell) > 7 else cell


def dated(cell: str) -> str:
    """A cell that has a date before its clock; empty for a clock alone."""
    return cell if len(cell) > 11 else ""


class Dates:
    """The dates of one file in one order, each cell read once."""

    def __init__(self, order: str) -> None:
        self._order = order
        self._known: dict[str, int | None] = {}

    def ordinal(self, cell: str) -> int | None:
        """The ordinal of a cell, or None."""
        if cell not in self._known:
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[cell] = ordinal(cell.strip(), self._order)
        return self._known[cell]


@dataclass
class Witnesses:
    """What the rows of a file say about the order of its dates: cells that come together."""

    days: dict[str, None] = field(default_factory=dict)
    spans: dict[tuple[str, str, bool], None] = field(default_factory=dict)
    created: dict[tuple[str, str], None] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)

    def add(self, begin: str, end: str = "", created: str = "", long: bool = False) -> None:
        """Take in the dates of one row; `long` says that its duration is a day or more."""
        if not self.rows or self.rows[-1] != begin:
            self.rows.append(begin)
        self.days.setdefault(begin)
        if end:
            self.days.setdefault(end)
            self.spans.setdefault((begin, end, long))
        if created:
            self.created.setdefault((begin, created))

    def order(self) -> str:
        """The only order in which the dates make sense, or an empty text where several do.

        `ymd` where no date needs one.
        """
        open_days = [day for day in self.days if parts_of(day)]
        if not open_days:
            return "ymd"
        left = [order for order in ("dmy", "mdy") if all(ordinal(day, order) is not None for day in open_days)]
        if not left:
            # A broken cell is its own problem: the rest of the file decides.
            left = _fewest_broken(open_days)
        if len(left) == 1:
            return left[0]
        if all(ordinal(day, "dmy") == ordinal(day, "mdy") for day in open_days):
            return "dmy"
        for test in (self._spans_fit, self._made_after, self._in_order):
            fitting = [order for order in left if test(order)]
            if len(fitting) == 1:
                return fitting[0]
        return ""

    def _spans_fit(self, order: str) -> bool:
        """Whether no entry ends before the day it begins or, unless it is a long one, more than a day after."""
        for begin, end, long in self.spans:
            first, last = ordinal(begin, order), ordinal(end, order)
            if first is None or last is None or last < first or (last - first > 1 and not long):
                return False
        return True

    def _made_after(self, order: str) -> bool:
        """Whether no entry was made more than a day before it was worked."""
        pairs = ((ordinal(begin, order), ordinal(made, order)) for begin, made in self.created)
        return all(begin is None or made is None or made >= begin - 1 for begin, made in pairs)

    def _in_order(self, order: str) -> bool:
        """Whether the rows go one way through time, over at least four dates."""
        found = [each for each in (ordinal(row, order) for row in self.rows) if each is not None]
        return len(found) > 3 and (_rising(found) or _rising(found[::-1]))


def _fewest_broken(days: Iterable[str]) -> list[str]:
    days = list(days)
    good = {order: sum(ordinal(day, order) is not None for day in days) for order in ("dmy", "mdy")}
    best = max(good.values())
    return [order for order, count in good.items() if count == best and best]


def _rising(found: Sequence[int]) -> bool:
    return all(a <= b for a, b in pairwise(found))
