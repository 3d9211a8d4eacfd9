"""A telephone line on D-Bus: a real bus, a service that tells what PipeWire tells, and the calls that come of it."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.calls.call import CallEnded, Rule
from clepsydra.calls.constants import Constants
from clepsydra.calls.detector import Detector
from clepsydra.calls.evidence import PHONE, UNWATCHED, Evidence, EvidenceKind, Facts
from clepsydra.calls.lines import BusEvidence, LineRing, LineTalk
from clepsydra.calls.runner import Runner
from clepsydra.calls.spans import Recorder, calls_of, derive
from clepsydra.calls.status import Mode
from clepsydra.evidence.live.bus import BusName, Signal
from clepsydra.evidence.live.line import SERVICES, DBusLine, LineReader
from tests.evidence.fake_line import CALL, GATEWAY, MANAGER, SERVICE, FakeLine, private_bus

JEANNE, LUC = "+33612345678", "+32474123456"


class Watched:
    """A runner that watches the line alone, and what it told."""

    def __init__(self):
        self.events, self.spans, self._news = [], {}, threading.Condition()
        self.runner = Runner(self._tell, mode=Mode.OFF, lines=[DBusLine([BusName.SESSION])])

    def _tell(self, news):
        with self._news:
            self.events += news.events
            self.spans |= {span.id: span for span in news.spans}
            self._news.notify_all()

    def until(self, told):
        with self._news:
            assert self._news.wait_for(lambda: told(self), timeout=10), self.events

    @property
    def calls(self):
        return calls_of(self.events)

    @property
    def ended(self):
        return [event.call for event in self.events if isinstance(event, CallEnded)]


@pytest.fixture
def bus(monkeypatch):
    with private_bus(monkeypatch) as address:
        yield address


@pytest.fixture
def watched(bus):
    found = Watched()
    yield found
    found.runner.stop()


def heard(watched, line):
    """Wait until the bus delivers: a call that is told is taken back at once."""
    line.add("", "active", 9)
    watched.until(lambda all_: len(all_.calls) == 1)
    line.remove(9)
    watched.until(lambda all_: len(all_.ended) == 1)
    watched.events.clear()
    watched.spans.clear()


def test_a_line_is_heard_from_talk_to_end_and_a_ring_is_no_call(bus, watched):
    line = FakeLine(bus)
    watched.runner.start()
    heard(watched, line)
    line.add(LUC, "incoming")  # rings, and nobody answers
    line.remove()
    line.add(JEANNE, "dialing", 1, twice=True)
    line.state("alerting", 1)
    time.sleep(0.2)
    began = time.time()
    line.state("active", 1, twice=True)
    time.sleep(0.1)
    line.state("held", 1)
    line.add(LUC, "waiting", 2)
    line.state("active", 2)
    watched.until(lambda all_: len(all_.calls) == 2)
    line.remove(2)
    line.state("active", 1)
    time.sleep(0.1)
    ended = time.time()
    line.remove(1, twice=True)
    watched.until(lambda all_: len(all_.ended) == 2)
    first, second = watched.calls
    assert (first.title, second.title) == (JEANNE, LUC)
    assert first.began / 1000 == pytest.approx(began, abs=0.5)
    assert first.ended / 1000 == pytest.approx(ended, abs=0.5)
    assert first.began < second.began < second.ended < first.ended
    assert second.within == first.id
    assert (first.rule, first.over, first.doubtful_end) == (Rule.LINE, Rule.HUNG_UP, False)
    assert derive(watched.spans.values()) == [first, second]
    line.die()


def test_a_service_that_goes_in_a_call_leaves_its_end_in_doubt(bus, watched):
    line = FakeLine(bus)
    line.add(JEANNE, "active")  # before anybody listens
    watched.runner.start()
    watched.until(lambda all_: len(all_.calls) == 1)
    line.die()
    watched.until(lambda all_: len(all_.ended) == 1)
    (call,) = watched.ended
    assert (call.doubtful_begin, call.doubtful_end, call.over) == (True, True, Rule.LOST_SIGHT)


def test_who_stops_watching_leaves_the_call_to_the_next(bus):
    line = FakeLine(bus)
    first, second = Watched(), Watched()
    first.runner.start()
    heard(first, line)
    line.add(JEANNE, "active")
    first.until(lambda all_: len(all_.calls) == 1)
    first.runner.stop()
    assert first.ended == []
    second.runner = Runner(
        second._tell, mode=Mode.OFF, lines=[DBusLine([BusName.SESSION])], history=list(first.spans.values())
    )
    second.runner.start()
    second.until(lambda all_: any(span.ended is None for span in all_.spans.values()))
    line.remove()
    second.until(lambda all_: len(all_.ended) == 1)
    second.runner.stop()
    assert [call.id for call in second.ended] == [call.id for call in first.calls]
    assert not second.ended[0].doubtful_end
    line.die()


def test_without_a_bus_nothing_is_said_and_nothing_waits(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    watched = Watched()
    watched.runner.start()
    watched.runner.stop()
    assert watched.calls == []


def test_a_bus_of_another_machine_is_not_opened(monkeypatch):
    from clepsydra.evidence.live.bus import Bus, BusGone

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=127.0.0.1,port=1")
    with pytest.raises(BusGone):
        Bus(BusName.SESSION)


# -- what a bus tells, without one


def told(*steps, service=SERVICES[0]):
    news = []
    reader = LineReader(news.append)
    for step in steps:
        reader.take(service, step) if isinstance(step, Signal) else step(reader)
    return news


def added(path, **known):
    body = (path, {CALL: {name: ("s", value) for name, value in known.items()}})
    return Signal(GATEWAY, MANAGER, "InterfacesAdded", body)


def test_a_telephone_that_goes_takes_its_calls_with_it_in_doubt():
    gone = Signal("/", MANAGER, "InterfacesRemoved", (GATEWAY, ["org.pipewire.Telephony.AudioGateway1"]))
    news = told(added(f"{GATEWAY}/call0", LineIdentification=JEANNE, State="active"), gone)
    assert [(each.on, each.lost) for each in news] == [(True, False), (False, True)]
    assert GATEWAY not in news[0].stream
    assert JEANNE not in repr(news)


def test_ofono_tells_by_signals_of_its_own():
    ofono = next(service for service in SERVICES if service.name == "org.ofono")
    path = "/phone/voicecall01"

    def state(value):
        return Signal(path, "org.ofono.VoiceCall", "PropertyChanged", ("State", ("s", value)))

    known = {"LineIdentification": ("s", LUC), "State": ("s", "incoming")}
    begin = Signal("/phone", "org.ofono.VoiceCallManager", "CallAdded", (path, known))
    end = Signal("/phone", "org.ofono.VoiceCallManager", "CallRemoved", (path,))
    news = told(begin, state("active"), state("held"), state("disconnected"), end, service=ofono)
    assert [(each.on, each.number) for each in news] == [(True, LUC), (False, LUC)]
    assert told(begin, end, service=ofono) == []


STATES = ("incoming", "dialing", "alerting", "waiting", "active", "held", "disconnected", "removed", "gone", "junk")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STATES), st.integers(0, 2)), max_size=25))
def test_talk_begins_and_ends_in_turn_and_twice_is_once(steps):
    def play(times):
        news = []
        reader = LineReader(news.append)
        for state, n in steps:
            for _ in range(times):
                if state == "gone":
                    reader.gone(SERVICE)
                elif state == "removed":
                    reader.removed(SERVICE, f"{GATEWAY}/call{n}")
                else:
                    reader.told(SERVICE, f"{GATEWAY}/call{n}", {"State": state, "LineIdentification": JEANNE})
        return news

    news = play(1)
    assert news == play(2)
    for stream in {each.stream for each in news}:
        turns = [each.on for each in news if each.stream == stream]
        assert turns == [n % 2 == 0 for n in range(len(turns))]


def test_a_ring_of_kde_connect_is_a_hint_and_no_call(bus):
    line, news = FakeLine(bus, "org.kde.kdeconnect"), []
    source = DBusLine([BusName.SESSION])
    source.start(news.append)
    until = time.monotonic() + 10
    while not news and time.monotonic() < until:
        line.signal("/modules/kdeconnect/devices/a/telephony", "org.kde.kdeconnect.device.telephony", "callReceived",
                    "sss", ("callReceived", JEANNE, "Jeanne"))  # fmt: skip
        time.sleep(0.05)
    source.stop()
    line.die()
    assert news[0] == LineRing(JEANNE)
    assert JEANNE not in repr(news)


def test_who_rang_names_the_call_that_follows_within_a_minute():
    lines, detector = BusEvidence(()), Detector(Constants())
    assert lines.edges(1000, LineRing(JEANNE)) == []
    hidden = [
        lines.named(event).call.title
        for at in (40_000, 900_000)
        for on in (True, False)
        for edge in lines.edges(at + (not on), LineTalk("a", on))
        for event in detector.feed(edge)
    ]
    assert hidden == [JEANNE, JEANNE, None, None]


# -- the state machine


def talk(at, on, stream="a", **more):
    return Evidence(at, EvidenceKind.LINE, on, PHONE, title=JEANNE, stream=stream, **more)


def blind(at, on=True):
    return Evidence(at, EvidenceKind.BLIND, on, facts=Facts(role=UNWATCHED) if on else Facts())


def play(*edges, until=None):
    recorder, detector, events, spans = Recorder(), Detector(Constants()), [], {}
    for edge in edges:
        accepted, changed = recorder.accept(edge)
        spans |= {span.id: span for span in changed}
        events += [event for each in accepted for event in detector.feed(each)]
    if until is not None:
        events += detector.advance(until)
        assert derive(spans.values(), until=until) == calls_of(events)
    return calls_of(events)


def test_a_watcher_that_dies_leaves_the_call_in_doubt_when_nobody_hears_it_again():
    (call,) = play(talk(1000, True), blind(9000), until=200_000)
    assert (call.ended is not None, call.doubtful_end) == (True, True)


def test_the_same_line_heard_again_is_the_same_call_and_a_new_one_is_another():
    same = play(talk(1000, True), blind(9000), blind(20_000, False), talk(20_010, True, already=True),
                talk(30_000, False), until=90_000)  # fmt: skip
    assert [(call.began, call.ended, call.doubtful_end) for call in same] == [(1000, 30_000, False)]
    other = play(talk(1000, True), blind(9000), blind(20_000, False), talk(20_010, True), talk(30_000, False),
                 until=90_000)  # fmt: skip
    assert [call.doubtful_end for call in other] == [True, False]


def test_a_session_ended_by_hand_ends_the_call_and_what_goes_on_is_another():
    cut = Evidence(5000, EvidenceKind.CUT, True, PHONE)
    first, second = play(talk(1000, True), cut, talk(9000, False), until=90_000)
    assert (first.ended, first.over, second.ended) == (5000, Rule.CUT, 9000)


def test_who_talks_on_the_telephone_is_not_heard_as_a_call_in_the_room():
    voice = [Evidence(2000, EvidenceKind.VOICE, True), Evidence(62_000, EvidenceKind.VOICE, False)]
    (call,) = play(talk(1000, True), *voice, talk(63_000, False), until=200_000)
    assert call.program == PHONE
    assert LineTalk("a", True) == LineTalk("a", True)


def test_whatever_a_service_sends_the_line_goes_on(bus, watched):
    line = FakeLine(bus)
    watched.runner.start()
    heard(watched, line)
    line.signal(GATEWAY, MANAGER, "InterfacesAdded", "oa{sas}", (f"{GATEWAY}/call0", {CALL: ["State"]}))
    line.signal(GATEWAY, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                (CALL, {"State": ("u", 7), "LineIdentification": ("u", 3)}, []))  # fmt: skip
    heard(watched, line)
    line.die()
