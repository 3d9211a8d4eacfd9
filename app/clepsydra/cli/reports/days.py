"""report days: what each day or month brought, in hours and money: the calendar as plain text."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments
from clepsydra.cli.outcome import tell_problems
from clepsydra.cli.reports.shapes import Data, ReportTable, put
from clepsydra.language import formats
from clepsydra.language.translator import Translator

if TYPE_CHECKING:
    from clepsydra.ledger.spans import SpanTotals

_BAR = 24
"""Cells of the longest bar."""


def days(context: CommandContext, given: Arguments) -> int:
    """Hours and worth of every day of a period, this week where none is given; or of months, the last twelve."""
    from clepsydra.ledger import spans

    ledger, today = context.ledger, context.ledger.today
    period = reading.period(context, given)
    if given.maybe("by") == "month":
        last = period.last or today
        begin = period.first
        months = (last.year - begin.year) * 12 + last.month - begin.month + 1 if begin else 12
        found = spans.by_month(ledger, last, months)
    else:
        last = period.last or today
        first = period.first or last - timedelta(days=last.weekday())
        found = spans.by_day(ledger, first, period.last or max(first + timedelta(days=6), today))
    put(
        context,
        given,
        lambda: {"days": [_object(each) for each in found]},
        lambda: [_table(found, context.tr)],
        lambda: Data(
            ("first", "last", "seconds", "billable_seconds", "closed_days", "currency", "minor"),
            [
                (str(each.first), str(each.last), each.seconds, each.billable, each.closed, currency, minor)
                for each in found
                for currency, minor in (sorted(each.minor.items()) or [("", 0)])
            ],
        ),
    )
    tell_problems(context)
    return 0


def _object(each: "SpanTotals") -> dict[str, Any]:
    return {
        "first": str(each.first),
        "last": str(each.last),
        "seconds": each.seconds,
        "billable_seconds": each.billable,
        "closed_days": each.closed,
        "amounts": [{"currency": currency, "minor": minor} for currency, minor in sorted(each.minor.items())],
    }


def _table(found: "list[SpanTotals]", tr: Translator) -> ReportTable:
    most = max((each.seconds for each in found), default=0)
    sums: dict[str, int] = {}
    for each in found:
        for currency, minor in each.minor.items():
            sums[currency] = sums.get(currency, 0) + minor
    rows = [
        (
            formats.days(each.first, each.last, tr.lang) if each.first != each.last else _day(each.first, tr),
            formats.duration(each.seconds, tr.lang) if each.seconds else "–",
            formats.duration(each.billable, tr.lang) if each.billable else "–",
            _money(each.minor, tr),
            "▇" * (each.seconds * _BAR // most) if most else "",
        )
        for each in found
    ]
    rows.append(
        (
            tr.t("Total"),
            formats.duration(sum(each.seconds for each in found), tr.lang),
            formats.duration(sum(each.billable for each in found), tr.lang),
            _money(sums, tr),
            "",
        )
    )
    head = (tr.p("column", "Day"), tr.p("column", "Worked"), tr.p("column", "Billable"), tr.p("column", "Worth"), "")
    return ReportTable("", head, rows, frozenset({1, 2, 3}), 4)


def _day(day: date, tr: Translator) -> str:
    return formats.date(day, tr.lang, "weekday")


def _money(minor: dict[str, int], tr: Translator) -> str:
    return " + ".join(formats.money(each, currency, tr.lang) for currency, each in sorted(minor.items())) or "–"
