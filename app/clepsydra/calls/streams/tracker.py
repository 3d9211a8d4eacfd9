"""From one reading to the next: the edges of evidence. Pure.

The playback of a program matters only while the program holds the microphone, so only then is it told apart;
whether anything plays at all matters only to room mode, and is told without a name.
"""

from __future__ import annotations

from clepsydra.calls.evidence import Evidence, Kind, Program
from clepsydra.calls.streams.reading import Reading
from clepsydra.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class _Holder:
    program: Program
    pid: int | None
    title: str | None
    playing: bool


class Tracker:
    """Remembers who held the microphone and tells what changed."""

    def __init__(self, *, room: bool = False) -> None:
        """`room`: also tell whether anything plays."""
        self._room = room
        self._holders: dict[str, _Holder] = {}
        self._sounding = False
        self._seeing = False

    @property
    def seeing(self) -> bool:
        """Whether the last news was a reading."""
        return self._seeing

    def read(self, reading: Reading, at: int) -> list[Evidence]:
        """What changed with this reading."""
        edges: list[Evidence] = []
        if not self._seeing:
            edges.append(Evidence(at, Kind.BLIND, False))
        already, self._seeing = not self._seeing, True
        holders = _holders(reading)
        for name, old in self._holders.items():
            if name not in holders:
                edges += _leaves(old, at)
        for name, new in holders.items():
            edges += _differs(self._holders.get(name), new, at, already)
        self._holders = holders
        sounding = self._room and any(not stream.capture for stream in reading.streams)
        if sounding != self._sounding:
            edges.append(Evidence(at, Kind.SOUND, sounding))
            self._sounding = sounding
        return edges

    def lose(self, at: int) -> list[Evidence]:
        """The programs cannot be seen any more; what they did until now is closed by whoever records it."""
        self._holders, self._sounding, self._seeing = {}, False, False
        return [Evidence(at, Kind.BLIND, True)]


def _holders(reading: Reading) -> dict[str, _Holder]:
    playing = {stream.program.id for stream in reading.streams if not stream.capture}
    holders: dict[str, _Holder] = {}
    for stream in reading.streams:
        name = stream.program.id
        if stream.capture and name not in holders:
            holders[name] = _Holder(stream.program, stream.pid, stream.title, name in playing)
    return holders


def _leaves(old: _Holder, at: int) -> list[Evidence]:
    released = Evidence(at, Kind.CAPTURE, False, old.program, old.pid)
    stopped = [Evidence(at, Kind.PLAYBACK, False, old.program, old.pid)] if old.playing else []
    return [*stopped, released]


def _differs(old: _Holder | None, new: _Holder, at: int, already: bool) -> list[Evidence]:
    edges: list[Evidence] = []
    if old is None or old.title != new.title:
        edges.append(Evidence(at, Kind.CAPTURE, True, new.program, new.pid, already, new.title))
    if new.playing != (old is not None and old.playing):
        edges.append(Evidence(at, Kind.PLAYBACK, new.playing, new.program, new.pid, already and new.playing))
    return edges
