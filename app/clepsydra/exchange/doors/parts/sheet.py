"""Tables of work: from headings that a format knows to entries, for every door that reads a table.

A `Sheet` says which headings hold which field; reading goes twice over the file, once to decide the order of its
dates, once to make its entries. Fields: `date`, `begin`, `end`, `end_date`, `duration`, `hours`, `minutes`, `seconds`,
`pause`, `client`, `project`, `task`, `note`, `tags`, `person`, `email`, `billable`, `billed`, `invoice`, `amount`,
`currency`, `created`, `key`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from clepsydra.domain.records import dataclass, field
from clepsydra.domain.session import Precision
from clepsydra.exchange.doors.parts import amounts
from clepsydra.exchange.doors.parts.dates import Dates, Witnesses, date_part, dated
from clepsydra.exchange.doors.parts.names import listed, yes
from clepsydra.exchange.doors.parts.tabular import Columns, rows
from clepsydra.exchange.doors.parts.walls import DAY, Wall, Walls, clock_of, stamp_of
from clepsydra.exchange.doors.shape import Answers, DoorSource, Found, Item, LeftOut, ProblemCause
from clepsydra.exchange.instants import has_fraction
from clepsydra.exchange.problems import RowProblem, RowReason
from clepsydra.exchange.text import unguard

Names = Mapping[str, Sequence[str]]
Row = Callable[[str], str]
"""The cell of a field, without the blanks around it; empty where the table has no such column."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """How one format writes a table of work.

    `required` are the fields without which a file cannot be read; `skip` tells rows that are no entries; `rounded` says
    that durations may be, and clock times are not.
    """

    names: Names
    required: tuple[str, ...]
    skip: Callable[[Row], ProblemCause | None] = lambda row: None
    adjust: Callable[[Found, Row], Found] = lambda found, row: found
    split_tags: Callable[[str], tuple[str, ...]] = listed
    hours_precision: Precision = Precision.HOURS
    billed_words: tuple[str, ...] = ("billed", "invoiced", "paid", "locked", "exported")
    project_for_client: bool = False
    rounded: bool = False
    heading: Callable[[list[str]], bool] = field(default=lambda cells: True)


def read(sheet: SheetLayout, source: DoorSource, answers: Answers) -> Iterator[Item]:
    """The entries of a table, or what keeps it or its rows from being read."""
    text = source.text
    if text is None:
        yield RowProblem(1, RowReason.NOT_TEXT)
        return
    head = _head(sheet, text)
    if head is None:
        yield RowProblem(1, RowReason.NO_COLUMN, next(iter(sheet.names)))
        return
    columns = Columns(head[1], sheet.names)
    missing = list(columns.missing(sheet.names, sheet.required))
    if missing:
        yield from missing
        return
    order = answers.dates or _order(columns, text, head[0])
    if not order:
        yield RowProblem(head[0], RowReason.DATE_ORDER, "", _open_date(columns, text, head[0]), "dmy,mdy,ymd")
        return
    reader = _Reader(sheet, columns, Dates(order), Walls(answers.zone, answers.fold))
    for record in _entries(text, head[0]):
        found = record if isinstance(record, RowProblem) else reader.item(*record)
        if found is not None:
            yield found


def _head(sheet: SheetLayout, text: str) -> tuple[int, list[str]] | None:
    """The first record that is a heading, looked for among the first ten."""
    for number, record in enumerate(rows(text)):
        if number > 10:
            return None
        if not isinstance(record, RowProblem) and sheet.heading(record[1]):
            return record
    return None


def _entries(text: str, head: int) -> Iterator[tuple[int, list[str]] | RowProblem]:
    for record in rows(text):
        if isinstance(record, RowProblem) or record[0] > head:
            yield record


def _cell(columns: Columns, cells: list[str], name: str) -> str:
    place = columns.places.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _order(columns: Columns, text: str, head: int) -> str:
    """The order of the dates of the whole file; empty where it has to be asked."""
    witnesses = Witnesses()
    for record in _entries(text, head):
        if isinstance(record, RowProblem):
            continue
        cells = record[1]
        begin = date_part(_cell(columns, cells, "date") or _cell(columns, cells, "begin"))
        if not begin:
            continue
        end = date_part(_cell(columns, cells, "end_date") or dated(_cell(columns, cells, "end")))
        length = amounts.duration(_cell(columns, cells, "duration"))
        created = date_part(_cell(columns, cells, "created"))
        witnesses.add(begin, end, created, long=length is not None and length[0] >= DAY)
    return witnesses.order()


def _open_date(columns: Columns, text: str, head: int) -> str:
    for record in _entries(text, head):
        if not isinstance(record, RowProblem):
            return _cell(columns, record[1], "date") or _cell(columns, record[1], "begin")
    return ""


class _Refused(Exception):
    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


Span = tuple[int | None, int | None, date | None, int | None, Precision, str]
"""Begin, end, day, seconds, precision and zone of an entry."""


class _Cells(dict[str, str]):
    """The cells of a record by their fields; a column that the table has not is empty."""

    def __missing__(self, key: str) -> str:
        return ""


class _Reader:
    """Makes entries of the records of one file."""

    def __init__(self, sheet: SheetLayout, columns: Columns, dates: Dates, walls: Walls) -> None:
        self._sheet = sheet
        self._columns = columns
        self._dates = dates
        self._walls = walls
        self._width = len(columns.head)
        self._places = tuple(columns.places.items())
        self._currency = columns.currency

    def item(self, line: int, cells: list[str]) -> Item | None:
        """The entry of one record, what it is instead, or the first problem that keeps it from being one."""
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        cell = _Cells({name: cells[place].strip() for name, place in self._places}).__getitem__
        why = self._sheet.skip(cell)
        if why is not None:
            return LeftOut(line, why, " ".join(filter(None, cells))[:200])
        try:
            span = self._span(line, cell)
        except _Refused as refusal:
            return refusal.problem
        return span if isinstance(span, LeftOut) else self._sheet.adjust(self._found(line, span, cell), cell)

    def _found(self, line: int, span: Span, cell: Row) -> Found:
        tags = cell("tags")
        # A report without the column of clients has only the projects to go by.
        named = "client" in self._columns.places or not self._sheet.project_for_client
        billed, worth = _billed(self._sheet, cell), amounts.minor(cell("amount"))
        return Found(
            line, *span[:5],
            key=cell("key"),
            client=unguard(cell("client") if named else cell("project")),
            project=unguard(cell("project")) if named else "",
            task=unguard(cell("task")),
            tags=self._sheet.split_tags(unguard(tags)) if tags else (),
            note=unguard(cell("note")),
            person=cell("email") or cell("person"),
            billable=yes(cell("billable")) if cell("billable") else None,
            billed_as=billed,
            billed_minor=worth if billed else None,
            worth_minor=worth,
            currency=cell("currency") or self._currency,
            zone=span[5],
            rounded=len(cell("begin")) > 19 and has_fraction(cell("begin") + " " + cell("end")),
        )  # fmt: skip

    def _span(self, line: int, cell: Row) -> Span | LeftOut:
        length = self._length(line, cell)
        begin = self._begin(line, cell)
        if begin is None:
            return self._undated(line, cell, length)
        if isinstance(begin, int):
            return self._known(line, cell, begin, length)
        end = self._end(line, cell)
        if end is None and length is None:
            return LeftOut(line, ProblemCause.RUNNING, begin.text)
        if isinstance(end, int):
            raise _Refused(RowProblem(line, RowReason.INSTANT, "end", cell("end")))
        if end is not None and end.day is None and length is not None:
            shown = (end.second - begin.second) % DAY
            length = amounts.by_the_clock(cell("duration"), length, shown, rounded=self._sheet.rounded)
        found = self._walls.span(line, begin, end, length)
        if isinstance(found, RowProblem):
            raise _Refused(found)
        started_at, ended_at = self._paused(line, cell, *found)
        exact = begin.exact and (end is None or end.exact)
        return started_at, ended_at, None, None, Precision.SECOND if exact else Precision.MINUTE, ""

    def _known(self, line: int, cell: Row, begin: int, length: tuple[int, int] | None) -> Span | LeftOut:
        """An entry whose begin has an offset of its own."""
        end = self._end(line, cell)
        if end is None and length is None:
            return LeftOut(line, ProblemCause.RUNNING, cell("begin"))
        if isinstance(end, Wall):
            raise _Refused(RowProblem(line, RowReason.INSTANT, "end", cell("end")))
        ended_at = end if end is not None else begin + length[0] if length else begin
        if ended_at < begin:
            raise _Refused(RowProblem(line, RowReason.ENDS_BEFORE, "end", cell("end"), cell("begin")))
        return begin, ended_at, None, None, Precision.SECOND, ""

    def _undated(self, line: int, cell: Row, length: tuple[int, int] | None) -> Span:
        """Hours of a day whose times the file does not know."""
        day = self._day(line, "date", cell("date") or cell("begin"))
        if length is None:
            raise _Refused(
                RowProblem(line, RowReason.EMPTY, "hours" if "hours" in self._columns.places else "duration")
            )
        return None, None, date.fromordinal(day), length[0], self._sheet.hours_precision, ""

    def _length(self, line: int, cell: Row) -> tuple[int, int] | None:
        for name in ("duration", "hours"):
            text = cell(name)
            if text:
                found = amounts.duration(text)
                if found is None:
                    raise _Refused(RowProblem(line, RowReason.DURATION, name, text))
                return found
        return self._counted(line, cell)

    def _counted(self, line: int, cell: Row) -> tuple[int, int] | None:
        """A length in a column of minutes or of seconds."""
        for name, unit in (("minutes", 60), ("seconds", 1)):
            text = cell(name)
            if text:
                count = amounts.decimal(text)
                if count is None or count * unit > amounts.LONGEST:
                    raise _Refused(RowProblem(line, RowReason.DURATION, name, text))
                return amounts.whole(count * unit), unit
        return None

    def _begin(self, line: int, cell: Row) -> int | Wall | None:
        text = cell("begin")
        if not text or (not cell("date") and self._dates.ordinal(text) is not None):
            return None  # a day without a time
        return self._moment(line, "begin", cell("date"), text)

    def _end(self, line: int, cell: Row) -> int | Wall | None:
        text = cell("end")
        if not text:
            return None
        return self._moment(line, "end", cell("end_date"), text)

    def _moment(self, line: int, name: str, day: str, text: str) -> int | Wall:
        """The time in one cell, or in two where the date stands apart; an end without a date has none."""
        if len(text) > 9:
            stamp = stamp_of(text)
            if stamp is not None:
                return stamp
        clock = clock_of(text)
        if clock is None:
            head, _, tail = text.partition(" ")
            clock, day = clock_of(tail.strip()), head
        if clock is None:
            raise _Refused(RowProblem(line, RowReason.CLOCK, name, text))
        if not day and name == "end":
            return Wall(None, *clock)
        return Wall(self._day(line, "date", day), *clock)

    def _day(self, line: int, name: str, text: str) -> int:
        found = self._dates.ordinal(date_part(text))
        if found is None:
            raise _Refused(RowProblem(line, RowReason.DATE, name, text))
        return found

    def _paused(self, line: int, cell: Row, begin: int, end: int) -> tuple[int, int]:
        """A pause has no place in a table: the work is taken to have ended earlier by as much."""
        text = cell("pause")
        if not text:
            return begin, end
        pause = amounts.duration(text)
        if pause is None or pause[0] > end - begin:
            raise _Refused(RowProblem(line, RowReason.DURATION, "pause", text))
        return begin, end - pause[0]


def _billed(sheet: SheetLayout, cell: Row) -> str:
    """What a row says of being billed: the number of its invoice, "yes", or nothing."""
    invoice, word = cell("invoice"), cell("billed")
    if word and (yes(word) or word.casefold() in sheet.billed_words):
        return invoice or "yes"
    return "" if word else invoice
