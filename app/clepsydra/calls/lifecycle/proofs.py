"""What the streams of a program prove, and when: the calls that its track may begin or be surer of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clepsydra.calls.call import Rank, Rule
from clepsydra.calls.constants import Constants, milliseconds
from clepsydra.calls.evidence import PLAIN, Facts, Family, Program
from clepsydra.calls.lifecycle.playback_proof import TABLE, Habit, habit_of, listens
from clepsydra.calls.lifecycle.streams_held import PHONE, HeldStream, PlaybackStart, Sound, Sounds, heard, stretch
from clepsydra.calls.programs import KEEPS_PLAYBACK
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """At this instant it is a call of this rank, which began there; None for a call that playback alone makes."""

    at: int
    rank: Rank
    rule: Rule
    began: int
    start: PlaybackStart | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a track stands: what its proofs rest on."""

    program: Program
    constants: Constants
    microphones: Sequence[HeldStream]
    """Those that are held."""
    opened: int | None
    """When the microphone was taken, if it is held or was a moment ago."""
    already: bool
    """It was held before anybody looked."""
    sounds: Sounds
    held_before: int
    """Milliseconds for which microphones were held, but for the stretch that lasts."""
    held_since: int
    """When the first of them was taken."""
    dormant: bool = False
    """A call has ended with the microphone held: the next one need not hold it anew."""

    def limit(self, name: str) -> int:
        """A constant, in milliseconds."""
        return milliseconds(getattr(self.constants, name))

    def microphone_of(self, sound: Sound) -> Facts | None:
        """The microphone that belongs with playback; None for a browser where it is of another tab."""
        first = self.microphones[0].facts if self.microphones else PLAIN
        if self.program.family is not Family.BROWSER or not sound.facts.mark:
            return first
        marks = [held.facts for held in self.microphones if held.facts.mark]
        return next((facts for facts in marks if facts.mark == sound.facts.mark), None if marks else first)

    def start_of(self, sound: Sound) -> PlaybackStart:
        """When playback began, seen from the microphone."""
        assert self.opened is not None
        after = sound.began - self.opened
        beside = self.limit("beside")
        if after < -beside or (sound.already and not self.already and after <= beside):
            return PlaybackStart.JOINED if self._joined(sound) else PlaybackStart.BEFORE
        if after <= beside and not sound.audible and not sound.cut:
            return PlaybackStart.WITH
        return PlaybackStart.LATE if after > self.limit("late") else PlaybackStart.AFTER

    def _joined(self, sound: Sound) -> bool:
        """Whether playback that was there before the microphone may be the other side: of a page, where it began beside
        a microphone that was let go since; of a chat, where it began lately."""
        assert self.opened is not None
        if self.program.family is Family.BROWSER:
            return sound.beside
        lately = not sound.already and self.opened - sound.began <= self.limit("joined")
        return self.program.family is Family.CHAT and self.program.id not in KEEPS_PLAYBACK and lately

    def telephones(self, sounds: Iterable[Sound]) -> bool:
        """Whether a program says of these, or of its microphone, that they are a telephone's."""
        told = (*(held.facts.role for held in self.microphones), *(sound.facts.role for sound in sounds))
        return not PHONE.isdisjoint(told)

    def habit(self, sound: Sound) -> Habit:
        """How the program behaves, as far as this playback is concerned."""
        microphone = self.microphone_of(sound)
        if microphone is None or not heard(sound.facts):
            return Habit.NEVER
        return habit_of(self.program, microphone, sound.facts)


def proofs(stand: Stand) -> list[Proof]:
    """Everything that will be proven if nothing changes."""
    found = list(_listening(stand))
    if stand.opened is not None and stand.microphones:
        found += _beside(stand)
    return found


def _beside(stand: Stand) -> Iterator[Proof]:
    """Playback beside the microphone."""
    opened = stand.opened
    assert opened is not None
    held = opened if stand.dormant else opened + stand.constants.held_for(stand.program.family)
    groups: dict[tuple[Habit, PlaybackStart], list[Sound]] = {}
    for sound in stand.sounds:
        groups.setdefault((stand.habit(sound), stand.start_of(sound)), []).append(sound)
    for (habit, start), sounds in groups.items():
        found = stretch(sounds, stand.limit("silence" if start is PlaybackStart.LATE else "probe"))
        if found is None:
            continue
        began, played, current = found
        if start in (PlaybackStart.BEFORE, PlaybackStart.JOINED):
            played, current = stand.held_before if start is PlaybackStart.JOINED else 0, max(current, opened)
        long = start is PlaybackStart.BEFORE and opened - began > stand.limit("joined")
        kept = long or (
            start is PlaybackStart.BEFORE and habit in (Habit.CHATS, Habit.ROOMS, Habit.PAGE, Habit.BROWSER)
        )
        certain = max(opened, began) if kept or start is PlaybackStart.WITH else began
        if 0 <= certain - opened <= stand.limit("probe") and stand.telephones(sounds):
            certain = opened  # a telephone takes the microphone when it is answered, and is heard a moment later
        for step in TABLE[habit].get(start, ()):
            enough = current + max(0, stand.limit(step.needs) - played)
            rule = Rule.AUDIBLE if any(sound.audible for sound in sounds) else step.rule
            yield Proof(max(held, enough), step.rank, rule, certain, start)


def _listening(stand: Stand) -> Iterator[Proof]:
    """Playback alone, and push-to-talk over it."""
    sounds = [s for s in stand.sounds if heard(s.facts) and (s.cut or listens(stand.program, s.facts))]
    found = stretch(sounds, stand.limit("silence"))
    if found is None:
        return
    began, played, current = found
    enough = current + max(0, stand.limit("listening") - played)
    yield Proof(enough, Rank.LISTENING, Rule.PLAYS, began)
    if stand.program.family is not Family.CALL:
        return
    if stand.held_since - began > stand.limit("joined"):
        began = stand.held_since
    missing = stand.limit("pushed") - stand.held_before
    if missing <= 0:
        yield Proof(enough, Rank.CERTAIN, Rule.PUSHED_TO_TALK, began)
    elif stand.microphones:
        pushed = min(held.began for held in stand.microphones) + missing
        yield Proof(max(enough, pushed), Rank.CERTAIN, Rule.PUSHED_TO_TALK, began)


def doubtful(stand: Stand) -> list[str]:
    """The playback streams that would make a call if they were known not to be silent."""
    if stand.opened is None or not stand.microphones:
        return []
    return [
        sound.key for sound in stand.sounds.live
        if not sound.audible and stand.habit(sound) is Habit.PAGE and stand.start_of(sound) is PlaybackStart.WITH
    ]  # fmt: skip
