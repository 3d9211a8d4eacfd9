"""The calendar: a week to look at and to work in, months and a year as bars that open what is behind."""

import pytest

from clepsydra.domain.interval import Interval
from clepsydra.domain.session import Channel
from clepsydra.ledger import absences
from clepsydra.store import sessions
from clepsydra.tui.screens.absence_form import AbsenceForm
from clepsydra.tui.screens.calendar import CalendarScreen
from clepsydra.tui.screens.log import LogScreen
from clepsydra.tui.screens.session_form import SessionForm
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import Desk, settled, text_of, type_in


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.log("acme", "2026-11-23 9:00", "2026-11-23 11:00", "API")
    desk.log("brel", "9:30", "10:00", "call", Channel.CALL)
    desk.log("acme", "10:30", "12:00", "review")
    desk.log("acme", "2026-10-02 9:00", "2026-10-02 13:00", "October")
    return desk


def logged(desk):
    return {s.note: s for s in sessions.select(desk.ledger.db)}


def on_calendar(desk, scenario=None, size=(80, 24)):
    tui = desk.open()

    async def work(pilot):
        await settled(pilot)
        await pilot.press("W")
        await settled(pilot)
        assert isinstance(tui.screen, CalendarScreen)
        if scenario:
            await scenario(pilot)
        await settled(pilot)
        return text_of(tui.screen)

    return watch(tui, work, size)


async def onto(pilot, instant):
    """Put the cursor of the calendar on the half hour of an instant of that week."""
    screen = pilot.app.screen
    for _ in range(60):
        if screen.slot().started_at <= instant < screen.slot().ended_at:
            return
        here = screen.slot().started_at
        sideways = "left" if here - instant > 40_000 else "right" if instant - here > 40_000 else ""
        await pilot.press(sideways or ("up" if here > instant else "down"))
    raise AssertionError("the cursor never came there")


def test_a_week_shows_who_when_and_what_it_comes_to(desk):
    shown = on_calendar(desk, size=(120, 40))
    assert "Week 48" in shown
    for words in ("▓ Brel & Cie", "█ Acme SARL", "░", "2h 00m", "€240.00", "CHF 45.00", "€180.00 +"):
        assert words in shown, words


def test_with_room_a_half_hour_has_two_lines_and_no_note_is_said_twice(desk):
    tall = on_calendar(desk, size=(200, 60)).splitlines()
    name = next(n for n, line in enumerate(tall) if "█ Acme SARL" in line and "10:30" in line)
    assert "█ review" in tall[name + 1]
    assert sum("review" in line for line in tall[: name + 8]) == 1
    assert not any("10:30" in line or "11:00" in line for line in tall[name + 1 : name + 2])


def test_a_session_is_moved_by_half_hours_and_days_and_cut_where_the_cursor_is(desk):
    async def work(pilot):
        await onto(pilot, at("2026-11-24 11:00"))
        await pilot.press("shift+down", "shift+left")
        await settled(pilot)
        work.moved = logged(desk)["review"]
        await pilot.press("u", "u")
        await settled(pilot)
        await onto(pilot, at("2026-11-24 11:00"))
        await pilot.press("x")
        await settled(pilot)

    on_calendar(desk, work)
    assert work.moved.started_at == at("2026-11-23 11:00")
    halves = [s for s in sessions.select(desk.ledger.db) if s.note == "review"]
    assert [(s.started_at, s.ended_at) for s in halves] == [
        (at("2026-11-24 10:30"), at("2026-11-24 11:00")),
        (at("2026-11-24 11:00"), at("2026-11-24 12:00")),
    ]


def test_a_gap_is_filled_from_the_calendar(desk):
    async def work(pilot):
        await onto(pilot, at("2026-11-24 10:00"))
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, SessionForm)
        await type_in(pilot, "")
        await pilot.press("ctrl+s")
        await settled(pilot)

    on_calendar(desk, work)
    filled = logged(desk)[""]
    assert (filled.started_at, filled.ended_at) == (at("2026-11-24 10:00"), at("2026-11-24 10:30"))
    assert filled.client == "brel"


def test_month_and_year_are_bars_that_open_what_is_behind(desk):
    async def work(pilot):
        await pilot.press("v")
        await settled(pilot)
        work.month = text_of(pilot.app.screen)
        await pilot.press("v")
        await settled(pilot)
        work.year = text_of(pilot.app.screen)
        await pilot.press("up", "enter")
        await settled(pilot)
        work.october = text_of(pilot.app.screen)
        await pilot.press("down", "l")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LogScreen)

    shown = on_calendar(desk, work)
    assert "█" in work.month
    assert "€240.00" in work.month
    assert "4h 00m" in work.year
    assert "€480.00" in work.year
    assert "October 2026" in work.october
    assert "October" in shown


def test_the_keys_of_a_page_go_to_the_month_and_the_year_before(desk):
    async def work(pilot):
        for view in ("month", "year"):
            await pilot.press("v", "pageup")
            await settled(pilot)
            setattr(work, view, text_of(pilot.app.screen))
            await pilot.press("pagedown")
            await settled(pilot)

    on_calendar(desk, work)
    assert "October 2026" in work.month.splitlines()[1]
    assert "Nov 2025" in work.year.splitlines()[1]


def test_what_it_comes_to_is_read_behind_what_is_typed_and_not_for_another_width(desk, monkeypatch):
    waiting = []
    monkeypatch.setattr("clepsydra.tui.calendar_sums.read_behind", lambda *given: waiting.append(given))

    async def read(pilot):
        for _, _, each in waiting:  # what nobody looks at any more too
            for message in each():
                pilot.app.screen.post_message(message)
        waiting.clear()
        await settled(pilot)

    async def walk(pilot):
        screen = pilot.app.screen
        assert "review" in text_of(screen)
        assert "before rounding" not in text_of(screen)
        await read(pilot)
        assert "before rounding" in text_of(screen)
        await pilot.resize_terminal(120, 30)
        await settled(pilot)
        assert waiting == []
        await pilot.press("v", "v")
        await settled(pilot)
        assert "reading" in text_of(screen)
        await read(pilot)
        assert "reading" not in text_of(screen)
        await pilot.press("v")
        await settled(pilot)
        assert "Week 48" in text_of(screen)
        await pilot.press("v")
        await settled(pilot)
        assert "reading" in text_of(screen)

    on_calendar(desk, walk)


def test_an_absence_is_named_where_a_half_hour_has_two_lines_too(tmp_path):
    desk = Desk(tmp_path)
    absences.add(desk.ledger, Interval(at("2026-11-24 12:00"), at("2026-11-24 13:00")), "lunch")
    assert "─ lunch" in on_calendar(desk, size=(200, 60))


def test_an_absence_is_edited_removed_and_brought_back(tmp_path):
    desk = Desk(tmp_path, "fr")
    row = absences.add(desk.ledger, Interval(at("2026-11-24 12:00"), at("2026-11-24 13:00")), "lunch")

    def found():
        return absences.within(desk.ledger, Interval(at("2026-11-24 00:00"), at("2026-11-25 00:00")))

    async def work(pilot):
        await onto(pilot, row.started_at)
        work.seen = text_of(pilot.app.screen)
        await pilot.press("e")
        assert isinstance(pilot.app.screen, AbsenceForm)
        await pilot.press("end", *["backspace"] * 5)
        await type_in(pilot, "12:15")
        await pilot.press("tab", "tab", "end", *["backspace"] * 5)
        await type_in(pilot, "pause")
        await pilot.press("enter")
        await settled(pilot)
        work.edited = found()
        await pilot.press("delete")
        work.left = found()
        await pilot.press("u")
        await settled(pilot)

    on_calendar(desk, work)
    assert "e la modifie, del la supprime" in work.seen
    assert "─ lunch" in work.seen
    assert "1:00:00" in work.seen
    assert [(each.started_at, each.reason) for each in work.edited] == [(at("2026-11-24 12:15"), "break")]
    assert work.left == []
    assert found() == work.edited
