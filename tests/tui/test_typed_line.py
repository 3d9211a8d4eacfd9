"""One line on the main screen: read while it is typed, kept with Enter, taken back with one key."""

from clepsydra.store import sessions
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.screens.main import Main
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in


def test_yesterdays_work_takes_its_text_and_two_keys(tmp_path):
    desk = Desk(tmp_path)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("slash")
        await type_in(pilot, "brel yesterday 9h-10h30")
        await settled(pilot)
        shown = text_of(tui.screen)
        await pilot.press("enter")
        await settled(pilot)
        kept = list(sessions.select(desk.ledger.db))
        await pilot.press("u")
        await settled(pilot)
        return shown, kept, list(sessions.select(desk.ledger.db))

    shown, kept, undone = watch(tui, work, (80, 24))
    assert "Brel & Cie" in shown
    assert "09:00–10:30" in shown
    assert [(s.client, s.started_at, s.ended_at) for s in kept] == [
        ("brel", at("2026-11-23 09:00"), at("2026-11-23 10:30"))
    ]
    assert undone == []


def test_a_line_that_is_not_clear_says_so_and_stays(tmp_path):
    desk = Desk(tmp_path)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("slash")
        await type_in(pilot, "brel review")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(tui.screen, Prompt)
        shown = text_of(tui.screen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(tui.screen, Main)
        return shown

    assert "say how long, or from when to when" in watch(tui, work, (80, 24))
    assert list(sessions.select(desk.ledger.db)) == []
