"""The log's own CSV: what `export csv` writes, `import csv` takes back exactly.

Instants are RFC 3339 with their offset; only `client`, `started_at` and `ended_at` are required. Text cells that a
spreadsheet would take for a formula carry an apostrophe in front (see `text.guard`), taken away again on the way in.
Reading streams: of a million rows only the ids are held, to tell when one comes twice.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TextIO
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import utc, wall, zone_named
from clepsydra.exchange.log_row import COLUMNS, REQUIRED, CsvRow, Parser
from clepsydra.exchange.problems import RowProblem, RowReason, nearest
from clepsydra.exchange.text import guard

__all__ = ["COLUMNS", "REQUIRED", "CsvRow", "read", "write"]

CELL_LIMIT = 8 * 1024 * 1024
"""Characters one cell may hold: beyond it a quote was most likely never closed."""


def write(rows: Iterable[CsvRow], stream: TextIO) -> int:
    """Write rows under the header, and return how many; open the stream with `newline=""` and UTF-8."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow(_cells(row))
        count += 1
    return count


def _cells(row: CsvRow) -> Sequence[str | int]:
    return (
        guard(row.id),
        guard(row.client),
        guard(row.project),
        row.channel.value,
        _stamp(row.started_at, row.zone),
        _stamp(row.ended_at, row.zone),
        guard(row.zone),
        row.scope.value,
        row.decision.value if row.decision else "",
        "" if row.agreed_seconds is None else row.agreed_seconds,
        guard(row.write_off or ""),
        guard(row.note),
        guard(row.statement),
        row.precision.value if row.precision else "",
    )


def _stamp(instant: int, zone: str) -> str:
    """RFC 3339 with the zone's offset, or in UTC where no zone is known or its offset has seconds (before 1972)."""
    local = wall(instant, zone_named(zone)) if zone else utc(instant)
    offset = local.utcoffset()
    if offset is not None and offset.seconds % 60:
        local = utc(instant)
    return local.isoformat()


def read(
    stream: TextIO, known: Mapping[str, Collection[str]] | None = None, zone: ZoneInfo | None = None
) -> Iterator[CsvRow | RowProblem]:
    """Yield a row or a problem for every record of the file, in its order; open it with `newline=""` and UTF-8.

    A byte order mark and `;` between cells are tolerated. Problems of the header come first; without the required
    columns nothing else follows. `known` (projects by client) also checks that clients and projects exist; `zone` is
    that of times without an offset in rows that name none.
    """
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    numbered = _records(stream)
    head = next(numbered, None)
    if isinstance(head, RowProblem):
        yield head
        return
    names = tuple(name.strip().lower() for name in head[1]) if head else ()
    yield from (problems := list(_header_problems(names)))
    if any(problem.reason is not RowReason.UNKNOWN_COLUMN for problem in problems):
        return
    parser = Parser(names, known, zone)
    for record in numbered:
        yield record if isinstance(record, RowProblem) else parser.row(*record)


def _records(stream: TextIO) -> Iterator[tuple[int, list[str]] | RowProblem]:
    """Records with the line each begins on; broken quoting is a problem, and reading goes on behind it."""
    line = 1
    try:
        first = stream.readline().removeprefix("\ufeff")
        delimiter = ";" if first.count(";") > first.count(",") else ","
        reader = csv.reader(chain([first], stream), delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield RowProblem(line, RowReason.BROKEN_QUOTES, "", str(error))
            else:
                if any(cells):
                    yield line, cells
    except UnicodeDecodeError:
        # Text streams decode in blocks: the line is where reading stopped, not where the byte is.
        yield RowProblem(line, RowReason.NOT_TEXT)


def _header_problems(names: Sequence[str]) -> Iterator[RowProblem]:
    allowed = ",".join(COLUMNS)
    for column in REQUIRED:
        if column not in names:
            yield RowProblem(1, RowReason.MISSING_COLUMN, column, ",".join(names), allowed)
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            yield RowProblem(1, RowReason.UNKNOWN_COLUMN, name, name, allowed, nearest(name, COLUMNS))
        elif names.count(name) > 1:
            yield RowProblem(1, RowReason.DOUBLED_COLUMN, name, name)
