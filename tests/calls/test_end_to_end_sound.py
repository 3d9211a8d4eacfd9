"""From the sound server to the client's account: a real server, real programs, the real app and the real watcher.

The constants are shortened by the settings, so that a call takes seconds; everything else is as people have it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clepsydra.ledger.calls.inbox import inbox, listed
from clepsydra.ledger.calls.model import CallState
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.timers import Work, start
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.store import leases, sessions
from tests.calls.home import APP, SETTINGS, Watch, detects, hangs_up, made_home, on_the_line, wait_for
from tests.calls.sound import until

pytestmark = pytest.mark.sound


@pytest.fixture
def home(tmp_path) -> Home:
    return made_home(tmp_path / "home")


@pytest.fixture
def ledger(home):
    ledger = open_ledger(home, {})
    yield ledger
    ledger.db.close()


# -- the app


def test_a_call_over_a_timer_is_the_clients_with_one_key(server, home, ledger, monkeypatch):
    from clepsydra.tui.app import Clepsydra
    from clepsydra.tui.widgets.call_banner import CallBanner
    from tests.tui.frames import frame

    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, server.environment[name])

    async def scenario() -> None:
        app = Clepsydra(home, {})
        async with app.run_test(size=(120, 40)) as pilot:
            await wait_for(pilot, lambda: app.call_monitor.told.status.seeing, "the programs are seen")
            start(app.ledger, Work("acme", note="API"))
            await pilot.pause(2.1)
            call = on_the_line(server)
            await wait_for(pilot, lambda: bool(inbox(ledger)), "the call is noticed")
            await wait_for(pilot, lambda: app.screen.query_one(CallBanner).has_focus, "the banner asks")
            text = "\n".join(frame(app.screen))
            assert "calls: listening to programs" in text
            assert "Brel?" in text
            assert "by your rule for this program" in text
            await pilot.press("enter")
            await wait_for(pilot, lambda: not inbox(ledger), "the call is accepted")
            assert [s.client for s in sessions.running(ledger.db)] == ["brel"]
            await pilot.pause(1.5)
            hangs_up(server, call)
            await wait_for(
                pilot, lambda: [s.client for s in sessions.running(ledger.db)] == ["acme"], "the timer is resumed"
            )

    asyncio.run(scenario())
    before, call, after = sessions.select(ledger.db)
    assert [(s.client, s.channel.value) for s in (before, call, after)] == [
        ("acme", "work"), ("brel", "call"), ("acme", "work"),
    ]  # fmt: skip
    assert before.ended_at == call.started_at
    assert call.ended_at == after.started_at
    assert (after.note, after.ended_at) == ("API", None)
    assert verify(ledger) == []
    assert leases.holder(ledger.db, "calls") is None, "the lease is given back"


def test_without_a_sound_server_the_app_says_so_and_works(home, ledger, monkeypatch, tmp_path):
    from clepsydra.tui.app import Clepsydra
    from tests.tui.frames import frame

    def running() -> list[tuple[str, str]]:
        return [(s.client, s.channel.value) for s in sessions.running(ledger.db)]

    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nowhere")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    async def scenario() -> None:
        app = Clepsydra(home, {})
        async with app.run_test(size=(80, 24)) as pilot:
            await wait_for(pilot, lambda: app.call_monitor.told.status.why == "no-server", "it is known")
            await wait_for(
                pilot, lambda: "calls unknown: no sound server" in "\n".join(frame(app.screen)), "it is said"
            )
            await pilot.press("1")
            assert [s.client for s in sessions.running(ledger.db)] == ["acme"]
            await pilot.press("c", "2")
            await wait_for(
                pilot, lambda: [s.channel for s in sessions.running(ledger.db)] == ["call"], "a call by hand"
            )
            await pilot.press("c")
            await wait_for(pilot, lambda: [s.client for s in sessions.running(ledger.db)] == ["acme"], "it ends")

    asyncio.run(scenario())
    assert verify(ledger) == []


# -- the watcher


def test_the_watcher_notices_a_call_and_ends_cleanly(server, home, ledger):
    start(ledger, Work("acme"))
    time.sleep(1.1)
    with Watch(server, home) as watch:
        until(lambda: detects(ledger, watch), "it detects")
        call = on_the_line(server)
        until(lambda: bool(inbox(ledger)), "the call is noticed")
        time.sleep(2)
        hangs_up(server, call)
        until(lambda: all(c.ended_at for c in inbox(ledger)), "its end is noticed")
        memory = Path(f"/proc/{watch.process.pid}/status").read_text()
        kilobytes = next(int(line.split()[1]) for line in memory.splitlines() if line.startswith("VmRSS"))
        loaded = Path(f"/proc/{watch.process.pid}/maps").read_text()
        said = watch.end()
    assert "call through Zoom" in said
    assert kilobytes < 60 * 1024
    assert "numpy" not in loaded
    [found] = inbox(ledger)
    assert (found.program_name, found.suggestion.client) == ("Zoom", "brel")
    assert [s.client for s in sessions.running(ledger.db)] == ["acme"]
    assert leases.holder(ledger.db, "calls") is None
    assert verify(ledger) == []


def test_a_killed_watcher_leaves_a_doubtful_end(server, home, ledger):
    start(ledger, Work("acme"))
    time.sleep(1.1)
    with Watch(server, home) as watch:
        until(lambda: detects(ledger, watch), "it detects")
        call = on_the_line(server)
        until(lambda: bool(inbox(ledger)), "the call is noticed")
        time.sleep(1)
        os.kill(watch.process.pid, signal.SIGKILL)
        watch.process.wait()
    killed = time.time()
    hangs_up(server, call)
    [found] = inbox(ledger)
    assert found.ended_at is None
    time.sleep(3.5)
    with Watch(server, home) as second:
        until(lambda: inbox(ledger)[0].ended_at is not None, "the call is closed")
        second.end()
    [found] = inbox(ledger)
    assert found.doubtful_end
    assert found.started_at <= found.ended_at <= killed + 1
    assert sessions.running(ledger.db) == [], "what it interrupted waits for the person"
    assert verify(ledger) == []


def test_of_two_watchers_one_detects_and_the_other_takes_over(server, home, ledger):
    home.settings_file.write_text(SETTINGS.replace("patience = 3", "patience = 30"))
    with Watch(server, home) as first:
        until(lambda: detects(ledger, first), "the first detects")
        with Watch(server, home) as second:
            call = on_the_line(server)
            until(lambda: bool(inbox(ledger)), "the call is noticed")
            assert detects(ledger, first)
            first.end()
            until(lambda: detects(ledger, second), "the second takes over")
            time.sleep(1)
            hangs_up(server, call)
            until(lambda: all(c.ended_at for c in inbox(ledger)), "the end is noticed")
            said = second.end()
    assert f"noticed by process {first.process.pid}" in said
    found = listed(ledger, everything=True)
    assert [(c.state, c.doubtful_end) for c in found] == [(CallState.INBOX, False)], "one call, seen to its end"


def test_doctor_audio_names_the_server_and_who_holds_the_microphone(server, home):
    call = on_the_line(server)
    until(lambda: bool(server.capturing_pids()), "the microphone is held")
    command = [sys.executable, "-m", "clepsydra", "--home", str(home.path), "doctor", "audio", "--json"]
    environment = {**server.environment, "PYTHONPATH": str(APP)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    hangs_up(server, call)
    found = json.loads(done.stdout)
    assert found["server"].startswith("pulseaudio")
    assert ("zoom", True) in [(p["id"], p["holds_microphone"]) for p in found["programs"]]
