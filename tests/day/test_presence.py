"""Nobody at the machine: offered as an absence in a gap, asked of a timer that ran over it, and never cut by itself."""

import pytest

from clepsydra.calls.evidence import EvidenceKind, EvidenceSpan
from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.ledger import absences, editing, history, timers
from clepsydra.ledger.calls.recording import keep_spans
from clepsydra.ledger.day.answers import Because, DayAnswer, ItemKind, Verb
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.day.solving import accept_all, solve
from clepsydra.ledger.days import day_of
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.day.test_suggestions import TUESDAY, at
from tests.ledger.workbench import Desk


@pytest.fixture
def desk():
    return Desk.at(now=at("18:00"))


def left(desk, begin, end, kind=EvidenceKind.LOCKED):
    """The screen was locked, or the machine slept."""
    keep_spans(desk.ledger, [EvidenceSpan(kind, at(begin) * 1000, at(end) * 1000 if end else None)])


def timed(desk, begin, end, **more):
    """A timer that ran."""
    desk.now = at(begin)
    timers.start(desk.ledger, Work("acme", note="x", **more))
    if end:
        desk.now = at(end)
        timers.stop(desk.ledger)
    desk.now = at("18:00")


def items(desk):
    return open_items(desk.ledger, day_of(desk.ledger, TUESDAY))


def test_a_gap_in_which_nobody_was_there_is_offered_as_an_absence(desk):
    timed(desk, "09:00", "12:00")
    timed(desk, "13:10", "15:00")
    left(desk, "12:03", "13:08")
    (item,) = items(desk)
    assert (item.kind, item.suggestion.source) == (ItemKind.GAP, Because.PRESENCE)
    assert absences.within(desk.ledger, item.span) == []
    accept_all(desk.ledger, [item])
    (row,) = absences.within(desk.ledger, item.span)
    assert (row.started_at, row.ended_at, row.reason) == (at("12:03"), at("13:08"), "away")
    assert items(desk) == []


def test_a_timer_that_ran_meanwhile_is_asked_about_and_stands_until_then(desk):
    timed(desk, "09:00", "15:00")
    left(desk, "12:00", "12:30")
    left(desk, "12:30", "13:00", EvidenceKind.ASLEEP)
    (item,) = items(desk)
    assert (item.kind, item.span.started_at, item.span.ended_at) == (ItemKind.AWAY, at("12:00"), at("13:00"))
    assert [session.exact_seconds(0) for session in desk.all()] == [6 * 3600]
    solve(desk.ledger, item, item.suggestion.answer)
    assert [session.exact_seconds(0) for session in desk.all()] == [3 * 3600, 2 * 3600]
    assert [row.span.seconds for row in absences.within(desk.ledger, item.span)] == [3600]
    assert items(desk) == []
    assert verify(desk.ledger) == []
    history.undo(desk.ledger)
    assert [each.kind for each in items(desk)] == [ItemKind.AWAY]


def test_who_was_working_says_so_once(desk):
    timed(desk, "09:00", "15:00")
    left(desk, "12:00", "13:00")
    (item,) = items(desk)
    solve(desk.ledger, item, DayAnswer(Verb.KEEP))
    assert items(desk) == []
    assert [session.exact_seconds(0) for session in desk.all()] == [6 * 3600]


def test_a_timer_that_still_runs_goes_on_after_it(desk):
    timed(desk, "09:00", None)
    left(desk, "12:00", "13:00")
    item = next(each for each in items(desk) if each.kind is ItemKind.AWAY)
    solve(desk.ledger, item, item.suggestion.answer)
    before, after = desk.all()
    assert (before.ended_at, after.started_at, after.running) == (at("12:00"), at("13:00"), True)


@pytest.mark.parametrize("channel", [Channel.MEETING, Channel.CALL, Channel.TRAVEL])
def test_work_that_needs_no_machine_is_not_asked_about(desk, channel):
    timed(desk, "09:00", "15:00", channel=channel)
    left(desk, "12:00", "13:00")
    assert items(desk) == []


def test_neither_is_what_was_typed_nor_a_moment_nor_a_lock_that_lasts(desk):
    editing.add(desk.ledger, Work("acme", note="x"), at("08:00"), at("09:00"))
    timed(desk, "09:00", "15:00")
    left(desk, "08:10", "08:50")
    left(desk, "10:00", "10:15")
    left(desk, "11:00", None)
    assert items(desk) == []


def test_accepting_all_stops_no_timer_and_decides_no_scope(desk):
    timed(desk, "09:00", "10:00")
    timed(desk, "11:00", "11:30", scope=Scope.OUT, decision=Decision.ABSORB)
    timed(desk, "11:30", "12:00", scope=Scope.OUT)
    timed(desk, "12:00", None)
    found = items(desk)
    kinds = {item.kind for item in found if item.suggestion and not item.at_once}
    assert kinds == {ItemKind.RUNNING, ItemKind.PENDING}
    accept_all(desk.ledger, found)
    assert [s.client for s in timers.running(desk.ledger)] == ["acme"]
    assert {item.kind for item in items(desk)} >= kinds
