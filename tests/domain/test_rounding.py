"""Every model of rounding against an oracle written from its definition, and the examples people know."""

from datetime import datetime
from fractions import Fraction
from itertools import count, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.interval import Interval
from clepsydra.domain.next_step import until_next_step
from clepsydra.domain.rounding import (
    EXACT,
    Edge,
    GroupScope,
    Model,
    RoundingRule,
    Tie,
    cumulative,
    cuts,
    rounded,
)
from tests.clock import PARIS, at
from tests.domain.strategies import instants, intervals, rules, stretch, zones

MINUTE, HOUR = 60, 3600


def multiples(step: int):
    return (n * step for n in count())


def steps_up(a: int, s: int) -> int:
    return next(m for m in multiples(s) if m >= a)


def by_tie(low: int, high: int, n: int, tie: Tie) -> int:
    return {Tie.UP: high, Tie.DOWN: low, Tie.EVEN: low if n % 2 == 0 else high}[tie]


def oracle_length(rule: RoundingRule, a: int) -> int:
    """What a rule makes of a length, by looking for the answer among the multiples of its step."""
    s = rule.step or 1
    low = max(m for m in range(0, a + 1, s))
    if rule.model is Model.EXACT:
        return a
    if rule.model is Model.UP:
        return steps_up(a, s)
    if rule.model is Model.DOWN:
        return low
    if rule.model is Model.NEAREST:
        part = Fraction(a - low, s)
        if part == Fraction(1, 2):
            return by_tie(low, low + s, low // s, rule.tie)
        return low if part < Fraction(1, 2) else low + s
    if rule.model is Model.GRACE:
        if 0 < a < s and not rule.grace_first:
            return s
        return low + s if a - low > rule.grace else low
    if rule.model is Model.FIRST:
        f = rule.first or 0
        return 0 if a == 0 else f if a <= f else f + steps_up(a - f, s)
    if rule.model is Model.TIERS:
        return 0 if a == 0 else next(billed for bound, billed in rule.tiers if bound is None or a <= bound)
    assert rule.model is Model.FLAT
    return (rule.flat or 0) if a else 0


def on_wall_grid(instant: int, zone: ZoneInfo, s: int) -> bool:
    """Whether the clock shows a multiple of the step, or has just been changed."""
    now, before = (datetime.fromtimestamp(i, zone) for i in (instant, instant - 1))
    return (now.hour * 3600 + now.minute * 60 + now.second) % s == 0 or now.utcoffset() != before.utcoffset()


def oracle_end(instant: int, zone: ZoneInfo, s: int, edge: Edge, tie: Tie) -> int:
    low = next(i for i in count(instant, -1) if on_wall_grid(i, zone, s))
    high = next(i for i in count(instant) if on_wall_grid(i, zone, s))
    if low == high or edge is Edge.FLOOR:
        return low
    if edge is Edge.CEIL:
        return high
    if instant - low == high - instant:
        # The step the clock stands in, which differs from the one `low` begins only just after a change.
        shown = datetime.fromtimestamp(instant, zone)
        return by_tie(low, high, (shown.hour * 3600 + shown.minute * 60 + shown.second) // s, tie)
    return low if instant - low < high - instant else high


def oracle(rule: RoundingRule, spans: list[Interval], zone: ZoneInfo) -> int:
    if not spans:
        return 0
    a = sum(i.ended_at - i.started_at for i in spans)
    if rule.model is Model.CLOCK:
        billed = 0
        for i in (i for i in spans if i.ended_at > i.started_at):
            begin = oracle_end(i.started_at, zone, rule.step or 1, rule.begin, rule.tie)
            billed += max(0, oracle_end(i.ended_at, zone, rule.step or 1, rule.finish, rule.tie) - begin)
    else:
        billed = oracle_length(rule, a)
    if a == 0:
        return billed
    if rule.minimum is not None and billed < rule.minimum:
        billed = rule.minimum
    return rule.maximum if rule.maximum is not None and billed > rule.maximum else billed


@pytest.mark.parametrize("model", Model)
@given(data=st.data(), spans=st.lists(intervals(), max_size=4), zone=zones)
@settings(max_examples=60, deadline=None)
def test_every_model_is_its_definition(model, data, spans, zone):
    rule = data.draw(rules(model=model))
    assert rounded(rule, spans, zone) == oracle(rule, spans, zone)


@given(rules(GroupScope.CUMULATIVE), st.lists(intervals(), max_size=5), zones)
@settings(deadline=None)
def test_cumulative_is_the_difference_of_sums(rule, spans, zone):
    sums = [rounded(rule, spans[:k], zone) for k in range(len(spans) + 1)]
    results = cumulative(rule, spans, zone)
    assert results == [after - before for before, after in pairwise(sums)]
    assert sum(results) == rounded(rule, spans, zone)


@given(rules(), st.integers(0, 60), zones)
def test_a_multiple_of_the_step_never_moves(rule, n, zone):
    if rule.model in (Model.UP, Model.DOWN, Model.NEAREST, Model.GRACE):
        a = n * (rule.step or 1)
        plain = RoundingRule(rule.model, rule.step, tie=rule.tie, grace=rule.grace, grace_first=rule.grace_first)
        assert rounded(plain, [Interval(0, a)], zone) == a


@given(rules(model=Model.CLOCK), instants, st.lists(st.integers(0, 90_000), min_size=2), zones)
def test_a_longer_stretch_never_bills_less_by_the_clock(rule, begin, ends, zone):
    billed = [rounded(rule, [Interval(begin, begin + end)], zone) for end in sorted(ends)]
    assert billed == sorted(billed)


@given(rules(), st.lists(intervals(), min_size=1, max_size=3), zones, st.integers(0, 4000))
@settings(max_examples=80, deadline=None)
def test_the_next_step_is_the_first_second_that_bills_more(rule, spans, zone, horizon):
    *others, last = spans

    def billed(extra: int) -> int:
        return rounded(rule, [*others, Interval(last.started_at, last.ended_at + extra)], zone)

    expected = next((k for k in range(1, horizon + 1) if billed(k) > billed(0)), None)
    assert until_next_step(rule, spans, zone, horizon) == expected


def test_a_step_between_two_powers_of_two_is_within_the_horizon():
    rule = RoundingRule(Model.UP, 80_000)
    assert until_next_step(rule, [Interval(0, 1)], PARIS) == 80_000
    assert until_next_step(rule, [Interval(0, 1)], PARIS, horizon=79_999) is None


def minutes(text: str) -> int:
    """Seconds of `7:30` (minutes and seconds) or `1:01:00`."""
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return total


UP15 = RoundingRule(Model.UP, 900)
GRACE = RoundingRule(Model.GRACE, 900, grace=180)
EIGHT = RoundingRule(Model.GRACE, 900, grace=minutes("7:59"), grace_first=True)
HOUR_THEN_QUARTERS = RoundingRule(Model.FIRST, 900, first=HOUR)
TENTHS = RoundingRule(Model.UP, 360)


def nearest(tie: Tie) -> RoundingRule:
    return RoundingRule(Model.NEAREST, 900, tie=tie)


@pytest.mark.parametrize(
    ("rule", "exact", "billed"),
    [
        (EXACT, "47:00", "47:00"),
        (TENTHS, "7:00", "12:00"),
        (TENTHS, "12:00", "12:00"),
        (TENTHS, "12:01", "18:00"),
        (UP15, "5:00", "15:00"),
        (UP15, "61:00", "75:00"),
        (UP15, "60:00", "60:00"),
        (RoundingRule(Model.UP, HOUR), "60:01", "2:00:00"),
        (nearest(Tie.UP), "7:30", "15:00"),
        (nearest(Tie.UP), "22:30", "30:00"),
        (nearest(Tie.DOWN), "7:30", "0:00"),
        (nearest(Tie.DOWN), "22:30", "15:00"),
        (nearest(Tie.EVEN), "7:30", "0:00"),
        (nearest(Tie.EVEN), "22:30", "30:00"),
        (nearest(Tie.EVEN), "37:30", "30:00"),
        (RoundingRule(Model.DOWN, 1800), "59:00", "30:00"),
        (RoundingRule(Model.DOWN, 900), "74:00", "60:00"),
        (RoundingRule(Model.DOWN, 900), "14:00", "0:00"),
        (GRACE, "18:00", "15:00"),
        (GRACE, "18:01", "30:00"),
        (GRACE, "2:00", "15:00"),
        (RoundingRule(Model.GRACE, 900, grace=300), "20:00", "15:00"),
        (RoundingRule(Model.GRACE, 900, grace=300), "21:00", "30:00"),
        (EIGHT, "7:59", "0:00"),
        (EIGHT, "8:00", "15:00"),
        (EIGHT, "23:00", "30:00"),
        (HOUR_THEN_QUARTERS, "1:01:00", "1:15:00"),
        (HOUR_THEN_QUARTERS, "0:20", "60:00"),
        (RoundingRule(Model.FIRST, 6, first=30), "0:10", "0:30"),
        (RoundingRule(Model.FIRST, 6, first=30), "0:31", "0:36"),
        (RoundingRule(Model.FIRST, 360, first=900), "16:00", "21:00"),
        (RoundingRule(Model.UP, 360, minimum=900), "16:00", "18:00"),
        (RoundingRule(minimum=900), "0:40", "15:00"),
        (RoundingRule(minimum=900), "0:00", "0:00"),
        (RoundingRule(Model.NEAREST, 900, minimum=900), "2:00", "15:00"),
        (RoundingRule(Model.NEAREST, 900, minimum=900), "17:00", "15:00"),
        (RoundingRule(maximum=7 * HOUR), "9:00:00", "7:00:00"),
        (RoundingRule(Model.NEAREST, 36), "10:00", "10:12"),
        (RoundingRule(Model.NEAREST, 36), "20:00", "19:48"),
        (RoundingRule(Model.TIERS, tiers=((4 * HOUR, 12_600), (None, 7 * HOUR))), "4:00:00", "3:30:00"),
        (RoundingRule(Model.TIERS, tiers=((4 * HOUR, 12_600), (None, 7 * HOUR))), "4:00:01", "7:00:00"),
        (RoundingRule(Model.TIERS, tiers=((4 * HOUR, 12_600), (None, 7 * HOUR))), "0:00", "0:00"),
        (RoundingRule(Model.FLAT, flat=720), "1:40:00", "12:00"),
    ],
)
def test_examples_of_length(rule, exact, billed):
    assert rounded(rule, [Interval(0, minutes(exact))], PARIS) == minutes(billed)


CLOCK = RoundingRule(Model.CLOCK, 900)
CLOCK_NEAREST = RoundingRule(Model.CLOCK, 900, begin=Edge.NEAREST, finish=Edge.NEAREST)
CLOCK_INSIDE = RoundingRule(Model.CLOCK, 900, begin=Edge.CEIL, finish=Edge.FLOOR)


@pytest.mark.parametrize(
    ("rule", "begin", "end", "billed"),
    [
        (CLOCK, "09:07", "09:23", 30),
        (CLOCK_NEAREST, "09:08", "09:22", 0),
        (CLOCK, "08:08", "17:21", 570),
        (CLOCK_NEAREST, "08:08", "17:21", 540),
        (CLOCK_INSIDE, "08:08", "17:21", 540),
        (CLOCK_NEAREST, "10:07", "10:09", 15),
        (CLOCK_NEAREST, "10:01", "10:06", 0),
        (CLOCK_INSIDE, "10:01", "10:06", 0),
        (CLOCK, "10:00", "10:15", 15),
    ],
)
def test_examples_of_the_clock(rule, begin, end, billed):
    span = stretch(f"2026-11-24 {begin}", f"2026-11-24 {end}")
    assert rounded(rule, [span], PARIS) == billed * MINUTE


def test_quarter_hours_are_those_people_see():
    kathmandu = ZoneInfo("Asia/Kathmandu")
    hours = RoundingRule(Model.CLOCK, HOUR)
    assert rounded(hours, [stretch("2026-11-24 09:10", "2026-11-24 09:50", kathmandu)], kathmandu) == HOUR


def test_the_clock_is_changed_between_the_ends():
    two_hours = RoundingRule(Model.CLOCK, 2 * HOUR)
    spring = stretch("2026-03-29 01:10", "2026-03-29 04:00")
    assert rounded(CLOCK, [spring], PARIS) == 2 * HOUR  # 01:00 to 04:00 on the wall
    # From 00:00 to the second 03:00, where the grid's 02:00 comes twice.
    autumn = Interval(at("2026-10-25 01:10"), at("2026-10-25 02:00:01", fold=1))
    assert rounded(two_hours, [autumn], PARIS) == 5 * HOUR
    assert rounded(two_hours, [Interval(autumn.started_at, at("2026-10-25 02:00", fold=1))], PARIS) == 3 * HOUR


def test_a_change_of_the_clocks_is_a_point_of_the_grid():
    lord_howe = ZoneInfo("Australia/Lord_Howe")  # from 02:00 to 02:30
    hours = RoundingRule(Model.CLOCK, HOUR)
    before = Interval(at("2026-10-04 01:10", lord_howe), at("2026-10-04 02:30", lord_howe))
    assert rounded(hours, [before], lord_howe) == HOUR
    after = stretch("2026-10-04 02:30", "2026-10-04 02:50", lord_howe)
    assert rounded(hours, [after], lord_howe) == HOUR // 2


def test_three_calls_by_scope():
    """Three calls of five minutes by quarters up: 45 minutes one by one, 15 together; cumulative loses nothing."""
    calls = [Interval(k * HOUR, k * HOUR + 300) for k in range(3)]
    assert sum(rounded(UP15, [call], PARIS) for call in calls) == 45 * MINUTE
    assert rounded(UP15, calls, PARIS) == 15 * MINUTE
    assert cumulative(nearest(Tie.UP), calls, PARIS) == [0, 900, 0]


def test_the_remainder_is_carried_forward():
    days = [Interval(k * 86_400, k * 86_400 + m * 60) for k, m in enumerate((67, 52, 61))]
    assert cumulative(RoundingRule(Model.DOWN, 900), days, PARIS) == [3600, 2700, 4500]


def test_a_model_without_its_step_is_refused():
    with pytest.raises(ValueError, match="step"):
        rounded(RoundingRule(Model.UP), [Interval(0, 1)], PARIS)
    with pytest.raises(ValueError, match="last row"):
        rounded(RoundingRule(Model.TIERS, tiers=((10, 10),)), [Interval(0, 11)], PARIS)


@given(rules(), st.lists(intervals(), max_size=3), zones)
@settings(max_examples=150, deadline=None)
def test_a_rule_that_cuts_nothing_bills_the_exact_time_at_least(rule, spans, zone):
    if not cuts(rule):
        assert rounded(rule, spans, zone) >= sum(span.seconds for span in spans)
