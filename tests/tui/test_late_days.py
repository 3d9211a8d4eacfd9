"""A change of a day that was closed says, on the screen too, that the day is open again."""

from datetime import date

from clepsydra.ledger.day import closing
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled


def test_what_opens_a_closed_day_is_told_once(tmp_path):
    desk = Desk(tmp_path)
    for begin, end in (("9:00", "10:00"), ("10:00", "11:00"), ("11:00", "12:00")):
        desk.log("acme", f"2026-11-23 {begin}", f"2026-11-23 {end}", note="layout")
    closing.close_day(desk.ledger, date(2026, 11, 23))
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        await pilot.press("down", "delete")
        await settled(pilot)
        await pilot.press("n", "o", "k", "enter")
        await settled(pilot)

    watch(tui, work)
    told = [words.replace("\u00a0", " ") for words in tui.said if "open again" in words]
    assert told == ["Mon 23 Nov 2026 was closed; now nothing explains 1h 00m of it, so it is open again"]
