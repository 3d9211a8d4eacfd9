"""Interval algebra against sets of seconds."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.domain.interval import Interval, subtract, total, union


@st.composite
def short(draw: st.DrawFn) -> Interval:
    begin = draw(st.integers(0, 60))
    return Interval(begin, begin + draw(st.integers(0, 25)))


stretches = st.lists(short(), max_size=8)


def seconds(intervals: list[Interval]) -> set[int]:
    return {s for i in intervals for s in range(i.started_at, i.ended_at)}


def assert_clean(intervals: list[Interval]) -> None:
    """Sorted, never empty, and never touching: the fewest stretches that say it."""
    assert all(i.seconds for i in intervals)
    assert all(a.ended_at < b.started_at for a, b in itertools.pairwise(intervals))


@given(stretches)
def test_union_covers_the_same_seconds_once(some):
    merged = union(some)
    assert_clean(merged)
    assert seconds(merged) == seconds(some)
    assert total(merged) == len(seconds(some))


@given(stretches, stretches)
def test_subtract_is_that_of_sets(some, others):
    left = subtract(some, others)
    assert_clean(left)
    assert seconds(left) == seconds(some) - seconds(others)


@given(short(), short())
def test_overlap_and_clip_need_a_shared_second(a, b):
    shared = seconds([a]) & seconds([b])
    assert a.overlaps(b) is bool(shared)
    clipped = a.clip(b)
    assert (seconds([clipped]) if clipped else set()) == shared


def test_an_empty_stretch_overlaps_nothing():
    assert not Interval(5, 5).overlaps(Interval(0, 10))
    assert not Interval(0, 10).overlaps(Interval(10, 20))


def test_an_interval_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        Interval(10, 9)
