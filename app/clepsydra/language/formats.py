"""Figures as people read them: durations, amounts, numbers, dates and times in one language.

Written out here because the command line and the ticking screen need them at once and Babel costs more than the rest of
their work; the tests hold every output to Babel's. Amounts come in as integer minor units, rounded before, and go out
exact. How a language writes stands in its table in `language/shown`; all write minus as U+2212.
"""

from collections.abc import Iterable, Sequence
from datetime import date as Date
from datetime import datetime, time, timedelta

from clepsydra.domain.annotations import TYPE_CHECKING, Literal, TypeAlias
from clepsydra.domain.interval import HOUR, MINUTE
from clepsydra.language.shown import table
from clepsydra.language.shown.table import NARROW, NBSP

if TYPE_CHECKING:  # only amounts need these, and a timer shows none
    from decimal import Decimal
    from fractions import Fraction

__all__ = ["NARROW", "NBSP"]

MINUS = "\u2212"
DAY = 24 * HOUR

DateStyle = Literal["short", "medium", "long", "weekday", "full", "day", "month"]
Amount: TypeAlias = "int | Decimal | Fraction"


def sentence(text: str, names: Iterable[str] = ()) -> str:
    """The text with a capital first letter, unless it begins with one of the names, which are written as they are."""
    if any(name and text.startswith(name) for name in names):
        return text
    return text[:1].upper() + text[1:]


def _minus(value: Amount) -> str:
    return MINUS if value < 0 else ""


def _digits(scaled: int, decimals: int, lang: str) -> str:
    """The magnitude of an integer count of 10^-decimals, grouped by thousands."""
    whole, rest = divmod(abs(scaled), 10**decimals)
    shown = table(lang)
    text = shown.grouped(whole)
    return f"{text}{shown.decimal_sign}{rest:0{decimals}d}" if decimals else text


def _decimals(value: Amount) -> int:
    """How many decimals write a value exactly, six at most."""
    from fractions import Fraction

    for decimals in range(6):
        if (Fraction(value) * 10**decimals).denominator == 1:
            return decimals
    return 6


def number(value: Amount, lang: str, decimals: int | None = None) -> str:
    """A number, half up at `decimals` decimals, or as exact as it is: "1 234,5", "1,234.5"."""
    from fractions import Fraction

    from clepsydra.domain.money import half_up

    decimals = _decimals(value) if decimals is None else decimals
    scaled = half_up(Fraction(value) * 10**decimals)
    return _minus(scaled) + _digits(scaled, decimals, lang)


def percent(percentage: Amount, lang: str, decimals: int | None = None) -> str:
    """A percentage (18.5, not 0.185), half up at `decimals`: "18,5 %", "18.5%"."""
    return number(percentage, lang, decimals) + table(lang).before_percent + "%"


def _with_symbol(digits: str, currency: str, lang: str) -> str:
    from clepsydra.language.currencies import symbol

    mark = symbol(currency, lang)
    if table(lang).symbol_behind:
        return digits + NBSP + mark
    # A symbol that ends in a letter would run into the figures (CLDR: alphaNextToNumber).
    return mark + (NBSP if mark[-1].isalpha() or mark[-1] == "." else "") + digits


def money(minor: int, currency: str, lang: str, sign: bool = False) -> str:
    """An amount in minor units: "1 234,56 €", "€1,234.56"; `sign` shows the plus too."""
    from clepsydra.domain.money import exponent

    plus = "+" if sign and minor > 0 else ""
    return _minus(minor) + plus + _with_symbol(_digits(minor, exponent(currency), lang), currency, lang)


def money_first(amounts: Sequence[tuple[str, int]], lang: str, whole: int = 1) -> str:
    """The first amounts of some by currency (minor units), in their order; the others by name: "12,50 € + CHF"."""
    told = [money(minor, currency, lang) for currency, minor in amounts[:whole]]
    return " + ".join([*told, *(currency for currency, _ in amounts[whole:])])


def hourly(rate: "Decimal | Fraction", currency: str, lang: str) -> str:
    """An hourly rate in major units, with all the decimals it has: "90,00 €/h", "€90.00/h"."""
    from fractions import Fraction

    from clepsydra.domain.money import exponent, half_up

    decimals = max(exponent(currency), _decimals(rate))
    digits = _digits(half_up(Fraction(rate) * 10**decimals), decimals, lang)
    return _minus(rate) + _with_symbol(digits, currency, lang) + "/h"


def daily(rate: "Decimal | Fraction", currency: str, lang: str) -> str:
    """A day's price in major units: "650,00 €/jour", "€650.00/day"."""
    return hourly(rate, currency, lang).removesuffix("/h") + table(lang).per_day


def hourly_rate(minor: "Fraction | None", currency: str, lang: str) -> str:
    """A computed hourly rate in minor units, to the smallest coin; a dash where there is none."""
    from clepsydra.domain.money import half_up

    return "–" if minor is None else money(half_up(minor), currency, lang) + "/h"


def duration(seconds: int, lang: str, sign: bool = False) -> str:
    """Hours and full minutes: "2 h 15", "1,680h 13m"; less than a minute shows its seconds, lest it reads as none.

    A begun minute is left out: shown time never exceeds real time.
    """
    mark = _minus(seconds) or ("+" if sign and seconds > 0 else "")
    size = abs(seconds)
    if 0 < size < MINUTE:
        return mark + table(lang).seconds.format(size)
    hours, minutes = divmod(size // MINUTE, 60)
    return mark + table(lang).hours_minutes.format(hours=_digits(hours, 0, lang), minutes=minutes)


def length(seconds: int, lang: str) -> str:
    """An agreed length in its own terms: "90 s", "15 min", "1 h", "1 h 30", "1h 30m"."""
    hours, rest = divmod(seconds, HOUR)
    if rest % MINUTE:
        return f"{seconds}{NBSP}s" if seconds < HOUR else timer(seconds)
    if not hours:
        return f"{rest // MINUTE}{NBSP}min"
    return duration(seconds, lang) if rest else f"{hours}{NBSP}h"


def timer(seconds: int, short: bool = False) -> str:
    """A running timer: "1:12:44"; `short` leaves out an hour of zero: "2:16"."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return _minus(seconds) + (f"{minutes}:{rest:02d}" if short and not hours else f"{hours}:{minutes:02d}:{rest:02d}")


def age(seconds: int, lang: str) -> str:
    """How long ago, in its largest full unit: "12 j", "12 d", "5 h", "40 min", "8 s"."""
    units = ((DAY, table(lang).day_letter), (HOUR, "h"), (MINUTE, "min"), (1, "s"))
    size, unit = next((row for row in units if abs(seconds) >= row[0]), units[-1])
    return f"{_minus(seconds)}{abs(seconds) // size}{NBSP}{unit}"


def clock(moment: datetime | time, seconds: bool = False, short: bool = False) -> str:
    """A wall time: "14:32", "14:32:07". One that the clocks of its zone showed twice says which, as it can be typed:
    "02:30#2", or where it is to be `short` "2:30²".
    """
    shown, which = f"{moment:%H:%M:%S}" if seconds else f"{moment:%H:%M}", of_two(moment)
    if not which:
        return shown
    return f"{shown.removeprefix('0')}{'¹²'[which - 1]}" if short else f"{shown}#{which}"


def of_two(moment: datetime | time) -> int:
    """1 or 2 for the first or second time that the clocks of a zone showed a moment; 0 for one they showed once."""
    if moment.tzinfo is None:
        return 0
    again = moment.replace(fold=1 - moment.fold)
    return 0 if again.utcoffset() == moment.utcoffset() else moment.fold + 1


def date(day: Date, lang: str, style: DateStyle = "medium") -> str:
    """A date: short "24/11/2026", medium "24 nov. 2026", long "24 novembre 2026", weekday "mar. 24 nov. 2026",
    full "mardi 24 novembre 2026", day "24 nov.", month "novembre 2026".

    English writes the day first, as most who read it outside the United States do, and short dates in ISO form
    because there both orders of figures are in use.
    """
    shown = table(lang)
    if style == "short":
        return f"{day:{shown.short_date}}".rjust(len("2026-11-24"), "0")
    if style == "month":
        return f"{shown.months[day.month - 1]} {day.year}"
    months = shown.months if style in ("long", "full") else shown.short_months
    number_of_day = shown.first_of_month if day.day == 1 else str(day.day)
    text = f"{number_of_day} {months[day.month - 1]}"
    if style == "day":
        return text
    text += f" {day.year}"
    if style == "weekday":
        return f"{weekday(day, lang)} {text}"
    return f"{weekday(day, lang, wide=True)} {text}" if style == "full" else text


def weekday(day: Date, lang: str, wide: bool = False) -> str:
    """The name of a date's weekday: "mar.", "Tue", or wide "mardi", "Tuesday"."""
    name = table(lang).weekdays[day.weekday()]
    return name if wide else table(lang).short_weekday.format(name[:3])


def days(first: Date, last: Date, lang: str) -> str:
    """A period by its first and last day: "novembre 2026", "1er – 15 nov. 2026", "24 nov. 2026"."""
    if first == last:
        return date(first, lang)
    following = last + timedelta(days=1)
    if first.day == following.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return date(first, lang, "month")
        if first.month == following.month == 1 and first.year == last.year:
            return str(first.year)
    style: DateStyle = "day" if first.year == last.year else "medium"
    return f"{date(first, lang, style)} – {date(last, lang)}"
