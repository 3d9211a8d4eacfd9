"""The state machine of one program: idle, ringing, active, hold, dormant.

    idle --takes the microphone--> ringing
    ringing --held long enough, and playback (or a voice) beside it--> active
    ringing --lets go for longer than a probe--> idle
    active --lets go--> hold --takes it again in time--> active; else ended when it let go
    active --keeps it, but the other side fell silent--> dormant; ended at the last sound
    dormant --playback again--> active, a new call

Pure: instants come in, nothing is read from a clock. Whatever falls due is dated at its own deadline, so that
the rhythm of the ticks changes no result.
"""

from __future__ import annotations

from clepsydra.calls.call import Call, CallBegan, CallChanged, CallEnded, Event, State
from clepsydra.calls.constants import Constants, milliseconds
from clepsydra.calls.evidence import Evidence, Family, Kind, Program
from clepsydra.domain.records import replace


class ProgramTrack:
    """One program, from the first time it takes the microphone until it is idle again."""

    def __init__(self, program: Program, constants: Constants) -> None:
        self.program = program
        self.constants = constants
        self.state = State.IDLE
        self.call: Call | None = None
        self.opened = 0
        self._title: str | None = None
        self._already = False
        self._holding = False
        self._lost = 0
        """When the microphone was lost; also the end of the call if it does not come back."""
        self._wait_until: int | None = None
        """When a lost microphone is given up."""
        self._unseen = False
        """The programs could not be seen since the microphone was lost."""
        self._drops: list[tuple[int, int]] = []
        """When the microphone was lost for a moment while it was not sure yet that there is a call."""
        self._playing = False
        self._stretch: int | None = None
        self._stopped = 0
        self._speaking: int | None = None
        self._spoken = 0
        self._first_speech = 0
        self._last_speech = 0
        self._heard = 0
        """The last instant with playback or speech; the end of a call that falls silent."""
        self._silent_from = 0

    def take(self, edge: Evidence) -> list[Event]:
        """An edge of this program's microphone or playback, or of the voice."""
        if edge.title is not None:
            self._title = edge.title
        if edge.kind is Kind.CAPTURE:
            return self._captured(edge) if edge.on else self._released(edge.at)
        if edge.kind is Kind.PLAYBACK:
            self._playback(edge)
        elif self._trusts_voice:
            self._voice(edge)
        return self._retold(edge.at)

    @property
    def _trusts_voice(self) -> bool:
        return self.program.family is Family.CALL

    # -- the microphone

    def _captured(self, edge: Evidence) -> list[Event]:
        if self._holding:
            return self._retold(edge.at)
        self._holding = True
        if self.state is State.IDLE:
            self.opened, self._already = edge.at, edge.already
            self._stretch, self._spoken, self._drops = None, 0, []
            self.state = State.RINGING
        elif self.state is State.RINGING:
            self._drops.append((self._lost, edge.at))
        elif self.state is State.HOLD:
            self.state = State.ACTIVE
            self._silent_from = max(self._silent_from, edge.at)
        self._wait_until, self._unseen = None, False
        return self._retold(edge.at)

    def _released(self, at: int) -> list[Event]:
        if not self._holding:
            return []
        self._holding = False
        self._lost = at
        if self.state is State.DORMANT:
            self._reset()
        elif self.state is State.RINGING:
            self._wait_until = at + milliseconds(self.constants.probe)
        else:
            self.state = State.HOLD
            self._wait_until = at + milliseconds(self.constants.hold)
        return self._retold(at)

    def blinded(self, at: int) -> list[Event]:
        """The programs cannot be seen any more: wait for news, with patience."""
        if self.state is State.IDLE:
            return []
        told = self._released(at)
        if self._wait_until is not None:
            self._unseen = True
            self._wait_until = at + milliseconds(self.constants.patience)
        return told

    def sees_again(self, at: int) -> None:
        """The programs are seen again: what does not take the microphone soon has let it go."""
        if self._unseen and self._wait_until is not None:
            self._wait_until = at + milliseconds(self.constants.hold)

    # -- what is heard

    def _playback(self, edge: Evidence) -> None:
        if edge.on and not self._playing:
            if self._stretch is None or edge.at - self._stopped > milliseconds(self.constants.probe):
                self._stretch = edge.at
        elif not edge.on and self._playing:
            self._stopped = self._silent_from = edge.at
            self._last_heard(edge.at)
        self._playing = edge.on

    def _voice(self, edge: Evidence) -> None:
        if edge.on and self._speaking is None:
            if edge.at - self._last_speech > milliseconds(self.constants.hold):
                self._spoken = 0
            if not self._spoken:
                self._first_speech = edge.at
            self._speaking = edge.at
        elif not edge.on and self._speaking is not None:
            self._spoken += edge.at - self._speaking
            self._speaking, self._last_speech = None, edge.at
            self._silent_from = edge.at
            self._last_heard(edge.at)

    def _last_heard(self, at: int) -> None:
        """Something was heard until `at`; with the microphone lost it only shows that the call lived when it was."""
        self._heard = at if self._holding else max(self._heard, self._lost)

    # -- what falls due

    def deadline(self) -> int | None:
        """When this track changes by itself, if no further edge comes."""
        if self._wait_until is not None:
            return self._wait_until
        if self.state in (State.RINGING, State.DORMANT):
            return self._certain_at()
        if self.state is State.ACTIVE and not self._playing and self._speaking is None:
            limit = self.constants.silence if self._saw_playback else self.constants.unheard
            return self._silent_from + milliseconds(limit)
        return None

    def expire(self, at: int) -> list[Event]:
        """The deadline has come."""
        if self._wait_until is not None:
            ended = self._end(at, self._lost, doubtful=self._unseen) if self.call else []
            self._reset()
            return ended
        if self.state is State.ACTIVE:
            ended = self._end(at, self._heard, doubtful=False)
            self.state, self._stretch, self._spoken, self._already = State.DORMANT, None, 0, False
            return ended
        return self._begin(at)

    @property
    def _saw_playback(self) -> bool:
        return self.call is not None and Kind.PLAYBACK in self.call.evidence

    def _certain_at(self) -> int | None:
        ready: list[int] = []
        if self._playing and self._stretch is not None:
            ready.append(self._stretch + milliseconds(self.constants.playback))
        again = self.state is State.DORMANT
        needed = milliseconds(self.constants.speech_again if again else self.constants.voice) - self._spoken
        if self._speaking is not None:
            ready.append(self._speaking + max(0, needed))
        elif self._spoken and needed <= 0:
            ready.append(self._last_speech)
        if not ready:
            return None
        held = 0 if again else self.constants.held_for(self.program.family)
        return max(self.opened + held, min(ready))

    # -- the call

    def _begin(self, at: int) -> list[Event]:
        firsts: list[int] = []
        evidence = {Kind.CAPTURE}
        if self._playing and self._stretch is not None:
            firsts.append(self._stretch)
            evidence.add(Kind.PLAYBACK)
        if self._speaking is not None or self._spoken:
            firsts.append(self._first_speech)
            evidence.add(Kind.VOICE)
        began = self._held_from(min(firsts))
        name = f"{self.program.id}:{began}"
        doubtful = self._already and began - self.opened <= milliseconds(self.constants.probe)
        self.call = Call(name, self.program, self.opened, began, None, frozenset(evidence), doubtful, title=self._title)
        self.state = State.ACTIVE
        self._silent_from = self._heard = max(self._heard, began)
        return [CallBegan(at, self.call)]

    def _retold(self, at: int) -> list[Event]:
        """Say what changed in the call that is under way, if anything did."""
        if self.call is None:
            return []
        evidence = set(self.call.evidence)
        if self._holding and self._playing:
            evidence.add(Kind.PLAYBACK)
        if self._holding and self._speaking is not None:
            evidence.add(Kind.VOICE)
        now = replace(self.call, evidence=frozenset(evidence), on_hold=self.state is State.HOLD, title=self._title)
        same = (now, now.on_hold, now.title) == (self.call, self.call.on_hold, self.call.title)
        self.call = now
        return [] if same else [CallChanged(at, now)]

    def _end(self, at: int, ended: int, *, doubtful: bool) -> list[Event]:
        if self.call is None:
            return []
        over = replace(self.call, ended=max(ended, self.call.began), doubtful_end=doubtful, on_hold=False)
        self.call = None
        return [CallEnded(at, over)]

    def _held_from(self, at: int) -> int:
        """The instant itself, or when the microphone was taken again if it was lost just then."""
        return next((back for lost, back in self._drops if lost <= at < back), at)

    def _reset(self) -> None:
        self.state = State.IDLE
        self._wait_until, self._unseen = None, False
        self._stretch, self._spoken = None, 0
