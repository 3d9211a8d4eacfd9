"""The day laid out: law 2 on random days, second by second, and the days people know."""

from datetime import date, time
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.domain.civil import day_bounds
from clepsydra.domain.interval import Interval
from clepsydra.domain.timeline import Absence, DayTimeline, Overlap, Stay, day_timeline, pauses, working_intervals
from tests.clock import PARIS, at
from tests.domain.strategies import stretch

TUESDAY = date(2026, 11, 24)
OFFICE = [(time(9), time(12, 30)), (time(14), time(18))]


@st.composite
def shorts(draw: st.DrawFn) -> Interval:
    begin = draw(st.integers(-20, 120))
    return Interval(begin, begin + draw(st.integers(0, 40)))


def seconds(intervals) -> set[int]:
    return {s for i in intervals for s in range(i.started_at, i.ended_at)}


WINDOW = Interval(0, 100)
stays_of = st.lists(shorts(), max_size=7).map(lambda spans: [Stay(f"s{i}", span) for i, span in enumerate(spans)])
absences_of = st.lists(st.builds(Absence, shorts(), st.sampled_from(["lunch", "asleep"])), max_size=4)


@given(stays_of, absences_of, st.lists(shorts(), max_size=2))
@settings(max_examples=300)
def test_span_is_presence_and_explained_and_unexplained(stays, absences, working):
    day = day_timeline(WINDOW, stays, absences, working)
    assert day.span_seconds == day.presence_seconds + day.explained_seconds + day.unexplained_seconds
    inside = set(range(100))
    present = seconds(s.span for s in stays) & inside
    assert seconds(day.presence) == present
    away = seconds(a.span for a in day.explained)
    assert len(away) == day.explained_seconds  # no second explained twice
    span = seconds([day.span]) if day.span else set()
    assert away == (seconds(a.span for a in absences) & span) - present
    assert seconds(day.unexplained) == span - present - away
    for absence in day.explained:
        assert any(absence.reason == a.reason and seconds([absence.span]) <= seconds([a.span]) for a in absences)


@given(stays_of, st.lists(shorts(), max_size=2))
def test_the_span_runs_from_the_first_begin_to_the_last_end(stays, working):
    ends = [i for i in (seconds([s.span]) & set(range(100)) for s in stays) if i]
    ends += [i for i in (seconds([w]) & set(range(100)) for w in working) if i]
    empty = [s.span.started_at for s in stays if not s.span.seconds and 0 <= s.span.started_at < 100]
    day = day_timeline(WINDOW, stays, (), working)
    first = min([min(i) for i in ends] + empty, default=None)
    last = max([max(i) + 1 for i in ends] + empty, default=None)
    assert (day.span and (day.span.started_at, day.span.ended_at)) == (None if first is None else (first, last))


@given(stays_of)
def test_overlaps_are_all_pairs_that_share_a_second(stays):
    inside = seconds([WINDOW])
    expected = {
        (a.session, b.session): len(shared)
        for i, a in enumerate(stays)
        for b in stays[i + 1 :]
        if (shared := seconds([a.span]) & seconds([b.span]) & inside)
    }
    found = {tuple(sorted((o.first, o.second))): o.span.seconds for o in day_timeline(WINDOW, stays).overlaps}
    assert found == {tuple(sorted(pair)): n for pair, n in expected.items()}


def office_day(stays: list[Stay], absences: list[Absence], until: str = "2026-11-25 00:00") -> DayTimeline:
    window = Interval(day_bounds(TUESDAY, PARIS).started_at, at(until))
    return day_timeline(window, stays, absences, working_intervals(OFFICE, TUESDAY, PARIS))


def test_an_office_day():
    worked = [
        Stay("a", stretch("2026-11-24 08:30", "2026-11-24 11:00")),
        Stay("b", stretch("2026-11-24 10:30", "2026-11-24 12:00")),
        Stay("c", stretch("2026-11-24 14:30", "2026-11-24 17:00")),
    ]
    lunch = Absence(stretch("2026-11-24 11:45", "2026-11-24 14:00"), "lunch")
    day = office_day(worked, [lunch])
    assert day.span == stretch("2026-11-24 08:30", "2026-11-24 18:00")
    assert day.presence_seconds == 6 * 3600
    assert day.explained == (Absence(stretch("2026-11-24 12:00", "2026-11-24 14:00"), "lunch"),)
    assert day.unexplained == (
        stretch("2026-11-24 14:00", "2026-11-24 14:30"),
        stretch("2026-11-24 17:00", "2026-11-24 18:00"),
    )
    assert day.overlaps == (Overlap("a", "b", stretch("2026-11-24 10:30", "2026-11-24 11:00")),)


def test_hours_to_come_are_not_missed_yet():
    day = office_day([Stay("a", stretch("2026-11-24 09:00", "2026-11-24 10:00"))], [], until="2026-11-24 10:30")
    assert day.span == stretch("2026-11-24 09:00", "2026-11-24 10:30")
    assert day.unexplained_seconds == 1800


def test_an_empty_day_has_no_span():
    day = day_timeline(WINDOW, [], [Absence(Interval(0, 50), "away")])
    assert (day.span, day.span_seconds, day.explained) == (None, 0, ())


def test_both_changes_of_the_clocks():
    for day, night, hours in ((date(2026, 3, 29), "2026-03-29", 2), (date(2026, 10, 25), "2026-10-25", 4)):
        stays = [Stay("n", Interval(at(f"{night} 01:00"), at(f"{night} 04:00")))]
        assert day_timeline(day_bounds(day, PARIS), stays).presence_seconds == hours * 3600


def test_working_hours_of_a_night_shift():
    night = working_intervals([(time(22), time(2)), (time(2, 30), time(6))], TUESDAY, PARIS, time(12))
    assert night == [
        stretch("2026-11-24 22:00", "2026-11-25 02:00"),
        stretch("2026-11-25 02:30", "2026-11-25 06:00"),
    ]
    assert pauses(night) == [stretch("2026-11-25 02:00", "2026-11-25 02:30")]
    assert working_intervals([(time(18), time(0))], TUESDAY, PARIS) == [stretch("2026-11-24 18:00", "2026-11-25 00:00")]


def test_working_hours_that_the_clocks_jump_over():
    assert working_intervals([(time(2, 10), time(2, 50))], date(2026, 3, 29), PARIS) == []
    apia = ZoneInfo("Pacific/Apia")
    assert working_intervals(OFFICE, date(2011, 12, 30), apia) == []
