"""The day, the scope, the time and the vessel as lines of text."""

import pytest

from clepsydra.domain.records import replace
from clepsydra.tui.widgets.big_time import BigTime, TimeView
from clepsydra.tui.widgets.clepsydra_vessel import ClepsydraVessel, VesselView
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.meter import Figure, Meter
from clepsydra.tui.widgets.scope_bar import ScopeBar
from clepsydra.tui.widgets.timeline import DayBar, DayView, Tick
from tests.tui.frames import frame, watch
from tests.tui.gallery import DAY, LEVELS, time_view
from tests.tui.one_widget import Stage, drawn

HOUR = 3600


def test_the_day_reads_without_colour():
    lines = drawn(DayBar(DAY), 78, 5)
    assert lines[0].split() == ["8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "▼", "18"]
    assert lines[0].index("▼") == round(9.53 / 11 * 78) - 1
    assert lines[1].split()[:3] == ["a", "Acme", "b"]
    water = lines[3]
    assert [shape in water for shape in "█▓◆─░▁"] == [True] * 6
    assert lines[4].split()[:2] == ["█", "work"]


@pytest.mark.parametrize("width", [76, 120, 200])
def test_the_water_ends_under_the_mark_of_now(width):
    lines = drawn(DayBar(DAY), width, 4)
    assert abs(lines[0].index("▼") + 1 - len(lines[3].rstrip("▁"))) <= 1


def test_hours_thin_out_rather_than_touch():
    ticks = tuple(Tick(hour * HOUR, f"{hour:02}:00") for hour in range(24))
    line = drawn(DayBar(DayView(0, 24 * HOUR, (), ticks)), 76, 3)[0]
    assert line.split() == ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"]


def test_the_hour_that_comes_twice_is_on_the_ruler_twice():
    ticks = tuple(Tick(place * HOUR, label) for place, label in enumerate(["1", "2", "2", "3", "4"]))
    assert drawn(DayBar(DayView(0, 5 * HOUR, (), ticks)), 76, 3)[0].split() == ["1", "2", "2", "3", "4"]


def test_the_scope_bar_shows_use_against_the_calendar():
    lines = drawn(ScopeBar(LEVELS), 80, 3)
    assert lines[0].startswith(" Acme  ━━━")
    assert lines[0].endswith("82 % at 77 % of month     drift 9 %")
    used, elapsed = lines[1].count("━"), lines[1].index("┃") - lines[1].index("━")
    assert used < elapsed
    assert "╍" in lines[2]
    assert "┃" not in lines[2]
    assert len({line.index(level.words) for line, level in zip(lines, LEVELS, strict=True)}) == 1


def test_the_scope_bar_says_how_many_have_no_line():
    class Some(ScopeBar):
        def on_mount(self):
            self.show(LEVELS, more="+2 more")

    assert drawn(Some(), 80, 1)[0].endswith("  +2 more")


def test_the_large_time_and_what_it_is_worth():
    assert drawn(BigTime(time_view(4364)), 80, 3) == [
        " ▀█  ▄ ▀█  ▀▀█ ▄ █ █ █ █   Acme SARL · API rewrite",
        "  █  ▄  █  █▀▀ ▄ ▀▀█ ▀▀█   145,48 €   in scope",
        " ▀▀▀   ▀▀▀ ▀▀▀     ▀   ▀   billed as 1 h 15, next step in 2:16",
    ]


def test_where_it_is_narrow_a_time_that_stands_still_leaves_the_words_their_room():
    still = TimeView("0:00:00", (("Nothing is running", "foreground"), ("a client’s key starts its timer", "muted"),
                                 ("␣ goes on with the last", "muted")), "muted")  # fmt: skip
    assert drawn(BigTime(still), 22, 3) == [" Nothing is running", " a client’s key", " starts its timer"]
    running = replace(still, time="0:47:12", meaning="timer-running", lines=(("104,00 €", "billable"),))
    assert drawn(BigTime(running), 22, 3)[0] == " 0:47:12   104,00 €"


def test_a_line_without_room_says_less_and_no_key_without_its_meaning():
    oldest = Word("  oldest 83 d", shorter=("  83 d", ""))
    line = WordLine((Word("Unbilled €8,893.00"), oldest), (Word("R ", "key"), Word("details")))
    shown = [drawn(Lines([line]), width, 1)[0] for width in (44, 36, 26, 20)]
    assert [text.split() for text in shown] == [
        ["Unbilled", "€8,893.00", "oldest", "83", "d", "R", "details"], ["Unbilled", "€8,893.00", "oldest", "83", "d"],
        ["Unbilled", "€8,893.00", "83", "d"], ["Unbilled", "€8,893.00"],
    ]  # fmt: skip


def test_a_tick_of_the_large_time_asks_for_no_layout():
    big = BigTime(time_view(59))

    async def tick(pilot):
        laid_out = []
        big.screen._refresh_layout = lambda *args, **kwargs: laid_out.append(args)
        big.show(time_view(60))
        await pilot.pause()
        return laid_out, frame(pilot.app.screen)

    laid_out, lines = watch(Stage(big), tick)
    assert laid_out == []
    assert lines[0].startswith(" █▀█ ▄ █▀█ ▀█")


def test_the_vessel_fills_and_is_covered_when_the_day_is_closed():
    half, full = (drawn(ClepsydraVessel(view), 40, 8) for view in (VesselView(0.5), VesselView(1.0, closed=True)))
    assert (sum("█" in line for line in half), sum("█" in line for line in full)) == (2, 5)
    assert "•" in half[0]
    assert "•" not in full[0]
    assert "═" in full[1]


def test_meters_share_the_scale_of_the_largest():
    lines = drawn(Meter((Figure("calls", 2, "2 €"), Figure("scope", 1, "1 €"), Figure("none", 0, "0 €"))), 40, 3)
    assert [line.count("━") for line in lines] == [28, 14, 0]
