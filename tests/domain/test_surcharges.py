"""Surcharges by the clock, the weekday and a mark in the note."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from clepsydra.domain.surcharges import Stretch, Surcharge, surcharged

PARIS = ZoneInfo("Europe/Paris")
EVENING = Surcharge(date(2026, 1, 1), Decimal(50), (time(20), time(7)))


def at(hour: int, minute: int = 0, day: int = 25) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=PARIS).timestamp())


def stretch(begin: int, end: int, note: str = "", channel: str = "work") -> Stretch:
    return Stretch(begin, end, channel, note)


def test_half_of_three_hours_after_eight():
    assert surcharged([stretch(at(18, 30), at(21, 30))], 10_800, [EVENING], PARIS) == [(Decimal(50), 5_400)]


def test_share_of_the_billed_time():
    # 60 exact minutes, 20 of them in the evening, billed as 90: 30 billed minutes in the evening.
    assert surcharged([stretch(at(19, 20), at(20, 20))], 5_400, [EVENING], PARIS) == [(Decimal(50), 1_800)]


def test_the_highest_wins_unless_they_stack():
    weekend = Surcharge(date(2026, 1, 1), Decimal(100), days=frozenset({5, 6}))
    saturday = [stretch(at(21, day=28), at(22, day=28))]
    assert surcharged(saturday, 3_600, [EVENING, weekend], PARIS) == [(Decimal(100), 3_600)]
    stacked = Surcharge(date(2026, 1, 1), Decimal(25), flag="urgent", stack=True)
    urgent = [stretch(at(21, day=28), at(22, day=28), "Correctif #urgent")]
    assert surcharged(urgent, 3_600, [EVENING, weekend, stacked], PARIS) == [(Decimal(125), 3_600)]


def test_channels_and_dates():
    calls = Surcharge(date(2026, 12, 1), Decimal(50), channels=frozenset({"call"}))
    assert surcharged([stretch(at(9), at(10), channel="call")], 3_600, [calls], PARIS) == []
