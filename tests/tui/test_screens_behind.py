"""What stands behind a screen that fills the terminal costs nothing, and is right again when it is seen."""

import sqlite3

import pytest
from textual.screen import Screen

from clepsydra.ledger import timers
from clepsydra.ledger.timers import Work
from clepsydra.tui.screens.main import Main
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    timers.start(desk.ledger, Work("acme"), desk.clock.now - 60)
    return desk


def refuse(*_):
    raise sqlite3.OperationalError("disk I/O error")


async def passes(pilot, desk, seconds=5):
    desk.clock.now += seconds
    pilot.app.tick()
    await settled(pilot)


def drawn(monkeypatch):
    """Of what Textual draws from now on, each time the screen, and whether all of it."""
    found, refresh = [], Screen._compositor_refresh

    def noted(screen):
        found.append((screen, screen.app.size.region in screen._compositor._dirty_regions))
        refresh(screen)

    monkeypatch.setattr(Screen, "_compositor_refresh", noted)
    return found


@pytest.mark.parametrize("key", ["I", "l", "k"])
def test_a_second_draws_nothing_that_cannot_be_seen(desk, key, monkeypatch):
    async def look(pilot):
        await settled(pilot)
        main = pilot.app.screen
        await pilot.press(key)
        await settled(pilot)
        found = drawn(monkeypatch)
        await passes(pilot, desk)
        assert not any(screen is main or everything for screen, everything in found)
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen is main
        return text_of(main)

    assert "0:01:05" in watch(desk.open(), look, (120, 40))


def test_what_a_dialog_leaves_in_sight_goes_on(desk):
    async def look(pilot):
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        await passes(pilot, desk)
        return text_of(pilot.app.screen_stack[-2])

    assert "0:01:05" in watch(desk.open(), look, (120, 40))


@pytest.mark.parametrize("keys", ["I", "Pb"])
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
def test_a_terminal_of_another_size_is_the_size_of_all_screens(desk, keys, size):
    async def resized(pilot):
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await pilot.resize_terminal(*size)
        await settled(pilot)
        for _ in keys:
            await pilot.press("escape")
            await settled(pilot)
        await passes(pilot, desk, 0)
        return text_of(pilot.app.screen)

    async def never_another(pilot):
        await settled(pilot)
        return text_of(pilot.app.screen)

    assert watch(desk.open(), resized, (120, 40)) == watch(desk.open(), never_another, size)


def test_where_the_keyboard_goes_the_rest_of_the_screen_stays(desk, monkeypatch):
    async def look(pilot):
        await settled(pilot)
        await pilot.press("I")
        await settled(pilot)
        found = drawn(monkeypatch)
        await pilot.press("tab")
        await settled(pilot)
        return found

    found = watch(desk.open(), look, (120, 40))
    assert found
    assert not any(everything for _, everything in found)


def test_what_the_disk_refuses_of_a_screen_that_is_seen_again_leaves_it_as_large_as_the_terminal(desk, monkeypatch):
    async def look(pilot):
        await settled(pilot)
        await pilot.press("I")
        await settled(pilot)
        await passes(pilot, desk)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        with monkeypatch.context() as log:
            log.setattr(Main, "tick", refuse)
            await pilot.press("escape")
            await settled(pilot)
        assert isinstance(pilot.app.screen, Main)
        return {len(line) for line in text_of(pilot.app.screen).splitlines()}

    assert watch(desk.open(), look, (120, 40)) == {80}
