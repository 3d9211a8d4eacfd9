"""The watcher without a screen: sources in, calls out, used by the app and by `clepsydra watch` alike.

One thread owns everything: it orders what the sources tell, records it, lets the detector decide and hands
the result on. It sleeps until there is news or something falls due; only while something is being measured
does it tick, so that a sleep of the machine is noticed and a killed watcher leaves a recent sign of life.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from itertools import count
from queue import Empty, SimpleQueue

from clepsydra.calls.call import Event
from clepsydra.calls.clock import BEAT, JUMP, LAG, LISTENING, TICK, Clock, SystemClock
from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import Evidence, EvidenceKind, EvidenceSpan, Program
from clepsydra.calls.lines import Away, BusEvidence, BusSource, LineNews, LineRing, LineTalk
from clepsydra.calls.orders import Cut, Ignore, OrderHeard, Stop
from clepsydra.calls.past import Past
from clepsydra.calls.peaking import Hear, Peaking
from clepsydra.calls.spans import Recorder
from clepsydra.calls.status import Ear, Mode, MonitorStatus
from clepsydra.calls.streams.reading import Holders, StreamReading, Unavailable, UnavailableCause
from clepsydra.calls.streams.system import holders_of_this_system
from clepsydra.calls.streams.tracker import Tracker
from clepsydra.calls.streams.watch import StreamWatch
from clepsydra.calls.voice.ear import EarNews, Listener
from clepsydra.domain.records import dataclass, replace

_log = logging.getLogger("clepsydra.calls")
_log.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class MonitorUpdate:
    """Something to store and to show. All evidence before `until` is accounted for."""

    until: int
    events: tuple[Event, ...]
    spans: tuple[EvidenceSpan, ...]
    """Spans that opened or closed; the closed form replaces the open one of the same id."""
    status: MonitorStatus


_News = StreamReading | Unavailable | EarNews | LineNews
_Item = tuple[int, _News | Ignore | Cut | OrderHeard | Stop]


class Runner:
    """Watches until it is stopped. `tell` is called in the runner's own thread with everything new."""

    def __init__(
        self,
        tell: Callable[[MonitorUpdate], None],
        *,
        mode: Mode = Mode.STREAMS,
        constants: Constants | None = None,
        ignored: Iterable[str] = (),
        history: Sequence[EvidenceSpan] = (),
        holders: Holders | None = None,
        listener: Listener | None = None,
        clock: Clock | None = None,
        jump: int = JUMP,
        mark: Callable[[str | None], str] = lambda _title: "",
        hear: Hear | None = None,
        lines: Sequence[BusSource] = (),
    ) -> None:
        """`history`: recent spans (an hour is plenty), so that a call goes on over a change of watcher; `ignored`:
        programs, and marks of titles, that are never a call; `mark` makes that of a title. `listener` is for room mode,
        `hear` where peak values may be read, `lines` tell what the local bus does; the others have their defaults."""
        self._tell, self._mode, self._jump = tell, mode, jump
        self._clock = clock or SystemClock()
        self._queue: SimpleQueue[_Item] = SimpleQueue()
        self._constants, self._ignored = constants, set(ignored)
        self._listener = listener if mode is Mode.ROOM else None
        self._lines = BusEvidence(lines)
        self._tracker = Tracker(room=self._listener is not None, mark=mark)
        self._recorder, self._detector = Recorder(history), Detector(constants, self._ignored)
        self._past = Past(history)
        self._peaking = Peaking(hear, self._heard)
        self._status = MonitorStatus(mode, ear=Ear.OPENING if self._listener else Ear.UNUSED)
        self._told: MonitorStatus | None = None
        self._watch = StreamWatch(holders or holders_of_this_system(), self._post, self._own)
        self._thread = threading.Thread(target=self._run, name="clepsydra-calls", daemon=True)
        self._pending: list[tuple[int, int, Evidence]] = []
        self._arrivals = count()
        self._heard_until = self._horizon = 0  # everything before the horizon is decided
        self._last = self._beat = 0
        self._ticking = False
        self._fresh: tuple[list[Event], list[EvidenceSpan]] = ([], [])

    # -- from other threads

    @property
    def status(self) -> MonitorStatus:
        """The latest state; may be read from any thread."""
        return self._status

    def start(self) -> None:
        """Begin to watch; with mode off and no bus to listen to, nothing runs."""
        if self._mode is Mode.OFF and not self._lines:
            return
        if self._lines:  # they tell whether programs are seen or not
            self._arrive(Evidence(self._clock.now(), EvidenceKind.BLIND, False))
        self._thread.start()
        self._lines.start(self._post)
        if self._mode is not Mode.OFF:
            self._watch.start()
        if self._listener:
            self._listener.start(self._post)

    def stop(self) -> None:
        """Stop cleanly: what is open is closed as evidence, and the rest is told."""
        if not self._thread.is_alive():
            return
        self._lines.stop()
        if self._listener:
            self._listener.stop()
        self._watch.stop()
        self._queue.put((self._clock.now(), Stop()))
        self._thread.join()

    def ignore(self, program_id: str) -> None:
        """Never this program again, from now on."""
        self._queue.put((self._clock.now(), Ignore(program_id)))

    def cut(self, program: Program, at: int) -> None:
        """The session of this program's call ended then, by the person's hand: what follows is another call."""
        self._queue.put((self._clock.now(), Cut(program, at)))

    def _heard(self, program: Program, stream: str) -> None:
        self._queue.put((self._clock.now(), OrderHeard(program, stream)))

    def _post(self, news: _News) -> None:
        self._queue.put((self._clock.now(), news))

    def _own(self) -> set[int]:
        return {os.getpid(), *(self._listener.pids if self._listener else ())}

    # -- the thread

    def _run(self) -> None:
        self._last = self._clock.now()
        self._past.told(self._past.replayed(self._detector))
        self._tracker.expect(call.program.id for call in self._detector.calls)
        while True:
            item = self._next()
            now = self._clock.now()
            self._notice_jump(now)
            if item is not None:
                self._take(*item)
            stopping = item is not None and isinstance(item[1], Stop)
            self._decide(now, everything=stopping)
            self._hand_on(now, stopping)
            if stopping:
                return

    def _next(self) -> _Item | None:
        """The next news, or None when something falls due first."""
        now = self._clock.now()
        self._ticking = bool(self._measuring or self._pending)
        limits = [now + TICK] if self._ticking else [now + BEAT]
        if (deadline := self._detector.next_deadline) is not None:
            # While we listen, what falls due waits for the voice: looking more often would change nothing.
            limits.append(max(deadline, now + LISTENING) if self._status.ear is Ear.OPEN else deadline)
        try:
            return self._queue.get(timeout=max(0.0, self._clock.real_seconds(min(limits) - now)))
        except Empty:
            return None

    @property
    def _measuring(self) -> bool:
        return any(self._recorder.is_on(kind) for kind in (EvidenceKind.CAPTURE, EvidenceKind.VOICE)) or bool(
            self._detector.calls
        )

    def _notice_jump(self, now: int) -> None:
        """A machine that slept, or whose clock was set, closes everything at the last tick."""
        late = self._ticking and now - self._last > TICK + self._jump
        if late or now < self._last - self._jump:
            for edge in (
                *self._tracker.lose(self._last),
                *self._silence(self._last),
                *self._lines.slept(self._last, now),
            ):
                self._arrive(edge)
            self._decide(self._last, everything=True)
            self._status = replace(self._status, seeing=False, why=UnavailableCause.ASLEEP)
            self._watch.refresh()
        if now < self._last - self._jump:
            # Time went back: what was seen before cannot be continued, it is closed where it stood.
            self._fresh[0].extend(self._detector.advance(self._last + 86_400_000))
            self._recorder, self._detector = Recorder(), Detector(self._constants, self._ignored)
            self._horizon = self._heard_until = 0
            self._past = Past(())
        self._last = now

    def _silence(self, at: int) -> list[Evidence]:
        return (
            [Evidence(at, kind, False) for kind in (EvidenceKind.VOICE, EvidenceKind.MUSIC)] if self._listener else []
        )

    def _take(self, at: int, item: _News | Ignore | Cut | OrderHeard | Stop) -> None:
        match item:
            case StreamReading():
                self._read(at, item)
            case Unavailable():
                self._status = replace(self._status, seeing=False, why=item.why, detail=item.detail)
                self._arrive(*self._tracker.lose(at))
            case EarNews():
                self._hear(item)
            case Ignore():
                self._ignored.add(item.program_id)
                self._fresh[0].extend(self._detector.ignore(item.program_id))
            case Cut():
                self._decide(self._clock.now(), everything=True)
                self._split(item.program, item.at)
            case OrderHeard() | LineTalk() | LineRing() | Away():
                self._arrive(*self._lines.edges(at, item))
            case Stop():
                for edge in (*self._silence(at), *self._tracker.lose(at, unwatched=True)):
                    self._arrive(edge)

    def _read(self, at: int, reading: StreamReading) -> None:
        self._status = replace(self._status, seeing=True, why=None, detail="")
        for edge in self._tracker.read(reading, at):
            self._arrive(edge)
        if self._listener:
            self._listener.seen(reading.own)

    def _split(self, program: Program, at: int) -> None:
        """Decide the past anew, as it is with the cut in it; what differs is told."""
        self._remember()
        cut = self._past.cut(program, at)
        detector = Detector(self._constants, self._ignored)
        events = [*self._past.replayed(detector), *detector.advance(self._horizon)]
        self._detector = detector
        self._fresh[0].extend(self._past.differing(events, self._horizon))
        self._fresh[1].append(cut)

    def _remember(self) -> None:
        events, spans = self._fresh
        self._past.keep(spans, before=self._horizon, calls=self._detector.calls)
        self._past.told(events)

    def _hear(self, news: EarNews) -> None:
        for edge in news.edges:
            self._arrive(edge)
        if news.until is not None:
            self._heard_until = news.until
        if news.ear is not None:
            self._status = replace(
                self._status, ear=news.ear, ear_detail=news.detail, device=news.device or self._status.device
            )

    def _arrive(self, *edges: Evidence) -> None:
        for edge in edges:
            heappush(self._pending, (edge.at, next(self._arrivals), edge))

    def _decide(self, now: int, *, everything: bool) -> None:
        """Let the detector see all that can no longer be overtaken by a late voice."""
        horizon = now
        if self._status.ear is Ear.OPEN and not everything:
            horizon = min(now, max(self._heard_until, now - LAG))
        events, spans = self._fresh
        decided, self._horizon = self._horizon, max(self._horizon, horizon)
        while self._pending and self._pending[0][0] <= self._horizon:
            edge = heappop(self._pending)[2]
            # What comes later than it should is dated where the detector already stands.
            accepted, changed = self._recorder.accept(
                edge if edge.afterwards else replace(edge, at=max(edge.at, decided))
            )
            spans += changed
            for each in accepted:
                events += self._detector.feed(each)
        events += self._detector.advance(self._horizon)

    def _hand_on(self, now: int, stopping: bool) -> None:
        events, spans = self._fresh
        before, standings = self._status, self._detector.standings()
        self._peaking.ask(self._detector.doubtful())
        self._status = replace(before, standings=standings, masked=self._detector.masked, peaks=self._peaking.reading)
        beat = bool(self._detector.calls) and now - self._beat >= BEAT
        if not (events or spans or beat or stopping or self._status != self._told):
            if not self._measuring:
                self._clock.settle()
            return
        self._remember()
        self._beat, self._fresh, self._told = now, ([], []), self._status
        try:
            told = tuple(map(self._lines.named, events))
            self._tell(MonitorUpdate(self._horizon, told, tuple(spans), self._status))
        except Exception:
            _log.exception("news of calls could not be handed on")
