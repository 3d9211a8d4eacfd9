"""The keyboard people have, and the mouse: an AZERTY digit row, clicks on keys, answers and the timeline."""

import pytest
from textual.events import Key

from clepsydra.ledger import timers
from clepsydra.store import sessions
from clepsydra.tui.dialogs import Question
from clepsydra.tui.keys.digit_row import digit_of
from clepsydra.tui.screens.client import ClientScreen
from clepsydra.tui.screens.log import LogScreen
from clepsydra.tui.screens.session_form import SessionForm
from clepsydra.tui.screens.settings import SettingsScreen
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.timeline import DayBar
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def on_main(desk, scenario, size=(80, 24)):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await scenario(pilot)
        await settled(pilot)

    watch(tui, work, size)


def test_the_digit_row_of_french_and_belgian_keyboards():
    assert "".join(digit_of(sign) for sign in "&é\"'(-è_çà") == "1234567890"
    assert digit_of("§") == "6"
    assert digit_of("7") == "7"
    assert digit_of("a") == digit_of(None) == ""


def test_a_client_is_started_and_a_message_logged_without_shift(desk):
    async def work(pilot):
        pilot.app.post_message(Key("ampersand", "&"))
        await settled(pilot)
        work.running = [s.client for s in timers.running(desk.ledger)]
        await pilot.press("space", "m")
        pilot.app.post_message(Key("é", "é"))
        await settled(pilot)

    on_main(desk, work)
    assert work.running == ["acme"]
    assert 120 in [s.ended_at - s.started_at for s in sessions.select(desk.ledger.db)]


def test_a_click_on_the_footer_does_the_action(desk):
    desk.log("acme", "9:00", "10:00", "x")

    async def work(pilot):
        bar = pilot.app.screen.query_one(ActionBar)
        row, line = next((y, s) for y in range(2) if "log" in (s := bar.render_line(y).text).split())
        await pilot.click(ActionBar, offset=(line.index(" l log") + 2, row))
        await settled(pilot)
        assert isinstance(pilot.app.screen, LogScreen)

    on_main(desk, work, (140, 30))


def test_a_click_on_an_answer_gives_it(desk):
    async def work(pilot):
        given = []
        from clepsydra.tui.dialogs import Answer

        answers = (Answer("y", "yes", "do it"), Answer("n", "no", "leave it"))
        pilot.app.push_screen(Question("Sure?", "Really", answers), given.append)
        await settled(pilot)
        await pilot.click("KeyLines", offset=(10, 1))
        await settled(pilot)
        assert given == ["no"]

    on_main(desk, work)


def test_a_gap_of_the_timeline_is_filled_by_a_click_or_by_enter(desk):
    desk.log("acme", "9:00", "10:00", "x")
    desk.log("acme", "12:00", "13:00", "y")

    async def work(pilot):
        bar = pilot.app.screen.query_one(DayBar)
        await pilot.click(DayBar, offset=(bar.cell_of(at("2026-11-24 11:00")), 2))
        await settled(pilot)
        assert isinstance(pilot.app.screen, SessionForm)
        await pilot.press("escape")
        bar.focus()
        await pilot.press("home", "right", "enter", "enter")

    on_main(desk, work, (120, 40))
    _, filled, _ = sessions.select(desk.ledger.db)
    assert (filled.started_at, filled.ended_at) == (at("2026-11-24 10:00"), at("2026-11-24 12:00"))


def test_the_palette_of_any_screen_knows_settings_clients_and_what_the_main_screen_does(desk):
    async def work(pilot):
        await pilot.press("l", "ctrl+p")
        await type_in(pilot, "days you work")
        await settled(pilot)
        work.found = text_of(pilot.app.screen)
        await pilot.press("ctrl+u")
        await type_in(pilot, "iban")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, SettingsScreen)
        assert pilot.app.screen.query_one(LogTable).selected.id == "seller.iban"
        await pilot.press("ctrl+p")
        await type_in(pilot, "brel")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ClientScreen)
        assert len(pilot.app.screen_stack) == 3

    on_main(desk, work)
    assert "Settings" in work.found
