"""The insights of a practice in full swing: figures, the week, what is behind them, alerts that wait to be seen."""

import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from clepsydra.ledger import demo
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.widgets.week_grid import GridCell, WeekGrid, WeekView
from tests.tui.frames import frame, watch
from tests.tui.stage import seen

AFTERNOON = int(datetime(2026, 11, 24, 15, 40, tzinfo=ZoneInfo("Europe/Paris")).timestamp())
EVERY = pytest.mark.parametrize(
    ("size", "lang"), [((80, 24), "fr"), ((80, 24), "en"), ((120, 40), "en"), ((120, 40), "fr")]
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("made") / "home")
    demo.make_demo(home, AFTERNOON, "en")
    return home


@pytest.fixture
def home(made, tmp_path):
    return Home(shutil.copytree(made.path, tmp_path / "home"))


def looked(home, *keys, size=(120, 40), lang="en"):
    tui = Clepsydra(home, {}, clock=lambda: AFTERNOON, monotonic=lambda: 0.0, language=lang, sample=True)

    async def press(pilot):
        for key in ("I", *keys):
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        return "\n".join(frame(tui.screen)).replace("\u00a0", " ").replace("\u202f", " ")

    return watch(tui, press, size)


@EVERY
def test_the_figures_are_there(home, size, lang):
    shown = looked(home, size=size, lang=lang)
    words = {
        "en": ("Insights", "the last 13 weeks", "What an hour earns", "A typical week", "Agreed", "Mon"),
        "fr": (
            "Analyse",
            "les 13 dernières semaines",
            "Ce qu’une heure rapporte",
            "Une semaine type",
            "Convenu",
            "lun.",
        ),
    }[lang]
    for word in words:
        assert word in shown
    assert "/h" in shown
    assert "█" in shown


def test_another_period_and_the_other_view(home):
    assert "the last 4 weeks" in looked(home, "p")
    assert "Worth a look" in looked(home, "w", size=(80, 24))


def test_each_figure_opens_what_is_behind(home):
    assert "edit" in looked(home, "enter")
    assert "edit" in looked(home, "tab", "enter")


def test_an_alert_is_taken_note_of_once(home):
    tui = Clepsydra(home, {}, clock=lambda: AFTERNOON, monotonic=lambda: 0.0, language="en", sample=True)

    async def press(pilot):
        await pilot.pause()
        before = [use.alert for use in tui.snapshot().scopes]
        await pilot.press("V")
        await pilot.pause()
        after = [use.alert for use in tui.snapshot().scopes]
        await pilot.press("u")
        await pilot.pause()
        return before, after, [use.alert for use in tui.snapshot().scopes]

    before, after, undone = watch(tui, press, (120, 40))
    assert any(level is not None for level in before)
    assert set(after) <= {None}
    assert undone == before


def test_the_grid_is_read_without_colour_and_moves_no_further_than_its_edges():
    grid = WeekGrid()
    row = tuple(GridCell(share) for share in (0.0, 0.1, 1.0))
    grid.show(WeekView(("Mon", "Tue"), 18, (row, row)))
    lines = seen(grid, (20, 4), "tab", *["right"] * 9, *["down"] * 9)
    assert lines[1].startswith(" Mon ···▁▁▁███")
    assert grid.place == (1, 20)
