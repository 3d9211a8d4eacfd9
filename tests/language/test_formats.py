"""Figures: every output equals Babel's, but for the minus sign and the choices named here."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, list_currencies
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.money import exponent
from clepsydra.language import formats
from clepsydra.language.typed.instants import parse_instant

LANGUAGES = st.sampled_from(["en", "fr"])
CURRENT = ("EUR", "USD", "GBP", "CHF", "CAD", "JPY", "TND", "XOF", "XPF", "MAD", "SEK", "INR", "BRL", "KWD", "XCG")
# Withdrawn currencies, whose old symbols nobody bills in, and the placeholder.
WITHDRAWN = {"BEF", "CYP", "FRF", "IEP", "ILP", "ITL", "MTP", "RHD", "XXX"}
MINOR = st.integers(-(10**15), 10**15)
DATES = st.dates(date(1970, 1, 1), date(2199, 12, 31))


def babel_money(minor: int, currency: str, lang: str) -> str:
    digits = exponent(currency)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    pattern = f"{pattern}\u00a0¤" if lang == "fr" else f"¤{pattern}"
    amount = Decimal(minor).scaleb(-digits)
    return format_currency(amount, currency, pattern, locale=lang, currency_digits=False, decimal_quantization=False)


def like_babel(text: str) -> str:
    """Ours with Babel's hyphen for minus and without the space that CLDR wants after a symbol of letters."""
    return text.replace(formats.MINUS, "-")


def english_unspaced(text: str) -> str:
    return text.replace("\u00a0", "")


@given(MINOR, st.sampled_from(CURRENT), LANGUAGES)
def test_money_is_babels(minor, currency, lang):
    ours = like_babel(formats.money(minor, currency, lang))
    assert (english_unspaced(ours) if lang == "en" else ours) == babel_money(minor, currency, lang)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_money_in_every_currency(lang):
    for currency in sorted(set(list_currencies("en")) | set(list_currencies("fr")) - WITHDRAWN):
        if currency not in WITHDRAWN:
            ours = like_babel(formats.money(-123456789, currency, lang))
            assert (english_unspaced(ours) if lang == "en" else ours) == babel_money(-123456789, currency, lang)


@pytest.mark.parametrize(
    ("minor", "currency", "lang", "expected"),
    [
        (123456, "EUR", "fr", "1\u202f234,56\u00a0€"),
        (123456, "EUR", "en", "€1,234.56"),
        (-26800, "EUR", "fr", "−268,00\u00a0€"),
        (-26800, "EUR", "en", "−€268.00"),
        (5, "EUR", "fr", "0,05\u00a0€"),
        (0, "EUR", "en", "€0.00"),
        (1500, "JPY", "fr", "1\u202f500\u00a0JPY"),
        (1500, "TND", "en", "TND\u00a01.500"),
        (120000, "CHF", "en", "CHF\u00a01,200.00"),
    ],
)
def test_money(minor, currency, lang, expected):
    assert formats.money(minor, currency, lang) == expected


def test_sign():
    assert formats.money(7100, "EUR", "fr", sign=True) == "+71,00\u00a0€"
    assert formats.money(7100, "USD", "en", sign=True) == "+$71.00"
    assert formats.money(-7100, "USD", "en", sign=True) == "−$71.00"
    assert formats.money(0, "EUR", "fr", sign=True) == "0,00\u00a0€"
    assert formats.duration(2400, "fr", sign=True) == "+0\u00a0h\u00a040"


@given(MINOR, st.sampled_from(CURRENT), LANGUAGES)
def test_money_is_exact(minor, currency, lang):
    digits = "".join(c for c in formats.money(minor, currency, lang) if c.isdigit())
    assert int(digits) == abs(minor)


@given(st.decimals(-(10**9), 10**9, places=3), LANGUAGES)
def test_number_is_babels(value, lang):
    assert like_babel(formats.number(value, lang)) == format_decimal(abs(value) and value, "#,##0.###", locale=lang)


def test_number_rounds_half_up_where_asked():
    assert formats.number(Decimal("2.665"), "fr", 2) == "2,67"
    assert formats.number(Decimal("-0.004"), "en", 2) == "0.00"
    assert formats.number(Fraction(1, 3), "en", 2) == "0.33"
    assert formats.number(12345, "fr") == "12\u202f345"


@given(st.decimals(-1000, 1000, places=1), LANGUAGES)
def test_percent_is_babels(value, lang):
    pattern = "#,##0.#\u00a0%" if lang == "fr" else "#,##0.#%"
    assert like_babel(formats.percent(value, lang)) == format_percent(abs(value) and value / 100, pattern, locale=lang)


def test_percent():
    assert formats.percent(Decimal("18.5"), "fr") == "18,5\u00a0%"
    assert formats.percent(Decimal("20.0"), "en") == "20%"
    assert formats.percent(Fraction(2, 3) * 100, "en", 0) == "67%"


@pytest.mark.parametrize(
    ("rate", "currency", "lang", "expected"),
    [
        ("90", "EUR", "fr", "90,00\u00a0€/h"),
        ("90.00", "EUR", "en", "€90.00/h"),
        ("83.333", "EUR", "fr", "83,333\u00a0€/h"),
        ("15000", "JPY", "en", "¥15,000/h"),
        ("1200.5", "CHF", "en", "CHF\u00a01,200.50/h"),
    ],
)
def test_hourly(rate, currency, lang, expected):
    assert formats.hourly(Decimal(rate), currency, lang) == expected


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (8100, "2 h 15", "2h 15m"),
        (2220, "0 h 37", "0h 37m"),
        (7200, "2 h 00", "2h 00m"),
        (-8040, "−2 h 14", "−2h 14m"),
        (8159, "2 h 15", "2h 15m"),
        (0, "0 h 00", "0h 00m"),
        (40, "40 s", "40s"),
        (-1, "−1 s", "−1s"),
        (363600, "101 h 00", "101h 00m"),
    ],
)
def test_duration(seconds, french, english):
    assert formats.duration(seconds, "fr") == french.replace(" ", "\u00a0")
    assert formats.duration(seconds, "en") == english.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (90, "90 s", "90 s"),
        (900, "15 min", "15 min"),
        (3600, "1 h", "1 h"),
        (5400, "1 h 30", "1h 30m"),
        (3661, "1:01:01", "1:01:01"),
        (0, "0 min", "0 min"),
    ],
)
def test_length(seconds, french, english):
    assert formats.length(seconds, "fr") == french.replace(" ", "\u00a0")
    assert formats.length(seconds, "en") == english.replace(" ", "\u00a0")


def test_timer():
    assert formats.timer(4364) == "1:12:44"
    assert formats.timer(133) == "0:02:13"
    assert formats.timer(136, short=True) == "2:16"
    assert formats.timer(3736, short=True) == "1:02:16"
    assert formats.timer(-61) == "−0:01:01"


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [(12 * 86400 + 5, "12 j", "12 d"), (86399, "23 h", "23 h"), (2400, "40 min", "40 min"), (0, "0 s", "0 s")],
)
def test_age(seconds, french, english):
    assert formats.age(seconds, "fr") == french.replace(" ", "\u00a0")
    assert formats.age(seconds, "en") == english.replace(" ", "\u00a0")


def test_clock():
    assert formats.clock(datetime(2026, 11, 24, 14, 32, 7, tzinfo=UTC)) == "14:32"
    assert formats.clock(time(9, 5, 7), seconds=True) == "09:05:07"


@pytest.mark.parametrize("fold", [0, 1])
def test_a_clock_time_that_came_twice_says_which(fold):
    night = datetime(2026, 10, 25, 2, 30, 5, tzinfo=ZoneInfo("Europe/Paris"), fold=fold)
    assert formats.clock(night) == f"02:30#{fold + 1}"
    assert formats.clock(night, seconds=True) == f"02:30:05#{fold + 1}"
    assert formats.clock(night, short=True) == f"2:30{'¹²'[fold]}"
    assert formats.clock(night.replace(hour=3), short=True) == "03:30"
    now = int(datetime(2026, 10, 26, tzinfo=UTC).timestamp())
    for shown in (formats.clock(night, seconds=True), formats.clock(night, seconds=True, short=True)):
        found = parse_instant(f"2026-10-25 {shown}", now, ZoneInfo("Europe/Paris")).instant
        assert found == int(night.timestamp())


@given(DATES)
def test_dates_are_babels(day):
    """But for the first of the month, "1er" in French, and the English order, day first."""
    first = "1er" if day.day == 1 else str(day.day)
    months = {style: format_date(day, pattern, locale="fr") for style, pattern in (("medium", "MMM"), ("long", "MMMM"))}
    year = f"{day.year:04d}"
    assert formats.date(day, "fr", "short") == format_date(day, "dd/MM/yyyy", locale="fr")
    assert formats.date(day, "fr", "medium") == f"{first} {months['medium']} {year}"
    assert formats.date(day, "fr", "long") == f"{first} {months['long']} {year}"
    assert formats.date(day, "fr", "full") == f"{format_date(day, 'EEEE', locale='fr')} {first} {months['long']} {year}"
    assert formats.date(day, "fr", "weekday") == (
        f"{format_date(day, 'EEE', locale='fr')} {first} {months['medium']} {year}"
    )
    assert formats.date(day, "fr", "month") == format_date(day, "MMMM y", locale="fr")
    assert formats.date(day, "en", "short") == day.isoformat()
    for style, pattern in {
        "medium": "d MMM y",
        "long": "d MMMM y",
        "weekday": "EEE d MMM y",
        "full": "EEEE d MMMM y",
        "day": "d MMM",
        "month": "MMMM y",
    }.items():
        assert formats.date(day, "en", style) == format_date(day, pattern, locale="en")


def test_date():
    assert formats.date(date(2026, 11, 24), "fr", "weekday") == "mar. 24 nov. 2026"
    assert formats.date(date(2026, 3, 1), "fr", "long") == "1er mars 2026"
    assert formats.date(date(2026, 3, 1), "en", "long") == "1 March 2026"


def test_days():
    assert formats.days(date(2026, 11, 1), date(2026, 11, 30), "fr") == "novembre 2026"
    assert formats.days(date(2026, 1, 1), date(2026, 12, 31), "en") == "2026"
    assert formats.days(date(2026, 11, 1), date(2026, 11, 15), "fr") == "1er nov. – 15 nov. 2026"
    assert formats.days(date(2025, 12, 29), date(2026, 1, 4), "en") == "29 Dec 2025 – 4 Jan 2026"
    assert formats.days(date(2026, 11, 24), date(2026, 11, 24), "fr") == "24 nov. 2026"
    assert formats.days(date(2026, 1, 1), date(2026, 3, 31), "en") == "1 Jan – 31 Mar 2026"
    assert formats.days(date(2026, 2, 1), date(2026, 2, 1) + timedelta(days=27), "en") == "February 2026"
