"""What real programs do with their streams, scripted: readings of a sound system in, calls out, no sound anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from clepsydra.calls.call import Call, Event, Rank
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import EvidenceSpan
from clepsydra.calls.programs import identify
from clepsydra.calls.spans import Recorder, calls_of
from clepsydra.calls.streams.reading import Stream, StreamReading
from clepsydra.calls.streams.tracker import Tracker
from clepsydra.calls.titles import Marker
from tests.calls.scripted_evidence import instant

MARKER = Marker(b"the key of the tests")


@dataclass
class Told:
    """A stream from one instant to another, seconds; titles and pauses may change in it."""

    began: float
    ended: float | None
    stream: Stream


@dataclass
class Scene:
    """Streams in any order, devices that come and go, and stretches in which nobody watched."""

    streams: list[Told] = field(default_factory=list)
    gone_devices: list[tuple[str, float, float]] = field(default_factory=list)
    dead: list[tuple[float, float]] = field(default_factory=list)
    spans: dict[str, EvidenceSpan] = field(default_factory=dict)

    def mic(self, binary: str, began: float, ended: float | None = None, **more) -> Scene:
        return self._add(binary, True, began, ended, more)

    def plays(self, binary: str, began: float, ended: float | None = None, **more) -> Scene:
        return self._add(binary, False, began, ended, more)

    def both(self, binary: str, began: float, ended: float | None = None, **more) -> Scene:
        """Microphone and playback opened and closed together, as Firefox does."""
        return self.mic(binary, began, ended, **more).plays(binary, began, ended, **more)

    def without(self, device: str, began: float, ended: float) -> Scene:
        """A device that is not there for a while."""
        self.gone_devices.append((device, began, ended))
        return self

    def unwatched(self, began: float, ended: float) -> Scene:
        """The watcher was killed, and another began later."""
        self.dead.append((began, ended))
        return self

    def _add(self, binary: str, capture: bool, began: float, ended: float | None, more: dict) -> Scene:
        named = {"id": f"1.{len(self.streams)}", "pid": 4_000, "device": "mic" if capture else "speakers"} | more
        name = named.pop("name", None)
        program = identify(binary, named.pop("application", None), name)
        self.streams.append(Told(began, ended, Stream(program, capture, **named)))
        return self

    def _reading(self, at: float) -> StreamReading:
        there = [told.stream for told in self.streams if told.began <= at and (told.ended is None or at < told.ended)]
        missing = {device for device, began, ended in self.gone_devices if began <= at < ended}
        devices = {each.stream.device for each in self.streams} | {"mic", "speakers"}
        return StreamReading(tuple(there), (), frozenset(devices - missing))

    def events(self, until: float = 20_000.0, ignored: tuple[str, ...] = ()) -> list[Event]:
        """Everything that is decided; the spans are kept in `spans`."""
        tracker, recorder, detector = Tracker(mark=MARKER.mark), Recorder(), Detector(ignored=ignored)
        edges = {0.0, *(each.began for each in self.streams), *(each.ended for each in self.streams if each.ended)}
        edges |= {at for _, began, ended in self.gone_devices for at in (began, ended)}
        edges |= {at for pair in self.dead for at in pair}
        events: list[Event] = []
        for at in sorted(edge for edge in edges if edge is not None):
            dead = next((pair for pair in self.dead if pair[0] <= at < pair[1]), None)
            if dead is not None and at > dead[0]:
                continue
            told = tracker.lose(instant(at), unwatched=True) if dead else tracker.read(self._reading(at), instant(at))
            for edge in told:
                accepted, changed = recorder.accept(edge)
                self.spans.update({span.id: span for span in changed})
                for each in accepted:
                    events += detector.feed(each)
        return events + detector.advance(instant(until))

    def calls(self, until: float = 20_000.0, **more) -> list[Call]:
        return calls_of(self.events(until, **more))


@dataclass(frozen=True)
class Truth:
    """A call that really was, in seconds; `offered` is enough where nothing lawful could tell for certain."""

    program: str
    began: float
    ended: float
    rank: Rank = Rank.CERTAIN
    within: float = 1.0
    """How far off its start may be."""


def wrong(scene: Scene, truths: list[Truth], until: float = 20_000.0, *, offers: bool = True) -> list[str]:
    """What is not as it should be: missed, false, split, merged, or off by more than a second at the start and two at
    the end. `offers` allows calls that are only offered beside the truth."""
    found = [call for call in scene.calls(until) if call.ended is not None]
    certain = [call for call in found if call.rank is Rank.CERTAIN]
    words: list[str] = []
    used: set[str] = set()
    for truth in truths:
        mine = [c for c in found if c.program.id == truth.program and _meets(c, truth)]
        if truth.rank is Rank.CERTAIN:
            mine = [call for call in mine if call.rank is Rank.CERTAIN]
        if len(mine) != 1 or mine[0].id in used:
            words.append(f"{truth.program} {truth.began}: {len(mine)} calls {[_said(c) for c in found]}")
            continue
        call = mine[0]
        used.add(call.id)
        if call.rank is not truth.rank:
            words.append(f"{truth.program} {truth.began}: {call.rank}")
        if abs(call.began - instant(truth.began)) > truth.within * 1000:
            words.append(f"{truth.program}: begins {_said(call)}, not {truth.began}")
        if abs((call.ended or 0) - instant(truth.ended)) > 2_000:
            words.append(f"{truth.program}: ends {_said(call)}, not {truth.ended}")
    words += [f"false: {_said(call)}" for call in (certain if offers else found) if call.id not in used]
    return words


def _meets(call: Call, truth: Truth) -> bool:
    """Whether they share more than the half second by which neighbours may be off."""
    return call.began + 500 < instant(truth.ended) and (call.ended or 0) - 500 > instant(truth.began)


def _said(call: Call) -> str:
    began, ended = (call.began - instant(0)) / 1000, ((call.ended or 0) - instant(0)) / 1000
    return f"{call.program.id} {call.rank} {began:.1f}-{ended:.1f} {call.rule} {call.over}"
