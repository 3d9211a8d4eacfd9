"""Timed evidence about calls: what was seen, of which program, from when to when.

Instants are integer milliseconds of UTC. Two forms carry the same facts: `Evidence` is one edge (something
began or stopped), fit for the detector; `Span` is the stretch between two edges, fit for the log. Evidence is told by
stream: when what is known of a stream changes, its span ends and another of the same stream begins. A title is carried
in memory only: it takes part in no comparison, no representation and no span; its keyed mark, and what kind of page it
names, are facts.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from clepsydra.domain.records import dataclass, field

MILLISECONDS: Final = 1000


class EvidenceKind(StrEnum):
    """What a piece of evidence is about."""

    CAPTURE = "capture"
    """A program holds a microphone."""
    PLAYBACK = "playback"
    """A program plays sound: one that holds a microphone or held it a moment ago, or one made for calls."""
    SOUND = "sound"
    """Some program plays sound, whichever it is; watched in room mode only, where it silences the voice."""
    VOICE = "voice"
    """Speech reaches the microphone; room mode only."""
    MUSIC = "music"
    """Sound that is no speech goes on at the microphone, as on hold; room mode only. Makes no call, and keeps one."""
    BLIND = "blind"
    """The programs cannot be seen: no sound server, a sleeping machine, nobody watching."""
    CUT = "cut"
    """A person ended, stopped or moved the session that a call was: what the program does next is another call."""
    AUDIBLE = "audible"
    """A playback stream in doubt is not silent; its peak values were read because the person allowed it."""
    LINE = "line"
    """Somebody talks on a telephone line: it tells so itself, and needs no further proof."""
    LOCKED = "locked"
    """The screen is locked: nobody sits at the machine. Says nothing about calls."""
    ASLEEP = "asleep"
    """The machine sleeps. Says nothing about calls."""
    DEAF = "deaf"
    """The microphone of room mode is chosen but not heard: gone, moved, busy, suspended."""


class Family(StrEnum):
    """What kind of program holds the microphone; decides how much evidence a call needs."""

    CALL = "call"
    """Made for calls: a held microphone and a voice are enough."""
    CHAT = "chat"
    """Made for calls and for voice messages: only playback tells them apart."""
    BROWSER = "browser"
    """A page may call, dictate or record: only playback tells them apart."""
    UNKNOWN = "unknown"
    """Never heard of: waits longer."""
    ROOM = "room"
    """No program at all: a desk telephone, a speakerphone, heard through the microphone."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program as people know it, not as its helper processes are called."""

    id: str
    """Stable, lower case: what rules, ignore lists and the log name."""
    name: str = field(compare=False)
    """As shown on screen."""
    family: Family = field(default=Family.UNKNOWN, compare=False)


ROOM: Final = Program("room", "Room", Family.ROOM)
"""Stands for the desk telephone or the people around it."""


PHONE: Final = Program("phone", "Phone", Family.CALL)
"""Stands for the person's telephone, whichever line or list tells of it. Several of its calls may go on at a time."""


class Sense(StrEnum):
    """What kind of page or window a title names."""

    NOTHING = ""
    """No title, or one that says nothing."""
    MEETING = "meeting"
    LOBBY = "lobby"
    """The way into a meeting: a join screen, a waiting room."""
    DICTATION = "dictation"
    """Voice typing, a recorder, an assistant: somebody speaks to the machine."""
    MEDIA = "media"
    """Music, a video, a broadcast."""
    CHAT = "chat"
    """A chat that also sends voice messages."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sound system tells of a stream."""

    role: str = ""
    """What the program says the stream is for: `phone`, `production`, `game`; lower case."""
    corked: bool = False
    """Opened and paused: no sound goes through it."""
    device: str = ""
    """Name of the microphone it records from, or of the output it plays to."""
    virtual: bool = False
    """It records what other programs play into a virtual output: a virtual microphone, or a recorder of it."""
    mark: str = ""
    """Keyed mark of its title: the same title has the same mark, and nobody can read it back."""
    sense: Sense = Sense.NOTHING


UNWATCHED: Final = "unwatched"
"""The role of a blindness in which nobody watched: whoever did has died, and the programs went on."""

PLAIN: Final = Facts()
"""Nothing is told but the program."""


Key = tuple[EvidenceKind, str, str]
"""Kind, program, stream."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One edge: at this instant, this began or stopped."""

    at: int
    kind: EvidenceKind
    on: bool
    program: Program | None = None
    pid: int | None = field(default=None, compare=False)
    already: bool = False
    """It was so before we began to look; when it began is not known."""
    title: str | None = field(default=None, compare=False, repr=False)
    """Of the tab or window; in memory only."""
    stream: str = ""
    """Which stream of the sound system; empty where it names none."""
    facts: Facts = PLAIN
    lost: bool = False
    """The stream ended because its device went."""
    afterwards: bool = False
    """It is told long after it began: until now it said nothing."""

    @property
    def key(self) -> Key:
        """What the edge is an edge of."""
        return self.kind, self.program.id if self.program else "", self.stream


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """One stretch of evidence, half-open; `ended` is None while it lasts."""

    kind: EvidenceKind
    began: int
    ended: int | None = None
    program: Program | None = None
    pid: int | None = field(default=None, compare=False)
    already: bool = False
    stream: str = ""
    facts: Facts = PLAIN
    lost: bool = False
    """It ended because its device went."""
    title: str = field(default="", compare=False, repr=False)
    """Only where a client wants titles stored."""

    @property
    def id(self) -> str:
        """The same for the open and the closed form: no two spans of one kind and program begin together."""
        return f"{self.kind}:{self.program.id if self.program else ''}:{self.began}"

    def edges(self) -> tuple[Evidence, ...]:
        """The one or two edges that make this span."""
        opening = Evidence(
            self.began, self.kind, True, self.program, self.pid, self.already, None, self.stream, self.facts
        )
        if self.ended is None or self.ended == self.began:
            return (opening,)
        closing = Evidence(
            self.ended, self.kind, False, self.program, self.pid, stream=self.stream, facts=self.facts, lost=self.lost
        )
        return opening, closing
