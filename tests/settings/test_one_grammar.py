"""What people type means the same on the command line, in the screens and in TOML."""

from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clepsydra.domain.statement_terms import PaymentTerms
from clepsydra.language.typed import parse_day, parse_duration
from clepsydra.settings import times, values

LENGTHS = {
    "90s": 90, "15m": 900, "15 min": 900, "0:15": 900, "1h30": 5400, "1:30": 5400, "1 h 30": 5400, "1.5h": 5400,
    "1,5h": 5400, "1:30:15": 5415, "2 heures": 7200, "1h12m44s": 4364,
}  # fmt: skip


@pytest.mark.parametrize("text", LENGTHS)
def test_lengths(text):
    assert (parse_duration(text), times.duration(text)) == (LENGTHS[text], LENGTHS[text])
    assert times.step(text) == times.hours_of_work(text) == LENGTHS[text]


@pytest.mark.parametrize("text", ["2 days", "2d", "2 jours", "2j", "48h", "1 day 24h"])
def test_days_of_the_calendar(text):
    if "24h" in text:
        with pytest.raises(values.Wrong):
            times.duration(text)
    else:
        assert times.duration(text) == 2 * 86_400


@pytest.mark.parametrize("text", ["45", "1.5", "-1h", "1h60", "", "soon", "9" * 50 + "h"])
def test_what_is_no_length_in_a_file(text):
    with pytest.raises(values.Wrong):
        times.duration(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1245.5", "1245.5"), ("1245,5", "1245.5"), ("1 245,50", "1245.50"), ("1\u202f245,50", "1245.50"),
     ("1,245.50", "1245.50"), ("1'245.50", "1245.50"), ("0.123456", "0.123456"), ("1.245", "1.245")],
)  # fmt: skip
def test_amounts(text, amount):
    assert values.money(text) == values.positive(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["1,245", "1.2345678", "-1", "1e3", "nan", "٤", "9" * 14, "12 34"])
def test_what_is_no_amount_in_a_file(text):
    with pytest.raises(values.Wrong):
        values.money(text)


@pytest.mark.parametrize(
    "text", ["2026-01-31", "31/01/2026", "31.1.2026", "31 janvier 2026", "31 Jan 2026", "Jan 31, 2026", "Jan 31 2026"]
)
def test_dates(text):
    assert times.day(text) == parse_day(text, 1_780_000_000, ZoneInfo("UTC")) == date(2026, 1, 31)


@pytest.mark.parametrize("text", ["31/01", "yesterday", "2026-02-30", "31 janvier", "monday"])
def test_a_file_names_no_day_by_today(text):
    with pytest.raises(values.Wrong):
        times.day(text)


@pytest.mark.parametrize("text", ["18:15", "18h15", "6:15 pm", "18:15:00"])
def test_times_of_day(text):
    assert times.time_of_day(text) == time(18, 15)


def test_what_is_paid_when_and_which_days():
    assert times.payment_terms("45 jours fin de mois") == times.payment_terms("45 days end of month")
    assert times.payment_terms("30 jours") == PaymentTerms(30)
    assert times.months("2 ans") == times.months("24 months") == times.months("24 mois") == 24
    assert times.weekdays("lun-ven") == times.weekdays("mon-fri") == [0, 1, 2, 3, 4]
