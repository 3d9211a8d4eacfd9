"""The question about time nobody saw comes between two things a person does, never over a line being typed."""

from clepsydra.ledger import recovery, timers
from clepsydra.ledger.timers import Work
from clepsydra.tui.dialogs import Prompt, Question
from clepsydra.tui.screens import doubt
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, type_in


def test_it_waits_for_the_line_to_be_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(doubt, "_LATER", 0.01)
    desk = Desk(tmp_path)
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 7200)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("n")
        await type_in(pilot, "sign-in")
        running = timers.running(tui.ledger)[0]
        doubt.ask_doubts(tui, [recovery.Doubt(running, running.started_at, tui.ledger.now)])
        await pilot.pause(0.1)
        assert isinstance(tui.screen, Prompt)
        await type_in(pilot, " page")
        await pilot.press("enter")
        await pilot.pause(0.1)
        await settled(pilot)
        return tui.screen, timers.running(tui.ledger)[0].note

    screen, note = watch(tui, work)
    assert isinstance(screen, Question)
    assert note == "sign-in page"
