"""The call of one program: begun, surer, cut in two, ended. What its track holds while it decides."""

from __future__ import annotations

from clepsydra.calls.call import Call, CallBegan, CallChanged, CallEnded, CallPhase, Event, Rank, Rule
from clepsydra.calls.constants import Constants, milliseconds
from clepsydra.calls.evidence import Evidence, EvidenceKind, Facts, Family, Program
from clepsydra.calls.lifecycle.pausing import Pausing
from clepsydra.calls.lifecycle.playback_proof import TABLE, Habit
from clepsydra.calls.lifecycle.proofs import Proof, Stand
from clepsydra.calls.lifecycle.seams import Gap, another_title
from clepsydra.calls.lifecycle.speaking import Speaking
from clepsydra.calls.lifecycle.streams_held import HeldStream, PlaybackStart, Sound, Sounds, heard
from clepsydra.domain.records import replace


class ProgramCall:
    """A program's streams and its call; the track that inherits this says when something happens."""

    def __init__(self, program: Program, constants: Constants) -> None:
        self.program, self.constants = program, constants
        self.state = CallPhase.IDLE
        self.call: Call | None = None
        self.opened: int | None = None
        """When the microphone was taken; None while it is not."""
        self._already = False
        self._title: str | None = None
        self._lobby = False
        """The title of the page that took the microphone was that of a join screen."""
        self._microphones: dict[str, HeldStream] = {}
        self._lead: HeldStream | None = None
        """The microphone that the call is known by, also after it was let go."""
        self._lead_gone: int | None = None
        """When it went while another microphone stayed."""
        self._marks, self._released, self._held_before, self._held_since = set[str](), 0, 0, 0
        self._drops: list[tuple[int, int]] = []
        """When the microphone was lost for a moment while it was not sure yet that there is a call."""
        self._sounds, self._voice, self._pausing = Sounds(), Speaking(), Pausing()
        self._core: list[Sound] = []
        """The other side of the call."""
        self._first: list[Sound] = []
        """What of it was there when the call was told; the rest joined it later."""
        self._silent_from = self._heard = 0
        """Since when the other side is silent; the last instant with playback or speech."""
        self._other_ended = 0
        """When playback ended that is no part of the call."""
        self._gap: Gap | None = None
        self._returned: int | None = None
        """When the microphone was taken again after a seam, until the other side is there too."""
        self._device_lost_at = -milliseconds(constants.away)
        self._wait_until: int | None = None
        """When what was let go is given up."""
        self._blind = self._unwatched = False
        self._blind_from = self._bridge_until = 0
        self._known: frozenset[str] = frozenset()
        """The streams that were there when nobody watched any more."""
        self._floor = 0
        """The end of the last call: the next one begins no earlier."""

    @property
    def idle(self) -> bool:
        """Whether nothing of the program is left."""
        return self.state is CallPhase.IDLE and not any(self._sounds) and not self._blind

    @property
    def _stand(self) -> Stand:
        raise NotImplementedError

    @property
    def _carried(self) -> bool:
        """Whether the microphone, or the other side alone once it is known to be one, shows that the call goes on."""
        if self._microphones:
            return True
        call = self.call
        if call is None or call.rule is Rule.KEPT or not self._core_live or self._let_go_together:
            return False
        return call.rank is not Rank.DOUBT or call.rule is Rule.JOINED_MUTED

    def _limit(self, name: str) -> int:
        return milliseconds(getattr(self.constants, name))

    # -- the other side

    @property
    def _let_go_together(self) -> bool:
        """Whether the other side ended with the microphone, though something that joined it later goes on: who hangs
        up lets both go, and what goes on is a video."""
        ended = [sound.ended for sound in self._first]
        gone = [at for at in ended if at is not None]
        return bool(gone) and len(gone) == len(ended) and abs(max(gone) - self._released) <= self._limit("blink")

    @property
    def _core_live(self) -> list[Sound]:
        return [sound for sound in self._core if sound.live]

    def _is_core(self, sound: Sound) -> bool:
        return any(each is sound for each in self._core)

    def _belongs(self, facts: Facts, lives: bool) -> bool:
        """Whether playback that begins in a call is a part of it: music in another tab is not."""
        if not heard(facts):
            return False
        if self.program.family is not Family.BROWSER:
            return True
        return facts.mark in self._marks if facts.mark else not lives

    @property
    def _saw_playback(self) -> bool:
        return self.call is not None and EvidenceKind.PLAYBACK in self.call.evidence

    # -- the life of a call

    def _begin(self, at: int, proof: Proof) -> list[Event]:
        began = max(
            self._held_from(proof.began) if proof.start is not PlaybackStart.BEFORE else proof.began, self._floor
        )
        stand, before = self._stand, proof.start in (PlaybackStart.BEFORE, None)
        self._core = [
            sound for sound in self._sounds.live
            if heard(sound.facts) and (self.opened is None or not self._microphones
            or (stand.habit(sound) is not Habit.NEVER
                and (before or stand.start_of(sound) is not PlaybackStart.BEFORE)))
        ]  # fmt: skip
        evidence = {EvidenceKind.CAPTURE} if self._microphones else set()
        evidence |= {EvidenceKind.PLAYBACK} if self._core_live else set()
        evidence |= {EvidenceKind.VOICE} if self._voice.since is not None or self._voice.spoken else set()
        opened = began if self.opened is None else min(began, self.opened)
        doubtful = self._already and began - opened <= self._limit("probe")
        self.call = Call(
            f"{self.program.id}:{began}", self.program, opened, began, None, frozenset(evidence), doubtful,
            rank=proof.rank, rule=proof.rule, title=self._title,
        )  # fmt: skip
        self.state, self._first = CallPhase.ACTIVE, [*self._core]
        self._silent_from = self._heard = max(self._heard, began)
        self._marks |= {held.facts.mark for held in self._microphones.values()}
        self._marks |= {sound.facts.mark for sound in self._core}
        return [CallBegan(at, self.call)]

    def _promoted(self, at: int, proof: Proof) -> list[Event]:
        """It is surer than it was; its start stands."""
        assert self.call is not None
        if self.call.rank is not Rank.CERTAIN and proof.began - self.call.began > self._limit("probe"):
            told = self._end(at, proof.began, Rule.SEPARATE)  # what was offered was the wait for it
            return told + self._begin(at, proof)
        stand = self._stand
        for sound in self._sounds.live:
            right = stand.habit(sound) in TABLE and stand.habit(sound) is not Habit.NEVER
            if not self._is_core(sound) and right and stand.start_of(sound) is proof.start:
                self._core.append(sound)
        self._first = [*self._core]
        self.call = replace(self.call, rank=proof.rank, rule=proof.rule)
        self._retell()
        return [CallChanged(at, self.call)]

    def _retold(self, at: int) -> list[Event]:
        """Say what changed in the call that is under way, if anything did."""
        return [CallChanged(at, self.call)] if self.call is not None and self._retell() else []

    def _retell(self) -> bool:
        assert self.call is not None
        evidence = set(self.call.evidence)
        evidence |= {EvidenceKind.CAPTURE} if self._microphones else set()
        evidence |= {EvidenceKind.PLAYBACK} if self._core_live else set()
        evidence |= {EvidenceKind.VOICE} if self._microphones and self._voice.since is not None else set()
        before = self.call
        self.call = replace(
            before, evidence=frozenset(evidence), on_hold=self.state is CallPhase.HOLD, title=self._title
        )
        return (self.call, self.call.on_hold, self.call.title) != (before, before.on_hold, before.title)

    def _seam(self, at: int) -> None:
        """Here it may be two calls."""
        if self.call is not None and at > max(self.call.began, *self.call.seams, 0):
            self.call = replace(self.call, seams=(*self.call.seams, at))

    def _end(self, at: int, ended: int, over: Rule, *, doubtful: bool = False) -> list[Event]:
        if self.call is None:
            return []
        ended = max(ended, self.call.began)
        page = self.program.family is Family.BROWSER and not self._microphones and self.call.rank is Rank.CERTAIN
        if page and ended - self._released > self._limit("tail"):
            self._seam(self._released)  # muted from here on, or hung up while the page played something else
        seams = tuple(seam for seam in self.call.seams if seam < ended)
        call = replace(self.call, ended=ended, doubtful_end=doubtful, on_hold=False, over=over, seams=seams)
        self._floor = ended + 1
        self.call, self._core, self._first, self._marks = None, [], [], set()
        self._gap = self._returned = self._lead_gone = None
        self._voice.forget()
        self._sounds.forget_past()
        self._already, self._held_before = False, 0
        return [CallEnded(at, call)]

    def _held_from(self, at: int) -> int:
        """The instant itself, or when the microphone was taken again if it was lost just then."""
        return next((back for lost, back in self._drops if lost <= at < back), at)

    @property
    def _on_hold(self) -> bool:
        """Put on hold: browsers leave paused streams behind after a call."""
        return self.program.family is not Family.BROWSER and self._pausing.both

    # -- blindness

    def blinded(self, at: int, *, unwatched: bool) -> list[Event]:
        """The programs cannot be seen any more, or nobody watched: wait for news, with patience."""
        if self.idle:
            return []
        self._known = frozenset({*self._microphones, *self._sounds.keys} - {""})
        self._blind, self._blind_from, self._unwatched = True, at, unwatched and bool(self._known)
        if self._gap is not None and self.state is CallPhase.HOLD:
            self._gap.blind = True
        self._wait_until = at + self._limit("unwatched" if self._unwatched else "patience")
        return []

    def sees_again(self, at: int) -> None:
        """The programs are seen again: what does not show itself soon has ended."""
        if self._blind:
            self._wait_until = self._bridge_until = at + self._limit("hold")

    def _after_death(self, edge: Evidence) -> list[Event]:
        """Long unwatched, a call goes on only in the very streams that were its own."""
        long = self._unwatched and edge.at - self._blind_from > self._limit("patience")
        if not long or edge.stream in self._known or self.state is CallPhase.ACTIVE:
            return []
        self._bridge_until = 0
        return self._give_up(edge.at)

    # -- endings

    def _give_up(self, at: int) -> list[Event]:
        """What was let go did not come back."""
        gap, told = self._gap, []
        if self.state is CallPhase.HOLD and gap is not None:
            if self._carried and not gap.blind:
                if not gap.device_lost:
                    self._seam(gap.at)
                self.state, self._wait_until = CallPhase.ACTIVE, None
                return self._retold(at)
            told = self._end(at, gap.ended, Rule.LOST_SIGHT if gap.blind else Rule.LET_GO, doubtful=gap.blind)
        self._reset()
        return told

    def _reset(self) -> None:
        self.state, self.opened = CallPhase.IDLE, None
        self._wait_until, self._blind, self._unwatched = None, False, False
        self._lead, self._drops = None, []
        if not self._sounds.live:  # else it was muted soon after it was joined
            self._held_before = 0
        self._voice.forget()

    def _cut(self, at: int) -> list[Event]:
        """A person ended the session of the call: what goes on is another one."""
        if self.call is None:
            return []
        gap, core = self._gap, self._core
        told = self._end(at, at if self.state is CallPhase.ACTIVE or gap is None else gap.ended, Rule.CUT)
        self._sounds.cut(at, core)
        if self._microphones:
            self.opened, self._held_before, self.state, self._drops = at, 0, CallPhase.RINGING, []
        else:
            self._reset()
        return told

    def _lead_left(self, at: int) -> list[Event]:
        """The page of the call let its microphone go, and another page holds one: that is another call."""
        gone, lead = self._lead_gone, self._lead
        assert gone is not None
        self._lead_gone = None
        self._lead = next(iter(self._microphones.values()), None)
        if lead is None or self._lead is None:
            return []
        if not another_title(lead.facts, self._lead.facts):
            if not lead.facts.mark:
                self._seam(gone)
            return self._retold(at)
        return self._split_at(at, gone)

    def _split_at_seam(self, at: int) -> list[Event]:
        assert self.call is not None
        returned = self._returned
        assert returned is not None
        told = self._end(at, self.call.seams[-1] if self.call.seams else returned, Rule.SEPARATE)
        self.opened, self.state, self._held_before, self._drops = returned, CallPhase.RINGING, 0, []
        return told

    def _split_at(self, at: int, where: int) -> list[Event]:
        """The call ended there, and the microphone that is held is another's from there on."""
        told = self._end(at, where, Rule.SEPARATE)
        self.opened, self.state, self._held_before, self._drops = where, CallPhase.RINGING, 0, []
        self._sounds.begin_anew(where)
        return told
