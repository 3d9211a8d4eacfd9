"""The log as pages: the same as reading it all, whatever is looked for and whatever changes meanwhile."""

import random
import threading

import pytest

from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.ledger import editing, history, log, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.log import FIRST, LogPages, LogReading, LogTotals, Search
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions
from tests.clock import at
from tests.tui.workbench import Desk

NOTES = ("call about the invoice", "100 %", "50_50", "back\\slash", "réunion", "", "'; DROP TABLE session; --")


def some_session(desk, chance, *, usual):
    """A session of the last three months; some begin in the same second."""
    begin = desk.clock.now - chance.randrange(90 * 86_400) // 60 * 60
    scope = Scope.IN if usual else chance.choice(tuple(Scope))
    decision = chance.choice(tuple(Decision)) if scope is Scope.OUT else None
    client = chance.choice(("acme", "brel", "own"))
    work = Work(client, note=chance.choice(NOTES), scope=scope, decision=decision)
    return editing.finished(desk.ledger, work, begin, begin + chance.randrange(4000))


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    chance = random.Random(7)
    with desk.ledger.change("import {count} sessions", count=900):
        for n in range(900):
            sessions.add(desk.ledger.db, some_session(desk, chance, usual=bool(n % 3)))
    return desk


def read(desk, search):
    """All pages of a search as its thread tells them, and the sums."""
    told: list[LogPages] = []
    sums: list[LogTotals] = []
    LogReading(desk.ledger, search).run(told.append, sums.append)
    return told, sums[0]


def expected(desk, search):
    found = list(sessions.select(desk.ledger.db, search.filter(desk.ledger)))
    return sorted(found, key=lambda s: (s.started_at, s.id), reverse=True)


def everything(pages):
    return [session for offset in range(0, len(pages), 37) for session in pages.page(offset, 37)]


SEARCHES = [
    Search(),
    Search(client="acme"),
    Search(client="acme", project="default", unbilled=True),
    Search(text="invoice"),
    Search(text="%"),
    Search(text="_"),
    Search(text="\\"),
    Search(text="'; DROP"),
    Search(text="cabinet", named=("brel", "own")),
    Search(unbilled=True),
    Search(text="nothing like it"),
]


@pytest.mark.parametrize("search", SEARCHES, ids=range(11))
def test_pages_hold_what_a_full_reading_finds_newest_first(desk, search):
    told, sums = read(desk, search)
    found = expected(desk, search)
    assert everything(told[-1]) == found
    assert told[-1].complete
    assert sums.seconds(desk.clock.now) == sum(s.exact_seconds(desk.clock.now) for s in found)
    for pages in told[:-1]:
        assert everything(pages) == found[:FIRST]
    for index in range(0, len(found), 83):
        assert told[-1].index_of(found[index]) == index


def test_text_is_found_exactly(desk):
    for text, count in (("100 %", "100 %"), ("50_50", "50_50"), ("INVOICE", "call about the invoice")):
        found = everything(read(desk, Search(text=text))[0][-1])
        assert found
        assert {s.note for s in found} == {count}


def test_unbilled_leaves_out_what_is_never_billed(desk):
    statements.issue(desk.ledger, "brel")
    editing.write_off(desk.ledger, expected(desk, Search(client="acme"))[5].id, "goodwill")
    found = everything(read(desk, Search(unbilled=True))[0][-1])
    assert found
    for session in found:
        assert session.client != "own"
        assert session.statement is None
        assert session.write_off is None
        assert session.decision is not Decision.ABSORB


def change(desk, chance, some):
    """One of the many things that can happen to the log."""
    session = chance.choice(some)
    deeds = (
        lambda: editing.remove(desk.ledger, session.id),
        lambda: editing.edit(desk.ledger, session.id, editing.Edit(started_at=session.started_at - 7200)),
        lambda: editing.edit(desk.ledger, session.id, editing.Edit(note="call about the invoice")),
        lambda: editing.edit(desk.ledger, session.id, editing.Edit(client=chance.choice(("acme", "brel")))),
        lambda: editing.add(desk.ledger, Work("acme", note="invoice"), session.started_at, session.started_at + 60),
        lambda: editing.split(desk.ledger, session.id, session.started_at + 1),
        lambda: history.undo(desk.ledger),
        lambda: statements.issue(desk.ledger, "brel"),
    )
    chance.choice(deeds)()


@pytest.mark.parametrize("search", SEARCHES[:10], ids=range(10))
def test_changes_are_taken_in_as_if_all_were_read_again(desk, search):
    pages = read(desk, search)[0][-1]
    chance = random.Random(11)
    for _ in range(12):
        for _ in range(chance.randrange(1, 4)):
            try:
                change(desk, chance, expected(desk, Search()))
            except Refused:
                continue
        pages.catch_up()
        assert everything(pages) == expected(desk, search)
    assert not pages.catch_up()


def test_what_changes_while_places_are_read_is_taken_in_after(desk):
    told: list[LogPages] = []

    def tell(pages):
        if not told:
            editing.remove(desk.ledger, expected(desk, Search())[3].id)
            editing.remove(desk.ledger, expected(desk, Search())[-3].id)
            timers.start(desk.ledger, Work("acme"))
        told.append(pages)

    LogReading(desk.ledger, Search()).run(tell, lambda _: None)
    for pages in told:
        pages.catch_up()
    assert everything(told[-1]) == expected(desk, Search())


def test_a_session_gone_since_its_place_was_read_is_a_gap_until_then(desk):
    pages = read(desk, Search())[0][-1]
    gone = expected(desk, Search())[10]
    editing.remove(desk.ledger, gone.id)
    assert pages.page(10, 1) == [None]
    assert pages.index_of(gone) is None
    pages.catch_up()
    assert None not in pages.page(0, 20)


def test_a_day_is_found_by_its_bounds(desk):
    pages = read(desk, Search())[0][-1]
    found = expected(desk, Search())
    middle = found[len(found) // 2].started_at
    index = pages.index_before(middle)
    assert found[index].started_at < middle
    assert all(s.started_at >= middle for s in found[:index])
    assert pages.index_before(0) == len(found)
    day = [s for s in found if middle - 86_400 <= s.started_at < middle]
    assert pages.count_between(middle - 86_400, middle) == len(day)


def test_the_newest_are_there_before_all_are_read(desk):
    pages = log.newest(desk.ledger, Search())
    assert everything(pages) == expected(desk, Search())[:FIRST]
    assert not pages.complete
    few = log.newest(desk.ledger, Search(text="50_50"))
    assert few.complete
    assert everything(few) == expected(desk, Search(text="50_50"))


def test_a_reading_ends_when_it_is_cancelled(desk):
    told: list[object] = []
    reading = LogReading(desk.ledger, Search())

    def tell(pages):
        told.append(pages)
        reading.cancel()

    thread = threading.Thread(target=reading.run, args=(tell, told.append))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert len(told) == 1
    LogReading(desk.ledger, Search()).cancel()  # before it runs, and after


def test_a_reading_never_writes(desk):
    before = desk.ledger.db.execute("PRAGMA data_version").fetchone()[0]
    read(desk, Search(text="invoice"))
    assert desk.ledger.db.execute("PRAGMA data_version").fetchone()[0] == before


def test_running_sessions_grow_in_the_sums(desk):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 100)
    _, sums = read(desk, Search(client="acme"))
    assert sums.seconds(desk.clock.now + 50) - sums.seconds(desk.clock.now) == 50
    assert sums.seconds(desk.clock.now - 1000) == sums.finished


def test_the_neighbour_is_the_nearest_of_the_same_work(desk):
    noon = at("2019-05-06 12:00")  # long before anything else in the log
    first, near, other, far = (
        editing.add(desk.ledger, Work("acme", note=note, channel=channel), noon + begin, noon + end)
        for note, channel, begin, end in (
            ("a", Channel.WORK, 0, 600),
            ("b", Channel.WORK, 1000, 1600),
            ("c", Channel.CALL, 1600, 1700),
            ("d", Channel.WORK, 1800, 2000),
        )
    )
    assert log.neighbour(desk.ledger, first) == near
    assert log.neighbour(desk.ledger, near) == far
    assert log.neighbour(desk.ledger, far) == near
    assert log.neighbour(desk.ledger, other) not in (first, near, far)


def test_clients_are_all_that_have_a_file_or_a_session(desk):
    desk.home.client_file("brel").unlink()
    desk.ledger.catalogue.reload()
    assert log.clients(desk.ledger) == ["acme", "brel", "own"]
