"""A detected call, and what the detector says about it while it lives."""

from __future__ import annotations

from enum import StrEnum

from clepsydra.calls.evidence import MILLISECONDS, EvidenceKind, Program
from clepsydra.domain.records import dataclass, field


class CallPhase(StrEnum):
    """Where a program stands with its call."""

    IDLE = "idle"
    """Nothing to see."""
    RINGING = "ringing"
    """It holds the microphone; not yet a call."""
    ACTIVE = "active"
    """A call."""
    HOLD = "hold"
    """A call whose microphone was lost a moment ago; it may come back."""
    DORMANT = "dormant"
    """It keeps the microphone after a call; the next one may begin at any time."""


class Rank(StrEnum):
    """How sure a call is."""

    LISTENING = "listening"
    """A program made for calls plays and takes no microphone: a webinar, or a call joined muted. Offered."""
    DOUBT = "doubt"
    """It may be one: a program that nobody knows, playback that proves nothing, talk in the room. Offered."""
    CERTAIN = "certain"
    """A call. Only such a one interrupts."""

    @property
    def weight(self) -> int:
        """Higher is surer."""
        return _WEIGHTS[self]


_WEIGHTS = {Rank.LISTENING: 1, Rank.DOUBT: 2, Rank.CERTAIN: 3}


class Rule(StrEnum):
    """What made a call one, and what ended it; the screens say it in words."""

    NONE = ""
    CALLS = "calls"
    """A program made for calls holds the microphone and plays."""
    JOINED_MUTED = "joined-muted"
    """A program made for calls had been playing when it took the microphone."""
    PUSHED_TO_TALK = "pushed-to-talk"
    """A program made for calls plays and takes the microphone by turns."""
    OTHER_SIDE = "other-side"
    """Playback that began after the microphone was taken."""
    TITLE = "title"
    """The title of the page names a meeting."""
    WITH_MICROPHONE = "with-microphone"
    """Playback that came with the microphone lasted too long for a test or a message."""
    KEPT = "kept"
    """Playback that was there before the microphone, and a microphone held for long."""
    UNKNOWN = "unknown"
    """A program that nobody knows holds the microphone and plays."""
    AUDIBLE = "audible"
    """Its playback is not silent."""
    VOICE = "voice"
    """Somebody speaks."""
    PLAYS = "plays"
    """A program made for calls plays."""
    LET_GO = "let-go"
    """Microphone and playback were let go."""
    FELL_SILENT = "fell-silent"
    """It kept the microphone, and the other side was gone."""
    MUTED_TOO_LONG = "muted-too-long"
    """It only played for hours."""
    SEPARATE = "separate"
    """What the program did next was another call."""
    LINE = "line"
    """A telephone line says so."""
    HUNG_UP = "hung-up"
    """The line says that it is over."""
    CUT = "cut"
    """The person ended its session."""
    NEVER = "never"
    """The person said that it is never a call."""
    LOST_SIGHT = "lost-sight"
    """Nobody watched any more."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call; instants in milliseconds of UTC, dated back to the evidence."""

    id: str
    """Made of program and begin, so that the same evidence always gives the same name."""
    program: Program
    opened: int
    """When the microphone was taken: the lobby, up to a quarter of a minute before the call."""
    began: int
    ended: int | None = None
    evidence: frozenset[EvidenceKind] = frozenset()
    """Which kinds of evidence were seen in it."""
    doubtful_begin: bool = False
    """It was under way when we began to look."""
    doubtful_end: bool = False
    """We lost sight of it: it may have gone on."""
    within: str | None = None
    """The call of another program that was under way when this one began, and still was."""
    rank: Rank = Rank.CERTAIN
    rule: Rule = field(default=Rule.NONE, compare=False)
    """What made it a call."""
    over: Rule = field(default=Rule.NONE, compare=False)
    """What ended it."""
    seams: tuple[int, ...] = ()
    """Where it may be two: everything was let go for a moment, or the title changed."""
    on_hold: bool = field(default=False, compare=False)
    """Microphone and playback were lost a moment ago."""
    title: str | None = field(default=None, compare=False, repr=False)
    """Of the tab or window, or the number of a line, for a suggestion; in memory only."""

    @property
    def began_at(self) -> int:
        """The begin as the log holds it: seconds of UTC, nearest."""
        return to_seconds(self.began)

    @property
    def ended_at(self) -> int | None:
        """The end as the log holds it: seconds of UTC, nearest; None while the call lasts."""
        return None if self.ended is None else to_seconds(self.ended)


def to_seconds(instant: int) -> int:
    """Milliseconds of UTC to the nearest second; keeps the order of instants."""
    return (instant + MILLISECONDS // 2) // MILLISECONDS


@dataclass(frozen=True, slots=True)
class CallBegan:
    """A call is certain. `at` is when that was decided, `call.began` when it began."""

    at: int
    call: Call


@dataclass(frozen=True, slots=True)
class CallChanged:
    """Something else is known of a call under way: more evidence, on hold or back, its title."""

    at: int
    call: Call


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call is over. `at` is when that was decided, `call.ended` when it was."""

    at: int
    call: Call


Event = CallBegan | CallChanged | CallEnded
