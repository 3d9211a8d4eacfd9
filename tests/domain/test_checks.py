"""Warnings about a session, each at its threshold."""

from decimal import Decimal

import pytest

from clepsydra.domain.checks import Check, Finding, Limits, check_session
from tests.clock import at
from tests.domain.samples import session

NOW = at("2026-11-24 18:00")
LIMITS = Limits(session_over=6 * 3600, future_over=60)


def check(one, neighbours=(), **more):
    return check_session(one, neighbours, NOW, LIMITS, **more)


def test_an_ordinary_session_passes():
    one = session("24 09:00", "24 15:00")
    assert check(one, [one, session("24 15:00", "24 16:00", "s2")], hourly=Decimal(90)) == []


def test_zero_length():
    assert check(session("24 09:00", "24 09:00")) == [Finding(Check.ZERO, "s1")]
    assert check(session("24 18:00", None)) == []


@pytest.mark.parametrize(
    ("begin", "end", "ahead"), [("24 18:30", None, 1800), ("24 17:30", "24 19:00", 3600), ("24 17:00", "24 18:01", 0)]
)
def test_future(begin, end, ahead):
    expected = [Finding(Check.FUTURE, "s1", ahead)] if ahead else []
    assert check(session(begin, end)) == expected


def test_overlaps_with_each_neighbour_up_to_now():
    others = [session("24 10:30", "24 12:00", "s3"), session("24 08:00", "24 09:10", "s2"), session("24 17:00", None)]
    assert check(session("24 09:00", "24 11:00", "x"), others) == [
        Finding(Check.OVERLAP, "x", 600, "s2"),
        Finding(Check.OVERLAP, "x", 1800, "s3"),
    ]
    assert check(session("24 17:30", "24 17:40", "x"), others) == [Finding(Check.OVERLAP, "x", 600, "s1")]


def test_over_long_and_running_too_long():
    assert check(session("24 09:00:00", "24 15:00:01")) == [Finding(Check.OVER_LONG, "s1", 1)]
    assert check(session("24 11:00", None)) == [Finding(Check.RUNS_LONG, "s1", 3600)]


def test_work_to_be_billed_without_a_rate():
    one = session("24 09:00", "24 10:00")
    assert check(one, hourly=Decimal(0)) == [Finding(Check.UNPRICED, "s1", 3600)]
    assert check(one, hourly=Decimal(0), to_bill=True) == [Finding(Check.UNPRICED, "s1", 3600)]
    assert check(one, hourly=Decimal(0), to_bill=False) == []
    assert check(one) == []
