"""The time constants of the detector, in seconds, each with the reason for its value.

They were chosen on synthetic work days of exactly known truth and then held fixed on days never seen before.
A person may change any of them by its name in the settings, under `[calls] constants`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from clepsydra.calls.evidence import MILLISECONDS, Family
from clepsydra.domain.records import dataclass
from clepsydra.language.nearest import nearest

LARGEST: Final = 86_400.0
"""A day: a longer constant can only be a slip."""


class ConstantError(ValueError):
    """A constant of the settings cannot be used."""

    def __init__(self, name: str, found: object, allowed: str) -> None:
        super().__init__(f"calls.constants.{name}: found {found!r}, allowed: {allowed}")
        self.name, self.found, self.allowed = name, found, allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """How long is long enough; all in seconds."""

    known_held: float = 8.0
    """A known program must hold the microphone this long: outlasts lobbies and device probes, and still
    leaves no call over thirty seconds unseen."""
    unknown_held: float = 20.0
    """The same for a program never heard of: most short holders are sound settings, tests and web pages."""
    playback: float = 8.0
    """Playback beside the held microphone that makes it a call: chimes and previews are shorter, the other
    side is not."""
    beside: float = 0.5
    """Playback that begins this near to the microphone came with it: browsers open both for a level meter, the
    sound system's own voice processing does so too. It proves nothing."""
    blink: float = 1.0
    """A stream that ends and begins again within this goes on: browsers open theirs anew whenever a voice joins.
    A longer pause in which everything was let go is a seam."""
    tail: float = 3.0
    """Playback that ends this soon after the microphone was let go outlasted a call that was over: browsers play
    silence for 2 to 3 s after it."""
    lingers: float = 1.2
    """Where playback alone tells the end, and the program plays silence after it: half of that silence."""
    late: float = 20.0
    """Playback that begins longer than this after the microphone may be a message that is listened to."""
    chat: float = 25.0
    """Playback beside the microphone that makes it a call in a program that also sends voice messages: a test of
    the microphone and most messages are shorter, and no call over thirty seconds is lost."""
    page: float = 15.0
    """The same in a browser: a join screen with its level meter is left after a dozen seconds."""
    with_microphone: float = 25.0
    """The same where playback came with the microphone and a join screen cannot be told from a meeting."""
    late_playback: float = 45.0
    """The same for playback that begins late; pauses up to `silence` do not break it."""
    late_surely: float = 120.0
    """The same where voice messages are listened to, of which one or two in a row are shorter."""
    in_doubt: float = 30.0
    """Playback that proves nothing is offered as a possible call when it has lasted this long."""
    kept: float = 60.0
    """A microphone held this long beside playback that a chat program always keeps may be a call: few voice
    messages are longer."""
    kept_surely: float = 180.0
    """Held this long, it is one."""
    joined: float = 3_600.0
    """Playback that began this long before the microphone may be a call that was joined muted; what has played for
    longer was there all day."""
    listening: float = 60.0
    """Playback of a program made for calls, without a microphone, that is offered as listening."""
    pushed: float = 4.0
    """Microphone in all, taken by turns beside playback that long, that makes push-to-talk a call."""
    away: float = 30.0
    """A device that went, as a headset does, is waited for this long."""
    paused: float = 300.0
    """Microphone and playback that are paused and still there are a call put on hold: it is waited for this long."""
    muted: float = 7_200.0
    """A call carried by its playback alone ends after this: who is muted for two hours has left the room."""
    unwatched: float = 3_600.0
    """When a watcher has died, streams that are still the same after this are the same call."""
    voice: float = 1.5
    """Speech that stands in for playback with a known program, in room mode: a sentence, not a cough."""
    probe: float = 3.0
    """A microphone let go for longer than this before the call was certain was only tried; shorter pauses of
    the playback do not count."""
    hold: float = 12.0
    """Microphone and playback lost in a call and taken again within this may be the same call: devices change
    within 6 s; from 1 to 3 s calls were split, from 6 to 20 s none."""
    silence: float = 20.0
    """A program that keeps the microphone but stopped its playback this long ago has hung up: virtual offices
    and forgotten tabs hold it all day."""
    unheard: float = 120.0
    """Where playback was never seen, this long without speech ends the call: from 60 to 120 s none was cut in
    two, below 45 s some were."""
    speech_again: float = 8.0
    """Speech that wakes a holder that fell silent, where playback was never seen."""
    patience: float = 60.0
    """When the programs cannot be seen (a restarted sound server, a nap of the machine), a call waits this
    long for news before it is closed at the last evidence, with a doubtful end."""
    room_dense: float = 2.0
    """Speech within `room_dense_window` with which a call in the room may begin and end: skips a lone word before or
    after it."""
    room_dense_window: float = 8.0
    """Where `room_dense` is looked for; also the longest pause bridged when the start is dated back."""
    room_speech: float = 8.0
    """Speech within `room_window` that confirms it: 4 s believed self-talk five times, 16 s missed six
    calls."""
    room_window: float = 30.0
    """Where `room_speech` is looked for."""
    room_silence: float = 30.0
    """Silence that ends a call in the room: from 20 to 40 s nothing changes, 10 s misses, 60 s joins
    neighbours."""
    room_seldom: float = 45.0
    """The same where somebody is heard less than a third of the time: who mostly listens speaks every 20 to 40 s."""
    room_turn: float = 1.5
    """Speech that is a turn and no lone word."""
    room_listens: float = 120.0
    """Who speaks at least five times within this, each time for `room_turn`, and never pauses for `room_seldom`,
    listens to somebody: a call of which only one side is heard, and seldom."""
    room_hold: float = 600.0
    """Music on hold that a call in the room outlasts, if talk follows: ten minutes of a waiting line. After that, or
    without talk, the call ended where speech last was heard, and the music is the radio's."""
    room_shortest: float = 30.0
    """A shorter talk in the room is not logged: people talk to themselves, and to others."""

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Constants:
        """Defaults with these replaced; raises `ConstantError` for an unknown name or an impossible value."""
        names = {each.name for each in fields(cls)}
        chosen: dict[str, float] = {}
        for name, value in values.items():
            if name not in names:
                raise ConstantError(name, value, nearest(name, names) or ", ".join(sorted(names)))
            chosen[name] = _seconds(name, value)
        constants = cls(**chosen)
        constants._check_windows()
        return constants

    def _check_windows(self) -> None:
        for needed, window in (("room_dense", "room_dense_window"), ("room_speech", "room_window")):
            found, limit = getattr(self, needed), getattr(self, window)
            if found > limit:
                raise ConstantError(needed, found, f"at most {window} = {limit:g}")

    def held_for(self, family: Family) -> int:
        """How long a program of this family must hold the microphone; milliseconds."""
        return milliseconds(self.unknown_held if family is Family.UNKNOWN else self.known_held)


def _seconds(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LARGEST:
        raise ConstantError(name, value, f"seconds, more than 0, at most {LARGEST:g}")
    return float(value)


def milliseconds(seconds: float) -> int:
    """A constant in the unit of the evidence."""
    return round(seconds * MILLISECONDS)
