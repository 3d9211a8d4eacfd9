"""Earned value and the end of the hours, by their worked examples and their edges."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.agreement import ChangeOrder, Contract, ContractKind, Deliverable
from clepsydra.domain.forecast import earned_value, exhaustion, progress, weekday

H = 3600
TODAY = date(2026, 11, 24)  # a Tuesday
FIXED = Contract(
    date(2026, 10, 1),
    ContractKind.FIXED,
    included=40 * H,
    fee=Decimal(3600),
    ends=date(2026, 12, 31),
    deliverables=(
        Deliverable("model", Decimal(30), date(2026, 10, 15)),
        Deliverable("screens", Decimal(20), date(2026, 11, 24)),
        Deliverable("launch", Decimal(50)),
    ),
)


def test_earned_value_of_the_worked_example():
    value = earned_value(FIXED, 24 * H, TODAY)
    assert value.progress == Fraction(1, 2)
    assert value.earned == 20 * H
    assert value.cpi == Fraction(5, 6)
    assert (value.at_completion, value.variance) == (48 * H, -8 * H)
    assert value.tcpi == Fraction(5, 4)
    assert value.rate == 75
    assert (value.early, value.recoverable) == (False, False)


def test_acceptance_counts_from_its_day():
    assert progress(FIXED, date(2026, 11, 23)) == Fraction(3, 10)
    assert progress(FIXED, date(2026, 10, 14)) == 0
    assert progress(replace(FIXED, deliverables=()), TODAY) is None


def test_before_anything_is_accepted_nothing_is_claimed():
    value = earned_value(FIXED, 5 * H, date(2026, 10, 10))
    assert (value.earned, value.cpi, value.at_completion, value.rate) == (0, 0, None, None)
    assert value.early
    untouched = earned_value(FIXED, 0, TODAY)
    assert (untouched.cpi, untouched.at_completion, untouched.tcpi) == (None, None, Fraction(1, 2))
    vague = earned_value(replace(FIXED, deliverables=(), ends=None), 5 * H, TODAY)
    assert (vague.progress, vague.earned, vague.early) == (None, None, True)


def test_early_is_under_a_fifth():
    def accepted(weight: int) -> Contract:
        rest = Deliverable("rest", Decimal(100 - weight))
        return replace(FIXED, deliverables=(Deliverable("first", Decimal(weight), date(2026, 10, 2)), rest))

    assert earned_value(accepted(19), 8 * H, TODAY).early
    assert not earned_value(accepted(20), 8 * H, TODAY).early


def test_the_persons_own_estimate_stands_beside():
    value = earned_value(replace(FIXED, estimate=50 * H), 24 * H, TODAY)
    assert (value.estimate, value.own_at_completion, value.own_rate, value.beyond) == (50 * H, 50 * H, 72, 0)


def test_an_own_estimate_is_told_as_typed_and_what_went_beyond_it_beside_it():
    value = earned_value(replace(FIXED, estimate=50 * H), 60 * H, TODAY)
    assert (value.estimate, value.beyond) == (50 * H, 10 * H)
    assert (value.own_at_completion, value.own_rate) == (60 * H, 60)


def test_changes_add_hours_and_fee_and_leave_the_baseline():
    changed = replace(
        FIXED,
        changes=(
            ChangeOrder("export", date(2026, 11, 1), 8 * H, Decimal(720)),
            ChangeOrder("later", date(2026, 12, 1), 99 * H, Decimal(9999)),
        ),
    )
    value = earned_value(changed, 24 * H, TODAY)
    assert (value.baseline, value.budget, value.earned, value.at_completion) == (40 * H, 48 * H, 24 * H, 48 * H)
    assert value.rate == 90


def test_once_all_is_accepted_the_hours_are_known():
    done = replace(FIXED, deliverables=(Deliverable("all", Decimal(1), date(2026, 11, 1)),))
    value = earned_value(done, 44 * H, TODAY)
    assert (value.at_completion, value.variance, value.tcpi, value.recoverable) == (44 * H, -4 * H, None, False)
    assert earned_value(done, 40 * H, TODAY).recoverable


def weeks(*hours: int) -> dict[date, int]:
    """Hours of the weeks before today, the oldest first, worked on one day each."""
    return {TODAY - timedelta(weeks=len(hours) - n, days=-2): h * H for n, h in enumerate(hours)}


def test_exhaustion_of_the_worked_example():
    end = exhaustion(12 * H, weeks(5, 3, 6, 4), TODAY)
    assert end is not None
    # Ten whole days from Tuesday 24 November end on Monday 7 December: it runs out on the 8th; then 13, and 20.
    assert (end.earliest, end.expected, end.latest) == (date(2026, 12, 8), date(2026, 12, 11), date(2026, 12, 22))


@pytest.mark.parametrize("used", [{}, weeks(5, 3), weeks(0, 5, 0, 4), {TODAY: 40 * H, TODAY - timedelta(days=29): H}])
def test_too_little_to_judge(used):
    assert exhaustion(12 * H, used, TODAY) is None


def test_a_week_without_work_leaves_the_far_end_open():
    end = exhaustion(12 * H, weeks(5, 0, 6, 4), TODAY)
    assert end is not None
    assert end.latest is None


def test_an_end_beyond_sight_is_none():
    assert exhaustion(10**9, weeks(1, 1, 1, 1), TODAY) is None


def test_nothing_left_runs_out_today():
    end = exhaustion(-5 * H, weeks(5, 3, 6, 4), TODAY)
    assert end is not None
    assert end.latest == TODAY


@given(st.integers(0, 2000), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_weeks_are_passed_over_whole(hours, later):
    """Any calendar of working days is walked day by day; the usual one is not."""
    today = TODAY + timedelta(days=later)
    used = {today - timedelta(weeks=n, days=-2): 5 * H for n in range(1, 5)}
    assert exhaustion(hours * H, used, today) == exhaustion(hours * H, used, today, works=lambda day: weekday(day))


def test_holidays_are_passed_over():
    used = weeks(5, 5, 5, 5)
    end = exhaustion(5 * H, used, TODAY, works=lambda day: day.weekday() < 5 and day != date(2026, 11, 25))
    assert end is not None
    assert end.expected == date(2026, 12, 2)  # five whole days, Wednesday left out
