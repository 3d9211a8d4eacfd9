"""The log as a spreadsheet (XLSX): lengths and times as numbers that a sheet can add, texts as texts, no formulas."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from clepsydra.domain.civil import wall, zone_named
from clepsydra.exchange.exits.shape import About, Exit, LogRow, MissingLibrary
from clepsydra.exchange.text import plain
from clepsydra.language import words

if TYPE_CHECKING:
    from clepsydra.language.translator import Translator

_WIDTHS = (12, 22, 22, 17, 17, 11, 11, 14, 14, 60)
_DAY = 86_400


def write(rows: Iterable[LogRow], stream: BinaryIO, about: About) -> int:
    """One sheet. Raises `Missing` without the library."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingLibrary("xlsx") from None
    plain_texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **plain_texts})
    book.set_properties({"title": "Clepsydra", "created": datetime.fromtimestamp(about.now)})  # noqa: DTZ006 (as shown)
    with book:
        return _fill(book, rows, about.tr)


def _fill(book: Any, rows: Iterable[LogRow], tr: "Translator") -> int:
    sheet = book.add_worksheet(tr.p("column", "Log")[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    length = book.add_format({"num_format": "[h]:mm:ss"})
    wrapped = book.add_format({"text_wrap": True})
    for index, (name, width) in enumerate(zip(_head(tr), _WIDTHS, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, bold)
    sheet.freeze_panes(1, 0)
    count = 0
    for row in rows:
        count += 1
        session = row.session
        zone = zone_named(session.zone)
        begin, end = wall(session.started_at, zone), wall(session.ended_at or session.started_at, zone)
        sheet.write_datetime(count, 0, datetime(begin.year, begin.month, begin.day))  # noqa: DTZ001 (a day)
        sheet.write_string(count, 1, plain(row.client_name))
        sheet.write_string(count, 2, plain(row.project_name) if row.has_project else "")
        sheet.write_datetime(count, 3, begin.replace(tzinfo=None), moment)
        sheet.write_datetime(count, 4, end.replace(tzinfo=None), moment)
        # The length is no difference of the two cells: on the day the clocks change that would be an hour out.
        sheet.write_number(count, 5, row.seconds / _DAY, length)
        sheet.write_string(count, 6, words.channel(session.channel, tr))
        sheet.write_string(count, 7, words.state(session.state, tr))
        sheet.write_string(count, 8, plain(row.statement))
        sheet.write_string(count, 9, plain(session.note, newlines=True), wrapped)
    sheet.autofilter(0, 0, max(count, 1), len(_WIDTHS) - 1)
    return count


def _head(tr: "Translator") -> tuple[str, ...]:
    return (
        tr.p("column", "Day"), tr.p("column", "Client"), tr.p("column", "Project"), tr.p("column", "Start"),
        tr.p("column", "End"), tr.p("column", "Length"), tr.p("column", "Channel"), tr.p("column", "State"),
        tr.p("column", "Statement"), tr.p("column", "Note"),
    )  # fmt: skip


EXIT = Exit("xlsx", ".xlsx", write, "XLSX")
