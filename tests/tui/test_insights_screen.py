"""The insights of a practice in full swing: figures, the week, what is behind them, alerts that wait to be seen."""

import shutil
from dataclasses import replace

import pytest

from clepsydra.domain.session import Scope
from clepsydra.ledger.insights import reviews
from clepsydra.settings.home import Home
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.week_grid import GridCell, WeekGrid, WeekView
from tests.tui.frames import frame, watch
from tests.tui.one_widget import seen
from tests.tui.sample_app import AFTERNOON, opened

EVERY = pytest.mark.parametrize(
    ("size", "lang"), [((80, 24), "fr"), ((80, 24), "en"), ((120, 40), "en"), ((120, 40), "fr")]
)


def ledger_of(home):
    return Clepsydra(home, {}, clock=lambda: AFTERNOON, monotonic=lambda: 0.0, language="en").ledger


def copied(home):
    return Home(shutil.copytree(home.path, home.path.parent / f"copy-{len(list(home.path.parent.iterdir()))}"))


def looked(home, *keys, size=(120, 40), lang="en"):
    tui = opened(home, lang)

    async def press(pilot):
        for key in ("I", *keys):
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        return "\n".join([*frame(tui.screen), *tui.said]).replace("\u00a0", " ").replace("\u202f", " ")

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
            "Semaine type",
            "Convenu",
            "lun.",
        ),
    }[lang]
    for word in words:
        assert word in shown
    assert "/h" in shown
    assert "█" in shown


def test_what_is_worth_a_look_and_what_a_half_hour_earns_are_said_in_full(home):
    shown = looked(home, lang="fr")
    assert "Kestrel Analytics Inc. · préparation " in shown
    assert " moins · ⡇ moitié ─" in shown


def test_another_period_and_the_other_panels(home):
    assert "the last 4 weeks" in looked(home, "p")
    assert "Agreements" in looked(home, "w", "w", size=(80, 24))
    assert "Worth a look" in looked(home, "w", "w", "w", size=(80, 24))
    assert "A typical week" in looked(home, "w", "w", "w", "w", size=(80, 24))


@pytest.mark.parametrize("keys", [(), ("w",), ("w", "w"), ("w", "w", "w")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_each_figure_opens_what_is_behind(home, keys, size):
    assert "edit" in looked(home, *keys, "enter", size=size)


def test_an_agreement_opens_its_period_and_no_more(home):
    tui = Clepsydra(home, {}, clock=lambda: AFTERNOON, monotonic=lambda: 0.0, language="en", sample=True)

    async def press(pilot):
        for key in ("I", "w", "w", "enter"):
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        use = next(use for use in tui.snapshot().scopes if use.state.ratio is not None)
        return use, [tui.ledger.session(row.id) for row in tui.screen.query_one(LogTable)._source.page(0, 500)]

    use, behind = watch(tui, press, (120, 40))
    assert {session.client for session in behind} == {use.client.slug}
    assert min(session.day for session in behind) >= use.state.first.toordinal()
    in_scope = sum(s.exact_seconds(AFTERNOON) for s in behind if s.scope is not Scope.OUT and s.write_off is None)
    assert in_scope >= use.state.used // 2 > 0


LOOK = ("w", "w", "w")


def test_a_line_is_kept_with_one_key_and_taken_back(home):
    kept = looked(copied(home), *LOOK, "s")
    assert "Stop: " in kept
    assert "it comes back on 24 Dec" in kept
    assert "again 24 Dec" in kept
    assert "again 24 Dec" not in looked(copied(home), *LOOK, "d", "u")
    assert "Automate: Cabinet Dor" in looked(copied(home), "a")
    assert "Price otherwise: " in looked(home, "w", "r")


def test_a_due_line_is_done_looked_at_again_or_said_otherwise(home):
    store = ledger_of(home)
    made = reviews.keep(
        replace(store, clock=lambda: AFTERNOON - 40 * 86_400), "automate", "monthly letters", 12_300, "EUR"
    )
    assert made.review_on < store.today
    store.db.close()
    shown = looked(home, *LOOK)
    assert "Worth a look · 1 to review" in shown
    assert "it lost €123.00 then" in shown
    assert "monthly letters · automate" in shown
    assert "monthly letters · delegate" in looked(copied(home), *LOOK, "d")
    assert "1 to review" not in looked(copied(home), *LOOK, "x")
    again = looked(copied(home), *LOOK, "n")
    assert "1 to review" not in again
    assert "again 24 Dec" in again
    assert "monthly lists" in looked(copied(home), *LOOK, "enter", "end", *["backspace"] * 7, *"lists", "enter")


def test_what_is_kept_nowhere_is_not_done(home):
    assert "Stand on a line that you kept" in looked(home, "x")


def test_an_empty_home_teaches(tmp_path):
    home = Home(tmp_path / "new")
    home.ensure()
    (home.path / "clients").mkdir(exist_ok=True)
    (home.path / "clients" / "acme.toml").write_text('name = "Acme"\n')
    shown = looked(home)
    assert "nothing yet: keep here what to stop" in shown
    assert "no agreement counts hours" in shown
    assert "nothing logged in that period" in shown


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
    assert lines[1].startswith(" Mon ···▂▂▂███")
    assert grid.slot == (1, 20)


def test_the_worth_of_a_half_hour_is_seen_without_colour():
    grid = WeekGrid()
    row = tuple(GridCell(0.75, meaning) for meaning in ("billable", "attention", "loss"))
    grid.show(WeekView(("Mon",), 18, (row,)))
    assert seen(grid, (20, 2))[1].startswith(" Mon ▆▆▆⣶⣶⣶⡆⡆⡆")
