"""The log on the screen: leafed through, searched, filtered and mended from the keyboard, current at all times."""

import re

import pytest
from textual.color import Color

from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.ledger import editing, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions
from clepsydra.tui.dialogs import Prompt, Question
from clepsydra.tui.screens.log import LogScreen
from clepsydra.tui.screens.main import Main
from clepsydra.tui.screens.session_form import SessionForm
from tests.clock import at
from tests.tui.frames import frame, watch
from tests.tui.workbench import Desk, settled, text_of, type_in

HOSTILE = (
    "[/red] [bold]x",
    "=cmd()|' /C calc'!A0",
    "a\x1b[31mb\x1b]0;t\x07c",
    "\u202eabc\u202c אבג",
    "e\u0301\u200b",
    "🦊" * 40,
)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.log("acme", "2025-06-02 9:00", "2025-06-02 10:00", "last year")
    desk.log("acme", "2026-11-20 9:00", "2026-11-20 10:30", "call about the invoice", Channel.CALL)
    desk.log("brel", "2026-11-23 9:30", "2026-11-23 10:00", "contract")
    desk.log("acme", "2026-11-23 14:00", "2026-11-23 15:00", "API", project="api")
    desk.log("acme", "9:00", "10:00", "first half", project="api")
    desk.log("acme", "10:00", "10:40", "second half", project="api")
    return desk


def logged(desk):
    return sorted(sessions.select(desk.ledger.db), key=lambda s: (s.started_at, s.id), reverse=True)


def on_log(desk, scenario=None, size=(80, 24)):
    """Open the log from the main screen, do the scenario, return the screen as it then was."""
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert isinstance(tui.screen, LogScreen)
        if scenario:
            await scenario(pilot)
        await settled(pilot)
        return text_of(tui.screen)

    return watch(tui, work, size)


def rows_of(shown):
    """The lines of the list that hold a session."""
    begins = re.compile(r"│.{2,9}(?:\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4})  \d\d:")
    return [line for line in shown.split("\n") if begins.match(line)]


def test_the_hour_that_came_twice_says_which_in_the_same_room(desk):
    first, second = (at("2026-10-25 2:30", fold=fold) for fold in (0, 1))
    editing.add(desk.ledger, Work("acme", note="night"), first, second)
    for size, times in (((80, 24), "2:30¹  1:00:00"), ((120, 30), "2:30¹  2:30²  1:00:00")):
        (row,) = [line for line in on_log(desk, size=size).split("\n") if "night" in line]
        assert times in row


async def wait(pilot):
    """As long as typing pauses before a search begins."""
    await pilot.pause(0.3)
    await settled(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_log_is_shown_newest_first(tmp_path, desk, lang, size):
    desk.home.settings_file.write_text(f'language = "{lang}"\ntime_zone = "Europe/Paris"\ncurrency = "EUR"\n')
    shown = on_log(desk, size=size)
    words = {
        "en": ("Log", "Length", "6 sessions · 5h 40m · unbilled €630.00 CHF 45.00", "2025-06-02", "1:30:00"),
        "fr": ("Journal", "Durée", "6 séances · 5 h 40 · à facturer 630,00 € 45,00 CHF", "02/06/2025", "1:30:00"),
    }
    plain = " ".join(shown.split())
    for word in words[lang]:
        assert word in plain, word
    rows = "\n".join(rows_of(shown))
    order = [rows.index(word) for word in ("second h", "first hal", "14:00", "contract", "call abo", "last yea")]
    assert order == sorted(order)
    assert all(len(line) == size[0] for line in shown.split("\n") if line.isascii())


def test_the_chosen_session_is_told_whole(desk):
    session = desk.log("acme", "2026-11-19 11:00:20", "2026-11-19 11:30:05", "a note\nin two lines", scope=Scope.OUT)
    editing.edit(desk.ledger, session.id, editing.Edit(request="Jeanne"))

    async def work(pilot):
        await pilot.press("end", "up")

    shown = on_log(desk, work)
    for words in (
        "Thu 19 Nov 2026 11:00:20–11:30:05", "0:29:45", "out of scope: pending", "asked: Jeanne", "logged 5 d after",
        session.id[-6:], "a note", "in two lines", "typed in",
    ):  # fmt: skip
        assert words in shown, words


def test_a_long_note_is_scrolled_and_hostile_ones_are_only_shown(desk):
    for n, note in enumerate(HOSTILE):
        desk.log("brel", f"2026-11-10 {8 + n}:00", f"2026-11-10 {8 + n}:30", note)
    desk.log("brel", "2026-11-09 8:00", "2026-11-09 9:00", "word " * 2000 + "THE END")

    async def work(pilot):
        for _ in range(12):
            await pilot.press("down")
            await pilot.pause()
            shown = "".join(frame(pilot.app.screen))
            assert "\x1b" not in shown
            assert "\u202e" not in shown
        await pilot.press("end", "up", "tab", "end")

    shown = on_log(desk, work)
    assert "THE END" in shown


def test_search_is_live_exact_and_finds_names(desk):
    async def work(pilot):
        await pilot.press("down", "slash")
        await type_in(pilot, "invoice")
        await wait(pilot)
        work.found = text_of(pilot.app.screen)
        await pilot.press("enter", "n")
        assert isinstance(pilot.app.screen, Prompt)
        await pilot.press("escape", "slash", "end", *["backspace"] * 7)
        await type_in(pilot, "& cie")
        await wait(pilot)
        work.named = text_of(pilot.app.screen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LogScreen)

    shown = on_log(desk, work)
    assert "“invoice”" in work.found
    assert "1 session · 1h 30m" in work.found
    assert len(rows_of(work.found)) == 1
    assert "1 session · 0h 30m" in work.named
    assert "6 sessions" in shown
    assert "“" not in shown


def test_one_client_unbilled_and_all_again(desk):
    statements.issue(desk.ledger, "brel")
    editing.write_off(desk.ledger, logged(desk)[4].id, "goodwill")

    async def work(pilot):
        await pilot.press("b")
        await settled(pilot)
        work.unbilled = text_of(pilot.app.screen)
        await pilot.press("c")
        await type_in(pilot, "br")
        await pilot.press("enter")
        await settled(pilot)
        work.brel = text_of(pilot.app.screen)
        await pilot.press("b")
        await settled(pilot)
        work.all_of_brel = text_of(pilot.app.screen)
        await pilot.press("c")
        await settled(pilot)
        work.all = text_of(pilot.app.screen)
        await pilot.press("b", "escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LogScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Main)

    on_log(desk, work)
    assert "Log · unbilled" in work.unbilled
    assert "4 sessions · 3h 40m" in work.unbilled
    assert "no session fits" in work.brel
    assert "Log · Brel & Cie · unbilled" in work.brel
    assert "1 session · 0h 30m" in work.all_of_brel
    assert "2026-0001" in work.all_of_brel
    assert "6 sessions" in work.all


def test_going_to_a_day_lands_on_its_last_session(desk):
    async def work(pilot):
        await pilot.press("d")
        await type_in(pilot, "23/11/2026")
        work.seen = text_of(pilot.app.screen)
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.target_session().started_at == at("2026-11-23 14:00")
        await pilot.press("d")
        await type_in(pilot, "1/1/2026")
        work.none = text_of(pilot.app.screen)
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.target_session().note == "last year"

    on_log(desk, work)
    assert "Monday 23 November 2026: 2 sessions" in work.seen
    assert "0 sessions" in work.none


def test_splitting_says_both_halves_first(desk):
    whole = logged(desk)[4]

    async def work(pilot):
        await pilot.press("end", "up", "x")
        await type_in(pilot, "11:00")
        work.outside = text_of(pilot.app.screen)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Prompt)
        pilot.app.screen.query_one("#typed").value = "9:20"
        await pilot.pause()
        work.inside = text_of(pilot.app.screen)
        await pilot.press("enter")

    on_log(desk, work)
    assert "that time is not inside the session" in work.outside
    assert "09:00–09:20 (20 min) + 09:20–10:30 (1h 10m)" in work.inside.replace("1 h 10", "1h 10m")
    halves = [s for s in logged(desk) if s.note == whole.note]
    assert sorted(s.exact_seconds(0) for s in halves) == [1200, 4200]


def test_joining_asks_about_time_between_and_never_fills_it_unasked(desk):
    async def work(pilot):
        await pilot.press("j")
        await settled(pilot)
        assert len(logged(desk)) == 5
        await pilot.press("j")
        assert isinstance(pilot.app.screen, Question)
        work.asked = text_of(pilot.app.screen)
        await pilot.press("enter")
        await settled(pilot)
        assert len(logged(desk)) == 5
        await pilot.press("j", "f")
        await settled(pilot)

    on_log(desk, work)
    assert "Between the two lie 18h 00m that nobody worked" in work.asked
    joined = logged(desk)
    assert len(joined) == 4
    assert joined[0].exact_seconds(0) == at("2026-11-24 10:40") - at("2026-11-23 14:00")
    assert joined[0].note == "API · first half · second half"


def test_scope_note_write_off_and_agreed_time_keep_the_place(desk):
    chosen = logged(desk)[2]

    async def work(pilot):
        await pilot.press("down", "down", "o")
        await settled(pilot)
        await pilot.press("n", "end")
        await type_in(pilot, " v2")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("o", "o", "g")
        await type_in(pilot, "2h")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("w")
        await type_in(pilot, "gift")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.target_session().id == chosen.id
        work.seen = text_of(pilot.app.screen)
        await pilot.press("u", "u")
        await settled(pilot)
        assert pilot.app.screen.target_session().id == chosen.id

    on_log(desk, work)
    assert "given: gift" in work.seen
    after = next(s for s in logged(desk) if s.id == chosen.id)
    assert (after.note, after.scope, after.agreed_seconds, after.write_off) == ("API v2", Scope.IN, None, None)


def test_removing_and_undo_come_back_to_the_session(desk):
    chosen = logged(desk)[3]

    async def work(pilot):
        await pilot.press(*["down"] * 3, "delete")
        await settled(pilot)
        assert chosen.id not in [s.id for s in logged(desk)]
        assert pilot.app.screen.query_one("#rows").cursor == 3
        work.seen = text_of(pilot.app.screen)
        await pilot.press("u")
        await settled(pilot)

    shown = on_log(desk, work)
    assert "5 sessions" in work.seen
    assert "6 sessions" in shown
    assert chosen in logged(desk)


def test_enter_edits_and_a_adds_for_the_client_looked_at(desk):
    async def work(pilot):
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, SessionForm)
        assert "Acme SARL · API rewrite" in text_of(pilot.app.screen)
        await pilot.press("escape", "down", "down", "down", "a")
        assert "Brel & Cie" in text_of(pilot.app.screen)
        await type_in(pilot, "12:00")
        await pilot.press("tab")
        await type_in(pilot, "+10m")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen.target_session().started_at == at("2026-11-24 12:00")

    assert "7 sessions" in on_log(desk, work)


def test_what_a_session_is_on_is_a_sign_where_client_and_note_need_the_room(desk):
    client = desk.home.client_file("acme")
    client.write_text(client.read_text().replace("Acme SARL", "Acme & Fils"))
    statements.issue(desk.ledger, "acme")
    row = next(line for line in rows_of(on_log(desk, size=(80, 30))) if "first half" in line)
    assert "Acme & Fils" in row
    assert "○" in row


def test_a_billed_session_is_not_changed(desk):
    statements.issue(desk.ledger, "acme")
    before = logged(desk)

    async def work(pilot):
        await pilot.press("o")
        await pilot.press("delete")
        await pilot.press("x")
        await type_in(pilot, "10:10")
        await pilot.press("enter")
        await settled(pilot)

    assert "2026-0001" in on_log(desk, work)
    assert logged(desk) == before


def test_what_another_program_writes_is_shown_and_the_place_kept(desk):
    chosen = logged(desk)[2]

    async def work(pilot):
        await pilot.press("down", "down")
        timers.start(desk.ledger, Work("brel", note="from elsewhere"))
        editing.remove(desk.ledger, logged(desk)[-1].id)
        desk.clock.now += 1
        pilot.app.tick()
        await settled(pilot)
        assert pilot.app.screen.target_session().id == chosen.id
        desk.clock.now += 61
        pilot.app.tick()

    shown = on_log(desk, work)
    assert "from els" in shown
    assert "0:01:02" in shown
    assert "▶" in shown


def test_an_empty_log_says_so_and_refuses_kindly(tmp_path):
    desk = Desk(tmp_path)

    async def work(pilot):
        await pilot.press("e", "x", "j", "delete", "enter", "down", "end", "b")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LogScreen)
        await pilot.press("b")

    assert "nothing logged yet" in on_log(desk, work)


def test_ten_thousand_sessions_are_leafed_through(tmp_path):
    desk = Desk(tmp_path)
    begin = at("2020-01-01 8:00")
    with desk.ledger.change("import {count} sessions", count=10_000):
        for n in range(10_000):
            work = Work(("acme", "brel")[n % 2], note=f"number {n}")
            session = editing.finished(desk.ledger, work, begin + n * 3600, begin + n * 3600 + 1800)
            sessions.add(desk.ledger.db, session)

    async def work(pilot):
        await pilot.press("end")
        await pilot.pause()
        assert pilot.app.screen.target_session().note == "number 0"
        await pilot.press("pageup", "home", "pagedown")
        await pilot.press("slash")
        await type_in(pilot, "number 77")
        await wait(pilot)
        work.seen = text_of(pilot.app.screen)

    assert "10,000 sessions" in on_log(desk)
    on_log(desk, work)
    assert "111 sessions" in work.seen


def test_decisions_are_told_in_few_cells(desk):
    desk.log("acme", "11:00", "11:30", "x", scope=Scope.OUT, decision=Decision.BILL)
    desk.log("acme", "11:30", "12:00", "y", scope=Scope.UNSURE)
    shown = on_log(desk, size=(120, 40))
    assert "↗ to bill" in shown
    assert "? unsure" in shown


def test_what_is_typed_stands_on_the_terminals_own_ground_in_its_colours(desk):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("l", "slash")
        tui.theme = "terminal"
        await settled(pilot)
        return tui.screen.query_one("#search").styles.background

    assert watch(tui, work) == Color.parse("ansi_default")
