"""Evidence between its two forms: edges for the detector, spans for the log.

`Recorder` stands between the sources and the detector. It gives every edge a millisecond of its own, drops
what says nothing new, and closes what can no longer be seen. What it hands on is exactly what its spans hold,
so that calls derived from stored spans are the calls that were detected live.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clepsydra.calls.call import Call, CallBegan, CallChanged, Event
from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import UNWATCHED, Evidence, EvidenceKind, EvidenceSpan, Facts, Key
from clepsydra.domain.records import replace

_INSTANTS = frozenset({EvidenceKind.CUT, EvidenceKind.AUDIBLE})
"""What happens at one instant and does not last."""

_HIDDEN_BY = {
    EvidenceKind.BLIND: (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK, EvidenceKind.SOUND),
    EvidenceKind.DEAF: (EvidenceKind.VOICE, EvidenceKind.MUSIC),
}


class Recorder:
    """Puts edges in strict order and keeps the spans they make."""

    def __init__(self, history: Iterable[EvidenceSpan] = ()) -> None:
        """`history`: earlier spans; the open ones go on."""
        self._open: dict[Key, EvidenceSpan] = {}
        self._last = 0
        for span in history:
            self._last = max(self._last, span.ended if span.ended is not None else span.began)
            if span.ended is None:
                self._open[span.edges()[0].key] = span

    def is_on(self, kind: EvidenceKind) -> bool:
        """Whether a span of this kind, of any program, is open."""
        return any(span.kind is kind for span in self._open.values())

    def accept(self, edge: Evidence) -> tuple[list[Evidence], list[EvidenceSpan]]:
        """The edges to feed, in order, and the spans that opened or closed with them."""
        if edge.kind in _INSTANTS:
            stamped = replace(edge, at=self._stamp(edge.at))
            return [stamped], [
                EvidenceSpan(edge.kind, stamped.at, stamped.at, edge.program, edge.pid, stream=edge.stream)
            ]
        current = self._open.get(edge.key)
        if edge.on and current is not None and current.facts != edge.facts:
            return self._changed(current, edge)
        if edge.on == (current is not None):
            renamed = edge.on and edge.title is not None
            return ([replace(edge, at=self._stamp(edge.at), already=False)] if renamed else []), []
        edges = [replace(edge, at=self._back(edge) if edge.afterwards else self._stamp(edge.at))]
        if edge.on:
            edges += self._hidden(edge)
        return edges, [self._span(each) for each in edges]

    def _back(self, edge: Evidence) -> int:
        """What is told afterwards stands where it began; no two spans of one kind and program begin together."""
        taken = {span.began for span in self._open.values() if (span.kind, span.program) == (edge.kind, edge.program)}
        at = edge.at
        while at in taken:
            at -= 1
        return at

    def _changed(self, current: EvidenceSpan, edge: Evidence) -> tuple[list[Evidence], list[EvidenceSpan]]:
        """What is known of a stream changed: one stretch ends and another of the same stream begins."""
        edges = [self._closing(current, edge.at)]
        closed = self._span(edges[0])
        edges.append(replace(edge, at=self._stamp(edge.at), already=False))
        opened = self._span(edges[1])
        hidden = self._hidden(edge)
        return [*edges, *hidden], [closed, opened, *(self._span(each) for each in hidden)]

    def _hidden(self, by: Evidence) -> list[Evidence]:
        """The ends of what can no longer be seen. What a bus tells is seen without the programs, but not without
        anybody who listens."""
        kinds: tuple[EvidenceKind, ...] = _HIDDEN_BY.get(by.kind, ())
        if by.kind is EvidenceKind.BLIND and by.facts.role == UNWATCHED:
            kinds = (*kinds, EvidenceKind.LINE, EvidenceKind.LOCKED, EvidenceKind.ASLEEP)
        return [self._closing(span, by.at) for span in self._open.values() if span.kind in kinds]

    def _closing(self, span: EvidenceSpan, at: int) -> Evidence:
        return Evidence(self._stamp(at), span.kind, False, span.program, span.pid, stream=span.stream, facts=span.facts)

    def _stamp(self, at: int) -> int:
        self._last = max(at, self._last + 1)
        return self._last

    def _span(self, edge: Evidence) -> EvidenceSpan:
        if edge.on:
            span = EvidenceSpan(
                edge.kind, edge.at, None, edge.program, edge.pid, edge.already, edge.stream, edge.facts,
                title=edge.title or "",
            )  # fmt: skip
            self._open[edge.key] = span
            return span
        return replace(self._open.pop(edge.key), ended=edge.at, lost=edge.lost)


def interrupted(spans: Iterable[EvidenceSpan], at: int) -> list[EvidenceSpan]:
    """The spans of a watcher that died at `at`, its last sign of life: open ones closed, blindness from
    there."""
    spans = list(spans)
    last = max((span.ended if span.ended is not None else span.began for span in spans), default=at)
    recorder = Recorder(spans)
    ends: dict[str, EvidenceSpan] = {}
    for kind in (EvidenceKind.BLIND, EvidenceKind.DEAF):
        if recorder.is_on(kind):
            continue
        if kind is EvidenceKind.BLIND or recorder.is_on(EvidenceKind.VOICE) or recorder.is_on(EvidenceKind.MUSIC):
            facts = Facts(role=UNWATCHED) if kind is EvidenceKind.BLIND else Facts()
            _, changed = recorder.accept(Evidence(max(at, last), kind, True, facts=facts))
            ends.update({span.id: span for span in changed})
    kept = [ends.pop(span.id, span) for span in spans]
    return kept + list(ends.values())


def edges_of(spans: Iterable[EvidenceSpan]) -> list[Evidence]:
    """The edges of these spans in the order in which they were seen."""
    return sorted((edge for span in spans for edge in span.edges()), key=lambda edge: (edge.at, edge.on, edge.key))


def derive(
    spans: Iterable[EvidenceSpan],
    constants: Constants | None = None,
    ignored: Iterable[str] = (),
    until: int | None = None,
) -> list[Call]:
    """The calls that this evidence makes, in the order of their begin; those under way at `until` have no
    end.

    The same spans and constants always give the same calls, and those that were detected live.
    """
    detector = Detector(constants, ignored)
    events: list[Event] = []
    for edge in edges_of(spans):
        events += detector.feed(edge)
    if until is not None:
        events += detector.advance(until)
    return calls_of(events)


def calls_of(events: Sequence[Event]) -> list[Call]:
    """The last word on every call in these events, in the order of their begin."""
    latest: dict[str, Call] = {}
    for event in events:
        if isinstance(event, CallBegan | CallChanged) or event.call.id in latest:
            latest[event.call.id] = event.call
    return sorted(latest.values(), key=lambda call: (call.began, call.id))
