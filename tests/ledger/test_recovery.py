"""After a crash, a sleep, a clock jump: what nobody saw is asked about, and no answer loses anything."""

import os

import pytest

from clepsydra.domain.session import Scope
from clepsydra.ledger import history, recovery, timers
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from tests.ledger.workbench import DAY, HOUR, MONDAY, Desk


def dead(_: int) -> bool:
    return False


def alive(_: int) -> bool:
    return True


def look(desk: Desk, living=dead, boot: int = 0) -> list[tuple[str, int]]:
    found = recovery.look_back(desk.ledger, alive=living, boot=lambda: boot)
    return [(d.session.client, d.seen_until - MONDAY) for d in found]


def crashed(desk: Desk, seen: int = HOUR, back_after: int = 2 * HOUR):
    """A timer begun while an instance watched, which was last seen `seen` seconds on."""
    watcher = recovery.enter(desk.ledger)
    session = timers.start(desk.ledger, Work("acme"))
    desk.wait(seen)
    recovery.beat(desk.ledger, watcher)
    desk.wait(back_after)
    return session


def test_a_crash_is_asked_about_from_the_last_sign_of_life(desk):
    crashed(desk)
    assert look(desk) == [("acme", HOUR)]
    assert look(desk) == [("acme", HOUR)], "asking again asks the same"
    history.undo(desk.ledger)
    assert recovery.doubts(desk.ledger) == []


def test_a_new_instance_sees_the_crash_of_the_old(desk):
    crashed(desk)
    new = recovery.enter(desk.ledger)
    desk.ledger.db.execute("UPDATE watcher SET pid = -1 WHERE instance <> ?", (new.instance,))
    assert look(desk, lambda pid: pid != -1) == [("acme", HOUR)]


def test_a_short_absence_is_a_busy_machine(desk):
    crashed(desk, back_after=60)
    assert look(desk) == []


def test_while_one_watches_nothing_is_doubtful(desk):
    crashed(desk, back_after=60)
    assert look(desk, alive) == []
    desk.wait(10)
    assert look(desk, alive) == []


def test_a_watcher_gone_silent_vouches_no_more(desk):
    """Another machine's, or a process id that something else has now."""
    crashed(desk)
    assert look(desk, alive) == [("acme", HOUR)]


def test_an_old_crash_does_not_cast_doubt_on_later_work(desk):
    recovery.enter(desk.ledger)
    desk.wait(DAY)
    timers.start(desk.ledger, Work("acme"))
    desk.wait(HOUR)
    assert look(desk) == []
    desk.wait(HOUR)
    assert look(desk) == []


def test_timers_of_the_command_line_are_believed(desk):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(9 * HOUR)
    assert look(desk, boot=MONDAY - DAY) == []


def test_a_machine_started_since_did_not_see_it(desk):
    session = timers.start(desk.ledger, Work("acme"))
    desk.wait(2 * HOUR)
    assert look(desk, boot=MONDAY + HOUR) == [("acme", 0)]
    recovery.keep(desk.ledger, session.id)
    assert look(desk, boot=MONDAY + HOUR) == [], "an answer is an answer"


def test_work_noted_after_the_start_of_the_machine_hides_nothing(desk):
    timers.start(desk.ledger, Work("acme"))
    desk.set(parallel_timers=True)
    desk.wait(2 * HOUR)
    timers.start(desk.ledger, Work("brel"))
    desk.wait(HOUR)
    assert look(desk, boot=MONDAY + HOUR) == [("acme", 0)]


def test_sleep_and_a_clock_set_back(desk):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(3 * HOUR)
    (doubt,) = recovery.unseen_since(desk.ledger, MONDAY + HOUR)
    assert (doubt.seen_until, doubt.until) == (MONDAY + HOUR, MONDAY + 3 * HOUR)
    recovery.keep(desk.ledger, doubt.session.id)
    desk.wait(-4 * HOUR)
    (doubt,) = recovery.unseen_since(desk.ledger, MONDAY + 3 * HOUR)
    assert recovery.cut(desk.ledger, doubt.session.id).ended_at == MONDAY + 3 * HOUR


def test_keep(desk):
    session = crashed(desk)
    look(desk)
    assert recovery.keep(desk.ledger, session.id).running
    desk.wait(60)
    assert timers.stop(desk.ledger).exact_seconds(0) == 3 * HOUR + 60


def test_cut(desk):
    session = crashed(desk)
    look(desk)
    assert recovery.cut(desk.ledger, session.id).ended_at == MONDAY + HOUR
    with pytest.raises(Refused, match="nothing is doubtful"):
        recovery.cut(desk.ledger, session.id)
    history.undo(desk.ledger)
    assert recovery.doubts(desk.ledger)


def test_split(desk):
    session = crashed(desk)
    look(desk)
    first, second = recovery.split(desk.ledger, session.id)
    assert (first.ended_at, second.started_at, second.ended_at) == (MONDAY + HOUR, MONDAY + HOUR, MONDAY + 3 * HOUR)
    assert second.scope is Scope.UNSURE
    assert desk.all() == [first, second]


def test_discard(desk):
    session = crashed(desk)
    look(desk)
    recovery.discard(desk.ledger, session.id)
    assert desk.all() == []
    history.undo(desk.ledger)
    assert [s.id for s in desk.all()] == [session.id]


def test_what_was_stopped_stays_doubtful_unless_the_person_named_the_time(desk):
    session = crashed(desk)
    look(desk)
    timers.stop(desk.ledger)
    assert [d.session.id for d in recovery.doubts(desk.ledger)] == [session.id]
    history.undo(desk.ledger)
    timers.stop(desk.ledger, MONDAY + HOUR)
    assert recovery.doubts(desk.ledger) == []


def test_a_moved_begin_leaves_no_session_ending_before_it(desk):
    from clepsydra.ledger import editing

    session = crashed(desk)
    look(desk)
    editing.edit(desk.ledger, session.id, editing.Edit(started_at=MONDAY + 2 * HOUR))
    assert recovery.cut(desk.ledger, session.id).exact_seconds(0) == 0


def test_leaving_in_order_leaves_no_doubt(desk):
    watcher = recovery.enter(desk.ledger)
    timers.start(desk.ledger, Work("acme"))
    recovery.leave(desk.ledger, watcher)
    desk.wait(DAY)
    assert look(desk) == []
    assert recovery.process_alive(os.getpid())


def test_a_begin_that_was_typed_afterwards_was_seen_by_nobody(desk):
    """A watcher died at ten; at noon somebody types that a timer began at ten: that is no sign of life."""
    recovery.enter(desk.ledger)
    desk.wait(2 * HOUR)
    timers.start(desk.ledger, Work("acme"), desk.now - 2 * HOUR)
    desk.wait(HOUR)
    found = recovery.suspected(desk.ledger, alive=lambda pid: False, boot=lambda: 0)
    assert [doubt.seen_until for doubt in found] == []
