"""The leaks of a practice in full swing: every line of the table says something, however narrow it is."""

import re

import pytest

from tests.tui.frames import frame, watch
from tests.tui.sample_app import opened
from tests.tui.workbench import settled


@pytest.mark.parametrize("width", [80, 82, 83, 84, 120])
def test_no_line_of_the_table_is_dashes_alone(home, width):
    tui = opened(home)

    async def look(pilot):
        await pilot.press("k")
        await tui.workers.wait_for_complete()
        await pilot.pause()
        shown = frame(tui.screen)
        begin = next(n for n, line in enumerate(shown) if "At risk" in line)
        return [line.strip("│ ·▌") for line in shown[begin + 1 :] if "●" in line or "◌" in line]

    lines = watch(tui, look, (width, 40))
    assert len(lines) > 3
    assert [line for line in lines if not any(c.isdigit() for c in line)] == []


def test_free_rows_of_a_small_screen_say_what_the_last_figure_is_and_what_is_overdue(home):
    tui = opened(home)

    async def look(pilot):
        await tui.workers.wait_for_complete()
        await settled(pilot)
        tui.tick()
        await settled(pilot)
        return frame(tui.screen)

    shown = watch(tui, look, (80, 24))
    begin = next(n for n, line in enumerate(shown) if "up to" in line)
    assert "unexplained" in shown[begin + 1]
    assert "Overdue €" in shown[begin + 3]
    assert "oldest" in shown[begin + 3]


def test_what_one_screen_says_of_money_the_others_say_too(home):
    tui = opened(home)
    seen = {}

    async def walk(pilot):
        for name, keys in (
            ("main", ()), ("leaks", ("k",)), ("money", ("escape", "P")), ("calls", ("escape", "i")),
            ("day", ("escape", "r")), ("year", ("escape", "W", "v", "v")),
        ):  # fmt: skip
            await pilot.press(*keys)
            await tui.workers.wait_for_complete()
            await settled(pilot)
            seen[name] = "\n".join(frame(tui.screen)).replace("\u00a0", " ")

    watch(tui, walk, (120, 40))
    lost = re.search(r"lost +(€[\d.,]+)", seen["main"])
    up_to = re.search(r"up to +(€[\d.,]+)", seen["main"])
    assert lost
    assert up_to
    assert f"lost {lost[1]} + CHF" in seen["leaks"]
    assert f"up to {up_to[1]} ─" in seen["leaks"]
    assert "overdue €403.20 + USD" in seen["main"]
    assert "overdue €403.20 + USD" in seen["money"]
    calls = re.findall(r"▓ \d\d:\d\d–\d\d:\d\d.*?(€[\d.,]+)", seen["calls"])
    assert len(calls) == 2
    assert sorted(calls) == sorted(re.findall(r"▓ \d\d:\d\d–\d\d:\d\d.*?(€[\d.,]+)", seen["day"]))
    worths = [line for line in seen["year"].splitlines() if "█" in line]
    assert len(worths) == 12
    assert all("CHF" in line and "$" in line and "…" not in line for line in worths)


def test_what_is_to_be_done_stays_in_a_narrow_title_however_calls_are_noticed(home):
    file = next(file for file in home.clients_dir.iterdir() if file.stem == "ivry")
    file.write_text(file.read_text().replace('currency = "', 'currency = "XX', 1))
    tui = opened(home)

    async def look(pilot):
        await settled(pilot)
        return frame(tui.screen)[0]

    assert "! 1 problem" in watch(tui, look, (80, 24))


def test_what_the_main_screen_tells_stands_here_before_anything_is_read(home, monkeypatch):
    tui = opened(home)

    async def look(pilot):
        await tui.workers.wait_for_complete()
        await settled(pilot)
        monkeypatch.setattr("clepsydra.tui.screens.leaks.read_behind", lambda *_: None)
        await pilot.press("k")
        await settled(pilot)
        return frame(tui.screen), tui.month_leaks.report.rows

    month, rows = watch(tui, look, (120, 40))
    begin = next(n for n, line in enumerate(month) if "At risk" in line)
    assert rows
    assert len([line for line in month[begin + 1 :] if "●" in line or "◌" in line]) >= min(len(rows), 8)
