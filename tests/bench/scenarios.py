"""Working days in pieces: what programs do, what is said in the room, and what was true. All from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tests.calls import audio
from tests.calls.room import Act

CALLERS = ["zoom", "teams-for-linux", "firefox-esr", "chromium", "Discord", "slack", "linphone", "webex"]
IDS = {"teams-for-linux": "teams", "firefox-esr": "firefox", "Discord": "discord"}


@dataclass
class Scenario:
    """Acts of programs, calls that really are (program, begin, end), and the sound in the room; seconds."""

    name: str
    length: float = 0.0
    acts: list[Act] = field(default_factory=list)
    truths: list[tuple[str, float, float]] = field(default_factory=list)
    sounds: list[tuple[float, np.ndarray]] = field(default_factory=list)

    def call(self, program: str, began: float, ended: float, lobby: float, early: float = 0.0) -> None:
        """A program takes the microphone, some time later plays the others, and lets both go."""
        self.acts += [Act(began - lobby, "mic", program), Act(began, "play", program)]
        self.acts += [Act(ended - early, "unplay", program), Act(ended, "unmic", program)]
        self.truths.append((IDS.get(program, program), began, ended))
        self.length = max(self.length, ended + 45)

    def holds(self, program: str, began: float, ended: float, plays: bool = False) -> None:
        """A program takes the microphone, or plays, and it is no call."""
        self.acts += [Act(began, "mic", program), Act(ended, "unmic", program)] if not plays else []
        self.acts += [Act(began, "play", program), Act(ended, "unplay", program)] if plays else []
        self.length = max(self.length, ended + 45)

    def hears(self, at: float, sound: np.ndarray) -> None:
        self.sounds.append((at, sound))
        self.length = max(self.length, at + len(sound) / audio.RATE + 45)

    def room(self, rng: random.Random) -> np.ndarray:
        """Everything that reaches the microphone."""
        total = audio.noise(self.length, rng, level=rng.choice([15, 40, 80])).astype(np.int32)
        for at, sound in self.sounds:
            begin = round(at * audio.RATE)
            total[begin : begin + len(sound)] += sound[: len(total) - begin]
        return np.clip(total, -32_768, 32_767).astype(np.int16)


def headset(rng: random.Random) -> Scenario:
    made = Scenario("headset, long listening")
    began = rng.uniform(10, 20)
    made.call(rng.choice(CALLERS), began, began + rng.uniform(35, 420), rng.uniform(2, 9), rng.uniform(0, 0.3))
    return made


def back_to_back(rng: random.Random) -> Scenario:
    made, at = Scenario("back to back, device flap"), 10.0
    program, flapping = rng.choice(CALLERS), rng.randrange(3)
    for n in range(3):
        length = rng.uniform(60, 150)
        if n == flapping:
            lost, back = at + 30, at + 30 + rng.uniform(1, 5.5)
            made.acts += [Act(at - 2, "mic", program), Act(at, "play", program)]
            made.acts += [Act(lost, "unmic", program), Act(lost, "unplay", program)]
            made.acts += [Act(back, "mic", program), Act(back, "play", program)]
            made.acts += [Act(at + length, "unplay", program), Act(at + length, "unmic", program)]
            made.truths.append((IDS.get(program, program), at, at + length))
        else:
            made.call(program, at, at + length, 2)
        at += length + rng.uniform(18, 60)
    made.length = at + 45
    return made


def false_friends(rng: random.Random) -> Scenario:
    made = Scenario("dictation, messages, probes")
    made.holds("nerd-dictation", 5, 5 + rng.uniform(30, 90))
    made.holds("whatsapp", 110, 110 + rng.uniform(15, 60))
    for n in range(3):
        made.holds("zoom", 180 + 8 * n, 181.5 + 8 * n)
    made.holds("Discord", 210, 228, plays=True)
    made.holds("audacity", 240, 300)
    made.holds("audacity", 242, 298, plays=True)
    made.holds("frobnicate", 310, 322)
    made.holds("frobnicate", 311, 321, plays=True)
    return made


def music_and_podcast(rng: random.Random) -> Scenario:
    made = Scenario("music, podcast, a mixer")
    made.holds(rng.choice(["spotify", "firefox-esr"]), 5, 305, plays=True)
    made.holds("pavucontrol", 50, 250)
    return made


def held_all_day(rng: random.Random) -> Scenario:
    made, program = Scenario("held all day, two calls"), rng.choice(["Discord", "gather", "chromium"])
    made.acts += [Act(3, "mic", program), Act(720, "unmic", program)]
    for at in (60 + rng.uniform(0, 60), 420 + rng.uniform(0, 60)):
        ends = at + rng.uniform(60, 200)
        made.acts += [Act(at, "play", program), Act(ends, "unplay", program)]
        made.truths.append((IDS.get(program, program), at, ends))
    made.length = 765
    return made


def two_at_once(rng: random.Random) -> Scenario:
    made = Scenario("two programs at once")
    made.call("zoom", 10, 300, rng.uniform(2, 6))
    at = rng.uniform(60, 120)
    made.call("slack", at, at + rng.uniform(40, 120), 3)
    return made


def server_restart(rng: random.Random) -> Scenario:
    made, at = Scenario("sound server restarted"), rng.uniform(60, 120)
    back, ends = at + rng.uniform(3, 8), at + rng.uniform(60, 200)
    made.acts = [Act(8, "mic", "zoom"), Act(11, "play", "zoom"), Act(at, "restart", "")]
    made.acts += [Act(back, "mic", "zoom"), Act(back, "play", "zoom")]
    made.acts += [Act(ends, "unplay", "zoom"), Act(ends, "unmic", "zoom")]
    made.truths = [("zoom", 11, ends)]
    made.length = ends + 45
    return made


STREAMS: list[Callable[[random.Random], Scenario]] = [
    headset,
    back_to_back,
    false_friends,
    music_and_podcast,
    held_all_day,
    two_at_once,
    server_restart,
]


def speakerphone(rng: random.Random) -> Scenario:
    made, at = Scenario("speakerphone"), 15.0
    for _ in range(2):
        length = rng.uniform(40, 200)
        made.hears(at, audio.talk(length, rng, longest_pause=rng.choice([1.2, 3, 6])))
        made.truths.append(("room", at, at + length))
        at += length + rng.uniform(60, 120)
    return made


def put_on_hold(rng: random.Random) -> Scenario:
    made, music = Scenario("speakerphone, put on hold"), rng.uniform(15, 240)
    made.hears(15, audio.talk(60, rng))
    made.hears(76, audio.louder(audio.music(music, rng), -14))
    made.hears(77 + music, audio.talk(50, rng))
    made.truths.append(("room", 15, 127 + music))
    return made


def radio_after(rng: random.Random) -> Scenario:
    """Music that begins when a call has ended, and a word now and then, are no part of it."""
    made, ends = Scenario("speakerphone, then music"), 15 + rng.uniform(45, 90)
    made.hears(15, audio.talk(ends - 15, rng))
    made.hears(ends + 5, audio.louder(audio.music(240, rng), -14))
    for at in (70, 130, 190):
        made.hears(ends + at + rng.uniform(0, 20), audio.talk(rng.uniform(1.5, 3.5), rng, far=False))
    made.truths.append(("room", 15, ends))
    return made


def self_talk(rng: random.Random) -> Scenario:
    made, at = Scenario("self-talk, typing"), 5.0
    made.hears(0, audio.typing(290, rng, per_second=4))
    while at < 280:
        made.hears(at, audio.talk(rng.uniform(1.5, 3.5), rng, far=False))
        at += rng.uniform(22, 60)
    return made


def ringing(rng: random.Random) -> Scenario:
    made = Scenario("ringing, busy, typing")
    made.hears(5, audio.tone("phone-incoming-call", rng.uniform(15, 40)))
    made.hears(70, audio.tone("phone-outgoing-calling", 25))
    made.hears(110, audio.tone("phone-outgoing-busy", 30))
    made.hears(150, audio.typing(100, rng))
    return made


def music_in_the_room(rng: random.Random) -> Scenario:
    made = Scenario("music from elsewhere")
    made.hears(5, audio.louder(audio.music(300, rng), rng.uniform(-15, -3)))
    return made


def podcast_on_speakers(rng: random.Random) -> Scenario:
    made = Scenario("podcast on speakers")
    made.holds("spotify", 4, 306, plays=True)
    made.hears(5, audio.louder(audio.talk(300, rng, longest_pause=0.8, far=False), -8))
    return made


def dictation(rng: random.Random) -> Scenario:
    made = Scenario("dictation")
    made.holds("nerd-dictation", 5, 160)
    made.hears(7, audio.talk(150, rng, longest_pause=2, far=False))
    return made


def app_call_with_hold_music(rng: random.Random) -> Scenario:
    made, ends = Scenario("app call, hold music"), 260 + rng.uniform(0, 60)
    made.call(rng.choice(CALLERS), 12, ends, rng.uniform(2, 9))
    made.hears(13, audio.talk(50, rng, far=False))
    made.hears(70, audio.louder(audio.music(50, rng), -15))
    made.hears(125, audio.talk(60, rng, longest_pause=25, far=False))
    return made


ROOM: list[Callable[[random.Random], Scenario]] = [
    speakerphone,
    put_on_hold,
    radio_after,
    self_talk,
    ringing,
    music_in_the_room,
    podcast_on_speakers,
    dictation,
    app_call_with_hold_music,
]
