"""Adding and editing a session as a person does it: typed, understood, weighed, saved or left."""

import pytest
from textual.events import Key

from clepsydra.domain.session import Channel, Decision, Scope
from clepsydra.ledger import history, log, timers
from clepsydra.ledger.billing import statements
from clepsydra.ledger.timers import Work
from clepsydra.store import sessions
from clepsydra.tui.dialogs import Picker, Question
from clepsydra.tui.screens.main import Main
from clepsydra.tui.screens.session_form import SessionForm
from clepsydra.tui.widgets.choice import Choice
from tests.clock import at
from tests.tui.frames import watch
from tests.tui.workbench import NAMES, Desk, settled, text_of, type_in


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def only(desk):
    (found,) = sessions.select(desk.ledger.db)
    return found


def form_of(desk, session=None, client="acme", scenario=None, size=(80, 24)):
    """Open the form over the main screen, do the scenario, return the screen as it then was."""
    tui = desk.open()

    async def work(pilot):
        tui.screen.ask(SessionForm(session, client), lambda _: None)
        await pilot.pause()
        if scenario:
            await scenario(pilot)
        await settled(pilot)
        return text_of(tui.screen), type(tui.screen)

    return watch(tui, work, size)


def test_a_session_is_added_from_two_times_and_a_note(desk):
    async def work(pilot):
        await type_in(pilot, "9:30")
        await pilot.press("tab")
        await type_in(pilot, "10:12")
        await pilot.press("tab", "tab")
        await type_in(pilot, "call about [/red] tokens")
        work.seen = text_of(pilot.app.screen)
        await pilot.press("ctrl+s")

    _, screen = form_of(desk, scenario=work)
    assert screen is Main
    assert "Tue 24 Nov 2026 09:30–10:12" in work.seen
    assert "42 min · €84.00 · billed as 45 min: €90.00" in work.seen
    assert "0h42" in work.seen
    session = only(desk)
    assert (session.started_at, session.ended_at) == (at("2026-11-24 09:30"), at("2026-11-24 10:12"))
    assert (session.client, session.note) == ("acme", "call about [/red] tokens")


@pytest.mark.parametrize(
    ("end", "length", "seconds"),
    [("+45m", "", 2700), ("", "1h12", 4320), ("", "72m", 4320), ("10:00:30", "", 1830), ("now", "", 18127)],
)
def test_an_end_is_a_time_a_distance_or_a_length(desk, end, length, seconds):
    async def work(pilot):
        await type_in(pilot, "9:30")
        await pilot.press("tab")
        await type_in(pilot, end)
        await pilot.press("tab")
        await type_in(pilot, length)
        await pilot.press("ctrl+s")

    form_of(desk, scenario=work)
    assert only(desk).exact_seconds(0) == seconds


def test_keys_that_come_faster_than_the_fields_move_go_where_they_belong(desk):
    async def work(pilot):
        for character in "9:30\t+1h15\t\tpoint":
            name = "tab" if character == "\t" else NAMES.get(character, character)
            pilot.app.post_message(Key(name, None if character == "\t" else character))
        await settled(pilot)
        fields = pilot.app.screen.fields
        assert [fields.line(name).value for name in ("begin", "end", "note")] == ["9:30", "+1h15", "point"]

    form_of(desk, scenario=work)


def test_end_and_length_follow_each_other(desk):
    async def work(pilot):
        await type_in(pilot, "9:30")
        await pilot.press("tab", "tab")
        await type_in(pilot, "1h")
        fields = pilot.app.screen.fields
        await pilot.pause()
        assert fields.line("end").value == "10:30"
        fields.line("begin").value = "9:00"
        await pilot.pause()
        assert fields.line("end").value == "10:00"
        fields.line("end").focus()
        await type_in(pilot, "9:20")
        await pilot.pause()
        assert fields.line("length").value == "0h20"

    form_of(desk, scenario=work)


def test_without_an_end_nothing_is_added_and_the_form_stays(desk):
    async def work(pilot):
        await type_in(pilot, "9:30")
        await pilot.press("ctrl+s")

    shown, screen = form_of(desk, scenario=work)
    assert screen is SessionForm
    assert "Say when it ended" in shown
    assert not list(sessions.select(desk.ledger.db))


def test_what_cannot_be_read_is_said_and_its_field_is_gone_to(desk):
    async def work(pilot):
        await type_in(pilot, "9:30")
        await pilot.press("tab")
        await type_in(pilot, "later")
        await pilot.press("tab", "tab", "tab", "ctrl+s")
        await pilot.pause()
        assert pilot.app.focused.id == "end"

    shown, _ = form_of(desk, scenario=work)
    assert "“later” is not a time" in shown


def test_a_time_that_came_twice_is_asked_for_and_one_that_never_came_too(desk):
    async def work(pilot):
        await type_in(pilot, "25/10/2026 2:30")
        work.twice = text_of(pilot.app.screen)
        await type_in(pilot, "#2")
        await pilot.press("tab")
        await type_in(pilot, "3:00")
        work.chosen = text_of(pilot.app.screen)
        pilot.app.screen.fields.line("begin").value = "29/3/2026 2:30"
        await pilot.pause()
        work.never = text_of(pilot.app.screen)

    form_of(desk, scenario=work)
    assert "2:30#1 or" in work.twice
    assert "2:30#2" in work.twice
    assert "30 min" in work.chosen
    assert "does not exist" in work.never


def test_warnings_are_told_and_do_not_refuse(desk):
    desk.log("brel", "8:45", "10:15")

    async def work(pilot):
        await type_in(pilot, "9:30")
        await pilot.press("tab")
        await type_in(pilot, "23:00")
        work.seen = text_of(pilot.app.screen)
        await pilot.press("ctrl+s")

    _, screen = form_of(desk, scenario=work)
    assert "! it lies 8h 27m ahead" in work.seen
    assert "! it shares 0h 45m with Brel & Cie 08:45–10:15" in work.seen
    assert "! it is 7h 30m longer than usual" in work.seen
    assert screen is Main
    assert len(list(sessions.select(desk.ledger.db))) == 2


def test_every_field_is_edited_in_one_change(desk):
    before = desk.log("acme", "9:30", "10:12", "draft")

    async def work(pilot):
        await pilot.press("up")
        await type_in(pilot, "b")
        assert isinstance(pilot.app.screen, Picker)
        await type_in(pilot, "rel")
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.focused.id == "begin"
        await type_in(pilot, "9:00")
        await pilot.press("down", "down", "down", "end")
        await type_in(pilot, " two")
        await pilot.press("down")
        await type_in(pilot, "c")
        await pilot.press("down")
        await pilot.press("right", "right", "down")
        await type_in(pilot, "Jeanne: by Friday")
        await pilot.press("tab")
        await type_in(pilot, "1h30")
        await pilot.press("enter")

    _, screen = form_of(desk, before, scenario=work)
    assert screen is Main
    after = only(desk)
    assert (after.id, after.client, after.started_at) == (before.id, "brel", at("2026-11-24 9:00"))
    assert (after.ended_at, after.note, after.channel) == (before.ended_at, "draft two", Channel.CALL)
    assert (after.scope, after.decision, after.request) == (Scope.OUT, Decision.BILL, "Jeanne: by Friday")
    assert after.agreed_seconds == 5400
    history.undo(desk.ledger)
    assert only(desk) == before


def test_a_bare_time_is_of_the_session_s_own_day(desk):
    before = desk.log("acme", "2026-11-03 9:30", "2026-11-03 10:12")

    async def work(pilot):
        await type_in(pilot, "9:45")
        await pilot.press("ctrl+s")

    form_of(desk, before, scenario=work)
    after = only(desk)
    assert (after.started_at, after.ended_at) == (at("2026-11-03 9:45"), before.ended_at)


def test_what_runs_may_stay_without_an_end(desk):
    running = timers.start(desk.ledger, timers.Work("acme"), desk.clock.now - 600)

    async def work(pilot):
        await type_in(pilot, "14:00")
        await pilot.press("ctrl+s")

    form_of(desk, running, scenario=work)
    after = only(desk)
    assert after.running
    assert after.started_at == at("2026-11-24 14:00")


def test_an_end_that_was_there_cannot_be_taken_away(desk):
    before = desk.log("acme", "9:30", "10:12")

    async def work(pilot):
        await pilot.press("down")
        await pilot.press("backspace")
        await pilot.press("ctrl+s")

    shown, screen = form_of(desk, before, scenario=work)
    assert screen is SessionForm
    assert "Say when it ended" in shown
    assert only(desk) == before


def test_a_billed_session_is_shown_and_stays_as_it_is(desk):
    desk.log("acme", "9:30", "10:12", "done")
    number = statements.issue(desk.ledger, "acme").number
    billed = only(desk)

    async def work(pilot):
        await type_in(pilot, "x9")
        await pilot.press("ctrl+s")
        work.seen = text_of(pilot.app.screen)
        await pilot.press("enter")

    _, screen = form_of(desk, billed, scenario=work)
    assert f"on statement {number} and locked" in work.seen
    assert screen is Main
    assert only(desk) == billed


def test_escape_leaves_at_once_when_nothing_was_changed_and_asks_otherwise(desk):
    before = desk.log("acme", "9:30", "10:12")

    async def untouched(pilot):
        await pilot.press("tab", "tab", "escape")

    async def touched(pilot):
        await type_in(pilot, "9:00")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Question)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, SessionForm)
        await pilot.press("escape", "d")

    assert form_of(desk, before, scenario=untouched)[1] is Main
    assert form_of(desk, before, scenario=touched)[1] is Main
    assert only(desk) == before


def test_what_another_program_changed_meanwhile_is_not_overwritten(desk):
    before = timers.start(desk.ledger, timers.Work("acme"), desk.clock.now - 600)

    async def work(pilot):
        timers.stop(desk.ledger)
        await pilot.press("down", "down", "down")
        await type_in(pilot, "late")
        await pilot.press("ctrl+s")

    shown, screen = form_of(desk, before, scenario=work)
    assert screen is SessionForm
    assert "changed elsewhere" in shown
    assert not only(desk).running


def test_a_note_with_escape_codes_is_harmless_and_survives(desk):
    note = "red \x1b[31malert\x1b[0m\nsecond \u202eline [/red] " + "x" * 10_000
    before = desk.log("acme", "9:30", "10:12", note)

    async def work(pilot):
        assert "\x1b" not in "".join(text_of(pilot.app.screen))
        await pilot.press("down", "down", "down", "end")
        await type_in(pilot, "!")
        await pilot.press("ctrl+s")

    form_of(desk, before, scenario=work)
    assert only(desk).note == note + "!"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_whole_form_is_on_the_screen(tmp_path, size, lang):
    desk = Desk(tmp_path, lang)
    session = desk.log("acme", "9:30", "10:12", "réunion", scope=Scope.OUT, project="api")
    desk.log("brel", "9:40", "10:00")
    shown, _ = form_of(desk, session, size=size)
    words = {
        "en": ("Edit a session", "or length", "Who asked", "Agreed time", "out of scope: pending", "⏎ keeps"),
        "fr": (
            "Modifier une séance",
            "ou durée",
            "Qui l’a demandé",
            "Temps convenu",
            "hors périmètre",
            "⏎ garde",
        ),
    }
    for word in (*words[lang], "Acme SARL · API rewrite", "09:30", "10:12", "0h42", "réunion", "Brel & Cie"):
        assert word in shown, word


def test_a_choice_turns_with_arrows_and_letters(desk):
    async def work(pilot):
        choice = pilot.app.screen.query_one("#channel", Choice)
        choice.focus()
        await pilot.press("m")
        assert choice.value == "meeting"
        await pilot.press("m")
        assert choice.value == "message"
        await pilot.press("left")
        assert choice.value == "meeting"
        await pilot.press("x")
        assert choice.value == "meeting"

    form_of(desk, scenario=work)


def test_the_number_of_a_statement_is_found(desk):
    session = desk.log("acme", "9:30", "10:12")
    assert log.statement_number(desk.ledger, session) == ""


@pytest.mark.parametrize(("end", "stored"), [("8:00", None), ("yesterday 10:00", None), ("10:30", 3600)])
def test_an_end_before_the_begin_is_refused_with_its_cure(desk, end, stored):
    session = desk.log("acme", "9:30", "10:00", "x")

    async def work(pilot):
        await pilot.press("tab")
        await type_in(pilot, end)
        await pilot.press("ctrl+s")
        await settled(pilot)

    shown, screen = form_of(desk, session, scenario=work)
    assert only(desk).exact_seconds(0) == (stored or 1800)
    if stored is None:
        assert screen is SessionForm
        assert "lies before the start" in shown


def test_a_bare_time_of_another_day_keeps_to_that_day_and_its_clocks(desk):
    session = desk.log("acme", "2026-10-25 01:00", "2026-10-25 07:00", "night")

    async def work(pilot):
        await type_in(pilot, "2:50#2")
        await pilot.press("ctrl+s")
        await settled(pilot)

    form_of(desk, session, scenario=work)
    assert only(desk).exact_seconds(0) == 4 * 3600 + 600


def test_a_running_timer_is_not_moved_ahead(desk):
    session = timers.start(desk.ledger, Work("acme"), desk.clock.now - 600)

    async def work(pilot):
        await type_in(pilot, "18:00")
        await pilot.press("ctrl+s")
        await settled(pilot)

    shown, _ = form_of(desk, session, scenario=work)
    assert only(desk).started_at == desk.clock.now - 600
    assert "lies ahead" in shown
