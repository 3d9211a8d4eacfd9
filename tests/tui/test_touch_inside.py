"""A message inside somebody else's timer: whose its minutes are is asked at once."""

from clepsydra.ledger import timers
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from clepsydra.tui.dialogs import Question
from clepsydra.tui.screens.main import Main
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in


def touched(desk, *keys):
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 1800)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("m", "tab")
        await settled(pilot)
        await type_in(pilot, "brel")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("5")
        await settled(pilot)
        assert isinstance(tui.screen, Question)
        asked = text_of(tui.screen)
        await pilot.press(*keys)
        await settled(pilot)
        assert isinstance(tui.screen, Main)
        return asked

    return watch(tui, work, (100, 30))


def lengths(desk):
    return sorted((s.client, s.exact_seconds(desk.clock.now)) for s in sessions.select(desk.ledger.db))


def test_the_minutes_are_taken_out_of_the_timer(tmp_path):
    desk = Desk(tmp_path)
    assert "Brel & Cie" in touched(desk, "t")
    worked = lengths(desk)
    assert sum(seconds for _, seconds in worked) == 1800
    assert ("brel", 300) in worked
    assert len(timers.running(desk.ledger)) == 1
    assert verify(desk.ledger) == []


def test_both_may_keep_them(tmp_path):
    desk = Desk(tmp_path)
    touched(desk, "b")
    assert lengths(desk) == [("acme", 1800), ("brel", 300)]
