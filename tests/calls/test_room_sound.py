"""Room mode with a real microphone of a real sound server, and human voices."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from clepsydra.calls.call import CallEnded
from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.spans import calls_of, derive
from clepsydra.calls.status import Ear
from tests.calls import audio
from tests.calls.room import BEGINS, Act, Stage
from tests.calls.sound import until

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(bool(audio.MISSING), reason=f"not installed: {', '.join(audio.MISSING)}"),
]


@pytest.fixture
def rng():
    return random.Random(7)


def found(stage: Stage):
    """Program, begin and end in seconds of the sound."""
    return [
        (call.program.id, (call.began - BEGINS) / 1000, (call.ended or 0) / 1000 - BEGINS / 1000)
        for call in calls_of(stage.events)
    ]


def test_a_talk_on_the_desk_telephone(server, rng) -> None:
    sound = np.concatenate((audio.silence(10), audio.talk(60, rng), audio.silence(40)))
    with Stage(server) as stage:
        stage.perform(audio.mixed(sound, audio.noise(110, rng)))
        until(lambda: any(isinstance(each, CallEnded) for each in stage.events), "the call has ended")
    ((program, began, ended),) = found(stage)
    assert program == "room"
    assert abs(began - 10) < 1.5
    assert abs(ended - 70) < 1.5
    assert derive(stage.spans.values()) == calls_of(stage.events)


def test_music_on_hold_is_a_part_of_the_call(server, rng) -> None:
    parts = (audio.silence(5), audio.talk(45, rng), audio.louder(audio.music(60, rng), -14), audio.talk(40, rng))
    with Stage(server) as stage:
        stage.perform(audio.mixed(np.concatenate((*parts, audio.silence(40))), audio.noise(190, rng)))
        until(lambda: any(isinstance(each, CallEnded) for each in stage.events), "the call has ended")
    ((program, began, ended),) = found(stage)
    assert program == "room"
    assert abs(began - 5) < 1.5
    assert abs(ended - 150) < 2.5
    assert EvidenceKind.MUSIC in {span.kind for span in stage.spans.values()}


def test_music_typing_ringing_and_loudspeakers_are_no_talk(server, rng) -> None:
    parts = (
        audio.music(40, rng),
        audio.typing(20, rng),
        audio.tone("phone-incoming-call", 20),
        audio.talk(45, rng),
    )
    acts = [Act(79, "play", "spotify"), Act(127, "unplay", "spotify")]
    with Stage(server) as stage:
        stage.perform(np.concatenate((*parts, audio.silence(35))), acts)
    assert found(stage) == []
    assert {span.kind for span in stage.spans.values()} >= {EvidenceKind.SOUND, EvidenceKind.VOICE}


def test_nothing_of_a_known_sound_is_kept(server, rng) -> None:
    """The bytes of a chirp are searched in every file that came to be, and in everything told."""
    chirp = audio.chirp()
    with Stage(server) as stage:
        stage.perform(np.concatenate((chirp, audio.talk(10, rng), chirp)))
        assert stage.runner.status.microphone_open
        (pid,) = set(stage.listener.pids)
        assert server.capturing_pids() == {pid}
        writable = [
            link.readlink()
            for link in Path(f"/proc/{pid}/fd").iterdir()
            if int((Path(f"/proc/{pid}/fdinfo") / link.name).read_text().split("flags:")[1].split()[0], 8) & 3
        ]
    regular = [str(path) for path in writable if path.is_absolute() and path.is_file()]
    assert [path for path in regular if "/dev/" not in path and "memfd" not in path] == []
    needle = chirp[2_000:2_040].tobytes()
    assert needle in chirp.tobytes()
    written = [path for path in server.folder.rglob("*") if path.is_file()]
    assert all(needle not in path.read_bytes() for path in written)
    assert needle not in repr(stage.news).encode()
    assert server.capturing_pids() == set()


def test_a_microphone_that_is_taken_away_is_noticed_and_found_again(server, rng) -> None:
    with Stage(server) as stage:
        stage.perform(audio.talk(5, rng))
        server.pactl("unload-module", stage.module)
        until(lambda: stage.runner.status.ear in (Ear.MOVED, Ear.LOST, Ear.NO_DEVICE, Ear.BUSY), "it is gone")
        until(lambda: any(span.kind is EvidenceKind.DEAF for span in stage.spans.values()), "deafness is told")
        stage.load_microphone()
        until(lambda: stage.runner.status.ear is Ear.OPEN, "it is back")
        assert server.capturing_pids() <= set(stage.listener.pids)


def test_a_silent_device_is_no_silence_in_the_room(server) -> None:
    """The pipe delivers nothing, as a suspended device does."""
    with Stage(server, watchdog=0.5) as stage:
        stage.perform(audio.silence(3))
        until(lambda: stage.runner.status.ear is Ear.SILENT, "the watchdog barks")
        stage.perform(audio.silence(3))
        until(lambda: stage.runner.status.ear is Ear.OPEN, "it is heard again")
