"""The streams of one program as its track holds them: microphones taken, and stretches of playback.

A stream that ends and begins again at once is one: browsers open theirs anew whenever a voice joins or leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from clepsydra.calls.evidence import PLAIN, Evidence, Facts, Family, Program, Sense
from clepsydra.domain.records import dataclass

_BACKGROUND: Final = frozenset(
    {"music", "movie", "video", "event", "notification", "animation", "a11y", "accessibility", "test", "alarm"}
)
"""Roles of playback that is nobody's voice."""

_NO_VOICE: Final = frozenset({"production", "game", "dsp", "filter"})

NO_CALL: Final = _NO_VOICE | {"music", "movie", "video", "a11y", "accessibility"}
"""Roles of a microphone that is no call's."""

PHONE: Final = frozenset({"phone", "communication"})
"""Roles of programs that say of themselves that they call."""

_REMEMBERED: Final = 40
"""So many stretches of playback are looked back upon."""


class PlaybackStart(StrEnum):
    """When playback began, seen from the moment at which the microphone was taken."""

    BEFORE = "before"
    JOINED = "joined"
    """Before it, and perhaps the other side of a call that was joined muted, or muted soon after."""
    WITH = "with"
    AFTER = "after"
    LATE = "late"


@dataclass(slots=True)
class HeldStream:
    """A microphone that the program holds, or held."""

    began: int
    facts: Facts = PLAIN
    pid: int | None = None
    already: bool = False


@dataclass(slots=True)
class Sound:
    """A stretch of playback; it lasts while `ended` is None."""

    key: str
    began: int
    ended: int | None = None
    already: bool = False
    facts: Facts = PLAIN
    since: int = 0
    """When it began, or went on after a blink."""
    audible: bool = False
    beside: bool = False
    """It began while a microphone was held."""
    cut: bool = False
    """It went on when a person ended the session: it has been the other side before."""

    @property
    def live(self) -> bool:
        """Whether it lasts."""
        return self.ended is None


def usable(program: Program, facts: Facts) -> bool:
    """Whether a capture stream is a microphone in use: not paused, and no recorder of other programs' sound."""
    if facts.corked or facts.role in NO_CALL:
        return False
    return not facts.virtual or program.family in (Family.CALL, Family.CHAT, Family.BROWSER) or facts.role in PHONE


def heard(facts: Facts) -> bool:
    """Whether a playback stream may be somebody's voice."""
    return not facts.corked and facts.role not in _BACKGROUND | _NO_VOICE and facts.sense is not Sense.MEDIA


class Sounds:
    """The stretches of playback of one program, the latest last."""

    def __init__(self) -> None:
        self._all: list[Sound] = []
        self._live: dict[str, Sound] = {}

    def __iter__(self) -> Iterator[Sound]:
        return iter(self._all)

    @property
    def live(self) -> tuple[Sound, ...]:
        """Those that last."""
        return tuple(self._live.values())

    @property
    def keys(self) -> frozenset[str]:
        """The streams of those that last."""
        return frozenset(self._live)

    def begin(self, edge: Evidence, blink: float, *, anew: bool) -> Sound:
        """A stream begins to play: a stretch goes on if it ended within `blink` milliseconds, unless all is `anew`."""
        if (current := self._live.get(edge.stream)) is not None:
            current.facts = edge.facts
            return current
        sound = None if anew else self._going_on(edge, blink)
        if sound is None:
            sound = Sound(edge.stream, edge.at, already=edge.already)
            self._all = [*self._all[-_REMEMBERED:], sound]
        sound.key, sound.facts, sound.ended, sound.since = edge.stream, edge.facts, None, edge.at
        self._live[edge.stream] = sound
        return sound

    def _going_on(self, edge: Evidence, blink: float) -> Sound | None:
        for sound in reversed(self._all):
            if sound.ended is None or edge.at - sound.ended > blink:
                continue
            if sound.key == edge.stream or sound.facts.mark == edge.facts.mark:
                return sound
        return None

    def end(self, stream: str, at: int) -> Sound | None:
        """A stream ends, or pauses."""
        sound = self._live.pop(stream, None)
        if sound is not None:
            sound.ended = at
        return sound

    def audible(self, stream: str) -> None:
        """A stream that lasts is not silent."""
        if (sound := self._live.get(stream)) is not None:
            sound.audible = True

    def forget_past(self) -> None:
        """What has ended is no part of what comes."""
        self._all = list(self._live.values())

    def begin_anew(self, at: int) -> None:
        """What lasts counts from `at` on, as if it began there."""
        for sound in self._live.values():
            sound.began, sound.already = at, False
        self.forget_past()

    def cut(self, at: int, core: Sequence[Sound]) -> None:
        """A person ended the session: what was the other side and lasts begins anew, and has been it before."""
        for sound in self._live.values():
            if any(each is sound for each in core):
                sound.began, sound.already, sound.cut = at, False, True
        self.forget_past()

    def drop(self, gone: Sequence[Sound]) -> None:
        """Hear no more of these, though they last."""
        self._live = {key: sound for key, sound in self._live.items() if not any(each is sound for each in gone)}
        self.forget_past()


def stretch(sounds: Iterable[Sound], pause: float) -> tuple[int, int, int] | None:
    """The playback that lasts, with what went before it at pauses of up to `pause` milliseconds.

    Begin of the whole; milliseconds played until the last pause; where the part began that lasts. None when nothing
    lasts.
    """
    spans = sorted((sound.began, sound.ended) for sound in sounds if sound.ended is not None)
    live = [sound.began for sound in sounds if sound.live]
    if not live:
        return None
    began = current = min(live)
    played = 0
    for start, end in reversed(spans):
        if end is None or began - end > pause:
            break
        played += max(0, min(end, began) - start)
        began = min(began, start)
    return began, played, current
