"""Room mode in the real app and the real watcher: a real microphone, human voices, a screen that says it is open."""

from __future__ import annotations

import asyncio
import random
import sys

import pytest

from clepsydra.ledger.calls.inbox import inbox
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.timers import Work, start
from clepsydra.ledger.verify import verify
from clepsydra.store import sessions
from tests.bench.screen import Screen
from tests.calls import audio
from tests.calls.home import APP, Watch, hangs_up, made_home, on_the_line, room_settings, wait_for
from tests.calls.microphone import Microphone
from tests.calls.sound import until

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(bool(audio.MISSING), reason=f"not installed: {', '.join(audio.MISSING)}"),
]

NOISE = (b"ALSA", b"jack", b"Jack", b"PortAudio", b"Expression", b"Cannot connect", b"onnx", b"Traceback")
"""What audio libraries print."""


@pytest.fixture
def home(tmp_path):
    return made_home(tmp_path / "home", room_settings())


@pytest.fixture
def ledger(home):
    ledger = open_ledger(home, {})
    yield ledger
    ledger.db.close()


@pytest.fixture
def microphone(server):
    with Microphone(server) as microphone:
        yield microphone


@pytest.fixture
def talk():
    return audio.talk(9, random.Random(7))


def test_the_app_notes_a_talk_in_the_room_and_says_that_it_listens(
    server, home, ledger, microphone, talk, monkeypatch
) -> None:
    from clepsydra.tui.app import Clepsydra
    from clepsydra.tui.widgets.call_banner import CallBanner
    from tests.tui.frames import frame

    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, server.environment[name])
    shown: list[str] = []

    async def scenario() -> None:
        app = Clepsydra(home, {})
        async with app.run_test(size=(80, 24)) as pilot:

            def title() -> str:
                return frame(app.screen)[0]

            await wait_for(pilot, lambda: "● microphone open" in title(), "the open microphone is shown")
            await wait_for(pilot, lambda: len(server.capturing_pids()) == 1, "one stream is open, ours")
            start(app.ledger, Work("acme"))
            await pilot.pause(1.1)
            microphone.say(talk)
            await wait_for(pilot, lambda: bool(inbox(ledger)), "the talk is noticed")
            await wait_for(pilot, lambda: "Perhaps a call" in "\n".join(frame(app.screen)), "it is offered")
            assert not app.screen.query_one(CallBanner).has_focus
            shown.extend(frame(app.screen))
            await wait_for(pilot, lambda: inbox(ledger)[0].ended_at is not None, "its end is noticed")
            await pilot.press("i", "2")
            await wait_for(pilot, lambda: not inbox(ledger), "it is Brel’s")
            assert "● microphone open" in title()
        assert server.capturing_pids() == set(), "closed with the app"

    asyncio.run(scenario())
    assert "Room" in "\n".join(shown)
    before, call, after = sessions.select(ledger.db)
    assert [(s.client, s.channel.value) for s in (before, call, after)] == [
        ("acme", "work"), ("brel", "call"), ("acme", "work"),
    ]  # fmt: skip
    assert (before.ended_at, call.ended_at) == (call.started_at, after.started_at)
    assert 7 <= call.exact_seconds(0) <= 11
    assert verify(ledger) == []


@pytest.mark.parametrize(("language", "sign"), [("en", "microphone open"), ("fr", "micro ouvert")])
def test_no_word_of_an_audio_library_reaches_the_terminal(server, home, microphone, language, sign) -> None:
    """Everything that the app writes to a real terminal is read, its errors too."""
    home.settings_file.write_text(room_settings(language))
    command = [sys.executable, "-m", "clepsydra", "--home", str(home.path)]
    environment = {**server.environment, "PYTHONPATH": str(APP), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    with Screen(command, environment) as screen:
        until(lambda: screen.rest(0.2) or sign.encode() in screen.written, "the open microphone is shown", 60)
        screen.rest(2)
        written = screen.written
    assert [word for word in NOISE if word in written] == []


def test_the_watcher_notes_a_talk_and_prints_nothing_else(server, home, ledger, microphone, talk) -> None:
    start(ledger, Work("acme"))  # whose calls of a second count
    with Watch(server, home) as watch:
        until(lambda: len(server.capturing_pids()) == 1, "the microphone is open")
        microphone.say(talk)
        until(lambda: bool(inbox(ledger)), "the talk is noticed")
        until(lambda: inbox(ledger)[0].ended_at is not None, "its end is noticed")
        said = watch.end()
    [call] = inbox(ledger)
    assert (call.program, call.evidence) == ("room", ("voice",))
    assert 7 <= call.seconds(0) <= 11
    lines = said.splitlines()
    assert "microphone open" in said
    assert [line for line in lines if "call through Room" in line]
    assert all(any(known in line for known in ("call", "microphone", "room")) for line in lines), said
    assert verify(ledger) == []


def test_a_program_that_calls_is_not_noted_twice(server, home, ledger, microphone, talk) -> None:
    """The voice confirms the program's call; it makes no second one of its own."""
    with Watch(server, home) as watch:
        until(lambda: len(server.capturing_pids()) == 1, "the microphone is open")
        call = on_the_line(server)
        microphone.say(talk)
        until(lambda: bool(inbox(ledger)), "the call is noticed")
        until(lambda: "voice" in inbox(ledger)[0].evidence, "it was heard too")
        hangs_up(server, call)
        until(lambda: inbox(ledger)[0].ended_at is not None, "its end is noticed")
        watch.end()
    assert [each.program for each in inbox(ledger)] == ["zoom"]
    assert verify(ledger) == []
