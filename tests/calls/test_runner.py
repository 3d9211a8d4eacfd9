"""The runner with sources that are played: sleep, clocks that are set, stopping, ignoring, signs of life."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from clepsydra.calls.call import CallBegan, CallEnded, Rank
from clepsydra.calls.evidence import Evidence, EvidenceKind
from clepsydra.calls.programs import identify
from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.spans import calls_of, derive
from clepsydra.calls.status import Ear, Mode
from clepsydra.calls.streams.reading import Stream, StreamReading, Unavailable, UnavailableCause
from clepsydra.calls.titles import Marker
from clepsydra.calls.voice.ear import EarNews
from tests.calls.sound import until

BEGINS = 1_795_500_000_000
CALLING = StreamReading((Stream(identify("zoom"), True, 7), Stream(identify("zoom"), False, 7)))
QUIET = StreamReading()


class HandClock:
    """Moved by hand; waiting for it takes no time."""

    def __init__(self) -> None:
        self.time = BEGINS

    def now(self) -> int:
        return self.time

    def settle(self) -> None:
        pass

    def real_seconds(self, milliseconds: int) -> float:
        return 0.002 if milliseconds > 0 else 0.0


class PlayedHolders:
    """Says what the test wants it to."""

    def __init__(self) -> None:
        self.answer: StreamReading | Unavailable = QUIET
        self.reads = 0
        self._called = threading.Event()

    def read(self, _own, /):
        self.reads += 1
        if isinstance(self.answer, Unavailable):
            raise self.answer
        return self.answer

    def wait(self, _seconds):
        self._called.wait(5)
        self._called.clear()

    def wake(self):
        self._called.set()

    def close(self):
        self.closed = True

    def describe(self):
        return "played"


class PlayedListener:
    """Hears what the test wants it to."""

    pids = ()

    def start(self, tell):
        self.tell = tell

    def stop(self):
        self.stopped = True

    def seen(self, own):
        self.own = own


class Play:
    def __init__(self, **more) -> None:
        self.clock, self.holders, self.news = HandClock(), PlayedHolders(), []
        self.runner = Runner(self.take, holders=self.holders, clock=self.clock, **more)
        self.runner._watch._pauses = (0.005,)
        self.broken = False

    def take(self, news: MonitorUpdate) -> None:
        self.news.append(news)
        if self.broken:
            raise RuntimeError("the log is full")

    def __enter__(self) -> Play:
        self.runner.start()
        until(lambda: self.runner.status.seeing, "it sees")
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.stop()

    def say(self, answer: StreamReading | Unavailable) -> None:
        reads = self.holders.reads
        self.holders.answer = answer
        self.holders.wake()
        until(lambda: self.holders.reads > reads, "it is read")
        seeing = isinstance(answer, StreamReading)
        until(lambda: self.runner.status.seeing is seeing, "it is known")
        until(self.runner._queue.empty, "it is taken")

    def passes(self, seconds: float, step: float = 2.0) -> None:
        """Time passes in ticks, as it does on a waking machine."""
        for _ in range(round(seconds / step)):
            last = self.clock.time = self.clock.time + round(step * 1000)
            until(lambda last=last: self.runner._last >= last, "the tick is taken")

    @property
    def events(self):
        return [event for news in self.news for event in news.events]

    @property
    def calls(self):
        return calls_of(self.events)

    @property
    def spans(self):
        return list({span.id: span for news in self.news for span in news.spans}.values())


def test_a_call_is_told_with_its_spans() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.say(QUIET)
        play.passes(14)
    (call,) = play.calls
    assert isinstance(play.events[0], CallBegan)
    assert isinstance(play.events[-1], CallEnded)
    assert (call.began - BEGINS, (call.ended or 0) - BEGINS) == (1, 40_000 + 1)
    assert derive(play.spans) == [call]


def test_a_sleeping_machine_ends_the_call_at_the_last_tick() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.clock.time += 8 * 3_600_000
        until(lambda: any(isinstance(each, CallEnded) for each in play.events), "the call has ended")
        until(lambda: play.runner.status.seeing, "it sees again")
        play.passes(20)
        assert play.runner.status.standings[0].call is not None
    first, second = play.calls
    assert abs((first.ended or 0) - BEGINS - 40_000) < 10
    assert first.doubtful_end
    assert second.doubtful_begin
    assert second.began >= BEGINS + 8 * 3_600_000


def test_a_short_nap_splits_nothing() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.clock.time += 30_000
        until(lambda: any(span.kind is EvidenceKind.BLIND for span in play.spans), "the nap is noticed")
        until(lambda: play.runner.status.seeing, "it sees again")
        play.passes(20)
        play.say(QUIET)
        play.passes(14)
    (call,) = play.calls
    assert not call.doubtful_end
    assert derive(play.spans) == [call]


def test_a_clock_set_back_closes_what_was_and_begins_anew() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.clock.time -= 3_600_000
        until(lambda: any(isinstance(each, CallEnded) for each in play.events), "the call has ended")
        until(lambda: play.runner.status.seeing, "it sees again")
        play.passes(20)
        assert play.runner.status.standings[0].call is not None
    assert play.calls[-1].doubtful_end
    assert play.calls[0].began < BEGINS


def test_no_server_is_unknown_and_not_no_call() -> None:
    with Play() as play:
        play.say(Unavailable(UnavailableCause.NO_SERVER, "connection refused"))
        assert play.runner.status.unknown
        assert (play.runner.status.why, play.runner.status.detail) == (UnavailableCause.NO_SERVER, "connection refused")
        play.say(QUIET)
        assert not play.runner.status.unknown


def test_stopping_in_a_call_leaves_evidence_for_the_next_watcher() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
    assert play.holders.closed
    (call,) = play.calls
    assert call.ended is None
    (late,) = derive(play.spans, until=play.clock.now() + 100_000)
    assert late.id == call.id
    assert late.doubtful_end
    assert {span.kind for span in play.spans if span.ended is None} == {EvidenceKind.BLIND}


def test_never_this_program() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.runner.ignore("zoom")
        until(lambda: any(isinstance(each, CallEnded) for each in play.events), "the call has ended")
        assert play.runner.status.standings == ()


def test_signs_of_life_while_a_call_is_under_way() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(200)
        told = [news.until for news in play.news]
    assert max(later - earlier for earlier, later in pairwise(told)) <= 62_000


def test_a_session_ended_by_hand_closes_its_call_and_what_follows_is_another() -> None:
    """Hung up, stopped, and joined again within the time that a call waits for its microphone."""
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.say(QUIET)
        play.passes(4)
        play.say(CALLING)
        play.passes(4)
        play.runner.cut(identify("zoom"), BEGINS + 43_000)
        play.passes(60)
        play.say(QUIET)
        play.passes(14)
    first, second = play.calls
    assert abs((first.ended or 0) - BEGINS - 40_000) < 10
    assert abs(second.began - BEGINS - 44_000) < 10
    assert abs((second.ended or 0) - BEGINS - 108_000) < 10
    assert derive(play.spans) == [first, second]


def test_a_session_ended_while_the_call_goes_on_leaves_no_second_in_no_call() -> None:
    with Play() as play:
        play.say(CALLING)
        play.passes(40)
        play.runner.cut(identify("zoom"), BEGINS + 30_000)
        play.passes(60)
        play.say(QUIET)
        play.passes(14)
    first, second = play.calls
    assert (first.ended or 0) == BEGINS + 30_000
    assert abs(second.began - BEGINS - 30_000) <= 1
    assert derive(play.spans) == [first, second]


PAGE = StreamReading(tuple(
    Stream(identify("firefox"), capture, 7, "Notes", id="1.4" if capture else "1.5") for capture in (True, False)
))  # fmt: skip


@pytest.mark.parametrize(
    ("hear", "rank"), [(None, Rank.DOUBT), (lambda _s: False, Rank.DOUBT), (lambda _s: True, Rank.CERTAIN)]
)
def test_a_playback_in_doubt_is_asked_for_its_peaks_only_where_that_is_allowed(hear, rank) -> None:
    asked = []
    heard = hear and (lambda stream: asked.append(stream) or hear(stream))
    with Play(mark=Marker(b"k").mark, hear=heard) as play:
        play.say(PAGE)
        play.passes(40)
        play.say(QUIET)
        play.passes(14)
    (call,) = play.calls
    assert call.rank is rank
    assert asked == ([] if hear is None else ["1.5"]), "once, and of the playback alone"
    assert derive(play.spans) == [call]


def test_news_that_cannot_be_stored_do_not_stop_the_watching() -> None:
    with Play() as play:
        play.broken = True
        play.say(CALLING)
        play.passes(40)
        assert play.runner.status.standings[0].call is not None


def test_off_means_off() -> None:
    play = Play(mode=Mode.OFF)
    play.runner.start()
    play.runner.stop()
    assert play.holders.reads == 0
    assert play.news == []
    assert not play.runner.status.unknown


def test_a_reading_waits_for_the_voice_that_was_before_it() -> None:
    listener = PlayedListener()
    with Play(mode=Mode.ROOM, listener=listener) as play:
        listener.tell(EarNews((Evidence(BEGINS, EvidenceKind.DEAF, False),), until=BEGINS, ear=Ear.OPEN))
        play.passes(2)
        play.say(CALLING)
        late = (Evidence(BEGINS + 1_200, EvidenceKind.VOICE, True), Evidence(BEGINS + 1_900, EvidenceKind.VOICE, False))
        listener.tell(EarNews(late, until=BEGINS + 2_000))
        until(lambda: len(play.spans) >= 3, "all is told")
        assert play.runner.status.microphone_open
    began = {span.kind: span.began for span in play.spans}
    assert began[EvidenceKind.VOICE] < began[EvidenceKind.CAPTURE]
    assert listener.stopped


def test_a_voice_that_comes_too_late_is_dated_where_everything_was_decided() -> None:
    listener = PlayedListener()
    with Play(mode=Mode.ROOM, listener=listener) as play:
        listener.tell(EarNews(until=BEGINS, ear=Ear.OPEN))
        play.say(CALLING)
        play.passes(20)
        listener.tell(EarNews((Evidence(BEGINS + 4_000, EvidenceKind.VOICE, True),)))
        until(lambda: any(span.kind is EvidenceKind.VOICE for span in play.spans), "it is told")
    (span,) = [span for span in play.spans if span.kind is EvidenceKind.VOICE]
    assert span.began > BEGINS + 16_000


@pytest.mark.parametrize("mode", [Mode.STREAMS, Mode.ROOM])
def test_without_room_mode_nobody_listens(mode) -> None:
    listener = PlayedListener()
    with Play(mode=mode, listener=listener) as play:
        assert play.runner.status.ear is (Ear.OPENING if mode is Mode.ROOM else Ear.UNUSED)
    assert hasattr(listener, "tell") is (mode is Mode.ROOM)
