"""Evidence played into a ledger, as the watcher would tell it: real edges, the real detector, recorded news."""

from dataclasses import dataclass, field, replace

from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import Evidence, EvidenceKind, EvidenceSpan, Facts
from clepsydra.calls.programs import identify
from clepsydra.calls.runner import MonitorUpdate
from clepsydra.calls.spans import Recorder
from clepsydra.calls.status import MonitorStatus
from clepsydra.calls.titles import Marker, sense_of
from clepsydra.ledger.calls.recording import keep_spans, record
from tests.ledger.workbench import Desk

MARKER = Marker(b"tests")


@dataclass
class Watcher:
    """Watches for one desk; the desk's clock is the clock of the evidence."""

    desk: Desk
    detector: Detector = field(default_factory=lambda: Detector(Constants()))
    recorder: Recorder = field(default_factory=Recorder)
    told: list[MonitorUpdate] = field(default_factory=list)

    def passes(self, seconds: int) -> None:
        """Nothing is heard for a while."""
        self.desk.wait(seconds)
        self._tell(self.detector.advance(self.desk.now * 1000), [])

    def edge(self, kind: EvidenceKind, on: bool, program: str = "zoom", title: str | None = None) -> None:
        """Something begins or stops now."""
        who = identify(program) if kind in (EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK) else None
        facts = Facts(mark=MARKER.mark(title), sense=sense_of(title))
        edge = Evidence(self.desk.now * 1000, kind, on, who, title=title, facts=facts)
        accepted, spans = self.recorder.accept(edge)
        self._tell([event for each in accepted for event in self.detector.feed(each)], spans)

    def takes(self, program: str = "zoom", title: str | None = None) -> None:
        """A program takes the microphone and plays the other side."""
        self.edge(EvidenceKind.CAPTURE, True, program, title)
        self.edge(EvidenceKind.PLAYBACK, True, program, title)

    def cut(self, program: str, at: int) -> None:
        """The session of the program's call was ended by hand at `at`, now or a moment ago."""
        span = EvidenceSpan(EvidenceKind.CUT, at * 1000 + 4, at * 1000 + 4, identify(program))
        keep_spans(self.desk.ledger, [span])
        edge = replace(span.edges()[0], at=span.began)
        self._tell(self.detector.feed(edge), [])

    def leaves(self, program: str = "zoom") -> None:
        """It lets both go."""
        self.edge(EvidenceKind.PLAYBACK, False, program)
        self.edge(EvidenceKind.CAPTURE, False, program)

    def call(self, seconds: int, program: str = "zoom", title: str | None = None) -> None:
        """A whole call, noticed to its end; the clock stands 15 seconds after it."""
        self.takes(program, title)
        self.passes(seconds)
        self.leaves(program)
        self.passes(15)

    def talks(self, seconds: int) -> None:
        """Somebody speaks in the room for so long, without a pause; the clock stands at the last word."""
        self.edge(EvidenceKind.VOICE, True)
        self.passes(seconds)
        self.edge(EvidenceKind.VOICE, False)

    def _tell(self, events, spans) -> None:
        if events or spans:
            news = MonitorUpdate(self.desk.now * 1000, tuple(events), tuple(spans), MonitorStatus())
            self.told.append(news)
            record(self.desk.ledger, news)
