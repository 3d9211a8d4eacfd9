"""Whether somebody sits at the machine: what logind tells becomes stretches of evidence, and calls are untouched."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.lines import Away
from clepsydra.calls.runner import Runner
from clepsydra.calls.status import Mode
from clepsydra.evidence.live.bus import Signal
from clepsydra.evidence.live.presence import Logind, PresenceReader
from tests.evidence.fake_line import FakeLogind, private_bus
from tests.evidence.test_line import Watched

OURS, THEIRS = "/org/freedesktop/login1/session/_31", "/org/freedesktop/login1/session/_32"
SESSION = "org.freedesktop.login1.Session"


def hint(value, path=OURS):
    body = (SESSION, {"LockedHint": ("b", value)}, [])
    return Signal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", body)


def wish(member, path=OURS):
    return Signal(path, SESSION, member, ())


def sleep(begins):
    return Signal("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", (begins,))


def told(*signals, locked=False):
    news = []
    reader = PresenceReader(news.append)
    reader.session(OURS, locked=locked)
    for each in signals:
        reader.take(each)
    return [(each.kind.value, each.on) for each in news]


def test_what_the_desktop_says_counts_and_not_the_wish_to_lock():
    assert told(wish("Lock"), hint(True), wish("Unlock"), hint(False)) == [("locked", True), ("locked", False)]
    assert told(hint(False), wish("Lock")) == []
    assert told(wish("Lock"), wish("Unlock")) == [("locked", True), ("locked", False)]


def test_other_peoples_sessions_say_nothing():
    assert told(hint(True, THEIRS), wish("Lock", THEIRS)) == []


def test_sleep_within_a_lock_is_told_beside_it():
    found = told(hint(True), sleep(True), sleep(False), hint(False))
    assert found == [("locked", True), ("asleep", True), ("asleep", False), ("locked", False)]
    assert told(locked=True) == [("locked", True)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([hint(True), hint(False), wish("Lock"), wish("Unlock"), sleep(True), sleep(False)])))
def test_each_begins_and_ends_in_turn(signals):
    found = told(*signals)
    assert found == told(*(each for each in signals for _ in range(2)))
    for kind in {"locked", "asleep"}:
        turns = [on for each, on in found if each == kind]
        assert turns == [n % 2 == 0 for n in range(len(turns))]


def test_a_lock_on_a_real_bus_is_a_stretch_of_evidence_and_no_call(monkeypatch):
    with private_bus(monkeypatch) as address:
        logind, watched = FakeLogind(address, os.getuid()), Watched()
        watched.runner = Runner(watched._tell, mode=Mode.OFF, lines=[Logind()])
        watched.runner.start()
        watched.until(lambda all_: any(span.kind is EvidenceKind.LOCKED for span in all_.spans.values()))
        logind.locked(False)
        watched.until(lambda all_: any(span.ended for span in all_.spans.values() if span.kind is EvidenceKind.LOCKED))
        logind.sleeps(True)
        watched.until(lambda all_: any(span.kind is EvidenceKind.ASLEEP for span in all_.spans.values()))
        watched.runner.stop()
        logind.die()
    assert watched.calls == []
    assert all(span.ended is not None for span in watched.spans.values() if span.kind is not EvidenceKind.BLIND)
    assert Away(EvidenceKind.LOCKED, True, True) != Away(EvidenceKind.LOCKED, True)
