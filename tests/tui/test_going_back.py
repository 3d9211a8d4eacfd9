"""Every screen says how to leave it; the main one alone is left for good."""

import pytest

from clepsydra.tui.screens.main import Main
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
SCREENS = pytest.mark.parametrize("key", ["i", "l", "p", "I", "r", "k"])


@SIZES
@SCREENS
@pytest.mark.parametrize("back", ["q", "escape"])
def test_a_screen_is_left_for_the_one_under_it(tmp_path, key, back, size):
    desk = Desk(tmp_path, "fr")
    desk.log("acme", "9:00", "10:00")
    tui = desk.open()

    async def go(pilot):
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        assert not isinstance(tui.screen, Main)
        foot = text_of(tui.screen).splitlines()[-1]
        await pilot.press(back)
        await settled(pilot)
        return foot, type(tui.screen), tui.return_code, text_of(tui.screen).splitlines()[-1]

    foot, screen, code, main = watch(tui, go, size)
    assert foot.rstrip().endswith("? aide  esc retour")
    assert "quitter" not in foot
    assert (screen, code) == (Main, None)
    assert main.rstrip().endswith("? aide  q quitter")


@pytest.mark.parametrize("keys", [["q"], ["ctrl+q"], ["l", "ctrl+q"], ["l", "q", "q"]])
def test_the_program_is_closed_from_the_main_screen_or_by_ctrl_q(tmp_path, keys):
    tui = Desk(tmp_path).open()

    async def go(pilot):
        await settled(pilot)
        for key in keys:
            assert tui.return_code is None
            await pilot.press(key)
            await pilot.pause()

    watch(tui, go)
    assert tui.return_code == 0
