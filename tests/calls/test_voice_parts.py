"""Bursts, the timeline of samples, office hours and the listening process's parent, without any sound."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.hours import office_hours
from clepsydra.calls.status import Ear
from clepsydra.calls.streams.reading import OwnCapture
from clepsydra.calls.voice.bursts import Bursts, Music
from clepsydra.calls.voice.room import RoomListener
from clepsydra.calls.voice.timeline import Timeline
from tests.calls.sound import until


class TestBursts:
    def test_a_burst_begins_and_ends_with_speech(self) -> None:
        bursts = Bursts(32)
        edges = bursts.take([False] * 10 + [True] * 20 + [False] * 30)
        assert edges == [(True, 320), (False, 960)]

    def test_a_cough_is_none(self) -> None:
        assert Bursts(32).take([False] * 10 + [True] * 3 + [False] * 30) == []

    def test_words_belong_together(self) -> None:
        edges = Bursts(32).take([True] * 10 + [False] * 10 + [True] * 10 + [False] * 16)
        assert edges == [(True, 0), (False, 960)]

    @given(st.lists(st.booleans(), max_size=400), st.integers(1, 50))
    def test_edges_alternate_in_order_and_none_comes_too_late(self, windows, step) -> None:
        bursts, edges, promised = Bursts(32), [], 0
        for at in range(0, len(windows), step):
            new = bursts.take(windows[at : at + step])
            assert all(edge >= promised for _, edge in new)
            edges += new
            assert bursts.until >= promised
            promised = bursts.until
        assert [on for on, _ in edges] == [n % 2 == 0 for n in range(len(edges))]
        assert [at for _, at in edges] == sorted(at for _, at in edges)


class TestMusic:
    def test_it_begins_when_it_has_gone_on_for_a_while_and_has_pauses(self) -> None:
        music = Music(100)
        assert music.take([True] * 23) == []
        assert music.take([True] * 7) == [(True, 2400)]
        assert music.take([False, True, True] * 20) == []
        assert music.take([False] * 30) == [(False, 9_500)]

    @pytest.mark.parametrize("sound", [[True, False], [True] * 7 + [False] * 3, [True] * 20 + [False] * 10])
    def test_rings_keys_and_busy_tones_are_none(self, sound) -> None:
        assert Music(100).take(sound * 40) == []


class FakeClock:
    def __init__(self, now: int = 1_000_000) -> None:
        self.time = now

    def now(self) -> int:
        return self.time

    def settle(self) -> None:
        pass

    def real_seconds(self, milliseconds: int) -> float:
        return 0.01


class TestTimeline:
    def test_samples_that_arrive_late_are_dated_by_their_count(self) -> None:
        clock = FakeClock()
        timeline = Timeline(clock)
        for at, delay in ((500, 300), (1000, 40), (1500, 700)):
            clock.time = 1_000_000 + at + delay
            timeline.heard(at)
        assert timeline.instant(1500) == 1_001_540

    def test_a_hole_in_the_sound_is_noticed(self) -> None:
        clock = FakeClock()
        timeline = Timeline(clock)
        timeline.heard(0)
        clock.time += 60_500
        timeline.heard(500)
        assert timeline.instant(500) == 1_060_500

    def test_a_slow_crystal_is_followed(self) -> None:
        clock = FakeClock()
        timeline = Timeline(clock)
        for at in range(0, 1_000_000, 1_000):
            clock.time = 1_000_000 + round(at * 1.001)
            timeline.heard(at)
        assert abs(timeline.instant(999_000) - clock.time) < 200


class TestOfficeHours:
    hours = {0: ((time(9), time(12, 30)), (time(14), time(0))), 1: ((time(22), time(2)),)}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("local", "expected"),
        [
            ("2026-11-23 08:59", False),
            ("2026-11-23 09:00", True),
            ("2026-11-23 12:30", False),
            ("2026-11-23 23:59", True),
            ("2026-11-24 00:00", False),
            ("2026-11-24 23:00", True),
            ("2026-11-25 01:59", True),
            ("2026-11-25 02:00", False),
        ],
    )
    def test_hours_are_those_of_the_persons_zone(self, local, expected) -> None:
        zone = ZoneInfo("America/Montreal")
        within = office_hours(self.hours, zone)
        instant = datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)
        assert within is not None
        assert within(round(instant.timestamp() * 1000)) is expected

    def test_none_means_always(self) -> None:
        assert office_hours({}, UTC) is None


def talkative(*lines: str, then: str = "sys.stdin.read()") -> tuple[str, ...]:
    words = "; ".join(f"print({line!r}, flush=True)" for line in lines)
    return sys.executable, "-c", f"import sys; {words or 'pass'}; {then}"


class TestParent:
    def listening(self, *lines: str, **more):
        news = []
        listener = RoomListener(command=talkative(*lines, then=more.pop("then", "sys.stdin.read()")), **more)
        listener.start(news.append)
        return listener, news

    def test_what_the_process_tells_becomes_evidence(self) -> None:
        opened = '{"ear": "open", "device": "Headset", "pid": 4711}'
        spoken = '{"voice": [[true, 100], [false, 700]], "music": [[true, 1000]], "until": 900, "at": 1000}'
        clock = FakeClock()
        listener, news = self.listening(opened, spoken, clock=clock)
        until(lambda: any(each.until for each in news), "voice is told")
        assert 4711 in listener.pids
        listener.stop()
        edges = [(edge.kind, edge.on, edge.at - clock.time) for each in news for edge in each.edges]
        assert edges == [
            (EvidenceKind.DEAF, False, 0),
            (EvidenceKind.VOICE, True, -900),
            (EvidenceKind.VOICE, False, -300),
            (EvidenceKind.MUSIC, True, 0),
            (EvidenceKind.VOICE, False, 0),
            (EvidenceKind.MUSIC, False, 0),
        ]
        assert [each.device for each in news if each.device] == ["Headset"]
        assert news[-1].ear is Ear.CLOSED
        assert listener.pids == ()

    def test_a_process_that_dies_is_deafness_and_is_run_again(self) -> None:
        listener, news = self.listening(then="pass", pauses=(0.01,))
        until(lambda: [each.ear for each in news].count(Ear.OPENING) >= 3, "it is run again")
        listener.stop()
        assert Ear.LOST in [each.ear for each in news]
        assert any(edge.kind is EvidenceKind.DEAF and edge.on for each in news for edge in each.edges)

    def test_a_reason_is_passed_on(self) -> None:
        listener, news = self.listening('{"ear": "busy", "detail": "Device unavailable"}', pauses=(5,))
        until(lambda: any(each.ear is Ear.BUSY for each in news), "the reason is told")
        listener.stop()
        assert [each.detail for each in news if each.ear is Ear.BUSY] == ["Device unavailable"]

    def test_being_moved_to_the_loudspeakers_ends_the_listening(self) -> None:
        listener, news = self.listening('{"ear": "open", "device": "Headset", "pid": 4711}', pauses=(5,))
        until(lambda: 4711 in listener.pids, "it is open")
        listener.seen([OwnCapture(4711, "headset", monitor=False), OwnCapture(1, "other", monitor=True)])
        assert 4711 in listener.pids
        listener.seen([OwnCapture(4711, "speakers.monitor", monitor=True)])
        until(lambda: any(each.ear is Ear.MOVED for each in news), "the move is told")
        listener.stop()

    def test_outside_the_office_hours_no_process_runs(self) -> None:
        listener, news = self.listening(within=lambda _instant: False)
        until(lambda: any(each.ear is Ear.CLOSED for each in news), "it says so")
        assert listener.pids == ()
        listener.stop()

    def test_the_end_of_the_office_hours_closes_the_microphone(self) -> None:
        opened = '{"ear": "open", "device": "Headset", "pid": 4711}'
        spoken = '{"voice": [], "music": [], "until": 900, "at": 1000}'
        answers = iter([True, False])
        listener, news = self.listening(opened, spoken, within=lambda _instant: next(answers, False))
        until(lambda: bool(news) and news[-1].ear is Ear.CLOSED and not listener.pids, "it is closed")
        listener.stop()
        assert [each.ear for each in news if each.ear] == [
            Ear.OPENING,
            Ear.OPEN,
            Ear.OPEN,
            Ear.CLOSED,
            Ear.CLOSED,
        ]
