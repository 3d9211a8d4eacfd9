"""The log's own CSV: what `export csv` writes, `import csv` takes back exactly.

Instants are RFC 3339 with their offset; only `client`, `started_at` and `ended_at` are required. Text cells that a
spreadsheet would take for a formula carry an apostrophe in front (see `text.guard`), taken away again on the way in.
Reading streams: a million rows need no more memory than one.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TextIO, TypeVar
from zoneinfo import ZoneInfo

from clepsydra.domain.civil import utc, wall, zone_named
from clepsydra.domain.session import DEFAULT_PROJECT, Channel, Decision, Scope, Session
from clepsydra.exchange.instants import Doubt, instant_of
from clepsydra.exchange.problems import Problem, Reason, nearest
from clepsydra.exchange.text import guard, unguard

COLUMNS = (
    "id",
    "client",
    "project",
    "channel",
    "started_at",
    "ended_at",
    "zone",
    "scope",
    "decision",
    "agreed_seconds",
    "write_off",
    "note",
)
REQUIRED = ("client", "started_at", "ended_at")

CELL_LIMIT = 8 * 1024 * 1024
"""Characters one cell may hold: beyond it a quote was most likely never closed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finished session as the file has it; instants are UTC epoch seconds, `line` is where it begins.

    Empty `id` and `zone` mean that the file does not say.
    """

    client: str
    started_at: int
    ended_at: int
    id: str = ""
    project: str = DEFAULT_PROJECT
    channel: Channel = Channel.WORK
    zone: str = ""
    scope: Scope = Scope.IN
    decision: Decision | None = None
    agreed_seconds: int | None = None
    write_off: str | None = None
    note: str = ""
    line: int = 0

    @classmethod
    def of(cls, session: Session) -> "Row":
        """The row of a finished session; raises ValueError for a running one, which has no end to write."""
        if session.ended_at is None:
            raise ValueError("a running session has no end yet")
        return cls(
            id=session.id,
            client=session.client,
            project=session.project,
            channel=session.channel,
            started_at=session.started_at,
            ended_at=session.ended_at,
            zone=session.zone,
            scope=session.scope,
            decision=session.decision,
            agreed_seconds=session.agreed_seconds,
            write_off=session.write_off,
            note=session.note,
        )


def write(rows: Iterable[Row], stream: TextIO) -> int:
    """Write rows under the header, and return how many; open the stream with `newline=""` and UTF-8."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow(_cells(row))
        count += 1
    return count


def _cells(row: Row) -> Sequence[str | int]:
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
    )


def _stamp(instant: int, zone: str) -> str:
    """RFC 3339 with the zone's offset, or in UTC where no zone is known or its offset has seconds (before 1972)."""
    local = wall(instant, zone_named(zone)) if zone else utc(instant)
    offset = local.utcoffset()
    if offset is not None and offset.seconds % 60:
        local = utc(instant)
    return local.isoformat()


E = TypeVar("E", bound=StrEnum)


class _Refused(Exception):
    """A row that cannot be taken, with the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def read(stream: TextIO, known: Mapping[str, Collection[str]] | None = None) -> Iterator[Row | Problem]:
    """Yield a row or a problem for every record of the file, in its order; open it with `newline=""` and UTF-8.

    A byte order mark and `;` between cells are tolerated. Problems of the header come first; without the required
    columns nothing else follows. `known` (projects by client) also checks that clients and projects exist.
    """
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    numbered = _records(stream)
    head = next(numbered, None)
    if isinstance(head, Problem):
        yield head
        return
    names = tuple(name.strip().lower() for name in head[1]) if head else ()
    yield from (problems := list(_header_problems(names)))
    if any(problem.reason is not Reason.UNKNOWN_COLUMN for problem in problems):
        return
    parser = _Parser(names, known)
    for record in numbered:
        yield record if isinstance(record, Problem) else parser.row(*record)


def _records(stream: TextIO) -> Iterator[tuple[int, list[str]] | Problem]:
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
                yield Problem(line, Reason.BROKEN_QUOTES, "", str(error))
            else:
                if any(cells):
                    yield line, cells
    except UnicodeDecodeError:
        # Text streams decode in blocks: the line is where reading stopped, not where the byte is.
        yield Problem(line, Reason.NOT_TEXT)


def _header_problems(names: Sequence[str]) -> Iterator[Problem]:
    allowed = ",".join(COLUMNS)
    for column in REQUIRED:
        if column not in names:
            yield Problem(1, Reason.MISSING_COLUMN, column, ",".join(names), allowed)
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            yield Problem(1, Reason.UNKNOWN_COLUMN, name, name, allowed, nearest(name, COLUMNS))
        elif names.count(name) > 1:
            yield Problem(1, Reason.DOUBLED_COLUMN, name, name)


class _Parser:
    """Turns the cells of one file into rows; remembers zones already looked up."""

    def __init__(self, names: Sequence[str], known: Mapping[str, Collection[str]] | None) -> None:
        self._names = names
        self._known = known
        self._zones: dict[str, ZoneInfo | None] = {"": None}

    def row(self, line: int, cells: list[str]) -> Row | Problem:
        """The row of one record, or the first problem that keeps it from being one."""
        try:
            return self._row(line, cells)
        except _Refused as refusal:
            return refusal.problem

    def _row(self, line: int, cells: list[str]) -> Row:
        if len(cells) != len(self._names):
            raise _Refused(Problem(line, Reason.CELLS, "", str(len(cells)), str(len(self._names))))
        given = dict(zip(self._names, cells, strict=True))

        def word(column: str) -> str:
            return given.get(column, "").strip()

        for column in REQUIRED:
            if not word(column):
                raise _Refused(Problem(line, Reason.EMPTY, column))
        client, project = unguard(word("client")), unguard(word("project")) or DEFAULT_PROJECT
        self._check_known(line, client, project)
        zone_name = unguard(word("zone"))
        zone = self._zone(line, zone_name)
        started_at = _instant(line, "started_at", word("started_at"), zone)
        ended_at = _instant(line, "ended_at", word("ended_at"), zone)
        if ended_at < started_at:
            raise _Refused(Problem(line, Reason.ENDS_BEFORE, "ended_at", word("ended_at"), word("started_at")))
        scope = _word(line, "scope", word("scope"), Scope) or Scope.IN
        decision = _word(line, "decision", word("decision"), Decision)
        if decision is not None and scope is not Scope.OUT:
            raise _Refused(Problem(line, Reason.DECISION_IN_SCOPE, "decision", decision.value))
        return Row(
            client=client,
            started_at=started_at,
            ended_at=ended_at,
            id=unguard(word("id")),
            project=project,
            channel=_word(line, "channel", word("channel"), Channel) or Channel.WORK,
            zone=zone_name,
            scope=scope,
            decision=decision,
            agreed_seconds=_seconds(line, word("agreed_seconds")),
            write_off=unguard(given.get("write_off", "")) or None,
            note=unguard(given.get("note", "")),
            line=line,
        )

    def _check_known(self, line: int, client: str, project: str) -> None:
        if self._known is None:
            return
        projects = self._known.get(client)
        if projects is None:
            allowed = ",".join(sorted(self._known))
            raise _Refused(
                Problem(line, Reason.UNKNOWN_CLIENT, "client", client, allowed, nearest(client, self._known))
            )
        if project != DEFAULT_PROJECT and project not in projects:
            allowed = ",".join(sorted(projects))
            raise _Refused(
                Problem(line, Reason.UNKNOWN_PROJECT, "project", project, allowed, nearest(project, projects))
            )

    def _zone(self, line: int, name: str) -> ZoneInfo | None:
        if name not in self._zones:
            # Besides KeyError, names such as "../x" raise ValueError and "Europe", a folder, raises OSError.
            with suppress(KeyError, ValueError, OSError):
                self._zones[name] = zone_named(name)
        if name not in self._zones:
            from zoneinfo import available_timezones

            raise _Refused(Problem(line, Reason.ZONE, "zone", name, "", nearest(name, available_timezones())))
        return self._zones[name]


_DOUBTS = {
    Doubt.FORM: Reason.INSTANT,
    Doubt.OFFSET: Reason.NO_OFFSET,
    Doubt.MISSING: Reason.MISSING_TIME,
    Doubt.AMBIGUOUS: Reason.AMBIGUOUS_TIME,
}


def _instant(line: int, column: str, cell: str, zone: ZoneInfo | None) -> int:
    found = instant_of(cell, zone)
    if isinstance(found, Doubt):
        raise _Refused(Problem(line, _DOUBTS[found], column, cell, zone.key if zone else ""))
    return found


def _word(line: int, column: str, cell: str, kind: type[E]) -> E | None:
    if not cell:
        return None
    try:
        return kind(cell.lower())
    except ValueError:
        allowed = [member.value for member in kind]
        raise _Refused(Problem(line, Reason.WORD, column, cell, ",".join(allowed), nearest(cell, allowed))) from None


def _seconds(line: int, cell: str) -> int | None:
    if not cell:
        return None
    # int() would also take signs, underscores and digits of other scripts.
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= 12):
        raise _Refused(Problem(line, Reason.SECONDS, "agreed_seconds", cell))
    return int(cell)
