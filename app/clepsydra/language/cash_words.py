"""What is said of money that is to come, on screens and in reports alike."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from clepsydra.domain.forecast_cash import CashForecast, Expectation, IncomingSort
from clepsydra.domain.money import half_up
from clepsydra.language import formats
from clepsydra.language.translator import Translator

if TYPE_CHECKING:
    from clepsydra.domain.habits import PayingHabit
    from clepsydra.domain.month_revenue import MonthRevenue

_MONDAY = date(2024, 1, 1)

_SORTS: dict[IncomingSort, Callable[[Translator], str]] = {
    IncomingSort.INVOICE: lambda _: _.p("incoming", "invoice"),
    IncomingSort.PLAN: lambda _: _.p("incoming", "part of a plan"),
    IncomingSort.STATEMENT: lambda _: _.p("incoming", "statement"),
    IncomingSort.UNBILLED: lambda _: _.p("incoming", "open work"),
    IncomingSort.RETAINER: lambda _: _.p("incoming", "fee to come"),
}


def sort(each: IncomingSort, tr: Translator) -> str:
    """Where expected money comes from."""
    return _SORTS[each](tr)


def days_30(each: CashForecast, tr: Translator) -> str:
    """What comes in within thirty days, with its band where it is not all sure."""
    middle, low, high = (formats.money(minor, each.currency, tr.lang)
                         for minor in (each.days_30.p50, each.days_30.p10, each.days_30.p90))  # fmt: skip
    if low == high:
        return tr.t("within 30 days: {middle}", middle=middle)
    return tr.t("within 30 days: {middle} ({low} – {high})", middle=middle, low=low, high=high)


def expected_on(part: Expectation, tr: Translator) -> str:
    """The day in the middle, and how many days around it four in five draws lie."""
    day = formats.date(part.middle, tr.lang, "day")
    return tr.t("{day} ±{days} d", day=day, days=part.margin) if part.margin else day


def habit(known: "PayingHabit | None", tr: Translator) -> str:
    """How a client pays, with how many invoices tell it; under three, whose habit it is judged by."""
    if known is None or not known.own:
        return tr.t("as other clients pay")
    days = half_up(known.average)
    if days == 0:
        return tr.t("pays on the day ({count})", count=known.invoices)
    if days < 0:
        return tr.t("pays {days} d early ({count})", days=-days, count=known.invoices)
    return tr.t("pays {days} d late ({count})", days=days, count=known.invoices)


def weekday(number: int, tr: Translator) -> str:
    """The name of a weekday, 0 is Monday."""
    return formats.weekday(_MONDAY + timedelta(days=number), tr.lang, wide=True)


def tenths(days: Fraction) -> Fraction:
    """Days to a tenth, half up."""
    return Fraction(half_up(days * 10), 10)


def held(times: int, of: int, tr: Translator) -> str:
    """How often a band held."""
    if not of:
        return tr.t("nothing to look back on yet")
    return tr.t("in the band {count} times of {of} ({percent})", count=times, of=of,
                percent=formats.percent(half_up_percent(times, of), tr.lang))  # fmt: skip


def half_up_percent(times: int, of: int) -> int:
    """A share in whole percent."""
    return (200 * times + of) // (2 * of)


def month_lines(each: "MonthRevenue", tr: Translator) -> list[tuple[str, int, str]]:
    """The three lines of a month: name, minor units, what it is made of."""
    beside = sum(each.fees.values())
    earned = formats.money(each.contracted - beside, each.currency, tr.lang)
    fees = formats.money(beside, each.currency, tr.lang)
    pace = formats.money(each.expected_more, each.currency, tr.lang)
    good = formats.money(each.hopeful_more, each.currency, tr.lang)
    return [
        (tr.p("month", "contracted"), each.contracted,
         tr.t("earned {earned}, agreed {fees}", earned=earned, fees=fees) if beside else tr.t("earned so far")),
        (tr.p("month", "expected"), each.expected,
         tr.t("with {amount} at the usual pace", amount=pace)),
        (tr.p("month", "hopeful"), each.hopeful,
         tr.t("with {amount} at a good pace", amount=good)),
    ]  # fmt: skip
