"""Surcharges by the clock, the weekday and a mark in the note."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.civil import wall
from clepsydra.domain.surcharges import Stretch, Surcharge, surcharged

PARIS = ZoneInfo("Europe/Paris")
EVENING = Surcharge(date(2026, 1, 1), Decimal(50), (time(20), time(7)))


def at(hour: int, minute: int = 0, day: int = 25, month: int = 11) -> int:
    return int(datetime(2026, month, day, hour, minute, tzinfo=PARIS).timestamp())


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


CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
RULES = st.builds(
    Surcharge,
    since=st.dates(date(2026, 3, 26), date(2026, 4, 1)),
    percent=st.integers(1, 3).map(lambda n: Decimal(25 * n)),
    window=st.none() | st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] != pair[1]),
    days=st.frozensets(st.integers(0, 6), max_size=3),
    flag=st.sampled_from(("", "urgent")),
    stack=st.booleans(),
)


@given(
    rules=st.lists(RULES, min_size=1, max_size=3),
    change=st.sampled_from((at(2, 0, 29, 3), at(2, 0, 25, 10), at(2, 0, 27, 3))),
    begin=st.integers(-30 * 60, 3 * 60),
    minutes=st.integers(1, 60 * 60),
    note=st.sampled_from(("", "Correctif #urgent")),
)
def test_as_if_every_minute_were_looked_at(rules, change, begin, minutes, note):
    begun = change + 60 * begin
    within = dict[Decimal, int]()
    for at in range(begun, begun + 60 * minutes, 60):
        holding = [rule for rule in rules if rule.holds(at, PARIS, "work", note)]
        percent = max((r.percent for r in holding if not r.stack), default=0) + sum(
            r.percent for r in holding if r.stack
        )
        if percent:
            within[percent] = within.get(percent, 0) + 60
    told = surcharged([stretch(begun, begun + 60 * minutes, note)], 60 * minutes, rules, PARIS)
    assert told == sorted(within.items(), reverse=True), wall(begun, PARIS)
