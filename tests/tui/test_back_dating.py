"""The begin of a running timer moved over what ran before: who gives the time is said, and asked before it is gone."""

import pytest

from clepsydra.ledger import editing, history, timers
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from clepsydra.tui.dialogs import Prompt, Question
from clepsydra.tui.screens.main import Main
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


@pytest.fixture
def desk(tmp_path):
    """Brel from 13:00 until 14:10, then Acme, which runs at 14:32."""
    desk = Desk(tmp_path)
    timers.start(desk.ledger, Work("brel"), at("2026-11-24 13:00"))
    timers.switch(desk.ledger, Work("acme"), at("2026-11-24 14:10"))
    return desk


def log_of(desk):
    found = sessions.select(desk.ledger.db)
    return [(s.client, s.started_at - at("2026-11-24 13:00"), s.ended_at and s.ended_at - s.started_at) for s in found]


def began(desk, typed, *keys, size=(80, 24)):
    """What is said before and after a begin is typed, and after the keys that answer what is asked then."""
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("b")
        assert isinstance(tui.screen, Prompt)
        await pilot.press("ctrl+a", "ctrl+k")
        await type_in(pilot, typed)
        await settled(pilot)
        said = [text_of(tui.screen)]
        await pilot.press("enter")
        await settled(pilot)
        said.append(text_of(tui.screen))
        for key in keys:
            assert isinstance(tui.screen, Question)
            await pilot.press(key)
            await settled(pilot)
        assert isinstance(tui.screen, Main if keys or "wholly inside" not in said[-1] else Question)
        return [" ".join(text.split()) for text in (*said, *tui.said[-1:])]

    return watch(tui, work, size)


@SIZES
def test_what_ran_before_gives_the_time_and_that_is_said_with_the_way_back(desk, size):
    typed, _, after = began(desk, "13:50", size=size)
    assert "Brel & Cie 13:00–14:10 ends there" in typed
    assert log_of(desk) == [("brel", 0, 3000), ("acme", 3000, None)]
    assert after == "Acme SARL began 13:50 · 20 min taken from Brel & Cie 13:00–14:10 · u undoes it"
    assert verify(desk.ledger) == []


@pytest.mark.parametrize(
    ("now", "key", "log"),
    [
        ("14:20", "enter", [("brel", 0, 4200), ("acme", 4200, None)]),
        ("14:20", "x", [("acme", -600, None)]),
        ("14:20", "escape", [("brel", 0, 4200), ("acme", 4800, None)]),
        ("14:10", "x", [("acme", -600, None)]),
        ("14:10", "enter", [("brel", 0, 4200), ("acme", 4200, None)]),  # it begins right after: nothing to move
    ],
)
def test_what_would_be_gone_is_asked_about(desk, now, key, log):
    running = timers.running(desk.ledger)[0]
    timers.back_date(desk.ledger, running.id, at(f"2026-11-24 {now}"))
    _, asked, *after = began(desk, "12:50", key)
    assert "Brel & Cie 13:00–14:10 lies wholly inside" in asked
    assert log_of(desk) == log
    assert any(words.endswith("u undoes it") for words in after) is (log[0][1] < 0 or (now, key) == ("14:20", "enter"))


@SIZES
def test_what_is_asked_about_much_work_leaves_room_for_the_answers(desk, size):
    for hour in range(13):
        timers.switch(desk.ledger, Work("brel", note=str(hour)), at(f"2026-11-24 14:{hour + 15}"))
    typed, asked, after = began(desk, "12:50", "x", size=size)
    assert "Brel & Cie 14:15–14:16 lies wholly inside" in typed
    assert "11 more sessions" in typed
    assert "11 more sessions" in asked
    assert "leave everything as it is" in asked
    assert "remove it: its time was Brel & Cie’s" in asked
    assert [client for client, *_ in log_of(desk)] == ["brel"]
    assert "· 11 more sessions ·" in after


def test_only_what_was_asked_about_goes(desk):
    """While the question stands, another window brings back what lies inside too."""
    timers.switch(desk.ledger, Work("brel", note="x"), at("2026-11-24 14:20"))
    before = log_of(desk)
    editing.remove(desk.ledger, next(sessions.select(desk.ledger.db, sessions.Filter("acme"))).id)
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("b", "ctrl+a", "ctrl+k")
        await type_in(pilot, "12:50")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(tui.screen, Question)
        history.undo(desk.ledger)
        await pilot.press("x")
        await settled(pilot)
        return tui.said[-1]

    said = watch(tui, work, (80, 24))
    assert " ".join(said.split()) == "Acme SARL would be gone; start after it"
    assert log_of(desk) == before


def test_what_a_person_typed_stands_and_the_overlap_is_told(desk):
    desk.log("brel", "14:05", "14:10")
    _, _, after = began(desk, "14:00")
    assert log_of(desk) == [("brel", 0, 3600), ("acme", 3600, None), ("brel", 3900, 300)]
    assert "it shares 0h 05m with Brel & Cie 14:05–14:10" in after


def test_timers_that_may_run_side_by_side_keep_their_time(desk):
    desk.home.settings_file.write_text(
        desk.home.settings_file.read_text().replace("[seller]", "parallel_timers = true\n[seller]")
    )
    desk.ledger.catalogue.reload()
    _, _, after = began(desk, "13:50")
    assert log_of(desk) == [("brel", 0, 4200), ("acme", 3000, None)]
    assert "it shares 0h 20m" in after


def test_a_begin_that_moves_on_takes_nothing(desk):
    _, _, after = began(desk, "14:15")
    assert log_of(desk) == [("brel", 0, 4200), ("acme", 4500, None)]
    assert after == "Acme SARL began 14:15 · u undoes it"
