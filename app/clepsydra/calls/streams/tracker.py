"""From one reading to the next: the edges of evidence, stream by stream. Pure.

Every stream that records is told. Playback is told of a program while any stream of its own is told, so that music of
programs that never take a microphone leaves no trace; of programs made for calls, and of pages that name a meeting,
it is told always. Whether anything plays at all matters only to room mode, and is told without a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from clepsydra.calls.evidence import PLAIN, UNWATCHED, Evidence, EvidenceKind, Facts, Family, Sense
from clepsydra.calls.programs import IGNORED
from clepsydra.calls.streams.reading import Stream, StreamReading
from clepsydra.calls.titles import sense_of

_Key = tuple[bool, str, str]
"""Whether it records, program, stream."""


_TOGETHER = 500
"""Milliseconds before the microphone in which playback that begins comes with it."""


_LATELY = 15_000
"""Milliseconds for which playback of a program is told after its last stream: it may open all anew."""


_ANEW = 1_500
"""Milliseconds within which playback that ends and other that begins are one."""


_RINGS = 60_000
"""Milliseconds for which a telephone rings at most."""


class Tracker:
    """Remembers the streams there were and tells what changed."""

    def __init__(self, *, room: bool = False, mark: Callable[[str | None], str] = lambda _title: "") -> None:
        """`room`: also tell whether anything plays. `mark` makes the mark of a title."""
        self._expected: frozenset[str] = frozenset()
        self._room, self._mark = room, mark
        self._told: dict[_Key, Stream] = {}
        self._playing: dict[_Key, int] = {}
        """All playback of the last reading, told or not, and when it was first seen."""
        self._since: dict[_Key, int] = {}
        self._left: dict[_Key, tuple[int, int]] = {}
        """Playback that ended a moment ago: when, and since when it had played."""
        self._lately: dict[str, int] = {}
        """Programs that were told of until a moment ago: what they play next belongs with it."""
        self._sounding = False
        self._seeing = False

    @property
    def seeing(self) -> bool:
        """Whether the last news was a reading."""
        return self._seeing

    def expect(self, programs: Iterable[str]) -> None:
        """These had a call, by their ids, when they were last seen: what they play is told when they are seen again."""
        self._expected |= frozenset(programs)

    def read(self, reading: StreamReading, at: int) -> list[Evidence]:
        """What changed with this reading."""
        edges: list[Evidence] = []
        if not self._seeing:
            edges.append(Evidence(at, EvidenceKind.BLIND, False))
        first, self._seeing = not self._seeing, True
        now = self._concerned(reading, at)
        self._expected = frozenset()
        self._since = self._played_since(reading, at)
        gone = sorted(self._told.keys() - now.keys())  # playback before microphones
        edges += [self._ends(key, self._told[key], reading, at) for key in gone]
        fresh = [self._edge(now[key], at, first=first) for key in now if self._told.get(key) != now[key]]
        edges += sorted(fresh, key=_order)
        self._told = now
        self._playing = self._since
        return edges + self._sound(reading, at)

    def lose(self, at: int, *, unwatched: bool = False) -> list[Evidence]:
        """The programs cannot be seen any more, or are no longer watched; what they did until now is closed by whoever
        records it."""
        self.expect(key[1] for key in self._told)
        self._told, self._playing, self._sounding, self._seeing = {}, {}, False, False
        return [Evidence(at, EvidenceKind.BLIND, True, facts=Facts(role=UNWATCHED) if unwatched else PLAIN)]

    def _concerned(self, reading: StreamReading, at: int) -> dict[_Key, Stream]:
        recording = {stream.program.id for stream in reading.streams if stream.capture}
        there = {_key(stream): stream for stream in reading.streams}
        told = {key[1] for key in self._told if key in there} | self._expected
        self._lately = {name: since for name, since in self._lately.items() if at - since <= _LATELY}
        self._lately |= dict.fromkeys((key[1] for key in self._told), at)
        told |= self._lately.keys()
        return {
            key: stream for key, stream in there.items()
            if stream.capture or _always(stream) or (key[1] in recording | told and key[1] not in IGNORED)
        }  # fmt: skip

    def _played_since(self, reading: StreamReading, at: int) -> dict[_Key, int]:
        """Since when each playback stream plays. One that takes the place of another of its program goes on with it:
        browsers open all they play anew when they take a microphone."""
        there = [_key(stream) for stream in reading.streams if not stream.capture and not stream.corked]
        self._left = {key: left for key, left in self._left.items() if at - left[0] <= _ANEW}
        self._left |= {key: (at, since) for key, since in self._playing.items() if key not in there}
        browsers = {stream.program.id for stream in reading.streams if stream.program.family is Family.BROWSER}
        since: dict[_Key, int] = {}
        for key in there:
            older = [left[1] for other, left in self._left.items() if other[1] == key[1]]
            if key[1] not in browsers:  # what these played for no longer was the ringing of a call that is answered
                older = [since for since in older if at - since > _RINGS]
            since[key] = self._playing.get(key, min(older, default=at))
        return since

    def _sound(self, reading: StreamReading, at: int) -> list[Evidence]:
        sounding = self._room and any(not each.capture and not each.corked for each in reading.streams)
        if sounding == self._sounding:
            return []
        self._sounding = sounding
        return [Evidence(at, EvidenceKind.SOUND, sounding)]

    def _edge(self, stream: Stream, at: int, *, first: bool) -> Evidence:
        """That a stream is there, or is not what it was. What a chat program played long before is dated there: it may
        be the other side of a call that was joined muted."""
        key = _key(stream)
        told = self._told.get(key)
        fresh, kind = (
            told is None or (told.corked and not stream.corked),
            EvidenceKind.CAPTURE if stream.capture else EvidenceKind.PLAYBACK,
        )
        since = self._since.get(key, at)
        before = fresh and not stream.capture and since < at - _TOGETHER
        silent = stream.program.family is Family.CHAT and key[1] not in self._lately
        afterwards = before and silent and not first
        already = not afterwards and (before or (fresh and first))
        facts = Facts(
            stream.role, stream.corked, stream.device, stream.virtual, self._mark(stream.title), sense_of(stream.title)
        )
        return Evidence(
            since if afterwards else at, kind, True, stream.program, stream.pid, already, stream.title, stream.id,
            facts, afterwards=afterwards,
        )  # fmt: skip

    def _ends(self, key: _Key, stream: Stream, reading: StreamReading, at: int) -> Evidence:
        kind = EvidenceKind.CAPTURE if stream.capture else EvidenceKind.PLAYBACK
        lost = bool(stream.device and reading.devices) and stream.device not in reading.devices
        return Evidence(at, kind, False, stream.program, stream.pid, stream=key[2], lost=lost)


def _order(edge: Evidence) -> tuple[bool, bool, bool]:
    """What began long ago, then microphones, then what pauses before what plays in its stead."""
    return not edge.afterwards, edge.kind is not EvidenceKind.CAPTURE, not edge.facts.corked


def _key(stream: Stream) -> _Key:
    return stream.capture, stream.program.id, stream.id


def _always(stream: Stream) -> bool:
    """Playback that is told though its program records nothing."""
    if stream.program.family is Family.CALL:
        return True
    return stream.program.family is Family.BROWSER and sense_of(stream.title) is Sense.MEETING
