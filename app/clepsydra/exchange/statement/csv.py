"""A statement as CSV for spreadsheets, in the dialect of one language.

One row for each line, real and billed seconds as integers beside decimal hours, no thousands separators and no sums, so
that columns can be added. Text that a spreadsheet would run as a formula is made inert.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clepsydra.domain.interval import HOUR
from clepsydra.domain.money import Hourly, exponent, half_up
from clepsydra.domain.session import DEFAULT_PROJECT
from clepsydra.domain.statement import Line, Statement
from clepsydra.domain.statement_terms import StatementPart
from clepsydra.exchange.statement.rows import project_title
from clepsydra.exchange.statement.shape import StatementWriter
from clepsydra.exchange.text import guard, plain
from clepsydra.language import words
from clepsydra.language.shown import table
from clepsydra.language.shown.table import Shown
from clepsydra.language.translator import Translator, mark_p

_HEADS = (
    mark_p("csv column", "Statement"),
    mark_p("csv column", "Client"),
    mark_p("csv column", "Project"),
    mark_p("csv column", "First day"),
    mark_p("csv column", "Last day"),
    mark_p("csv column", "Kind"),
    mark_p("csv column", "Channel"),
    mark_p("csv column", "Scope"),
    mark_p("csv column", "Description"),
    mark_p("csv column", "Exact seconds"),
    mark_p("csv column", "Billed seconds"),
    mark_p("csv column", "Exact hours"),
    mark_p("csv column", "Billed hours"),
    mark_p("csv column", "Lost hours"),
    mark_p("csv column", "Gained hours"),
    mark_p("csv column", "Hourly rate"),
    mark_p("csv column", "Amount"),
    mark_p("csv column", "Currency"),
    mark_p("csv column", "Tax percent"),
)

_DAY_HEADS = (mark_p("csv column", "Billed days"), mark_p("csv column", "Day rate"))

_HOUR_PLACES = 4  # the finest step of a tenth of a minute still shows; the seconds beside are exact


def to_csv(statement: Statement, tr: Translator, dialect: str = "", *, internal: bool = False) -> bytes:
    """The statement's lines as CSV bytes; without a dialect the one of the translator's language.

    The columns are always the same; those of exact times are empty where the client's copy does not show them.
    """
    form = table(dialect or tr.lang)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=form.spreadsheet.delimiter, lineterminator=form.spreadsheet.line_end)
    by_day = any(line.day_sold for line in statement.lines)
    writer.writerow(tr.p(*head) for head in (*_HEADS, *(_DAY_HEADS if by_day else ())))
    several = len({line.project for line in statement.lines}) > 1
    for line in statement.lines:
        named = several or line.project != DEFAULT_PROJECT or line.project_name
        exact = internal or StatementPart.TIMES in statement.show
        cells = _cells(statement, line, project_title(line, tr) if named else "", tr, form, exact=exact)
        writer.writerow((*cells, *(_day_cells(line, form) if by_day else ())))
    return stream.getvalue().encode(form.spreadsheet.encoding)


def _cells(
    statement: Statement, line: Line, project: str, tr: Translator, form: Shown, *, exact: bool
) -> Iterator[str]:
    figures = line.figures
    yield _text(statement.number)
    yield _text(statement.client_name)
    yield _text(project)
    yield _day(line.first_day, form)
    yield _day(line.last_day, form)
    yield words.line_sort(line, tr)
    yield words.channel(line.channel, tr) if line.channel else ""
    yield words.scope(line.scope, tr)
    yield _text(line.note)
    yield str(figures.exact_seconds) if exact else ""
    yield str(figures.billed_seconds)
    yield _hours(figures.exact_seconds, form) if exact else ""
    yield _hours(figures.billed_seconds, form)
    yield _hours(figures.underbilled_seconds, form) if exact else ""
    yield _hours(figures.overbilled_seconds, form) if exact else ""
    yield _rate(line.hourly, form)
    yield _number(Decimal(figures.billed_minor + line.fee_minor).scaleb(-exponent(statement.currency)), form)
    yield statement.currency
    yield _number(statement.tax, form)


def _day_cells(line: Line, form: Shown) -> Iterator[str]:
    """Billed days and their price, for clients who buy days."""
    days, daily = line.days, line.daily
    yield "" if days is None else _number(Decimal(days.numerator) / days.denominator, form)
    yield "" if daily is None else _rate(daily, form)


def _text(text: str) -> str:
    """User text as a cell: one line, no control characters, no formula."""
    return guard(plain(text))


def _day(day: date, form: Shown) -> str:
    return day.strftime(form.spreadsheet.day)


def _hours(seconds: int, form: Shown) -> str:
    scaled = half_up(Fraction(seconds, HOUR) * 10**_HOUR_PLACES)
    return _number(Decimal(scaled).scaleb(-_HOUR_PLACES), form)


def _number(value: Decimal, form: Shown) -> str:
    return format(value, "f").replace(".", form.decimal_sign)


def _rate(value: Hourly, form: Shown) -> str:
    """An hourly rate; one that a day's price makes, to six decimals where it never ends."""
    if isinstance(value, Fraction):
        value = Decimal(half_up(value * 10**6)).scaleb(-6)
    return _number(value, form)


WRITER = StatementWriter(".csv", lambda statement, seller, tr, internal: to_csv(statement, tr, internal=internal))


def in_dialect(lang: str) -> StatementWriter:
    """The same as spreadsheets of a language expect it, whichever the document speaks."""
    return StatementWriter(
        f".{lang}.csv", lambda statement, seller, tr, internal: to_csv(statement, tr, lang, internal=internal)
    )
