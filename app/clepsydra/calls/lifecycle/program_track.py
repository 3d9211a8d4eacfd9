"""The state machine of one program: idle, ringing, active, hold, dormant.

    idle --takes the microphone--> ringing
    ringing --what its streams prove is enough--> active; --lets go for longer than a probe--> idle
    idle --playback alone is enough (made for calls)--> active, only offered until the microphone is taken
    active --microphone let go, the other side goes on--> active: muted
    active --both let go--> hold --taken again in time--> active, or another call; else ended when both were let go
    active --keeps the microphone, but the other side fell silent--> dormant; ended at the last sound
    dormant --playback again--> active, a new call

Pure: instants come in, nothing is read from a clock. Whatever falls due is dated at its own deadline.
"""

from __future__ import annotations

from clepsydra.calls.call import CallPhase, Event, Rank, Rule
from clepsydra.calls.evidence import Evidence, EvidenceKind, Family, Sense
from clepsydra.calls.lifecycle.program_call import ProgramCall
from clepsydra.calls.lifecycle.proofs import Proof, Stand, doubtful, proofs
from clepsydra.calls.lifecycle.seams import Gap, another_title, separate
from clepsydra.calls.lifecycle.streams_held import HeldStream, usable
from clepsydra.calls.programs import LINGERS


class ProgramTrack(ProgramCall):
    """One program, from its first stream until nothing of it is left."""

    # -- what comes in

    def take(self, edge: Evidence) -> list[Event]:
        """An edge of this program's streams, or of the voice."""
        told = self._after_death(edge) if edge.on and edge.at <= self._bridge_until else []
        back = self._pausing.take(edge, self._limit("blink"))
        match edge.kind:
            case EvidenceKind.CAPTURE if edge.on and usable(self.program, edge.facts):
                told += self._captured(edge, back=back)
            case EvidenceKind.CAPTURE:
                self._let_go(edge)
            case EvidenceKind.PLAYBACK if edge.on and not edge.facts.corked:
                told += self._played(edge)
            case EvidenceKind.PLAYBACK:
                self._stopped(edge)
            case EvidenceKind.AUDIBLE:
                self._sounds.audible(edge.stream)
            case EvidenceKind.CUT:
                told += self._cut(edge.at)
            case _ if self.program.family is Family.CALL:
                self._spoken(edge)
        self._settle(edge, back=back)
        return told + self._retold(edge.at)

    # -- the microphone

    def _captured(self, edge: Evidence, *, back: bool) -> list[Event]:
        told: list[Event] = []
        self._title = edge.title or self._title
        if (before := self._microphones.get(edge.stream)) is not None:
            before.facts = edge.facts
            return told
        if not self._held_before or edge.at - self._released > self._limit("joined"):
            self._held_before, self._held_since = 0, edge.at
        first, taken = not self._microphones, HeldStream(edge.at, edge.facts, edge.pid, edge.already)
        if first and self.state is CallPhase.HOLD:
            told += self._resumed(edge, back=back)
        elif first and self._another_meeting(edge):
            told += self._split_at(edge.at, self._released)
            self.opened = edge.at
            self._sounds.begin_anew(edge.at)
        self._microphones[edge.stream] = taken
        if first:
            self._opened_by(edge)
        self._named(edge.at, taken)
        return told

    def _opened_by(self, edge: Evidence) -> None:
        """The microphone is taken, for the first time or again."""
        if self.state is CallPhase.IDLE:
            self._drops, self.state = [], CallPhase.RINGING
            self._voice.forget()
            self.opened, self._already = edge.at, edge.already
        elif self.state is CallPhase.RINGING:
            self._drops.append((self._released, edge.at))
        elif self.opened is None:
            self.opened, self._already = edge.at, edge.already
        self._silent_from = max(self._silent_from, edge.at)
        self._wait_until, self._blind = None, False

    def _resumed(self, edge: Evidence, *, back: bool) -> list[Event]:
        """Taken again after both were let go: the same call, perhaps the same, or surely another one. `back`: it was
        only paused."""
        gap = self._gap
        assert gap is not None
        told: list[Event] = []
        if not gap.blind and (self._another_meeting(edge) or edge.at - gap.at > self._limit("blink")):
            pushes = self.call is not None and self.call.rule is Rule.PUSHED_TO_TALK
            if not gap.device_lost and not back and not pushes and separate(self._lead, edge):
                told = self._end(edge.at, gap.ended, Rule.SEPARATE)
                self._reset()
                return told
            if not gap.device_lost and not self._device_changed(edge):
                self._seam(gap.at)
                self._returned = None if pushes else edge.at
        self.state = CallPhase.ACTIVE
        return told

    def _another_meeting(self, edge: Evidence) -> bool:
        """Whether a page let the microphone go and took it as another meeting, its playback going on meanwhile."""
        if self.call is None or self._lead is None or edge.at - self._released < self._limit("blink"):
            return False
        both = self._lead.facts.sense is edge.facts.sense is Sense.MEETING
        return both and another_title(self._lead.facts, edge.facts)

    def _device_changed(self, edge: Evidence) -> bool:
        before = self._lead.facts.device if self._lead else ""
        return bool(before and edge.facts.device) and before != edge.facts.device

    def _named(self, at: int, taken: HeldStream) -> None:
        """The title of the page that took the microphone: another one may be another meeting."""
        alone, lead, now = len(self._microphones) == 1, self._lead, taken.facts
        if self.call is None and self._lobby and now.sense is not Sense.LOBBY and self.opened is not None:
            self.opened = at  # the join screen is left
            self._sounds.begin_anew(at)
        self._lobby = self.call is None and now.sense is Sense.LOBBY
        if self.call is not None and alone and lead is not None and another_title(lead.facts, now):
            self._seam(at)
        if alone or lead is None or lead.facts.mark == now.mark:
            self._lead, self._lead_gone = taken, None
            self._marks.add(now.mark)

    def _let_go(self, edge: Evidence) -> None:
        held = self._microphones.pop(edge.stream, None)
        if held is None:
            return
        if self._microphones:
            if held is self._lead and self.call is not None:
                self._lead_gone = edge.at
            return
        self._released = edge.at
        self._held_before += edge.at - held.began
        if self.state is CallPhase.RINGING and not self._blind:
            self._wait_until = edge.at + self._limit("probe")
        elif self.state is CallPhase.DORMANT:
            self._reset()
        elif self.call is not None and self.call.rank is not Rank.CERTAIN:
            self.opened = None

    # -- playback and voice

    def _played(self, edge: Evidence) -> list[Event]:
        bridged = edge.at <= self._bridge_until
        # What is opened again in the same blink as the other side is a part of it: browsers do so with all they play.
        lives = any(edge.at - sound.since > self._limit("blink") for sound in self._core_live)
        blink = edge.at if bridged else self._limit("blink")
        sound = self._sounds.begin(edge, blink, anew=not bridged and (self._joined(edge) or self._answered(edge)))
        if sound.began == edge.at and self._microphones and self.opened is not None:
            sound.beside = edge.at - self.opened > self._limit("beside")
        told: list[Event] = []
        if self._returned is not None and not lives and self.call is not None:
            # After the seam the microphone was there first, as it is on joining: this is another call.
            if edge.at - self._returned > self._limit("blink"):
                told = self._split_at_seam(edge.at)
            self._returned = None
        if self.call is not None and not self._is_core(sound) and self._belongs(sound.facts, lives):
            self._core.append(sound)
        if self._is_core(sound):
            self._silent_from = max(self._silent_from, edge.at)
        return told

    def _joined(self, edge: Evidence) -> bool:
        """Whether a browser opened microphone and playback anew together: somebody's voice joined."""
        blink = self._limit("blink")
        if self.program.family is not Family.BROWSER or not edge.facts.mark or self.call is not None:
            return False
        anew = any(0 <= edge.at - held.began <= blink and held.began != self.opened
                   for held in self._microphones.values())  # fmt: skip
        return anew and self.opened is not None and edge.at - self.opened > blink

    def _answered(self, edge: Evidence) -> bool:
        """Whether a program made for calls took the microphone just now: what it played until then was the ringing.

        What has played for longer than it rings is music, opened anew with the microphone."""
        if self.program.family not in (Family.CALL, Family.CHAT) or self.call is not None or not self._microphones:
            return False
        blink = self._limit("blink")
        over = [sound.began for sound in self._sounds if sound.ended is not None and edge.at - sound.ended <= blink]
        rings = all(edge.at - began <= self._limit("listening") for began in over)
        return rings and self.opened is not None and 0 <= edge.at - self.opened <= blink

    def _stopped(self, edge: Evidence) -> None:
        sound = self._sounds.end(edge.stream, edge.at)
        if sound is not None and not self._is_core(sound):
            self._other_ended = edge.at
        elif sound is not None and not self._core_live:
            self._silent_from = self._heard = edge.at

    def _spoken(self, edge: Evidence) -> None:
        if self._voice.take(edge, self._limit("hold")):
            self._silent_from = self._heard = edge.at

    # -- what became of it

    def _settle(self, edge: Evidence, *, back: bool) -> None:
        """Active while something carries the call; else on hold. `back`: what was paused goes on."""
        if edge.lost:
            self._device_lost_at = edge.at
        if self.state is CallPhase.ACTIVE and not self._carried:
            lost = edge.at - self._device_lost_at <= self._limit("blink")
            self.state = CallPhase.HOLD
            self._gap = Gap(edge.at, self._hung_up(edge.at), lost, self._blind)
            if not self._blind:
                self._wait_until = edge.at + self._limit("away" if lost else "paused" if self._on_hold else "hold")
        elif self.state is CallPhase.HOLD and self._carried:
            gap = self._gap
            assert gap is not None
            blink = edge.at if gap.blind else self._limit("blink")
            if self._microphones or back or edge.at - gap.at <= blink:
                self.state, self._wait_until, self._blind = CallPhase.ACTIVE, None, False
        elif self.state is CallPhase.HOLD and self._gap and not self._gap.device_lost and not self._blind:
            limit = self._gap.at + self._limit("paused" if self._on_hold else "hold")
            self._wait_until = max(limit, edge.at + self._limit("blink"))

    def _hung_up(self, at: int) -> int:
        """Now, or when the microphone was let go: after a call browsers play silence, as long as another page plays."""
        assert self.call is not None
        if self._microphones or self._blind:
            return at
        if at - max(self._released, self._other_ended) <= self._limit("tail"):
            return self._released if self._released > self.call.began else at
        lingers = self._limit("lingers") if self.program.id in LINGERS else 0
        return max(at - lingers, self.call.began)

    # -- what falls due

    @property
    def _stand(self) -> Stand:
        return Stand(
            self.program, self.constants, tuple(self._microphones.values()), self.opened, self._already, self._sounds,
            self._held_before, self._held_since, self.state is CallPhase.DORMANT,
        )  # fmt: skip

    @property
    def doubtful(self) -> list[str]:
        """The playback streams whose silence, or not, would decide."""
        return [] if self.call and self.call.rank is Rank.CERTAIN else doubtful(self._stand)

    def _proofs(self) -> list[Proof]:
        found = proofs(self._stand)
        if self.program.family is Family.CALL and self._microphones and self.opened is not None:
            again = self.state is CallPhase.DORMANT
            spoken = self._voice.enough_at(self._limit("speech_again" if again else "voice"))
            if spoken is not None:
                held = 0 if again else self.constants.held_for(self.program.family)
                first = max(self._voice.first, self.opened)
                found.append(Proof(max(self.opened + held, spoken), Rank.CERTAIN, Rule.VOICE, first))
        if self.call is None:
            return found
        return [each for each in found if each.rank.weight > self.call.rank.weight]

    def deadline(self) -> int | None:
        """When this track changes by itself, if no further edge comes."""
        if self._wait_until is not None:
            return self._wait_until
        due = [proof.at for proof in self._proofs()]
        if self._lead_gone is not None:
            due.append(self._lead_gone + self._limit("blink"))
        if self.state is CallPhase.ACTIVE:
            due += self._endings()
        return min(due, default=None)

    def _endings(self) -> list[int]:
        if not self._microphones:
            return [self._released + self._limit("muted")] if self.call and self.call.rank is Rank.CERTAIN else []
        if self._core_live or self._voice.since is not None:
            return []
        return [self._silent_from + self._limit("silence" if self._saw_playback else "unheard")]

    def expire(self, at: int) -> list[Event]:
        """The deadline has come."""
        if self._wait_until is not None:
            return self._give_up(at)
        if self._lead_gone is not None and self._lead_gone + self._limit("blink") <= at:
            return self._lead_left(at)
        ripe = [proof for proof in self._proofs() if proof.at <= at]
        if ripe:
            best = max(ripe, key=lambda each: (each.rank.weight, -each.began))
            return self._promoted(at, best) if self.call else self._begin(at, best)
        if self.state is not CallPhase.ACTIVE:
            return []
        if self._microphones:
            ended = self._end(at, self._heard, Rule.FELL_SILENT)
            self.state = CallPhase.DORMANT
            return ended
        ended = self._end(at, at, Rule.MUTED_TOO_LONG, doubtful=True)
        self._sounds.drop(self._core)
        self._reset()
        return ended
