"""Calls on the screen: the banner, the inbox, a call by hand, the state of the watcher."""

import io
import threading

import pytest

from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.status import Ear, Mode, MonitorStatus
from clepsydra.calls.streams.reading import UnavailableCause
from clepsydra.cli.context import Streams
from clepsydra.cli.main import main
from clepsydra.language.translator import translator
from clepsydra.ledger import editing, history, timers
from clepsydra.ledger.calls.inbox import inbox, listed
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.calls.watching import Told
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.recovery import UNSEEN_SECONDS
from clepsydra.ledger.timers import Work
from clepsydra.settings.home import Home
from clepsydra.store import journal, sessions
from clepsydra.store.leases import Lease
from clepsydra.tui.app import Clepsydra
from clepsydra.tui.present import calls as present_calls
from clepsydra.tui.present.calls import status_words
from clepsydra.tui.screens.happened import HappenedScreen
from clepsydra.tui.widgets.call_banner import CallBanner
from tests.client_files import client_file
from tests.clock import at
from tests.ledger.call_watcher import Watcher
from tests.tui.frames import frame, watch
from tests.tui.workbench import settled

NOW = at("2026-11-24 9:12:07")
"""A Tuesday."""

SETTINGS = 'language = "en"\ntime_zone = "Europe/Paris"\n[calls]\nevidence = "off"\n'


class Desk:
    """The app's clock and ledger, as the watcher of the tests wants them."""

    def __init__(self, app_of) -> None:
        self.now = NOW
        self.app = app_of(lambda: self.now)
        self.ledger = self.app.ledger

    def wait(self, seconds: int) -> int:
        """Time passes, and an app that is open sees it pass: else it would ask what was done meanwhile."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(self.now + UNSEEN_SECONDS, end)
            if self.app.is_running:
                self.app.tick()
        return self.now


@pytest.fixture
def desk(tmp_path):
    return desk_in(tmp_path, "en")


def desk_in(tmp_path, lang):
    (tmp_path / "clients").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS.replace('"en"', f'"{lang}"'))
    (tmp_path / "clients" / "acme.toml").write_text(client_file("Acme", currency="EUR", key="1"))
    (tmp_path / "clients" / "brel.toml").write_text(
        client_file("Brel", currency="EUR", key="2", calls={"apps": ["zoom"]})
    )
    return Desk(lambda clock: Clepsydra(Home(tmp_path), {}, clock=clock, monotonic=clock))


def stretches(desk):
    return [
        (s.client, s.channel.value, s.started_at - NOW, None if s.ended_at is None else s.ended_at - NOW)
        for s in sessions.select(desk.ledger.db)
    ]


def played(desk, story, *keys, size=(80, 24)):
    """Tell a story to the log, press keys; returns the lines of the screen."""

    async def scenario(pilot):
        story(Watcher(desk))
        desk.app.changed()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        return frame(desk.app.screen)

    return watch(desk.app, scenario, size)


def a_call_over_work(watcher):
    timers.start(watcher.desk.ledger, Work("acme"))
    watcher.desk.wait(600)
    watcher.takes()
    watcher.passes(60)


def two_calls(watcher):
    watcher.call(600)
    watcher.passes(60)
    watcher.call(1200, "slack")
    watcher.passes(600)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_call_is_shown_with_length_suggestion_price_and_keys(desk, size):
    lines = "\n".join(played(desk, a_call_over_work, size=size))
    for words in ("Call 0:01:00 · Zoom", "Brel?", "by your rule for", "€2.00", "⏎ yes", "x no call", "esc later"):
        assert words in lines
    assert "then" in lines, "what waits for its end"


@pytest.mark.parametrize("behind", ["", "I"])
def test_the_first_picture_of_a_call_is_the_one_that_stays(desk, behind):
    async def scenario(pilot):
        await settled(pilot)
        await pilot.press(*behind)
        await settled(pilot)
        a_call_over_work(Watcher(desk))
        desk.app.changed()
        await settled(pilot)
        await pilot.press(*["escape"] * len(behind))
        await settled(pilot)
        first = frame(desk.app.screen)
        desk.app.tick()
        await settled(pilot)
        return first, frame(desk.app.screen)

    first, later = watch(desk.app, scenario, (120, 40))
    assert "Brel?" in "".join(first)
    assert first == later


@pytest.mark.parametrize(("key", "client"), [("enter", "brel"), ("y", "brel"), ("1", "acme"), ("2", "brel")])
def test_one_key_says_whose_it_is(desk, key, client):
    played(desk, a_call_over_work, key)
    assert stretches(desk) == [("acme", "work", 0, 600), (client, "call", 600, None)]


def test_a_call_that_shares_time_with_what_was_typed_says_so(desk):
    def story(watcher):
        editing.add(desk.ledger, Work("acme"), NOW, NOW + 700)
        watcher.desk.wait(600)
        watcher.takes()
        watcher.passes(200)

    played(desk, story, "1")
    (toast,) = [note.message for note in desk.app._notifications]
    assert "it shares 0h 01m with Acme 09:12–09:23" in " ".join(toast.split()).replace("\u00a0", " ")


def test_one_key_dismisses_and_undo_brings_it_back(desk):
    played(desk, a_call_over_work, "x")
    assert stretches(desk) == [("acme", "work", 0, None)]
    assert inbox(desk.ledger) == []


def test_never_this_program_is_written_into_the_settings(desk):
    played(desk, a_call_over_work, "X")
    assert inbox(desk.ledger) == []
    assert 'ignore = ["zoom"]' in desk.app.home.settings_file.read_text()


@pytest.mark.parametrize(("lang", "where"), [("en", "Room"), ("fr", "Pièce")])
def test_the_room_is_no_program_that_is_never_a_call(tmp_path, lang, where):
    desk = desk_in(tmp_path, lang)
    lines = "\n".join(played(desk, lambda watcher: watcher.talks(60), "X", size=(120, 40)))
    assert f"● {'Perhaps a call' if lang == 'en' else 'Peut-être un appel'} 0:01:00 · {where}" in lines
    assert " X " not in lines
    assert len(inbox(desk.ledger)) == 1, "it still waits"
    assert "ignore" not in desk.app.home.settings_file.read_text()
    (refused,) = [note.message for note in desk.app._notifications]
    assert "no program" in refused if lang == "en" else "pas un programme" in refused


def test_what_is_only_offered_takes_no_key_and_no_time(desk):
    lines = "\n".join(played(desk, lambda watcher: watcher.call(120, "frobnicate"), "2"))
    assert stretches(desk)[-1][:2] == ("brel", "work"), "the key is the timer's"
    assert "Perhaps a call" in lines
    assert [call.state for call in inbox(desk.ledger)] == [CallState.INBOX]


def test_with_one_key_nobody_answered(desk):
    played(desk, a_call_over_work, "A")
    assert inbox(desk.ledger) == []
    [call] = listed(desk.ledger, everything=True)
    assert call.state is CallState.UNANSWERED


def test_the_inbox_says_why_a_call_is_one(desk):
    lines = "\n".join(played(desk, lambda watcher: watcher.call(120), "escape", "i"))
    assert "a program made for calls held the microphone and played" in lines


def test_undo_of_never_brings_the_program_back_and_keeps_comments(desk, tmp_path):
    """In the app and from the command line alike: they share the log and the file."""
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS + 'ignore = [\n  "obs",  # records\n  # dictation\n  "nuance",\n]  # mine\n')
    before = file.read_text()
    played(desk, a_call_over_work, "X", "u")
    assert file.read_text() == before
    assert len(inbox(desk.ledger)) == 1
    history.redo(desk.ledger, desk.app.home)
    assert '"zoom"' in file.read_text()
    assert inbox(desk.ledger) == []
    assert main(["--home", str(tmp_path), "undo"], {}, Streams(io.StringIO(), io.StringIO(), io.StringIO())) == 0
    assert file.read_text() == before
    assert len(inbox(desk.ledger)) == 1


def test_undo_of_several_leaves_the_settings_as_they_are_when_one_cannot_be_undone(desk):
    editing.add(desk.ledger, Work("acme"), NOW - 7200, NOW - 3600)
    played(desk, a_call_over_work, "X")
    file = desk.app.home.settings_file
    before, entries = file.read_text(), len(journal.undoable(desk.ledger.db, 99))
    assert '"zoom"' in before
    with desk.ledger.db as db:
        db.execute("UPDATE session SET note = 'from outside' WHERE started_at = ?", (NOW - 7200,))
    with pytest.raises(Refused, match="changed from outside"):
        history.undo_several(desk.ledger, entries, desk.app.home)
    assert file.read_text() == before
    assert inbox(desk.ledger) == []


def test_the_banner_says_that_the_end_is_in_doubt(desk):
    def story(watcher):
        a_call_over_work(watcher)
        watcher.edge(EvidenceKind.BLIND, True)
        watcher.passes(70)

    assert "end in doubt" in "\n".join(played(desk, story))


@pytest.mark.parametrize(("lines", "shown"), [(4, "€2.00"), (3, "")])
def test_where_there_is_little_room_the_keys_come_first(desk, lines, shown):
    a_call_over_work(Watcher(desk))
    [call] = inbox(desk.ledger)
    names = present_calls.CallNames(desk.ledger.catalogue.clients, translator("en"))
    keys = {"call.hand": "c", "call.dismiss": "x", "call.never": "X"}
    view = present_calls.banner(call, desk.now, "API", keys, names, (34, lines))
    text = ["".join(word.text for word in line.left) for line in view.lines]
    assert len(text) <= lines
    assert "Brel?" in text[0]
    assert all(f"{key} " in "".join(text[-2:]) for key in ("⏎", "c", "x", "X", "esc"))
    assert shown in "".join(text)


def test_undo_of_never_leaves_what_the_person_wrote_since(desk):
    played(desk, a_call_over_work, "X")
    file = desk.app.home.settings_file
    file.write_text(file.read_text().replace('ignore = ["zoom"]', 'ignore = ["teams"]'))
    history.undo(desk.ledger, desk.app.home)
    assert 'ignore = ["teams"]' in file.read_text()


def test_undo_of_never_does_nothing_while_the_settings_are_broken(desk):
    played(desk, a_call_over_work, "X")
    file = desk.app.home.settings_file
    good = file.read_text()
    file.write_text(good + "[[[")
    with pytest.raises(Refused):
        history.undo(desk.ledger, desk.app.home)
    assert inbox(desk.ledger) == []
    assert file.read_text() == good + "[[["


def test_put_off_it_waits_and_keys_are_their_own_again(desk):
    lines = "\n".join(played(desk, a_call_over_work, "escape", "2"))
    assert stretches(desk)[-1][:2] == ("brel", "work")
    assert len(inbox(desk.ledger)) == 1
    assert "1 to assign" in lines


def test_without_an_answer_it_leaves_the_screen_and_stays_in_the_inbox(desk):
    async def scenario(pilot):
        watcher = Watcher(desk)
        a_call_over_work(watcher)
        watcher.leaves()
        watcher.passes(20)
        desk.app.changed()
        await settled(pilot)
        banner = desk.app.screen.query_one(CallBanner)
        asked = banner.has_focus
        desk.wait(600)
        desk.app.tick()
        await settled(pilot)
        return asked, banner.has_focus, desk.app.screen.focused.id

    assert watch(desk.app, scenario) == (True, False, "clients")
    assert len(inbox(desk.ledger)) == 1


def test_a_call_put_off_before_the_keyboard_reached_its_banner_gives_it_back_too(desk):
    async def scenario(pilot):
        watcher = Watcher(desk)
        a_call_over_work(watcher)
        watcher.leaves()
        watcher.passes(20)
        desk.app.changed()
        main = desk.app.screen
        main.on_call_banner_answered(CallBanner.Answered(False))  # no message was handled in between
        await settled(pilot)
        return main.focused.id

    assert watch(desk.app, scenario) == "clients"


def test_the_inbox_assigns_splits_and_joins(desk):
    async def scenario(pilot):
        two_calls(Watcher(desk))
        desk.app.changed()
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(desk.app.screen, HappenedScreen)
        await pilot.press("s", *"9:30", "enter")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        split = stretches(desk)
        await pilot.press("u")
        await pilot.pause()
        again = len(inbox(desk.ledger))
        await pilot.press("up", "j")
        await pilot.pause()
        joined = inbox(desk.ledger)
        await pilot.press("2")
        await pilot.pause()
        return split, again, joined

    split, again, joined = watch(desk.app, scenario)
    assert [(client, ended - began) for client, _, began, ended in split] == [("acme", 398), ("brel", 802)]
    assert (again, len(joined)) == (2, 1)
    assert stretches(desk) == [("brel", "call", 0, joined[0].ended_at - NOW)]


def test_the_inbox_trims_tells_personal_and_shows_what_was_decided(desk):
    async def scenario(pilot):
        two_calls(Watcher(desk))
        desk.app.changed()
        await pilot.press("i")
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        desk.app.screen.query_one("#typed").value = "9:15-9:20"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        empty = frame(desk.app.screen)
        await pilot.press("a")
        await pilot.pause()
        return empty, frame(desk.app.screen)

    empty, everything = watch(desk.app, scenario)
    assert [(client, ended - began) for client, _, began, ended in stretches(desk)] == [("acme", 300)]
    assert "nothing waits for a decision" in "\n".join(empty)
    assert "personal" in "\n".join(everything)
    assert len(listed(desk.ledger, everything=True)) == 2


def logo_for_brel(watcher):
    timers.start(watcher.desk.ledger, Work("brel", note="logo"))
    watcher.desk.wait(600)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("keys", [(), ("1",), ("c", "1")], ids=["noticed", "answered", "by hand"])
def test_a_call_shows_what_goes_on_after_it(desk, keys, size):
    def story(watcher):
        logo_for_brel(watcher)
        if keys != ("c", "1"):
            watcher.takes("slack")
            watcher.passes(60)

    lines = played(desk, story, *keys, size=size)
    if keys:
        assert "then Brel · logo" in "\n".join(lines)
    else:
        then = next(n for n, line in enumerate(lines) if "then Brel" in line)
        assert "logo" in lines[then + 1]
    assert [s.client for s in timers.running(desk.ledger)] == (["acme"] if keys else [])


def test_a_timer_started_in_place_of_a_call_has_nothing_after_it(desk):
    def story(watcher):
        logo_for_brel(watcher)
        watcher.takes("slack")
        watcher.passes(60)
        timers.start(watcher.desk.ledger, Work("acme"))

    assert "then Brel" not in "\n".join(played(desk, story, "escape"))


def test_a_call_by_hand_goes_over_what_runs_and_back(desk):
    def story(watcher):
        timers.start(watcher.desk.ledger, Work("acme"))
        watcher.desk.wait(60)

    async def scenario(pilot):
        story(Watcher(desk))
        desk.app.changed()
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        desk.wait(120)
        await pilot.press("c")
        await pilot.pause()

    watch(desk.app, scenario)
    assert stretches(desk) == [("acme", "work", 0, 60), ("brel", "call", 60, 180), ("acme", "work", 180, None)]


@pytest.mark.parametrize("keys", [(), ("escape", "i")])
def test_a_program_that_names_itself_wildly_stays_inside_its_cells(desk, keys):
    def story(watcher):
        from clepsydra.store import calls
        from clepsydra.store.calls import CallRow
        from clepsydra.store.database import transaction

        with transaction(desk.ledger.db):
            row = CallRow("x:1", "x", "[bold red]\x1b[31m\u202eevil", NOW - 60, None, '["capture"]')
            calls.keep_call(desk.ledger.db, row)

    text = "\n".join(played(desk, story, *keys))
    assert "[bold re" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


SEEING = MonitorStatus(Mode.STREAMS, seeing=True, why=None)


@pytest.mark.parametrize(
    ("told", "words", "meaning"),
    [
        (Told(SEEING), "calls: listening to programs", "muted"),
        (
            Told(MonitorStatus(Mode.STREAMS, why=UnavailableCause.NO_SERVER)),
            "calls unknown: no sound server",
            "attention",
        ),
        (Told(MonitorStatus(Mode.OFF)), "calls: off", "muted"),
        (Told(SEEING, Lease("calls", "i", 4711, "host", 0)), "calls: noticed by process 4711", "muted"),
        (Told(MonitorStatus(Mode.ROOM, True, None, ear=Ear.OPEN)), "● microphone open", "attention"),
        (Told(MonitorStatus(Mode.ROOM, True, None, ear=Ear.LOST)), "room: the microphone is gone", "muted"),
    ],
)
def test_the_title_says_how_calls_are_noticed(told, words, meaning):
    shown = status_words(told, translator("en"))
    assert words in " ".join(word.text for word in shown)
    assert shown[-1].meaning == meaning


def test_the_choice_of_evidence_is_asked_and_written(desk):
    lines = "\n".join(played(desk, lambda _: None, "f9"))
    assert "our own microphone stays closed" in lines


def test_the_choice_of_evidence_follows_the_answer(desk):
    played(desk, lambda _: None, "f9", "o")
    assert 'evidence = "off"' in desk.app.home.settings_file.read_text()
    assert desk.app.call_monitor.told.status.mode is Mode.OFF


def test_the_banner_says_what_stands_in_the_calendar(tmp_path, desk, monkeypatch):
    """The file is read in a thread, and not before a call waits."""
    from clepsydra.tui import calendars
    from tests.ledger.test_planned_calls import planned_at

    (tmp_path / "work.ics").write_text(planned_at(NOW, NOW + 3600))
    (tmp_path / "settings.toml").write_text('calendars = ["work.ics"]\n' + SETTINGS)
    (tmp_path / "clients" / "brel.toml").write_text(client_file("Brel", key="2"))
    threads = []

    def plans(*words):
        threads.append(threading.current_thread())
        return real(*words)

    real = calendars.plans
    monkeypatch.setattr(calendars, "plans", plans)

    async def scenario(pilot):
        app = desk.app
        app.reload_files()
        app.tick()
        assert threads == []
        a_call_over_work(Watcher(desk))
        app.changed()
        app.tick()
        for _ in range(200):
            await pilot.pause(0.02)
            if app.call_monitor.calendars.hints:
                break
        app.changed()
        await pilot.pause()
        banner = "\n".join(frame(app.screen))
        await pilot.press("escape", "i")
        await pilot.pause()
        return banner, "\n".join(frame(app.screen))

    banner, listed = watch(desk.app, scenario, (120, 40))
    assert threads
    assert threading.main_thread() not in threads
    for lines in (banner, listed):
        assert "Brel?" in lines
        assert "calendar: Point hebdo Brel" in lines
