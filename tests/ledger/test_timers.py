"""Start, stop, switch, pause, resume: one transaction each, back-dated too, side by side when wanted."""

import pytest

from clepsydra.domain.session import Channel, Decision, Scope, Source
from clepsydra.ledger import editing, history, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.ledger.workbench import HOUR, MINUTE, MONDAY, Desk, wall

ACME, BREL = Work("acme", note="login"), Work("brel", "api")


def spans(desk: Desk) -> list[tuple[str, int, int | None]]:
    return [(s.client, s.started_at - MONDAY, s.ended_at and s.ended_at - MONDAY) for s in desk.all()]


def test_a_timer_neither_begins_nor_ends_in_the_future(desk):
    timers.start(desk.ledger, Work("acme"), MONDAY - HOUR)
    before = desk.all()
    later = MONDAY + 61
    for deed in (
        lambda: timers.start(desk.ledger, Work("brel"), later),
        lambda: timers.switch(desk.ledger, Work("brel"), later),
        lambda: timers.stop(desk.ledger, later),
        lambda: timers.pause(desk.ledger, later),
    ):
        with pytest.raises(Refused, match="lies ahead"):
            deed()
    assert desk.all() == before
    timers.stop(desk.ledger, MONDAY + 60)
    with pytest.raises(Refused, match="lies ahead"):
        timers.resume(desk.ledger, later)


def test_start_and_stop(desk):
    session = timers.start(desk.ledger, ACME)
    desk.wait(10 * MINUTE)
    assert timers.stop(desk.ledger).id == session.id
    (held,) = desk.all()
    assert (held.started_at, held.ended_at, held.zone, held.note) == (MONDAY, MONDAY + 600, "Europe/Paris", "login")
    assert (held.source, held.logged_at, held.scope) == (Source.TIMER, MONDAY, Scope.IN)


def test_starting_ends_what_runs_at_the_same_instant(desk):
    timers.start(desk.ledger, ACME)
    desk.wait(HOUR)
    timers.start(desk.ledger, BREL)
    assert spans(desk) == [("acme", 0, HOUR), ("brel", HOUR, None)]
    history.undo(desk.ledger)
    assert spans(desk) == [("acme", 0, None)]


def test_parallel_timers_only_when_wanted(desk):
    desk.set(parallel_timers=True)
    timers.start(desk.ledger, ACME)
    desk.wait(HOUR)
    timers.start(desk.ledger, BREL)
    assert len(timers.running(desk.ledger)) == 2
    desk.wait(HOUR)
    assert timers.stop(desk.ledger, client="acme").client == "acme"
    assert timers.switch(desk.ledger, Work("cafe")).client == "cafe"
    assert [s.client for s in timers.running(desk.ledger)] == ["cafe"]


def test_back_dated_start_stop_and_switch(desk):
    timers.start(desk.ledger, ACME, MONDAY - HOUR)
    timers.switch(desk.ledger, BREL, MONDAY - 20 * MINUTE)
    timers.stop(desk.ledger, MONDAY - 5 * MINUTE)
    assert spans(desk) == [("acme", -HOUR, -1200), ("brel", -1200, -300)]


@pytest.mark.parametrize("deed", [timers.stop, timers.pause, lambda desk, at: timers.start(desk, BREL, at)])
def test_nothing_ends_before_it_began(desk, deed):
    timers.start(desk.ledger, ACME)
    with pytest.raises(Refused, match="began after that"):
        deed(desk.ledger, MONDAY - 1)
    assert spans(desk) == [("acme", 0, None)]


def test_a_clock_set_back_ends_a_timer_where_it_began(desk):
    timers.start(desk.ledger, ACME)
    desk.wait(-30)
    assert timers.stop(desk.ledger).exact_seconds(0) == 0


def test_the_same_work_does_not_run_twice(desk):
    desk.set(parallel_timers=True)
    timers.start(desk.ledger, ACME)
    with pytest.raises(Refused, match="already running"):
        timers.start(desk.ledger, ACME)
    with pytest.raises(Refused, match="did you mean “acme”"):
        timers.start(desk.ledger, Work("acm"))
    with pytest.raises(Refused, match="did you mean “api”"):
        timers.start(desk.ledger, Work("brel", "apo"))
    assert len(desk.all()) == 1


def test_nothing_runs(desk):
    for deed in (timers.stop, timers.pause):
        with pytest.raises(Refused, match="nothing is running"):
            deed(desk.ledger)
    with pytest.raises(Refused, match="nothing to resume"):
        timers.resume(desk.ledger)


def test_pause_and_resume(desk):
    timers.start(desk.ledger, ACME)
    desk.wait(HOUR)
    timers.pause(desk.ledger)
    desk.wait(HOUR)
    resumed = timers.resume(desk.ledger)
    assert (Work.of(resumed), resumed.started_at) == (ACME, MONDAY + 2 * HOUR)
    assert spans(desk)[0] == ("acme", 0, HOUR)


def test_without_a_pause_the_last_work_is_resumed(desk):
    timers.start(desk.ledger, ACME)
    desk.wait(HOUR)
    timers.stop(desk.ledger)
    desk.wait(HOUR)
    assert Work.of(timers.resume(desk.ledger)) == ACME
    with pytest.raises(Refused, match="already running"):
        timers.resume(desk.ledger)


def test_pauses_are_taken_from_the_top_and_what_is_gone_is_passed_over(desk):
    for work in (ACME, BREL, Work("cafe")):
        timers.start(desk.ledger, work)
        desk.wait(MINUTE)
        timers.pause(desk.ledger)
    editing.remove(desk.ledger, desk.all()[-1].id)
    assert timers.resume(desk.ledger).client == "brel"
    assert timers.paused(desk.ledger) == 1


def test_starting_paused_work_takes_it_off_the_stack(desk):
    timers.start(desk.ledger, ACME)
    desk.wait(MINUTE)
    timers.pause(desk.ledger)
    timers.start(desk.ledger, ACME)
    assert timers.paused(desk.ledger) == 0
    history.undo(desk.ledger)
    assert timers.paused(desk.ledger) == 1


def test_out_of_scope_waits_for_a_decision(desk):
    session = timers.start(desk.ledger, Work("acme", scope=Scope.OUT))
    assert session.decision is Decision.PENDING
    assert desk.all() == [session]
    assert Work("acme", decision=Decision.BILL).decision is None


def test_a_night_is_the_persons_evening_but_billed_on_its_civil_day(desk):
    from dataclasses import replace
    from datetime import date, time

    desk.terms.settings = replace(desk.terms.settings, day_starts_at=time(4))
    desk.now = wall("2026-11-24 03:59")
    session = timers.start(desk.ledger, ACME, wall("2026-11-24 00:00"))
    assert desk.ledger.today == date(2026, 11, 23)
    assert session.day == date(2026, 11, 24).toordinal()
    timers.stop(desk.ledger)
    assert statements.preview(desk.ledger, "acme").statement.first_day == date(2026, 11, 24)
    assert verify(desk.ledger) == []


def test_text_that_is_no_text_is_made_visible(desk):
    session = timers.start(desk.ledger, Work("acme", note="caf\udce9\x00[/red]", channel=Channel.CALL))
    assert desk.all() == [session]
    assert session.note == "caf?\x00[/red]"
    history.undo(desk.ledger)
    history.redo(desk.ledger)
    assert desk.all() == [session]
