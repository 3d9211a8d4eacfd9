"""Civil days where the clocks misbehave."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import example, given
from hypothesis import strategies as st

from clepsydra.domain.civil import civil_day, day_bounds, first_instant_from, instants_of, split_by_day
from clepsydra.domain.interval import Interval, total
from tests.clock import PARIS, at
from tests.domain.strategies import ZONES, instants, intervals, starts, stretch, zones

LORD_HOWE, KATHMANDU, APIA = (ZoneInfo(n) for n in ("Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (PARIS, date(2026, 3, 29), 23),
        (PARIS, date(2026, 10, 25), 25),
        (PARIS, date(2026, 11, 24), 24),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (KATHMANDU, date(2026, 3, 29), 24),
        (APIA, date(2011, 12, 30), 0),
        (APIA, date(2011, 12, 31), 24),
        (ZoneInfo("America/Sao_Paulo"), date(2018, 11, 4), 23),  # the day began at 01:00
    ],
)
def test_days_are_as_long_as_their_clocks_say(zone, day, hours):
    assert day_bounds(day, zone).seconds == hours * 3600


def test_the_quarter_hours_of_kathmandu():
    bounds = day_bounds(date(2026, 11, 24), KATHMANDU)
    assert datetime.fromtimestamp(bounds.started_at, UTC) == datetime(2026, 11, 23, 18, 15, tzinfo=UTC)


def test_a_day_start_in_the_missing_hour_is_the_change_itself():
    bounds = day_bounds(date(2026, 3, 29), PARIS, time(2, 30))
    assert bounds.started_at == at("2026-03-29 03:00")
    assert civil_day(at("2026-03-29 01:59:59"), PARIS, time(2, 30)) == date(2026, 3, 28)
    assert civil_day(at("2026-03-29 03:00"), PARIS, time(2, 30)) == date(2026, 3, 29)


def test_a_day_start_in_the_repeated_hour_is_the_first_of_the_two():
    assert day_bounds(date(2026, 10, 25), PARIS, time(2, 30)).started_at == at("2026-10-25 02:30", fold=0)
    # 02:10 shows twice: before the first 02:30, and an hour later, when the day has begun already.
    assert civil_day(at("2026-10-25 02:10", fold=0), PARIS, time(2, 30)) == date(2026, 10, 24)
    assert civil_day(at("2026-10-25 02:10", fold=1), PARIS, time(2, 30)) == date(2026, 10, 25)


def test_a_nights_work_belongs_to_the_evening_it_began():
    assert civil_day(at("2026-11-25 03:59:59"), PARIS, time(4)) == date(2026, 11, 24)
    assert civil_day(at("2026-11-25 04:00"), PARIS, time(4)) == date(2026, 11, 25)


def test_ambiguous_and_missing_wall_times_are_reported():
    assert instants_of(datetime(2026, 10, 25, 2, 30), PARIS) == (  # noqa: DTZ001
        at("2026-10-25 02:30", fold=0),
        at("2026-10-25 02:30", fold=1),
    )
    assert instants_of(datetime(2026, 3, 29, 2, 30), PARIS) == ()  # noqa: DTZ001
    assert len(instants_of(datetime(2026, 11, 24, 9, 30, 0, 250_000), PARIS)) == 1  # noqa: DTZ001


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)).map(lambda d: d.replace(microsecond=0)),  # noqa: DTZ001
    zones,
)
@example(datetime(2026, 10, 25, 2, 30), PARIS)  # noqa: DTZ001
@example(datetime(2026, 3, 29, 2, 30), PARIS)  # noqa: DTZ001
@example(datetime(2026, 4, 5, 1, 45), LORD_HOWE)  # noqa: DTZ001
@example(datetime(2026, 10, 4, 2, 15), LORD_HOWE)  # noqa: DTZ001
@example(datetime(2011, 12, 30, 12, 0), APIA)  # noqa: DTZ001
def test_instants_of_agrees_with_dateutil(wall, zone):
    found = instants_of(wall, zone)
    theirs = tz.gettz(zone.key)  # with a ZoneInfo it calls every missing hour ambiguous
    expected = 2 if tz.datetime_ambiguous(wall, theirs) else int(tz.datetime_exists(wall, theirs))
    assert len(found) == expected
    assert all(datetime.fromtimestamp(i, zone).replace(tzinfo=None) == wall for i in found)
    first = first_instant_from(wall, zone)
    if found:
        assert first == found[0]
    else:  # the clock shows less before it, more from it on
        assert datetime.fromtimestamp(first - 1, zone).replace(tzinfo=None) < wall
        assert datetime.fromtimestamp(first, zone).replace(tzinfo=None) > wall


@given(instants, zones, starts)
@example(at("2011-12-31 02:00", APIA), APIA, time(4))
@example(at("2009-10-31 23:30", ZoneInfo("America/St_Johns"), fold=1), ZoneInfo("America/St_Johns"), time(0))
def test_every_instant_is_in_the_bounds_of_its_day(instant, zone, starts_at):
    day = civil_day(instant, zone, starts_at)
    bounds = day_bounds(day, zone, starts_at)
    assert bounds.started_at <= instant < bounds.ended_at
    assert day_bounds(day + timedelta(days=1), zone, starts_at).started_at == bounds.ended_at


@given(intervals(), zones, starts)
def test_pieces_of_days_are_the_whole(span, zone, starts_at):
    pieces = split_by_day(span, zone, starts_at)
    assert total(part for _, part in pieces) == span.seconds
    assert pieces[0][1].started_at == span.started_at
    assert pieces[-1][1].ended_at == span.ended_at
    for (_, one), (_, following) in itertools.pairwise(pieces):
        assert one.ended_at == following.started_at
    for day, part in pieces:
        assert part.seconds or not span.seconds
        assert civil_day(part.started_at, zone, starts_at) == day
        assert part.ended_at <= day_bounds(day, zone, starts_at).ended_at


def test_a_day_that_was_skipped_has_no_piece():
    span = stretch("2011-12-29 12:00", "2011-12-31 12:00", APIA)
    assert [day.day for day, _ in split_by_day(span, APIA)] == [29, 31]


def test_a_session_over_midnight_is_cut_there():
    pieces = split_by_day(stretch("2026-11-24 23:50", "2026-11-25 00:20"), PARIS)
    assert [(day.day, part.seconds) for day, part in pieces] == [(24, 600), (25, 1200)]
    assert split_by_day(Interval(at("2026-11-24 12:00"), at("2026-11-24 12:00")), PARIS)[0][0] == date(2026, 11, 24)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_ten_years_of_days_follow_one_another(zone):
    day, end = date(2006, 1, 1), None
    while day < date(2016, 1, 1):
        bounds = day_bounds(day, zone)
        assert end in (None, bounds.started_at)
        end, day = bounds.ended_at, day + timedelta(days=1)
