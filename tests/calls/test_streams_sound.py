"""Programs on a real sound server: who holds the microphone, and what becomes of it."""

from __future__ import annotations

import os

import pytest

from clepsydra.calls.call import CallEnded
from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.runner import MonitorUpdate, Runner
from clepsydra.calls.spans import calls_of, derive
from clepsydra.calls.streams.linux import PulseHolders
from clepsydra.calls.streams.peaks import audible
from clepsydra.calls.streams.reading import Unavailable, UnavailableCause
from tests.calls.sound import FastClock, SoundServer, until

pytestmark = pytest.mark.sound


class Watcher:
    """A runner on a test's server, and everything it told."""

    def __init__(self, server: SoundServer, times: float = 20, clock: FastClock | None = None, **more) -> None:
        self.clock = clock or FastClock(times)
        self.news: list[MonitorUpdate] = []
        self.runner = Runner(
            self.news.append, holders=PulseHolders(server.address), clock=self.clock, jump=60_000, **more
        )
        self.runner._watch._pauses = (0.05,)

    def __enter__(self) -> Watcher:
        self.runner.start()
        until(lambda: self.runner.status.seeing, "the programs are seen")
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.stop()

    @property
    def events(self):
        return [event for news in self.news for event in news.events]

    @property
    def spans(self):
        return {span.id: span for news in self.news for span in news.spans}

    def wait(self, seconds: float) -> None:
        """Let so much of the watcher's time pass."""
        end = self.clock.now() + seconds * 1000
        until(lambda: self.clock.now() >= end, "time passes", 60)

    def holders(self) -> set[str]:
        return {standing.program.id for standing in self.runner.status.standings}


def programs(holders: PulseHolders, *, capture: bool) -> set[str]:
    return {stream.program.id for stream in holders.read(()).streams if stream.capture is capture}


def test_a_call_from_the_microphone_of_a_real_program(server) -> None:
    with Watcher(server) as watcher:
        begins = watcher.clock.now()
        microphone = server.takes_microphone("zoom")
        voice = server.plays("zoom")
        watcher.wait(40)
        assert [standing.state for standing in watcher.runner.status.standings] == ["active"]
        ends = watcher.clock.now()
        server.end(voice)
        server.end(microphone)
        until(lambda: any(isinstance(event, CallEnded) for event in watcher.events), "the call has ended")
    (call,) = calls_of(watcher.events)
    assert call.program.id == "zoom"
    assert begins <= call.began <= begins + 10_000
    assert ends - 1_000 <= (call.ended or 0) <= ends + 10_000
    assert derive(watcher.spans.values()) == [call]


def test_what_holds_the_microphone_already_is_seen(server) -> None:
    server.takes_microphone("teams")
    until(lambda: bool(server.capturing_pids()), "teams captures")
    with Watcher(server) as watcher:
        until(lambda: watcher.holders() == {"teams"}, "teams is seen")
    (span,) = [span for span in watcher.spans.values() if span.kind is EvidenceKind.CAPTURE]
    assert span.already


def test_monitors_meters_and_the_servers_own_streams_are_no_microphones(server) -> None:
    holders = PulseHolders(server.address)
    server.takes_microphone("simplescreen", device="speakers.monitor")
    server.takes_microphone("pavucontrol")
    server.takes_microphone("slack")
    until(lambda: len(server.capturing_pids()) == 3, "three programs capture")
    assert programs(holders, capture=True) == {"slack"}
    holders.close()


def test_our_own_process_is_told_apart(server) -> None:
    holders = PulseHolders(server.address)
    ours = server.takes_microphone("python3.11")
    until(lambda: ours.pid in server.capturing_pids(), "we capture")
    reading = holders.read({ours.pid})
    assert reading.streams == ()
    assert [(own.pid, own.device, own.monitor) for own in reading.own] == [(ours.pid, "virt_mic", False)]
    holders.close()


def test_a_server_restarted_in_a_call_splits_nothing(server) -> None:
    with Watcher(server) as watcher:
        streams = [server.takes_microphone("zoom"), server.plays("zoom")]
        watcher.wait(20)
        server.kill()
        until(lambda: not watcher.runner.status.seeing, "the loss is noticed")
        assert watcher.runner.status.why is UnavailableCause.NO_SERVER
        assert watcher.runner.status.unknown
        server.start()
        for stream in streams:
            server.end(stream)
        streams = [server.takes_microphone("zoom"), server.plays("zoom")]
        until(lambda: watcher.runner.status.seeing, "the server is found again")
        watcher.wait(40)
        for stream in streams:
            server.end(stream)
        until(lambda: any(isinstance(event, CallEnded) for event in watcher.events), "the call has ended")
    (call,) = calls_of(watcher.events)
    assert not call.doubtful_end
    assert (call.ended or 0) - call.began > 55_000


def test_without_a_server_nothing_is_known(tmp_path) -> None:
    holders = PulseHolders(f"unix:{tmp_path}/nobody")
    with pytest.raises(Unavailable) as caught:
        holders.read(())
    assert caught.value.why is UnavailableCause.NO_SERVER
    assert holders.describe() == ""


def test_a_new_watcher_takes_over_in_the_middle_of_a_call(server) -> None:
    streams = [server.takes_microphone("zoom"), server.plays("zoom")]
    with Watcher(server) as first:
        first.wait(30)
    with Watcher(server, clock=first.clock, history=tuple(first.spans.values())) as second:
        second.wait(10)
        for stream in streams:
            server.end(stream)
        until(lambda: any(isinstance(event, CallEnded) for event in second.events), "the call has ended")
    (call,) = calls_of(first.events + second.events)
    assert not call.doubtful_end
    assert {event.call.id for event in second.events} == {call.id}


def test_by_default_no_capture_stream_is_ever_opened(server) -> None:
    """Seen from outside: the server lists everybody who captures, and we are not among them."""
    with Watcher(server, times=1) as watcher:
        microphone, voice = server.takes_microphone("zoom"), server.plays("zoom")
        for _ in range(10):
            assert os.getpid() not in server.capturing_pids()
        server.end(microphone)
        server.end(voice)
        until(lambda: watcher.holders() == set(), "the microphone is free")
        assert server.capturing_pids() == set()
        assert not watcher.runner.status.microphone_open


def test_peaks_tell_silence_from_sound_and_leave_no_stream_behind(server, tmp_path) -> None:
    noise = tmp_path / "noise.raw"
    noise.write_bytes(os.urandom(4_000_000))
    loud, silent = server.plays("firefox-esr", feed=noise), server.plays("chromium")
    holders = PulseHolders(server.address)
    until(lambda: len(server.pactl("list", "short", "sink-inputs").splitlines()) >= 2, "both play")
    server.takes_microphone("firefox-esr")
    server.takes_microphone("chromium")
    streams = {stream.pid: stream.id for stream in holders.read(()).streams if not stream.capture}
    assert audible(streams[loud.pid], server.address)
    assert not audible(streams[silent.pid], server.address)
    assert not audible("1.99999", server.address)
    assert os.getpid() not in server.capturing_pids()
    holders.close()
