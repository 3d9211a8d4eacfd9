"""What a watcher remembers of the last hour: enough to decide it anew when a person ends a session in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clepsydra.calls.call import Call, CallBegan, CallEnded, Event
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import EvidenceKind, EvidenceSpan, Program
from clepsydra.calls.spans import calls_of, edges_of

_REMEMBERED = 3_600_000
"""Milliseconds before the first call under way, or before now."""


class Past:
    """Recent spans, and the calls that were told of them."""

    def __init__(self, spans: Iterable[EvidenceSpan]) -> None:
        self._spans = {span.id: span for span in spans}
        self._calls: dict[str, Call] = {}

    def replayed(self, detector: Detector) -> list[Event]:
        """What a detector makes of it."""
        return [event for edge in edges_of(self._spans.values()) for event in detector.feed(edge)]

    def keep(self, spans: Iterable[EvidenceSpan], before: int, calls: Sequence[Call]) -> None:
        """Remember these spans too, and forget what ended long before `before` and before every call under way."""
        self._spans.update({span.id: span for span in spans})
        since = min([before, *(call.opened for call in calls)]) - _REMEMBERED
        self._spans = {
            name: span for name, span in self._spans.items() if span.ended is None or span.ended > since
        }  # fmt: skip
        self._calls = {
            name: call for name, call in self._calls.items() if call.ended is None or call.ended > since
        }  # fmt: skip

    def told(self, events: Sequence[Event]) -> None:
        """These were handed on."""
        self._calls.update({event.call.id: event.call for event in events})

    def cut(self, program: Program, at: int) -> EvidenceSpan:
        """Remember that a person ended the session of a program's call; no two edges share an instant."""
        taken = {edge.at for edge in edges_of(self._spans.values())}
        while at in taken:
            at += 1
        span = EvidenceSpan(EvidenceKind.CUT, at, at, program)
        self._spans[span.id] = span
        return span

    def differing(self, events: Sequence[Event], at: int) -> list[Event]:
        """What has to be told so that the calls are those of these events."""
        told: list[Event] = []
        for call in calls_of(events):
            known = self._calls.get(call.id)
            if known is None:
                told.append(CallBegan(at, call))
            if call.ended is not None and (known is None or known.ended is None):
                told.append(CallEnded(at, call))
        return told
