"""Project Hamster: its database and the XML and TSV of its reports. Its category is the client, its activity the
project. It keeps wall times cut to the minute; what runs has no end.
"""

from collections.abc import Callable, Iterator, Mapping

from clepsydra.domain.records import replace
from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts import sheet, sqlite
from clepsydra.exchange.doors.parts.names import listed
from clepsydra.exchange.doors.parts.sheet import SheetLayout
from clepsydra.exchange.doors.parts.tabular import head_of, recognised
from clepsydra.exchange.doors.parts.walls import Wall, Walls, stamp_of
from clepsydra.exchange.doors.parts.xml import elements
from clepsydra.exchange.doors.shape import Answers, Ask, Door, DoorKind, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.problems import RowProblem, RowReason

_QUERY = """
    SELECT facts.id, facts.start_time, facts.end_time, facts.description, activities.name, categories.name,
        (SELECT group_concat(tags.name, char(10)) FROM fact_tags JOIN tags ON tags.id = fact_tags.tag_id
            WHERE fact_tags.fact_id = facts.id)
    FROM facts LEFT JOIN activities ON activities.id = facts.activity_id
        LEFT JOIN categories ON categories.id = activities.category_id
    ORDER BY facts.start_time, facts.id
"""
_FIELDS = ("id", "start_time", "end_time", "description", "name", "category", "tags")
_TABLES = ("facts", "activities", "categories", "tags", "fact_tags")

_SHEET = SheetLayout(
    names={
        "project": ("activity",),
        "begin": ("start time",),
        "end": ("end time",),
        "client": ("category",),
        "note": ("description",),
        "tags": ("tags",),
    },
    required=("project", "begin", "end"),
    adjust=lambda found, row: replace(found, precision=Precision.MINUTE),
)


def _sniff(name: str, head: bytes) -> int:
    if head.startswith(sqlite.MAGIC):
        return 95 if b"fact_tags.fact_id" in head else 0
    if b"<activities" in head[:400] and b"duration_minutes=" in head:
        return 95
    return recognised(head_of(head), ("activity", "start time", "end time", "category", "duration minutes"), 95)


def read(source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The facts of any of the three forms."""
    walls = Walls(answers.zone, answers.fold)
    if source.data.startswith(sqlite.MAGIC):
        yield from _stored(source, walls)
    elif source.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        for found in elements(source.data, frozenset({"activity"})):
            yield found if isinstance(found, RowProblem) else _entry(found[0], found[2], walls, listed)
    else:
        yield from sheet.read(_SHEET, source, answers)


def _stored(source: DoorSource, walls: Walls) -> Iterator[Item]:
    known = sqlite.tables(source.data, *_TABLES)
    if known is None or not set(_TABLES) <= set(known):
        yield RowProblem(1, RowReason.NOT_THIS_FORM, "", "SQLite", "hamster.db")
        return
    for index, row in enumerate(sqlite.select(source.data, _QUERY, _FIELDS), 1):
        if row is None:
            yield RowProblem(index, RowReason.NOT_READABLE, "", "SQLite")
        else:
            cells = {name: value if isinstance(value, str) else "" for name, value in row.items()}
            yield _entry(index, cells, walls, lambda tags: tuple(filter(None, tags.split("\n"))))


def _entry(place: int, cells: Mapping[str, str], walls: Walls, split: Callable[[str], tuple[str, ...]]) -> Item:
    begin, end = stamp_of(cells.get("start_time", "")), cells.get("end_time", "")
    if not isinstance(begin, Wall):
        return RowProblem(place, RowReason.DATE, "start_time", cells.get("start_time", ""))
    if end in ("", "None"):
        return LeftOut(place, ProblemCause.RUNNING, cells.get("name", ""))
    until = stamp_of(end)
    if not isinstance(until, Wall):
        return RowProblem(place, RowReason.DATE, "end_time", end)
    span = walls.span(place, begin, until, None)
    if isinstance(span, RowProblem):
        return span
    return Found(
        place, *span, precision=Precision.MINUTE, client=cells.get("category", ""), project=cells.get("name", ""),
        note=cells.get("description", ""), tags=split(cells.get("tags", "")),
    )  # fmt: skip


DOOR = Door("hamster", DoorKind.SESSIONS, _sniff, read, (Ask.ZONE, Ask.FOLD), "Project Hamster")
