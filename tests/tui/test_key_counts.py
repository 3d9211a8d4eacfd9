"""The keys that the most frequent tasks take, counted by pressing them: no more than these."""

import pytest

from clepsydra.domain.session import Channel, Scope
from clepsydra.ledger import timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.days import day_of
from clepsydra.store import sessions
from clepsydra.tui.screens.calendar import CalendarScreen
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import NAMES, Desk, settled


class Counted:
    """A program whose keys are counted; a text that a task needs anyway does not count."""

    def __init__(self, pilot):
        self.pilot, self.count = pilot, 0

    async def keys(self, *names):
        for name in names:
            await self.pilot.press(name)
            await settled(self.pilot)
        self.count += len(names)

    async def text(self, text):
        await self.pilot.press(*(NAMES.get(c, c) for c in text))
        await settled(self.pilot)

    def taken(self):
        count, self.count = self.count, 0
        return count


def done(desk, scenario, size=(120, 40)):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        return await scenario(Counted(pilot), tui)

    return watch(tui, work, size)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def log(desk):
    return sorted(sessions.select(desk.ledger.db), key=lambda s: s.started_at)


def go_on(desk, tui, minutes=10):
    """Let time pass as it does, a beat at a time: a clock that jumps has slept, which would be asked amid the keys."""
    for _ in range(minutes):
        desk.clock.now += 60
        tui.tick()


def running(desk):
    return [s.client for s in timers.running(desk.ledger)]


def test_timers_messages_scope_notes(desk):
    async def tasks(hand, tui):
        counts = {}
        await hand.keys("1")
        assert running(desk) == ["acme"]
        counts["start"] = hand.taken()
        go_on(desk, tui)
        await hand.keys("2")
        assert running(desk) == ["brel"]
        counts["switch"] = hand.taken()
        go_on(desk, tui)
        await hand.keys("o")
        assert timers.running(desk.ledger)[0].scope is Scope.OUT
        counts["scope"] = hand.taken()
        await hand.keys("n")
        await hand.text("review")
        await hand.keys("enter")
        assert timers.running(desk.ledger)[0].note == "review"
        counts["note"] = hand.taken()
        await hand.keys("space")
        assert running(desk) == []
        counts["stop"] = hand.taken()
        await hand.keys("space")
        assert running(desk) == ["brel"]
        counts["go on"] = hand.taken()
        await hand.keys("u")
        assert running(desk) == []
        counts["undo"] = hand.taken()
        go_on(desk, tui)
        await hand.keys("m", "5")
        assert [s.ended_at - s.started_at for s in log(desk) if s.channel is Channel.MESSAGE] == [300]
        counts["message"] = hand.taken()
        await hand.keys("f", "5")
        counts["fix"] = hand.taken()
        await hand.keys("c", "1")
        assert timers.running(desk.ledger)[0].channel is Channel.CALL
        counts["call"] = hand.taken()
        return counts

    assert done(desk, tasks) == {
        "start": 1, "switch": 1, "scope": 1, "note": 2, "stop": 1, "go on": 1, "undo": 1, "message": 2, "fix": 2,
        "call": 2,
    }  # fmt: skip


def test_began_earlier_and_yesterdays_work(desk):
    async def tasks(hand, _tui):
        counts = {}
        await hand.keys("1")
        hand.taken()
        await hand.keys("b", "9", "h", "enter")
        assert timers.running(desk.ledger)[0].started_at == at("2026-11-24 09:00")
        counts["began earlier"] = hand.taken()
        await hand.keys("slash")
        await hand.text("brel yesterday 9h-10h30 review")
        await hand.keys("enter")
        assert log(desk)[0].started_at == at("2026-11-23 09:00")
        counts["yesterday"] = hand.taken()
        return counts

    assert done(desk, tasks) == {"began earlier": 4, "yesterday": 2}


def test_the_client_of_a_finished_session_and_a_gap(desk):
    desk.log("acme", "9:00", "10:00", "x")
    desk.log("acme", "11:00", "12:00", "y")

    async def tasks(hand, tui):
        counts = {}
        await hand.keys("l")
        hand.taken()
        await hand.keys("e", "up", "2", "enter")
        assert [s.client for s in log(desk)] == ["acme", "brel"]
        counts["client of a session"] = hand.taken()
        await hand.keys("escape", "W")
        assert isinstance(tui.screen, CalendarScreen)
        while tui.screen.slot().started_at > at("2026-11-24 10:00"):
            await hand.keys("up")
        hand.taken()
        await hand.keys("enter", "enter")
        assert [s.started_at for s in log(desk)][1] == at("2026-11-24 10:00")
        counts["gap"] = hand.taken()
        return counts

    assert done(desk, tasks) == {"client of a session": 4, "gap": 2}


def test_the_end_of_a_day(desk):
    desk.log("acme", "9:00", "10:00", "x")
    desk.log("acme", "11:00", "12:00", "y")

    async def tasks(hand, _tui):
        counts = {}
        await hand.keys("r", "2")
        assert [s.client for s in log(desk)] == ["acme", "brel", "acme"]
        counts["a gap from the main screen"] = hand.taken()
        await hand.keys("C")
        assert day_of(desk.ledger, desk.ledger.today).closed
        counts["close the day"] = hand.taken()
        await hand.keys("escape", "w")
        await hand.text("gift")
        await hand.keys("enter")
        assert log(desk)[-1].write_off == "gift"
        hand.count -= 1  # the way back to the main screen
        counts["write off"] = hand.taken()
        return counts

    assert done(desk, tasks) == {"a gap from the main screen": 2, "close the day": 1, "write off": 2}


def test_a_statement_and_its_pdf(desk):
    desk.log("acme", "2026-10-05 9:00", "2026-10-05 10:00", "x")

    async def tasks(hand, _tui):
        counts = {}
        await hand.keys("p", "i", "enter")
        [head] = statements.page(desk.ledger, 9, 0)
        counts["issue"] = hand.taken()
        await hand.keys("x", "enter")
        assert list(desk.home.statements_dir.glob("**/*.pdf"))
        counts["pdf"] = hand.taken()
        assert head.number
        return counts

    assert done(desk, tasks) == {"issue": 3, "pdf": 2}


def test_a_rate_and_the_language(desk):
    async def tasks(hand, tui):
        counts = {}
        await hand.keys("C", "r", "1", "3", "0", "enter")
        desk.ledger.catalogue.reload()
        assert desk.ledger.client("acme").rates[-1].hourly == 130
        counts["rate"] = hand.taken()
        await hand.keys("escape")
        hand.taken()
        await hand.keys("comma", "enter", "f", "enter")
        assert tui.tr.lang == "fr"
        counts["language"] = hand.taken()
        return counts

    assert done(desk, tasks) == {"rate": 6, "language": 4}
