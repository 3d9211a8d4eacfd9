"""Title, bell and desktop notices: each can be switched off, and none names a client unless asked to."""

import pytest

from clepsydra.ledger import timers
from clepsydra.ledger.timers import Work
from clepsydra.settings.edit import edit_settings
from clepsydra.tui.notices import Notices
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled


@pytest.mark.parametrize("named", [False, True])
def test_what_is_told_outside_the_terminal(tmp_path, named):
    desk = Desk(tmp_path)
    edit_settings(desk.home, {"notices.desktop": True, "notices.names": named})
    tui = desk.open()
    written, shown = [], []

    async def work(pilot):
        await settled(pilot)
        notices = Notices(tui, written.append, lambda *words: shown.append(words))
        timers.start(desk.ledger, Work("acme"), at=desk.clock.now - 7 * 3600)
        tui.changed()
        for _ in range(2):
            notices.tick(tui.snapshot())
        notices.close()

    watch(tui, work)
    title = "▶ 7:00 Acme SARL · Clepsydra" if named else "▶ 7:00 · Clepsydra"
    assert written == ["\x1b[22;2t", f"\x1b]2;{title}\x07", "\x07", "\x1b[23;2t"]
    assert shown == [("A timer has been running for long", "Acme SARL" if named else "")]


def test_each_can_be_switched_off(tmp_path):
    desk = Desk(tmp_path)
    edit_settings(desk.home, {"notices.title": False, "notices.bell": False})
    tui = desk.open()
    written, shown = [], []

    async def work(pilot):
        await settled(pilot)
        notices = Notices(tui, written.append, lambda *words: shown.append(words))
        notices.tick(tui.snapshot())
        notices.evening()
        notices.call("Zoom")

    watch(tui, work)
    assert written == shown == []
