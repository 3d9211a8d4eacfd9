"""Days and periods as people type them, and back from every form we print."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.language import formats
from clepsydra.language.typed import NotUnderstood, Unreadable, parse_day, parse_period
from clepsydra.language.typed.errors import TypedKind

PARIS = ZoneInfo("Europe/Paris")
# A Tuesday.
NOW = int(datetime(2026, 11, 24, 14, 32, tzinfo=PARIS).timestamp())
LANGUAGES = st.sampled_from(["en", "fr"])
DATES = st.dates(date(1970, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-24"),
        ("aujourd'hui", "2026-11-24"),
        ("aujourd’hui", "2026-11-24"),
        ("yesterday", "2026-11-23"),
        ("HIER", "2026-11-23"),
        ("tomorrow", "2026-11-25"),
        ("-1", "2026-11-23"),
        ("−7", "2026-11-17"),
        ("+1", "2026-11-25"),
        ("2026-11-02", "2026-11-02"),
        ("2026-1-2", "2026-01-02"),
        ("2/11", "2026-11-02"),
        ("02/11/2026", "2026-11-02"),
        ("2/11/26", "2026-11-02"),
        ("2.11.2026", "2026-11-02"),
        ("2-11-2026", "2026-11-02"),
        ("le 2 novembre", "2026-11-02"),
        ("2 nov. 2026", "2026-11-02"),
        ("1er déc. 2025", "2025-12-01"),
        ("3rd March 2026", "2026-03-03"),
        ("lundi 2 novembre 2026", "2026-11-02"),
        ("November 2, 2026", "2026-11-02"),
        ("mon", "2026-11-23"),
        ("lundi", "2026-11-23"),
        ("tue", "2026-11-24"),
        ("mercredi", "2026-11-18"),
        ("last tuesday", "2026-11-17"),
        ("mardi dernier", "2026-11-17"),
        ("1/12", "2026-12-01"),
        ("2/12", "2025-12-02"),
        ("29/2", "2024-02-29"),
    ],
)
def test_day(text, expected):
    assert parse_day(text, NOW, PARIS) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "24", "32/1", "30/2", "29/2/2026", "11/24/2026", "2026-13-01"),
        *("mon 24 nov 2026", "november", "2 nov 9:30"),
    ],
)
def test_day_refused(text):
    with pytest.raises(Unreadable) as refused:
        parse_day(text, NOW, PARIS)
    assert refused.value.kind is TypedKind.DAY


def test_the_day_before_its_hour_is_yesterday():
    night = int(datetime(2026, 11, 25, 1, 0, tzinfo=PARIS).timestamp())
    assert parse_day("today", night, PARIS, time(4)) == date(2026, 11, 24)
    assert parse_day("today", night, PARIS) == date(2026, 11, 25)


@given(DATES, LANGUAGES, st.sampled_from(["short", "medium", "long", "weekday", "full"]))
def test_printed_days_are_read(day, lang, style):
    assert parse_day(formats.date(day, lang, style), NOW, PARIS) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-24", "2026-11-24"),
        ("hier", "2026-11-23", "2026-11-23"),
        ("2/11", "2026-11-02", "2026-11-02"),
        ("week", "2026-11-23", "2026-11-29"),
        ("semaine", "2026-11-23", "2026-11-29"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("la semaine dernière", "2026-11-16", "2026-11-22"),
        ("month", "2026-11-01", "2026-11-30"),
        ("ce mois-ci", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("le mois dernier", "2026-10-01", "2026-10-31"),
        ("quarter", "2026-10-01", "2026-12-31"),
        ("trimestre dernier", "2026-07-01", "2026-09-30"),
        ("year", "2026-01-01", "2026-12-31"),
        ("cette année", "2026-01-01", "2026-12-31"),
        ("l’an dernier", "2025-01-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2/2028", "2028-02-01", "2028-02-29"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("T1 2026", "2026-01-01", "2026-03-31"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("30 days", "2026-10-26", "2026-11-24"),
        ("7 derniers jours", "2026-11-18", "2026-11-24"),
        ("novembre", "2026-11-01", "2026-11-30"),
        ("december", "2025-12-01", "2025-12-31"),
        ("févr. 2026", "2026-02-01", "2026-02-28"),
        ("mar", "2026-11-24", "2026-11-24"),
        ("2026-11-02..2026-11-15", "2026-11-02", "2026-11-15"),
        ("du 2/11 au 15/11", "2026-11-02", "2026-11-15"),
        ("20/12 - 5/1/2026", "2025-12-20", "2026-01-05"),
        ("2026-01..2026-03", "2026-01-01", "2026-03-31"),
        ("lundi..aujourd’hui", "2026-11-23", "2026-11-24"),
    ],
)
def test_period(text, first, last):
    assert parse_period(text, NOW, PARIS) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "0 days", "2026-13", "0000", "9999", "2026-Q5", "2025-W53"),
        *("2026-11-15..2026-11-02", "..", "next", "a to b"),
    ],
)
def test_period_refused(text):
    with pytest.raises(Unreadable) as refused:
        parse_period(text, NOW, PARIS)
    assert refused.value.kind is TypedKind.PERIOD


@given(DATES, st.integers(0, 800), LANGUAGES)
def test_printed_periods_are_read(first, length, lang):
    last = first + timedelta(days=length)
    assert parse_period(formats.days(first, last, lang), NOW, PARIS) == (first, last)


@given(st.integers(1971, 2199), st.integers(1, 12), LANGUAGES)
def test_printed_months_and_years_are_read(year, month, lang):
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert parse_period(formats.days(first, last, lang), NOW, PARIS) == (first, last)
    whole = (date(year, 1, 1), date(year, 12, 31))
    assert parse_period(formats.days(*whole, lang), NOW, PARIS) == whole


@given(st.text() | st.text("0123456789-/.qtw adeijlmnostuv", max_size=20))
def test_any_text_is_read_or_refused(text):
    for read in (parse_day, parse_period):
        with suppress(NotUnderstood):
            read(text, NOW, PARIS)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_examples_are_read(lang):
    for text in Unreadable("", TypedKind.DAY).examples(lang):
        parse_day(text, NOW, PARIS)
    for text in Unreadable("", TypedKind.PERIOD).examples(lang):
        parse_period(text, NOW, PARIS)
