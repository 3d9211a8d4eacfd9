"""Any operator's list of calls, by a mapping of the person's: `[[phone.tables]]` says which columns mean what.

Such lists often hold outgoing calls only, mask the last digits, and mix in messages and services: `only` says which
lines are calls. A number that stands for a service has too few digits to be anybody.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase

from clepsydra.domain.happenings import MINUTE_GRAIN, Happening, HappeningKind, Way
from clepsydra.evidence.phone.numbers import party, region
from clepsydra.evidence.phone.shape import LONGEST_CALL, CallList, ListFile, whole_number
from clepsydra.exchange.doors.parts.amounts import duration
from clepsydra.exchange.doors.parts.tabular import delimiter_of, folded, rows
from clepsydra.exchange.doors.parts.walls import Wall
from clepsydra.exchange.problems import RowProblem
from clepsydra.settings.model import LengthUnit, PhoneTable

SOURCE = "operator"

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
    heads: list[str] | None = None
    for record in rows(_parted(file.text or "", table.delimiter)):
        if isinstance(record, RowProblem):
            continue
        if heads is None:
            heads = [folded(cell) for cell in record[1]]
            continue
        yield from _call(file, table, dict(zip(heads, (cell.strip() for cell in record[1]), strict=False)))


def _parted(text: str, delimiter: str) -> str:
    """The text with its delimiter said, where the mapping says another than the first line shows."""
    first = text.split("\n", 1)[0]
    return f"sep={delimiter}\n{text}" if delimiter and delimiter_of(first) != delimiter else text


def _call(file: ListFile, table: PhoneTable, cells: Mapping[str, str]) -> Iterator[Happening]:
    if not all(_fits(cells.get(folded(name), ""), shape) for name, shape in table.only):
        return
    when = " ".join(cells.get(folded(name), "") for name in table.when).strip()
    begin = _instant(file, when, table.format)
    if begin is None or not file.wants(begin):
        return
    length = _seconds(cells.get(folded(table.length), ""), table.unit)
    side = party(cells.get(folded(table.number), ""), region(file.settings))
    if length is None or not side or not 0 < length[0] <= LONGEST_CALL:
        return
    inward = bool(table.incoming) and _fits(cells.get(folded(table.way), ""), table.incoming)
    yield Happening(
        SOURCE, HappeningKind.CALL, begin, begin + length[0], side, Way.IN if inward else Way.OUT, grain=length[1],
        key=f"{side[0]} {begin}",
    )  # fmt: skip


def _fits(cell: str, shape: str) -> bool:
    return fnmatchcase(cell.casefold(), shape.casefold())


def _instant(file: ListFile, when: str, shape: str) -> int | None:
    """The instant of a day and time, in the form the mapping says, or as they are usually written."""
    if not shape:
        return file.instant(when)
    try:
        found = datetime.strptime(when, shape)  # noqa: DTZ007  a time on the wall, which `at` places
    except ValueError:
        return None
    if found.tzinfo is not None:
        return int(found.timestamp())
    return file.at(Wall(found.toordinal(), found.hour * 3600 + found.minute * 60 + found.second))


def _seconds(cell: str, unit: LengthUnit) -> tuple[int, int] | None:
    """How long, and the step it is told in: `00:03:05`, `3:05` (minutes), `185`, `3 min 5 s`."""
    plain = whole_number(cell)
    if plain is not None:
        return (plain * 60, MINUTE_GRAIN) if unit is LengthUnit.MINUTES else (plain, 1)
    clock = _CLOCK.fullmatch(cell.replace(" ", ""))
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3]), 1
    return duration(cell)


TABLE = CallList(SOURCE, _sniff, _read)
