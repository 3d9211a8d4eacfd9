"""What was looked at and left is not kept for the rest of the day."""

import gc
from weakref import ref

from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled


def test_a_screen_that_was_left_is_not_kept_nor_anything_on_it(tmp_path):
    desk = Desk(tmp_path)
    desk.log("acme", "9:00", "10:00")

    async def look(pilot):
        kept = []
        for key in "klIr":
            await pilot.press(key)
            await settled(pilot)
            kept += [ref(each) for each in (pilot.app.screen, *pilot.app.screen.walk_children())]
            await pilot.press("escape")
            await settled(pilot)
        gc.collect()
        return [each() for each in kept if each() is not None]

    assert watch(desk.open(), look, (120, 40)) == []
