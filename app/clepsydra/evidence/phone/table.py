"""Any operator's list of calls, by a mapping of the person's: `[[phone.tables]]` says which columns mean what.

Such lists often hold outgoing calls only, mask the last digits, and mix in messages and services: `only` says which
lines are calls. A number that stands for a service has too few digits to be anybody.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from fractions import Fraction

from clepsydra.domain.happenings import MINUTE_GRAIN, Happening, HappeningKind, Way
from clepsydra.domain.money import half_up
from clepsydra.evidence.phone.moments import DayOrder, moment, order_of
from clepsydra.evidence.phone.phone_numbers import party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile
from clepsydra.exchange.doors.parts.amounts import decimal, duration
from clepsydra.exchange.doors.parts.tabular import delimiter_of, folded, rows
from clepsydra.exchange.doors.parts.walls import Wall
from clepsydra.exchange.problems import RowProblem
from clepsydra.settings.named_sources import LengthUnit, PhoneTable

SOURCE = "operator"

_PREAMBLE = 30
"""Lines in which the headings are looked for."""

_CLOCK = re.compile(r"(?:(\d{1,3})[:h])?(\d{1,3})[:m'](\d\d)[s\"]?", re.ASCII)


def mapping(file: ListFile) -> PhoneTable | None:
    """The mapping that a file's name fits."""
    name = file.name.casefold()
    return next((each for each in file.settings.phone.tables if fnmatchcase(name, each.files.casefold())), None)


def _sniff(file: ListFile) -> int:
    return 99 if mapping(file) is not None and file.text is not None else 0


def _read(file: ListFile) -> Iterator[Happening]:
    table = mapping(file)
    if table is None:
        return
    found = [record[1] for record in rows(_parted(file.text or "", table))
             if not isinstance(record, RowProblem)]  # fmt: skip
    first = next((n for n, cells in enumerate(found[:_PREAMBLE]) if _is_head(table, cells)), 0)
    heads = [folded(cell) for cell in found[first]] if found else []
    calls = [dict(zip(heads, (cell.strip() for cell in cells), strict=False)) for cells in found[first + 1 :]]
    order = order_of(_when(table, cells) for cells in calls) if not table.format else DayOrder("dmy")
    for cells in calls:
        yield from _call(file, table, cells, order)


def _is_head(table: PhoneTable, cells: list[str]) -> bool:
    """Whether a line has the headings of the mapping: operators put a customer and a period above them."""
    return {folded(table.number), folded(table.length)} <= set(map(folded, cells))


def _when(table: PhoneTable, cells: Mapping[str, str]) -> str:
    return " ".join(cells.get(folded(name), "") for name in table.when).strip()


def _parted(text: str, table: PhoneTable) -> str:
    """The text with its delimiter said, where its first line shows another than the mapping or its headings do."""
    lines = text.split("\n", _PREAMBLE)[:_PREAMBLE]
    heads = next((line for line in lines if folded(table.number) in folded(line)), lines[0])
    wanted = table.delimiter or delimiter_of(heads)
    return f"sep={wanted}\n{text}" if delimiter_of(lines[0]) != wanted else text


def _call(file: ListFile, table: PhoneTable, cells: Mapping[str, str], order: DayOrder) -> Iterator[Happening]:
    if not all(_fits(cells.get(folded(name), ""), shape) for name, shape in table.only):
        return
    told = _instant(file, _when(table, cells), table.format, order)
    if told is None or not file.wants(told[0]):
        return
    begin, exact = told
    length = _seconds(cells.get(folded(table.length), ""), table.unit)
    side = party(cells.get(folded(table.number), ""), region(file.settings))
    if length is None or not side or not 0 < length[0] <= LONGEST_CALL:
        return
    inward = bool(table.incoming) and _fits(cells.get(folded(table.way), ""), table.incoming)
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, begin + length[0], side, Way.IN if inward else Way.OUT,
        grain=max(length[1], 1 if exact else MINUTE_GRAIN), key=f"{side[0]} {begin}", doubtful=order.guessed,
    )  # fmt: skip


def _fits(cell: str, shape: str) -> bool:
    return fnmatchcase(cell.casefold(), shape.casefold())


def _instant(file: ListFile, when: str, shape: str, order: DayOrder) -> tuple[int, bool] | None:
    """The instant of a day and time, in the form the mapping says, or as they are usually written; and whether its
    seconds are."""
    if not shape:
        return moment(file, when, order)
    try:
        found = datetime.strptime(when, shape)  # noqa: DTZ007  a time on the wall, which `at` places
    except ValueError:
        return None
    exact = any(part in shape for part in ("%S", "%T", "%X", "%c"))
    if found.tzinfo is not None:
        return int(found.timestamp()), exact
    at = file.at(Wall(found.toordinal(), found.hour * 3600 + found.minute * 60 + found.second))
    return None if at is None else (at, exact)


def _seconds(cell: str, unit: LengthUnit) -> tuple[int, int] | None:
    """How long, and the step it is told in: `00:03:05`, `3:05` (minutes), `185`, `3 min 5 s`; a bare number counts the
    unit, `3,08` minutes to a hundredth."""
    plain = decimal(cell)
    if plain is not None:
        whole = plain == plain.to_integral_value()
        if unit is LengthUnit.MINUTES:
            return half_up(Fraction(plain) * 60), MINUTE_GRAIN if whole else 1
        return half_up(Fraction(plain)), 1
    clock = _CLOCK.fullmatch(cell.replace(" ", ""))
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3]), 1
    return duration(cell)


TABLE = CallList(SOURCE, _sniff, _read)
