"""Touches: inside work of their own client they are part of it; the allowance counts every exchange."""

from datetime import date

from clepsydra.domain.records import replace
from clepsydra.domain.session import FREE_TOUCH, Channel
from clepsydra.domain.terms import Touches
from clepsydra.ledger import editing, history, timers
from clepsydra.ledger.day.answers import ItemKind
from clepsydra.ledger.day.open_items import open_items
from clepsydra.ledger.days import day_of
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from tests.ledger.workbench import Desk, client, wall

MINUTE = 60
MESSAGE = Work("brel", channel=Channel.MESSAGE, note="re: offer")


def desk_of(free: int = 0) -> Desk:
    desk = Desk.at(now=wall("2026-11-24 10:00"))
    terms = {slug: client(slug, "100") for slug in ("brel", "cafe")}
    terms["brel"] = replace(terms["brel"], touches=Touches(free_per_month=free))
    desk.terms.clients = {**desk.terms.clients, **terms}
    return desk


def marks(desk, session) -> int:
    sql = "SELECT count(*) FROM touched WHERE session = ?"
    return desk.ledger.db.execute(sql, (session.id,)).fetchone()[0]


def test_a_touch_inside_its_clients_timer_stays_one_entry():
    desk = desk_of()
    timers.start(desk.ledger, Work("brel", note="review"))
    desk.wait(20 * MINUTE)
    inside = editing.touch(desk.ledger, MESSAGE)
    desk.wait(10 * MINUTE)
    timers.stop(desk.ledger)
    (only,) = desk.all()
    assert (only.id, only.exact_seconds(desk.now), only.note) == (inside.id, 30 * MINUTE, "review · re: offer")
    assert marks(desk, only) == 1
    assert verify(desk.ledger) == []
    for _ in range(2):
        history.undo(desk.ledger)
    assert (desk.all()[0].note, marks(desk, only)) == ("review", 0)


def test_a_touch_that_lies_wholly_in_finished_work_of_its_client_joins_it():
    desk = desk_of()
    done = editing.add(desk.ledger, Work("brel"), desk.now - 30 * MINUTE, desk.now)
    assert editing.touch(desk.ledger, MESSAGE).id == done.id
    assert len(desk.all()) == 1


def test_a_touch_inside_another_clients_timer_is_asked_in_the_evening():
    desk = desk_of()
    timers.start(desk.ledger, Work("cafe"))
    desk.wait(20 * MINUTE)
    editing.touch(desk.ledger, MESSAGE)
    timers.stop(desk.ledger)
    assert len(desk.all()) == 2
    kinds = [item.kind for item in open_items(desk.ledger, day_of(desk.ledger, date(2026, 11, 24)))]
    assert ItemKind.OVERLAP in kinds


def test_the_allowance_counts_every_exchange_however_it_was_entered():
    desk = desk_of(free=2)
    added = editing.add(desk.ledger, MESSAGE, desk.now - 9 * MINUTE, desk.now - 4 * MINUTE)
    assert added.write_off == FREE_TOUCH
    timers.start(desk.ledger, Work("brel"))
    desk.wait(20 * MINUTE)
    editing.touch(desk.ledger, MESSAGE)
    timers.stop(desk.ledger)
    desk.wait(20 * MINUTE)
    assert editing.touch(desk.ledger, MESSAGE).write_off is None, "one was typed, one lay in a timer"


def test_a_free_touch_that_becomes_work_is_no_longer_free():
    desk = desk_of(free=1)
    given = editing.touch(desk.ledger, MESSAGE)
    assert given.write_off == FREE_TOUCH
    assert editing.edit(desk.ledger, given.id, editing.Edit(note="longer than thought")).write_off == FREE_TOUCH
    assert editing.edit(desk.ledger, given.id, editing.Edit(channel=Channel.WORK)).write_off is None
    assert verify(desk.ledger) == []
