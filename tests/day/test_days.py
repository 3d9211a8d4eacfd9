"""Days with a known truth: presence, gaps and leaks agree to the second with a count made another way."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.domain.billing import Treatment, treatment
from clepsydra.domain.civil import day_bounds
from clepsydra.domain.interval import Interval
from clepsydra.domain.leaks import LeakClass, find_leaks
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.ledger import absences, editing, history, timers
from clepsydra.ledger.billing.agreed_time import agree_session
from clepsydra.ledger.billing.statements import issue
from clepsydra.ledger.day import closing
from clepsydra.ledger.day.answers import DayAnswer, Item, ItemKind, Verb, absent, worked
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import accept_all, solve
from clepsydra.ledger.days import billable_seconds, day_of
from clepsydra.ledger.leaks.beyond import OpenOverage
from clepsydra.ledger.leaks.evidence import of_client
from clepsydra.ledger.leaks.report import leak_report
from clepsydra.ledger.leaks.unowned import of_nobody
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.reports import Days
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.model import DaySettings
from tests.ledger.workbench import Desk

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
PLAIN = date(2026, 11, 24)
CLIENTS = ("acme", "brel", "fjord", "own")


def desk_after(day: date, **changes) -> Desk:
    """A desk two days later, at noon."""
    later = datetime.combine(day + timedelta(days=2), time(12), PARIS)
    desk = Desk.at(now=int(later.timestamp()))
    desk.set(**changes)
    return desk


def second_by_second(desk: Desk, day: date, working: list[tuple[int, int]] = ()) -> dict[str, int]:
    """The same figures counted one second at a time, from rows and arithmetic alone."""
    settings_ = desk.terms.settings
    begin = int(datetime.combine(day, settings_.day_starts_at, settings_.time_zone).timestamp())
    end = int(datetime.combine(day + timedelta(days=1), settings_.day_starts_at, settings_.time_zone).timestamp())
    length = min(end, desk.now) - begin
    present, away, billable = bytearray(length), bytearray(length), 0
    marks = []
    for session in desk.all():
        last = session.ended_at if session.ended_at is not None else desk.now
        first, last = max(0, session.started_at - begin), min(length, last - begin)
        if first < last:
            present[first:last] = b"\1" * (last - first)
            marks += [first, last]
            client = desk.terms.clients[session.client]
            billable += (last - first) * (treatment(session, client) is Treatment.BILLABLE)
        elif session.started_at == session.ended_at and 0 <= session.started_at - begin < length:
            marks.append(session.started_at - begin)  # a session without length still was there
    for first, last in working:
        first, last = max(0, first - begin), min(length, last - begin)
        if first < last:
            marks += [first, last]
    for row in absences.within(desk.ledger, Interval(begin, end)):
        first, last = max(0, row.started_at - begin), min(length, row.ended_at - begin)
        away[first : max(first, last)] = b"\1" * max(0, last - first)
    inside = range(min(marks, default=0), max(marks, default=0))
    return {
        "span": len(inside),
        "presence": sum(present),
        "explained": sum(1 for at in inside if away[at] and not present[at]),
        "unexplained": sum(1 for at in inside if not away[at] and not present[at]),
        "billable": billable,
    }


def read(desk: Desk, day: date) -> dict[str, int]:
    found = day_of(desk.ledger, day)
    timeline = found.timeline
    assert (
        timeline.span_seconds == timeline.presence_seconds + timeline.explained_seconds + timeline.unexplained_seconds
    )
    return {
        "span": timeline.span_seconds,
        "presence": timeline.presence_seconds,
        "explained": timeline.explained_seconds,
        "unexplained": timeline.unexplained_seconds,
        "billable": billable_seconds(desk.ledger, found),
    }


def add(desk: Desk, begin: int, seconds: int, client: str = "acme", **more) -> None:
    editing.add(desk.ledger, Work(client, **more), begin, begin + seconds)


def wall(day: date, text: str, zone: ZoneInfo = PARIS) -> int:
    return int(datetime.combine(day, time.fromisoformat(text), zone).timestamp())


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (PLAIN, 24)])
def test_a_day_worked_from_end_to_end_is_as_long_as_it_was(day, hours):
    desk = desk_after(day)
    bounds = day_bounds(day, PARIS)
    add(desk, bounds.started_at - 3600, bounds.seconds + 7200)
    assert read(desk, day) == second_by_second(desk, day)
    assert read(desk, day)["presence"] == hours * 3600


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_gap_over_the_change_of_clocks_lasts_as_long_as_it_did(day):
    desk = desk_after(day)
    add(desk, wall(day, "01:00"), 1800)
    add(desk, wall(day, "04:00"), 1800)
    gap = wall(day, "04:00") - wall(day, "01:30")
    assert gap == (5400 if day == SPRING else 12600)
    assert read(desk, day)["unexplained"] == gap
    assert read(desk, day) == second_by_second(desk, day)


def test_a_night_shift_belongs_to_the_evening_it_began():
    desk = desk_after(PLAIN, day_starts_at=time(4))
    add(desk, wall(PLAIN, "22:00"), 5 * 3600)
    assert read(desk, PLAIN)["presence"] == 5 * 3600
    assert read(desk, PLAIN + timedelta(days=1))["presence"] == 0
    assert read(desk, PLAIN) == second_by_second(desk, PLAIN)


def test_travel_across_zones_moves_no_second():
    desk = desk_after(PLAIN)
    tokyo = ZoneInfo("Asia/Tokyo")
    desk.set(time_zone=tokyo)
    add(desk, wall(PLAIN, "09:00", tokyo), 3600)
    desk.set(time_zone=PARIS)
    add(desk, wall(PLAIN, "09:00"), 3600)
    gap = wall(PLAIN, "09:00") - wall(PLAIN, "10:00", tokyo)
    assert read(desk, PLAIN)["unexplained"] == gap == 7 * 3600
    assert read(desk, PLAIN) == second_by_second(desk, PLAIN)


def test_an_empty_day_has_nothing_to_explain_and_can_be_closed():
    desk = desk_after(PLAIN)
    assert set(read(desk, PLAIN).values()) == {0}
    assert open_items(desk.ledger, day_of(desk.ledger, PLAIN)) == []
    assert closing.close_day(desk.ledger, PLAIN).unknown_seconds == 0


def test_a_workday_without_a_session_is_unexplained_from_end_to_end():
    desk = desk_after(PLAIN, working_hours={PLAIN.weekday(): ((time(9), time(12)), (time(14), time(18)))})
    working = [(wall(PLAIN, "09:00"), wall(PLAIN, "18:00"))]
    assert read(desk, PLAIN) == second_by_second(desk, PLAIN, working)
    assert read(desk, PLAIN)["unexplained"] == 9 * 3600


def test_a_day_of_three_hundred_touches():
    desk = desk_after(PLAIN)
    desk.now = wall(PLAIN, "07:00")
    for _ in range(300):
        desk.wait(180)
        editing.touch(desk.ledger, Work("brel", channel=Channel.MESSAGE), 120)
    desk.now = wall(PLAIN + timedelta(days=2), "12:00")
    assert read(desk, PLAIN) == second_by_second(desk, PLAIN)
    assert read(desk, PLAIN)["presence"] == 300 * 120
    assert open_items(desk.ledger, day_of(desk.ledger, PLAIN)) == [], "a minute between two is not worth a question"
    gaps = closing.short_gaps(desk.ledger, day_of(desk.ledger, PLAIN))
    assert [gap.seconds for gap in gaps] == [60] * 299
    assert closing.close_day(desk.ledger, PLAIN).unknown_seconds == 299 * 60
    assert verify(desk.ledger) == []


# -- random days under random answers

stretches = st.lists(
    st.tuples(
        st.integers(-7200, 90_000),
        st.sampled_from([0, 1, 59, 300, 900, 3600, 9000, 30_000]),
        st.sampled_from(CLIENTS),
        st.sampled_from([Channel.WORK, Channel.CALL, Channel.MESSAGE]),
        st.sampled_from([(Scope.IN, None), (Scope.UNSURE, None), (Scope.OUT, Decision.PENDING)]),
    ),
    max_size=8,
)
leaves = st.lists(st.tuples(st.integers(-3600, 90_000), st.sampled_from([60, 1800, 7200])), max_size=3)
numbers = st.lists(st.integers(0, 1000), max_size=12)


def filled(day: date, sessions, away) -> Desk:
    """A desk with a random day, at which the totals of one client have been agreed on the days before."""
    desk = desk_after(day)
    begin = day_bounds(day, PARIS).started_at
    for back in (3, 2):
        add(desk, begin - back * 86_400, 3600, "acme", note="x")
        agree_session(desk.ledger, desk.all()[-1].id, 1800)
    for offset, seconds, client, channel, (scope, decision) in sessions:
        add(desk, begin + offset, seconds, client, channel=channel, scope=scope, decision=decision)
    for offset, seconds in away:
        absences.add(desk.ledger, Interval(begin + offset, begin + offset + seconds), "break")
    return desk


def answers_to(item: Item) -> list[DayAnswer]:
    """Every kind of answer a person could give, with and without the suggestion."""
    given = [item.suggestion.answer] if item.suggestion else []
    scopes = [
        DayAnswer(Verb.SCOPE),
        DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=Decision.BILL),
        DayAnswer(Verb.SCOPE, scope=Scope.OUT, decision=Decision.ABSORB),
    ]
    of_kind = {
        ItemKind.GAP: [worked(item.span, Work("brel")), absent(item.span, "away"), DayAnswer(Verb.UNKNOWN)],
        ItemKind.OVERLAP: [DayAnswer(Verb.KEEP), DayAnswer(Verb.CUT_FIRST), DayAnswer(Verb.CUT_SECOND)],
        ItemKind.OVER_LONG: [DayAnswer(Verb.KEEP), DayAnswer(Verb.END, at=item.span.started_at + 3600)],
        ItemKind.UNSURE: scopes,
        ItemKind.PENDING: scopes,
        ItemKind.NO_NOTE: [DayAnswer(Verb.NOTE, text="what it was"), DayAnswer(Verb.KEEP)],
        ItemKind.AGREED: [DayAnswer(Verb.KEEP), DayAnswer(Verb.AGREE, seconds=1800)],
    }
    return given + of_kind[item.kind]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([SPRING, AUTUMN, PLAIN]), stretches, leaves, numbers)
def test_laws_hold_under_any_sequence_of_answers_and_undo_takes_them_all_back(day, sessions, away, choices):
    desk = filled(day, sessions, away)
    desk.set(day=DaySettings(gap_under=0))
    before = (desk.all(), read(desk, day))
    assert before[1] == second_by_second(desk, day)
    given_ = 0
    for choice in choices:
        items = open_items(desk.ledger, day_of(desk.ledger, day))
        if not items:
            break
        item = items[choice % len(items)]
        answers = answers_to(item)
        solve(desk.ledger, item, answers[choice // len(items) % len(answers)])
        given_ += 1
        remaining = open_items(desk.ledger, day_of(desk.ledger, day))
        assert item.subject not in {other.subject for other in remaining}
        assert read(desk, day) == second_by_second(desk, day)
        disjoint(desk, day)
    closing.close_day(desk.ledger, day, unknown=True)
    assert verify(desk.ledger) == []
    for _ in range(given_ + 1):
        history.undo(desk.ledger)
    assert (desk.all(), read(desk, day)) == before


def disjoint(desk: Desk, day: date) -> None:
    """Law 9, by counting: no second of a session or a gap is lost in two classes.

    What was agreed below a rule that rounds up loses billed time beyond what was worked; of the session that is all.
    """
    exact = {s.id: s.exact_seconds(desk.now) for s in desk.all()}
    days = Days(day - timedelta(days=1), day + timedelta(days=1))
    lost: dict[str, int] = {}
    for client in desk.terms.clients.values():
        if not client.own:
            for leak in find_leaks(of_client(desk.ledger, client, days, OpenOverage(desk.ledger))):
                if len(leak.sessions) == 1:
                    [ident] = leak.sessions
                    worked = min(leak.seconds, exact[ident]) if leak.kind is LeakClass.ROUNDING else leak.seconds
                    lost[ident] = lost.get(ident, 0) + worked
    assert all(seconds <= exact[ident] for ident, seconds in lost.items())
    nobodys = find_leaks(of_nobody(desk.ledger, days)[0])
    gaps = sum(
        day_of(desk.ledger, d).timeline.unexplained_seconds
        for d in (days.first, day, days.last)
        if d < desk.ledger.today
    )
    assert sum(leak.seconds for leak in nobodys) == gaps


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([SPRING, AUTUMN, PLAIN]), stretches, leaves)
def test_accepting_everything_settles_it_in_one_change(day, sessions, away):
    desk = filled(day, sessions, away)
    before = desk.all()
    items = open_items(desk.ledger, day_of(desk.ledger, day))
    if accept_all(desk.ledger, items):
        assert read(desk, day) == second_by_second(desk, day)
        assert verify(desk.ledger) == []
        history.undo(desk.ledger)
    assert desk.all() == before


# -- closing


def test_a_day_with_a_gap_is_closed_only_once_the_gap_has_a_name():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600, note="x")
    add(desk, wall(PLAIN, "12:00"), 3600, note="x")
    with pytest.raises(Refused, match=r"has 2h.00m"):
        closing.close_day(desk.ledger, PLAIN)
    [gap] = open_items(desk.ledger, day_of(desk.ledger, PLAIN))
    solve(desk.ledger, gap, DayAnswer(Verb.UNKNOWN))
    assert open_items(desk.ledger, day_of(desk.ledger, PLAIN)) == []
    assert closing.close_day(desk.ledger, PLAIN).unknown_seconds == 7200
    report = leak_report(desk.ledger, Days(PLAIN, PLAIN))
    [memory] = [row for row in report.rows if row.kind is LeakClass.MEMORY and not row.at_risk]
    assert (memory.seconds, memory.minor) == (7200, 18_000)
    with pytest.raises(Refused, match="closed already"):
        closing.close_day(desk.ledger, PLAIN)


def test_a_change_to_a_closed_day_is_journalled_as_late():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600, note="x")
    closing.close_day(desk.ledger, PLAIN)
    add(desk, wall(PLAIN, "10:00"), 600, note="forgotten")
    assert str(history.next_undo(desk.ledger)) == "add acme"
    said = history.next_undo(desk.ledger).said(English())
    assert said == "late, 2026-11-24 was closed: add acme"
    add(desk, wall(PLAIN + timedelta(days=1), "10:00"), 600)
    assert "late" not in history.next_undo(desk.ledger).said(English())


def test_a_change_that_leaves_a_closed_day_incomplete_opens_it_and_undo_closes_it():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600)
    closing.close_day(desk.ledger, PLAIN)
    place = history.reached(desk.ledger)
    add(desk, wall(PLAIN, "07:00"), 3600)
    assert history.opened_since(desk.ledger, place) == {PLAIN.isoformat(): 3600}
    assert not day_of(desk.ledger, PLAIN).closed
    assert PLAIN in [each.day for each in closing.open_days(desk.ledger)]
    history.undo(desk.ledger)
    assert day_of(desk.ledger, PLAIN).closed
    history.redo(desk.ledger)
    with pytest.raises(Refused, match="that nothing explains"):
        closing.close_day(desk.ledger, PLAIN)
    closing.close_day(desk.ledger, PLAIN, unknown=True)
    add(desk, wall(PLAIN, "08:00"), 600)
    assert day_of(desk.ledger, PLAIN).closed
    assert verify(desk.ledger) == []


@pytest.mark.parametrize("hours", [{}, {day: ((time(9), time(18)),) for day in range(7)}])
@pytest.mark.parametrize("ahead", [0, 30])
def test_a_timer_started_after_the_day_was_closed_opens_it_where_time_is_left_between(hours, ahead):
    desk = desk_after(PLAIN, working_hours=hours)
    desk.now = wall(PLAIN, "16:00")
    add(desk, wall(PLAIN, "09:00"), 7 * 3600)
    closing.close_day(desk.ledger, PLAIN)
    place = history.reached(desk.ledger)
    timers.start(desk.ledger, Work("acme"))
    assert day_of(desk.ledger, PLAIN).closed, "no time was left between"
    desk.wait(600)
    timers.stop(desk.ledger)
    desk.wait(3600 - ahead)
    timers.start(desk.ledger, Work("acme"), desk.now + ahead)
    assert history.opened_since(desk.ledger, place) == {PLAIN.isoformat(): 3600}
    desk.wait(600)
    assert verify(desk.ledger) == []
    timers.stop(desk.ledger)
    assert verify(desk.ledger) == []


def test_work_added_after_a_day_was_closed_within_its_hours_opens_it_where_time_is_left_between():
    desk = desk_after(PLAIN, working_hours={day: ((time(9), time(18)),) for day in range(7)})
    desk.now = wall(PLAIN, "16:00")
    add(desk, wall(PLAIN, "09:00"), 7 * 3600)
    closing.close_day(desk.ledger, PLAIN)
    desk.now = wall(PLAIN, "17:30")
    add(desk, wall(PLAIN, "17:00"), 1800)
    assert not day_of(desk.ledger, PLAIN).closed
    assert verify(desk.ledger) == []


def test_a_closed_day_with_time_that_nothing_explains_is_found():
    desk = desk_after(PLAIN)
    for begin in ("09:00", "11:00"):
        add(desk, wall(PLAIN, begin), 3600)
    closing.close_day(desk.ledger, PLAIN, unknown=True)
    assert verify(desk.ledger) == []
    desk.ledger.db.execute("UPDATE day_close SET unknown_seconds = 0")
    found = [str(breach.what) for breach in verify(desk.ledger) if breach.law == 2]
    assert found == ["2026-11-24 is closed but nothing explains 1h\N{NO-BREAK SPACE}00m of it"]


def test_billing_a_closed_day_is_no_late_change_whatever_the_hours_are_now():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600, note="x")
    closing.close_day(desk.ledger, PLAIN)
    desk.set(working_hours={day: ((time(8), time(18)),) for day in range(7)})
    issue(desk.ledger, "acme")
    assert history.next_undo(desk.ledger).said(English()).startswith("issue")
    assert day_of(desk.ledger, PLAIN).closed
    add(desk, wall(PLAIN, "10:00"), 600)
    assert history.next_undo(desk.ledger).said(English()) == "late, 2026-11-24 was closed: add acme"
    assert day_of(desk.ledger, PLAIN).closed, "hours that were not to be worked then are not missed now"


def test_taking_work_out_of_the_hours_of_a_closed_day_opens_it():
    desk = desk_after(PLAIN, working_hours={day: ((time(9), time(11)),) for day in range(7)})
    for begin in ("09:00", "10:00"):
        add(desk, wall(PLAIN, begin), 3600)
    closing.close_day(desk.ledger, PLAIN)
    editing.remove(desk.ledger, desk.all()[1].id)
    assert not day_of(desk.ledger, PLAIN).closed


def test_a_closed_day_is_proven_by_the_bounds_it_was_closed_with():
    desk = desk_after(PLAIN, day_starts_at=time(4))
    add(desk, wall(PLAIN, "09:00"), 3600, note="x")
    add(desk, wall(PLAIN + timedelta(days=1), "02:00"), 3600, note="x")
    closing.close_day(desk.ledger, PLAIN, unknown=True)
    add(desk, wall(PLAIN + timedelta(days=1), "09:00"), 3600, note="x")
    closing.close_day(desk.ledger, PLAIN + timedelta(days=1))
    assert verify(desk.ledger) == []
    desk.set(day_starts_at=time(0))
    assert verify(desk.ledger) == []
    desk.set(day_starts_at=time(4))
    desk.ledger.db.execute("UPDATE day_close SET unknown_seconds = 0")
    assert [breach.law for breach in verify(desk.ledger) if breach.law == 2] == [2]


class English:
    """Says messages as they are written."""

    def t(self, message: str, /, **values) -> str:
        return message.format(**values)


def test_a_closed_day_is_opened_again_for_a_reason_and_undo_closes_it():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600)
    closing.close_day(desk.ledger, PLAIN)
    with pytest.raises(Refused, match="say why"):
        closing.reopen_day(desk.ledger, PLAIN, " ")
    closing.reopen_day(desk.ledger, PLAIN, "forgot a call")
    assert "forgot a call" in str(history.next_undo(desk.ledger))
    assert not day_of(desk.ledger, PLAIN).closed
    history.undo(desk.ledger)
    assert day_of(desk.ledger, PLAIN).closed


def test_days_left_open_come_oldest_first():
    desk = desk_after(PLAIN, working_hours={day: ((time(9), time(10)),) for day in range(5)})
    for back in (4, 1):
        add(desk, wall(PLAIN - timedelta(days=back), "09:00"), 3600)
    closing.close_day(desk.ledger, PLAIN - timedelta(days=1))
    # Friday with work, Monday closed, Tuesday and Wednesday without a word; Thursday has only just begun.
    assert [each.day.day for each in closing.open_days(desk.ledger)] == [20, 24, 25]


def test_answers_survive_a_restart_and_can_still_be_undone(tmp_path):
    desk = Desk.at(tmp_path / "log.db", now=wall(PLAIN + timedelta(days=1), "08:00"))
    add(desk, wall(PLAIN, "09:00"), 3600)
    add(desk, wall(PLAIN, "11:00"), 3600)
    before = desk.all()
    while items := [i for i in open_items(desk.ledger, day_of(desk.ledger, PLAIN)) if i.kind is ItemKind.GAP]:
        solve(desk.ledger, items[0], absent(items[0].span, "break"))
    closing.close_day(desk.ledger, PLAIN)
    desk.ledger.db.close()
    again = Desk.at(tmp_path / "log.db", now=desk.now + 60)
    assert day_of(again.ledger, PLAIN).closed
    for _ in range(2):
        history.undo(again.ledger)
    assert not day_of(again.ledger, PLAIN).closed
    assert read(again, PLAIN)["unexplained"] == 3600
    assert again.all() == before


def test_a_running_timer_keeps_the_day_open():
    desk = desk_after(PLAIN)
    desk.now = wall(PLAIN, "17:00")
    from clepsydra.ledger import timers

    timers.start(desk.ledger, Work("acme"), wall(PLAIN, "16:00"))
    with pytest.raises(Refused, match="still runs"):
        closing.close_day(desk.ledger, PLAIN, unknown=True)
    [item] = open_items(desk.ledger, day_of(desk.ledger, PLAIN))
    assert item.kind is ItemKind.RUNNING
    solve(desk.ledger, item, item.suggestion.answer)
    assert desk.all()[0].ended_at == desk.now


def test_a_call_inside_work_interrupts_it():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3 * 3600, note="x")
    add(desk, wall(PLAIN, "10:00"), 1800, "brel", channel=Channel.CALL, note="x")
    [item] = open_items(desk.ledger, day_of(desk.ledger, PLAIN))
    solve(desk.ledger, item, item.suggestion.answer)
    assert [(s.client, s.exact_seconds(desk.now)) for s in desk.all()] == [
        ("acme", 3600), ("brel", 1800), ("acme", 5400),
    ]  # fmt: skip


def test_an_agreed_time_is_shared_by_what_is_left_of_its_session():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3 * 3600, note="x")
    agree_session(desk.ledger, desk.all()[0].id, 7200)
    add(desk, wall(PLAIN, "10:00"), 3600, "brel", note="x")
    [item] = open_items(desk.ledger, day_of(desk.ledger, PLAIN))
    solve(desk.ledger, item, DayAnswer(Verb.CUT_FIRST))
    assert [s.agreed_seconds for s in desk.all()] == [3600, None, 3600]


def test_an_answer_that_does_not_fit_is_refused():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600, note="x")
    add(desk, wall(PLAIN, "11:00"), 3600, note="x")
    [gap] = open_items(desk.ledger, day_of(desk.ledger, PLAIN))
    for answer in (DayAnswer(Verb.KEEP), worked(replace(gap.span, ended_at=gap.span.ended_at + 1), Work("acme"))):
        with pytest.raises(Refused):
            solve(desk.ledger, gap, answer)
    assert len(desk.all()) == 2


def test_a_gap_is_filled_once():
    desk = desk_after(PLAIN)
    add(desk, wall(PLAIN, "09:00"), 3600, note="x")
    add(desk, wall(PLAIN, "11:00"), 3600, note="x")
    [gap] = open_items(desk.ledger, day_of(desk.ledger, PLAIN))
    add(desk, wall(PLAIN, "10:30"), 1800, note="written elsewhere while this was asked")
    before = desk.all()
    for answer in (worked(gap.span, Work("acme")), absent(gap.span, "break")):
        with pytest.raises(Refused, match="look at the day again"):
            solve(desk.ledger, gap, answer)
    assert desk.all() == before
    rest = replace(gap.span, ended_at=wall(PLAIN, "10:30"))
    solve(desk.ledger, gap, worked(rest, Work("acme", note="x")))
    assert open_items(desk.ledger, day_of(desk.ledger, PLAIN)) == []
