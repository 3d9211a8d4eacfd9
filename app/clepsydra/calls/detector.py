"""The detector of calls: a pure function of evidence, one state machine per program and one for the room.

No clock and no input or output: edges and ticks come in, events come out. The same evidence gives the same
events, whatever the rhythm of the ticks, so a day can be replayed in milliseconds and yesterday derived
again.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from clepsydra.calls.call import Call, CallChanged, CallEnded, CallPhase, Event, Rule
from clepsydra.calls.constants import Constants
from clepsydra.calls.evidence import UNWATCHED, Evidence, EvidenceKind, Program
from clepsydra.calls.lifecycle.line_track import LineTrack
from clepsydra.calls.lifecycle.program_track import ProgramTrack
from clepsydra.calls.lifecycle.room_track import RoomTrack
from clepsydra.calls.programs import IGNORED
from clepsydra.domain.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class CallStanding:
    """Where a program stands, for people who watch."""

    program: Program
    state: CallPhase
    since: int
    call: Call | None


class Detector:
    """Feed it edges in the order of their instants; between them, `advance` it with the time that passed."""

    def __init__(self, constants: Constants | None = None, ignored: Iterable[str] = ()) -> None:
        """`ignored`: ids of programs, and marks of titles, that are never a call."""
        self.constants = constants or Constants()
        self._ignored = IGNORED | frozenset(ignored)
        self._tracks: dict[str, ProgramTrack] = {}
        self._room = RoomTrack(self.constants)
        self._lines: dict[str, LineTrack] = {}
        """The calls of telephone lines, by their streams."""
        self._holders: set[tuple[EvidenceKind, str, str]] = set()
        self._sounding = False
        self._voice = self._music = False
        self.masked = False
        """Somebody spoke while the computer played or a program held the microphone: whether in a call is unknown."""
        self._now = 0

    def feed(self, edge: Evidence) -> list[Event]:
        """Take one edge; returns what it, and the time before it, decided."""
        events = self.advance(edge.at)
        return events + self._settled(self._take(edge))

    def advance(self, now: int) -> list[Event]:
        """Let time pass until `now`; returns what fell due, each dated at its own deadline."""
        events: list[Event] = []
        while (due := self._next()) is not None and due[0] <= now:
            at, track = due
            self._now = max(self._now, at)
            events += self._settled(track.expire(self._now))
        self._now = max(self._now, now)
        return events

    @property
    def next_deadline(self) -> int | None:
        """When the next state changes by itself; None if none will."""
        due = self._next()
        return due[0] if due else None

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls under way."""
        return tuple(track.call for track in self._every() if track.call)

    def doubtful(self) -> list[tuple[Program, str]]:
        """The playback streams whose silence, or not, would decide whether there is a call."""
        return [(track.program, stream) for track in self._tracks.values() for stream in track.doubtful if stream]

    def standings(self) -> tuple[CallStanding, ...]:
        """Every program that is not idle, with its state."""
        busy = [track for track in self._every() if track.state is not CallPhase.IDLE]
        return tuple(CallStanding(each.program, each.state, each.opened or 0, each.call) for each in busy)

    def ignore(self, program_id: str) -> list[Event]:
        """Never this program again; a call it has under way ends here and now."""
        self._ignored |= {program_id}
        own = [track for track in self._every() if track.program.id == program_id]
        self._tracks.pop(program_id, None)
        self._lines = {name: line for name, line in self._lines.items() if line.program.id != program_id}
        ending = [track.call for track in own if track.call is not None]
        return self._settled([CallEnded(self._now, replace(call, ended=self._now, over=Rule.NEVER)) for call in ending])

    # -- edges

    def _take(self, edge: Evidence) -> list[Event]:
        match edge.kind:
            case EvidenceKind.LINE:
                return self._line(edge)
            case EvidenceKind.LOCKED | EvidenceKind.ASLEEP:
                return []
            case EvidenceKind.CUT if (line := self._cut_line(edge)) is not None:
                return line.take(edge)
            case EvidenceKind.CAPTURE | EvidenceKind.PLAYBACK | EvidenceKind.AUDIBLE | EvidenceKind.CUT:
                return self._program(edge)
            case EvidenceKind.BLIND:
                return self._blind(edge)
            case EvidenceKind.DEAF:
                return self._deaf(edge)
            case EvidenceKind.SOUND:
                self._sounding = edge.on
                return self._room_hears(edge.at)
            case EvidenceKind.MUSIC:
                self._music = edge.on
                return self._room_hears(edge.at)
            case EvidenceKind.VOICE:
                self._voice = edge.on
                told = [event for track in self._tracks.values() for event in track.take(edge)]
                return told + self._room_hears(edge.at)

    def _room_hears(self, at: int) -> list[Event]:
        """Speech and music count for the room while nobody else holds the microphone and nothing plays."""
        busy = bool(self._lines)  # who talks on the telephone is heard in the room too
        quiet = not self._sounding and not self._holders and not busy
        self.masked = not quiet and not busy and (self.masked or self._voice)
        self._room.play(self._music and quiet, at)
        return self._room.hear(self._voice and quiet, at)

    def _program(self, edge: Evidence) -> list[Event]:
        program = edge.program
        if program is None:
            return []
        told: list[Event] = []
        if edge.kind is EvidenceKind.CAPTURE:
            held = edge.on and not edge.facts.corked
            (self._holders.add if held else self._holders.discard)(edge.key)
            told += self._room_hears(edge.at)
        if program.id in self._ignored:
            return told
        if edge.on and edge.facts.mark in self._ignored:
            edge = replace(edge, on=False)  # a page that is never a call has no streams
        track = self._tracks.get(program.id)
        if track is None:
            if edge.kind not in (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK) or not edge.on:
                return told
            track = self._tracks[program.id] = ProgramTrack(program, self.constants)
            if self._voice:
                track.take(Evidence(edge.at, EvidenceKind.VOICE, True))
        return told + track.take(edge)

    def _line(self, edge: Evidence) -> list[Event]:
        if edge.program is None or edge.program.id in self._ignored:
            return []
        track = self._lines.get(edge.stream)
        if track is None:
            if not edge.on:
                return []
            track = self._lines[edge.stream] = LineTrack(self.constants, edge.program)
        told = track.take(edge)
        if track.idle:
            del self._lines[edge.stream]
        return told + self._room_hears(edge.at)

    def _cut_line(self, edge: Evidence) -> LineTrack | None:
        """The line whose call a person ended: of several the last that began."""
        began = [(line.call.began, line) for line in self._lines.values() if line.call and line.program == edge.program]
        return max(began, key=itemgetter(0), default=(0, None))[1]

    def _blind(self, edge: Evidence) -> list[Event]:
        unwatched = edge.facts.role == UNWATCHED
        tracks: list[ProgramTrack | LineTrack] = [*self._tracks.values(), *self._lines.values()]
        if edge.on:
            return [event for track in tracks for event in track.blinded(edge.at, unwatched=unwatched)]
        for track in tracks:
            track.sees_again(edge.at)
        return []

    def _deaf(self, edge: Evidence) -> list[Event]:
        if not edge.on:
            self._room.hears_again(edge.at)
            return []
        self._voice = False
        told = [event for track in self._tracks.values() for event in track.take(_silence(edge.at))]
        told += self._room.hear(False, edge.at)
        self._room.deafened()
        return told

    # -- tracks

    def _every(self) -> tuple[_Track, ...]:
        return (*self._tracks.values(), *self._lines.values(), self._room)

    def _next(self) -> tuple[int, _Track] | None:
        due = [(at, track) for track in self._every() if (at := track.deadline()) is not None]
        return min(due, key=lambda each: (each[0], each[1].program.id), default=None)

    def _settled(self, events: list[Event]) -> list[Event]:
        """Put calls that overlap in their order, and forget programs that are idle."""
        told: list[Event] = []
        for event in events:
            told.append(self._placed(event))
            if isinstance(event, CallEnded):
                told += self._released(event)
        for name in [name for name, track in self._tracks.items() if track.idle]:
            del self._tracks[name]
        self._lines = {name: line for name, line in self._lines.items() if not line.idle}
        return told

    def _placed(self, event: Event) -> Event:
        """A call that begins while another program's is under way, no less sure, lies within the first of them."""
        if isinstance(event, CallEnded | CallChanged):
            return event
        least = event.call.rank.weight
        others = [call for call in self.calls if call.id != event.call.id and call.rank.weight >= least]
        if not others:
            return event
        first = min(others, key=lambda call: (call.within is not None, call.began, call.id))
        track = next(each for each in self._every() if each.call and each.call.id == event.call.id)
        track.call = replace(event.call, within=first.id)
        return replace(event, call=track.call)

    def _released(self, ended: CallEnded) -> list[Event]:
        """Calls that began after the end of the one they were thought to lie in stand by themselves."""
        told: list[Event] = []
        for track in self._every():
            call = track.call
            if call and call.within == ended.call.id and call.began >= (ended.call.ended or 0):
                track.call = replace(call, within=None)
                told.append(CallChanged(ended.at, track.call))
        return told


_Track = ProgramTrack | LineTrack | RoomTrack


def _silence(at: int) -> Evidence:
    return Evidence(at, EvidenceKind.VOICE, False)
