"""Add, touch, edit, split, join, remove, write off, scope: what is stored is what was typed."""

from dataclasses import replace
from datetime import date

import pytest

from clepsydra.domain.session import Channel, Decision, Scope, Source
from clepsydra.domain.terms import Project, Touches
from clepsydra.ledger import editing, timers
from clepsydra.ledger.billing import agreed_time, statements
from clepsydra.ledger.editing import Edit
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from tests.ledger.workbench import DAY, HOUR, MINUTE, MONDAY, Desk, wall

ACME, MESSAGE = Work("acme"), Work("acme", channel=Channel.MESSAGE)


def added(desk: Desk, begin: int, end: int, work: Work = ACME):
    return editing.add(desk.ledger, work, MONDAY + begin, MONDAY + end)


def test_add(desk):
    session = added(desk, -HOUR, 0, Work("acme", scope=Scope.OUT))
    assert desk.all() == [session]
    assert (session.source, session.decision) == (Source.MANUAL, Decision.PENDING)
    with pytest.raises(Refused, match="end before it begins"):
        added(desk, 0, -1)


def test_an_autumn_night_has_its_hour_twice(desk):
    begin, end = wall("2026-10-25 00:00"), wall("2026-10-26 00:00")
    assert editing.add(desk.ledger, ACME, begin, end).exact_seconds(0) == 25 * HOUR


def test_touches_lie_one_before_the_other(desk):
    lengths = [None, 10 * MINUTE, None]
    touches = [editing.touch(desk.ledger, MESSAGE, length) for length in lengths]
    assert [(t.started_at - MONDAY, t.ended_at - MONDAY) for t in touches] == [(-300, 0), (-900, -300), (-1200, -900)]


def test_free_touches_of_the_month_come_first(desk):
    free = [editing.touch(desk.ledger, MESSAGE).write_off for _ in range(4)]
    assert free == [editing.FREE_TOUCH] * 2 + [None] * 2
    desk.wait(9 * DAY)
    assert editing.touch(desk.ledger, MESSAGE).write_off == editing.FREE_TOUCH


def test_a_project_with_an_allowance_of_its_own_shares_it_with_nobody(desk):
    own, shared = (
        Project(slug, slug, touches=Touches(free_per_month=free, shared=free == 1))
        for slug, free in (("p", 2), ("q", 1))
    )
    acme = replace(desk.terms.clients["acme"], touches=Touches(free_per_month=1), projects=(own, shared))
    desk.terms.clients = {**desk.terms.clients, "acme": acme}
    places = ["default", "default", "p", "q", "p", "p"]
    free = [
        editing.touch(desk.ledger, Work("acme", place, channel=Channel.MESSAGE)).write_off == editing.FREE_TOUCH
        for place in places
    ]
    assert free == [True, False, True, False, True, False]


def test_touches_are_short_and_asynchronous(desk):
    with pytest.raises(Refused, match="message or a fix"):
        editing.touch(desk.ledger, ACME)
    with pytest.raises(Refused, match="at least a minute"):
        editing.touch(desk.ledger, MESSAGE, 0)


def test_edit(desk):
    session = added(desk, -HOUR, 0)
    after = editing.edit(
        desk.ledger, session.id[-6:], Edit(client="brel", started_at=MONDAY - 2 * DAY, note="moved", scope=Scope.OUT)
    )
    assert desk.all() == [after]
    assert (after.client, after.project, after.decision) == ("brel", "default", Decision.PENDING)
    assert date.fromordinal(after.day) == date(2026, 11, 21)
    for wrong in (Edit(ended_at=MONDAY - 3 * DAY), Edit(client="nobody"), Edit(project="nothing")):
        with pytest.raises(Refused):
            editing.edit(desk.ledger, session.id, wrong)


def test_ids_of_other_programs_are_found_too(desk):
    from dataclasses import replace

    from clepsydra.store import sessions

    one = added(desk, -HOUR, 0)
    with desk.ledger.change("add {client}", client="acme"):
        for name in ("row-1", "row-12", "%_", "x"):
            sessions.add(desk.ledger.db, replace(one, id=name))
    assert desk.ledger.session("row-1").id == "row-1"
    assert desk.ledger.session("x").id == "x"
    assert desk.ledger.session(one.id[-8:].lower()).id == one.id
    with pytest.raises(Refused, match="several"):
        desk.ledger.session("row-")
    with pytest.raises(Refused, match="no session"):
        desk.ledger.session("%%%%")


def test_scope(desk):
    session = added(desk, -HOUR, 0)
    assert editing.set_scope(desk.ledger, session.id, Scope.OUT).decision is Decision.PENDING
    assert editing.set_scope(desk.ledger, session.id, Scope.OUT, Decision.ABSORB).decision is Decision.ABSORB
    assert editing.set_scope(desk.ledger, session.id, Scope.UNSURE, Decision.BILL).decision is None


def test_split_shares_an_agreed_time(desk):
    session = added(desk, -HOUR, 0)
    agreed_time.agree_session(desk.ledger, session.id, 1001)
    first, second = editing.split(desk.ledger, session.id, MONDAY - 15 * MINUTE)
    assert desk.all() == [first, second]
    assert (first.agreed_seconds, second.agreed_seconds) == (751, 250)
    for at in (MONDAY - HOUR, MONDAY, MONDAY + 1):
        with pytest.raises(Refused, match="not inside"):
            editing.split(desk.ledger, session.id, at)


def test_split_of_a_running_session_leaves_its_end_running(desk):
    session = timers.start(desk.ledger, ACME)
    desk.wait(HOUR)
    _, second = editing.split(desk.ledger, session.id, MONDAY + 60)
    assert timers.running(desk.ledger) == [second]


def test_join(desk):
    first, second = added(desk, -2 * HOUR, -HOUR, Work("acme", note="a")), added(desk, -HOUR, 0, Work("acme", note="b"))
    whole = editing.join(desk.ledger, second.id, first.id)
    assert desk.all() == [whole]
    assert (whole.note, whole.exact_seconds(0)) == ("a · b", 2 * HOUR)


def test_what_does_not_belong_together_is_not_joined(desk):
    first = added(desk, -3 * HOUR, -2 * HOUR)
    later, other = added(desk, -HOUR, 0), added(desk, -2 * HOUR, -HOUR, Work("brel"))
    with pytest.raises(Refused, match=r"1h.00m between"):
        editing.join(desk.ledger, first.id, later.id)
    with pytest.raises(Refused, match="differ"):
        editing.join(desk.ledger, first.id, other.id)
    with pytest.raises(Refused, match="itself"):
        editing.join(desk.ledger, first.id, first.id)
    assert editing.join(desk.ledger, first.id, later.id, fill=True).exact_seconds(0) == 3 * HOUR


def test_a_join_does_not_let_one_agreed_time_swallow_the_other_session(desk):
    first, second = added(desk, -2 * HOUR, -HOUR), added(desk, -HOUR, 0)
    agreed_time.agree_session(desk.ledger, first.id, 600)
    with pytest.raises(Refused, match="agree on both"):
        editing.join(desk.ledger, first.id, second.id)
    agreed_time.agree_session(desk.ledger, second.id, 300)
    assert editing.join(desk.ledger, first.id, second.id).agreed_seconds == 900


def test_write_off_and_back(desk):
    session = added(desk, -HOUR, 0)
    assert editing.write_off(desk.ledger, session.id, " a gift ").write_off == "a gift"
    assert editing.write_off(desk.ledger, session.id, " ").write_off is None
    timers.start(desk.ledger, ACME)
    with pytest.raises(Refused, match="still running"):
        editing.write_off(desk.ledger, timers.running(desk.ledger)[0].id, "x")


def test_what_is_on_a_statement_is_locked(desk):
    session = added(desk, -HOUR, 0)
    number = statements.issue(desk.ledger, "acme").number
    before = desk.all()
    for deed in (
        lambda: editing.edit(desk.ledger, session.id, Edit(note="x")),
        lambda: editing.split(desk.ledger, session.id, MONDAY - 60),
        lambda: editing.remove(desk.ledger, session.id),
        lambda: editing.write_off(desk.ledger, session.id, "x"),
        lambda: editing.set_scope(desk.ledger, session.id, Scope.UNSURE),
        lambda: agreed_time.agree_session(desk.ledger, session.id, 60),
    ):
        with pytest.raises(Refused, match="locked"):
            deed()
    assert desk.all() == before
    statements.void(desk.ledger, number, "wrong")
    assert editing.edit(desk.ledger, session.id, Edit(note="x")).note == "x"
