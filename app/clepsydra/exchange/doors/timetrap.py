"""Timetrap: its database and its JSON, with lasting row ids, and its CSV. A sheet is a client or `client.project`; one
whose name begins with `_` is an archive, and left out.
"""

from collections.abc import Iterator, Mapping

from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts import sqlite
from clepsydra.exchange.doors.parts.names import chain
from clepsydra.exchange.doors.parts.objects import load, objects, text
from clepsydra.exchange.doors.parts.tabular import head_of, rows
from clepsydra.exchange.doors.parts.walls import Wall, Walls, instant_text, stamp_of
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_FIELDS = ("id", "note", "start", "end", "sheet")
_QUERY = 'SELECT id, note, start, "end", sheet FROM entries ORDER BY start, id'


def _sniff(name: str, head: bytes) -> int:
    if head.startswith(sqlite.MAGIC):
        return 94 if b"entries.sheet" in head and b"entries.start" in head else 0
    if head.lstrip()[:1] == b"[":
        return 92 if all(f'"{name}":'.encode() in head for name in _FIELDS) else 0
    return 92 if head_of(head) == ("start", "end", "note", "sheet") else 0


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of any of the three forms."""
    walls = Walls(answers.zone, answers.fold)
    if source.data.lstrip()[:1] == b"[":
        held = load(source)
        for index, entry in enumerate(() if isinstance(held, RowProblem) else objects(held), 1):
            yield _entry(index, {name: text(entry, name) for name in _FIELDS}, walls, answers.archived)
        if isinstance(held, RowProblem):
            yield held
        return
    if not source.data.startswith(sqlite.MAGIC):
        yield from _table(source, walls, answers.archived)
        return
    if set(_FIELDS) - (sqlite.tables(source.data, "entries") or {}).get("entries", set()):
        yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "SQLite", "timetrap.db")
        return
    for index, row in enumerate(sqlite.select(source.data, _QUERY, _FIELDS), 1):
        if row is None:
            yield RowProblem(index, RowReason.NOT_READABLE, "", "SQLite")
        else:
            cells = {name: value if isinstance(value, str | int) else "" for name, value in row.items()}
            yield _entry(index, {name: str(value) for name, value in cells.items()}, walls, answers.archived)


def _table(source: DoorSource, walls: Walls, archived: bool) -> Iterator[Item]:
    content = source.text
    if content is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    for record in rows(content):
        if isinstance(record, RowProblem):
            yield record
        elif record[0] > 1:
            yield _entry(
                record[0], dict(zip(("start", "end", "note", "sheet"), record[1], strict=False)), walls, archived
            )


def _entry(place: int, cells: Mapping[str, str], walls: Walls, archived: bool) -> Item:
    begin, sheet = stamp_of(cells.get("start", "")), cells.get("sheet", "")
    if begin is None:
        return RowProblem(place, RowReason.DATE, "start", cells.get("start", ""))
    if sheet.startswith("_"):
        if not archived:
            return LeftOut(place, ProblemCause.ARCHIVED, f"{sheet} {cells.get('note', '')}")
        sheet = sheet.lstrip("_")
    if not cells.get("end"):
        return LeftOut(place, ProblemCause.RUNNING, cells.get("note", ""))
    end = stamp_of(cells["end"])
    if end is None:
        return RowProblem(place, RowReason.DATE, "end", cells["end"])
    span = _span(place, begin, end, walls)
    if isinstance(span, RowProblem):
        return span
    client, *project = chain(sheet, ".") or [""]
    return Found(
        place, *span, precision=Precision.SECOND, key=cells.get("id", ""), client=client, project=".".join(project),
        note=cells.get("note", ""),
    )  # fmt: skip


def _span(place: int, begin: int | Wall, end: int | Wall, walls: Walls) -> tuple[int, int] | RowProblem:
    """Begin and end: the JSON has offsets, the other forms wall times."""
    if isinstance(begin, Wall) and isinstance(end, Wall):
        return walls.span(place, begin, end, None)
    found = [walls.instant(place, "", each) if isinstance(each, Wall) else each for each in (begin, end)]
    first, last = found
    if isinstance(first, RowProblem) or isinstance(last, RowProblem):
        return first if isinstance(first, RowProblem) else last  # type: ignore[return-value]
    if last < first:
        return RowProblem(place, RowReason.ENDS_BEFORE, "end", instant_text(last), instant_text(first))
    return first, last


DOOR = Door("timetrap", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE, Ask.FOLD), "Timetrap")
