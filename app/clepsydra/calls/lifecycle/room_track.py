"""The state machine of room mode: is somebody on the desk telephone, told by speech alone.

Speech counts only while no program holds the microphone and nothing plays. Enough of it within a window
confirms a call; its start and end are dated to where the talk became dense and ceased to be; silence ends it,
unless music goes on, as on hold: then the call waits for talk as dense as the one that began it. A short talk
is never announced. Pure, like the track of a program.
"""

from __future__ import annotations

from bisect import bisect
from operator import itemgetter

from clepsydra.calls.call import Call, CallBegan, CallEnded, CallPhase, Event, Rank, Rule
from clepsydra.calls.constants import Constants, milliseconds
from clepsydra.calls.evidence import ROOM, EvidenceKind
from clepsydra.domain.records import replace

_SELDOM = 0.3
"""Share of a talk below which whoever is heard mostly listens."""

_OFTEN = 5
"""Times that somebody speaks who listens."""

_STEP = 100
"""Smallest step, in milliseconds, between two looks at the amount of speech."""


class RoomTrack:
    """The voice in the room, from burst to burst."""

    program = ROOM

    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self.state = CallPhase.IDLE
        self.call: Call | None = None
        self._bursts: list[tuple[int, int]] = []
        self._speaking: int | None = None
        self._look_at: int | None = None
        self._began: int | None = None
        """Where a confirmed talk began; it becomes a call when it is long enough."""
        self._confirmed = self._spoken = 0
        """When that was known, and milliseconds of speech in the talk."""
        self._last = 0
        self._wait_from = 0
        self._deaf = False
        self._lost = False
        """The microphone was lost after the last word: the talk may have gone on."""
        self._music = False
        self._resuming = False
        """Somebody speaks after music on hold; not yet enough to go on with the call."""

    @property
    def opened(self) -> int:
        """A talk has no lobby: it opens where it begins."""
        return self._began if self._began is not None else self._last

    def hear(self, on: bool, at: int) -> list[Event]:
        """Speech that counts began or stopped."""
        if on and self._speaking is None:
            self._speaking, self._lost = at, False
            self.state = CallPhase.ACTIVE if self.call else CallPhase.RINGING
            if self.call and not self._resuming and at - self._last > self._silence:
                self._resuming = True
                self._last = self._dense_end(self.call)
                self._bursts.clear()
            self._look(at)
        elif not on and self._speaking is not None:
            self._look(at)
            self._bursts.append((self._speaking, at))
            if self._began is not None:
                self._spoken += at - max(self._speaking, self._confirmed)
            self._speaking, self._look_at = None, None
            self._wait_from = at
            if not self._resuming:
                self._last = at
        return []

    def play(self, on: bool, at: int) -> None:
        """Music that counts began or stopped."""
        if self._music and not on:
            self._wait_from = max(self._wait_from, at)
        self._music = on

    def deafened(self) -> None:
        """The microphone is lost: wait for it, with patience."""
        self._deaf = self._lost = True

    def hears_again(self, at: int) -> None:
        """The microphone is back."""
        self._deaf = False
        self._wait_from = max(self._wait_from, at)

    def deadline(self) -> int | None:
        """When this track changes by itself, if no further edge comes."""
        if self._speaking is None:
            if self.state is CallPhase.IDLE:
                return None
            if self.call and self._music:
                return self._last + milliseconds(self.constants.room_hold)
            if self._deaf and self.call:
                return self._wait_from + milliseconds(self.constants.patience)
            return self._wait_from + self._silence
        if self._began is None or self._resuming:
            return self._look_at
        if self.call:
            return None
        return self._began + milliseconds(self.constants.room_shortest)

    @property
    def _silence(self) -> int:
        """How long a silence is the end: longer while it may be somebody who mostly listens."""
        seldom = self._began is None or self._spoken < (self._last - self._began) * _SELDOM
        return milliseconds(self.constants.room_seldom if seldom else self.constants.room_silence)

    def expire(self, at: int) -> list[Event]:
        """The deadline has come."""
        if self._speaking is None:
            return self._end(at)
        if self._began is None or self._resuming:
            self._look(at)
            return []
        if at - self._began >= milliseconds(self.constants.room_shortest):
            name, voice = f"{ROOM.id}:{self._began}", frozenset({EvidenceKind.VOICE})
            self.call = Call(name, ROOM, self._began, self._began, evidence=voice, rank=Rank.DOUBT, rule=Rule.VOICE)
            self.state = CallPhase.ACTIVE
            return [CallBegan(at, self.call)]
        return []

    def _end(self, at: int) -> list[Event]:
        call, self.call = self.call, None
        ended = self._dense_end(call) if call and not self._resuming else self._last
        doubtful = self._lost
        self.state, self._began, self._resuming = CallPhase.IDLE, None, False
        self._bursts.clear()
        if call is None:
            return []
        return [CallEnded(at, replace(call, ended=ended, doubtful_end=doubtful))]

    def _look(self, at: int) -> None:
        """Is there enough speech to believe in a call, or in its going on? If not, say when to look again."""
        if self._began is not None and not self._resuming:
            return
        bursts = [*self._bursts, (self._speaking, at)] if self._speaking is not None else self._bursts
        window = milliseconds(self.constants.room_window)
        needed = milliseconds(self.constants.room_speech) - _speech(bursts, at - window, at)
        if needed > 0:
            self._look_at = at + max(needed, _STEP)
            kept = max(4 * window, 3 * milliseconds(self.constants.room_listens))
            self._bursts = [each for each in self._bursts if each[1] > at - kept]
            if not self._resuming and (began := self._listens_since(bursts, at)) is not None:
                self._confirm(bursts, began, at)
            return
        self._look_at = None
        if self._resuming:
            self._resuming = False
            return
        began = self._dense_begin(bursts, at - window)
        self._confirm(bursts, min([began, *(turn[0] for turn in self._turns(bursts))]), at)

    def _confirm(self, bursts: list[tuple[int, int]], began: int, at: int) -> None:
        self._began, self._confirmed = began, at
        self._spoken = _speech(bursts, began, at)

    def _listens_since(self, bursts: list[tuple[int, int]], at: int) -> int | None:
        """Since when somebody has spoken now and then, as one does who listens; None if not often enough."""
        spoken = self._turns(bursts)
        often = len(spoken) >= _OFTEN and at - spoken[0][0] >= milliseconds(self.constants.room_listens)
        return spoken[0][0] if often else None

    def _turns(self, bursts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """What was said in turn, without lone words and back to the first longer silence."""
        reach, turn = milliseconds(self.constants.room_dense_window), milliseconds(self.constants.room_turn)
        pause = milliseconds(self.constants.room_seldom)
        turns: list[tuple[int, int]] = []
        for began, ended in bursts:
            if turns and began - turns[-1][1] <= reach:
                turns[-1] = turns[-1][0], ended
            else:
                turns.append((began, ended))
        spoken: list[tuple[int, int]] = []
        for began, ended in turns:
            if _speech(bursts, began, ended) < turn:
                continue
            if spoken and began - spoken[-1][1] > pause:
                spoken = []
            spoken.append((began, ended))
        return spoken

    def _dense_begin(self, bursts: list[tuple[int, int]], since: int) -> int:
        """The first burst that belongs to the talk: within the window or chained to it, and not a lone
        word."""
        reach = milliseconds(self.constants.room_dense_window)
        first = next(i for i, (_, ended) in enumerate(bursts) if ended > since)
        while first > 0 and bursts[first][0] - bursts[first - 1][1] <= reach:
            first -= 1
        dense = milliseconds(self.constants.room_dense)
        for began, _ in bursts[first:]:
            if _speech(bursts, began, began + reach) >= dense:
                return began
        return bursts[first][0]

    def _dense_end(self, call: Call) -> int:
        """The last burst that belongs to the talk: not a lone word after it, nor a note that sounded like one. A
        call that was announced stays long enough to be one."""
        reach, dense = milliseconds(self.constants.room_dense_window), milliseconds(self.constants.room_dense)
        shortest = call.began + milliseconds(self.constants.room_shortest)
        for n, (_, end) in reversed(list(enumerate(self._bursts, 1))):
            if end < shortest:
                break
            # Those within reach alone: a call may hold the bursts of a whole day.
            first = bisect(self._bursts, end - reach, key=_ended)
            if _speech(self._bursts[first:n], end - reach, end) >= dense:
                return end
        return self._last


_ended = itemgetter(1)


def _speech(bursts: list[tuple[int, int]], since: int, until: int) -> int:
    """Milliseconds of speech between two instants."""
    return sum(max(0, min(ended, until) - max(began, since)) for began, ended in bursts)
