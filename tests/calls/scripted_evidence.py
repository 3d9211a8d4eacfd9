"""A day told as evidence, in seconds, and what the detector makes of it."""

from __future__ import annotations

from clepsydra.calls.call import Call, Event
from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import Evidence, EvidenceKind, EvidenceSpan
from clepsydra.calls.programs import identify
from clepsydra.calls.spans import Recorder, calls_of

DAWN = 1_795_500_000_000
"""An instant in November 2026, milliseconds of UTC."""


class Story:
    """Write the stretches down in any order; then let a detector live through them."""

    def __init__(self) -> None:
        self.edges: list[Evidence] = []
        self.spans: dict[str, EvidenceSpan] = {}

    def _stretch(
        self, kind: EvidenceKind, began: float, ended: float | None, program: str | None = None, **more
    ) -> Story:
        who = identify(program) if program else None
        self.edges.append(Evidence(instant(began), kind, True, who, **more))
        if ended is not None:
            self.edges.append(Evidence(instant(ended), kind, False, who))
        return self

    def mic(self, program: str, began: float, ended: float | None = None, **more) -> Story:
        return self._stretch(EvidenceKind.CAPTURE, began, ended, program, **more)

    def plays(self, program: str, began: float, ended: float | None = None) -> Story:
        return self._stretch(EvidenceKind.PLAYBACK, began, ended, program)

    def sound(self, began: float, ended: float | None = None) -> Story:
        return self._stretch(EvidenceKind.SOUND, began, ended)

    def blind(self, began: float, ended: float | None = None) -> Story:
        return self._stretch(EvidenceKind.BLIND, began, ended)

    def deaf(self, began: float, ended: float | None = None) -> Story:
        return self._stretch(EvidenceKind.DEAF, began, ended)

    def music(self, began: float, ended: float | None = None) -> Story:
        return self._stretch(EvidenceKind.MUSIC, began, ended)

    def voice(self, began: float, ended: float, burst: float = 3.0, pause: float = 1.0) -> Story:
        """Talk: bursts and pauses from one instant to the other; it ends with a burst."""
        at = began
        while at + burst + pause < ended:
            self._stretch(EvidenceKind.VOICE, at, at + burst)
            at += burst + pause
        return self._stretch(EvidenceKind.VOICE, at, ended)

    def live(
        self,
        until: float,
        constants: Constants | None = None,
        ignored: tuple[str, ...] = (),
        ticks: tuple[float, ...] = (),
    ) -> list[Event]:
        """Every event, in order; the spans are kept in `spans`."""
        recorder, detector = Recorder(), Detector(constants, ignored)
        events: list[Event] = []
        moments = [(edge.at, edge.on, edge) for edge in self.edges] + [(instant(t), False, None) for t in ticks]
        for at, _, edge in sorted(moments, key=lambda each: each[:2]):
            if edge is None:
                events += detector.advance(at)
                continue
            edges, changed = recorder.accept(edge)
            self.spans.update({span.id: span for span in changed})
            for each in edges:
                events += detector.feed(each)
        return events + detector.advance(instant(until))

    def calls(self, until: float = 100_000, **more) -> list[Call]:
        return calls_of(self.live(until, **more))

    def times(self, until: float = 100_000, **more) -> list[tuple[str, float, float | None]]:
        """Program, begin and end in whole seconds of the story."""
        return [
            (call.program.id, seconds(call.began), None if call.ended is None else seconds(call.ended))
            for call in self.calls(until, **more)
        ]


def instant(at: float) -> int:
    return DAWN + round(at * 1000)


def seconds(at: int) -> float:
    return round((at - DAWN) / 1000)
