"""Calls that a telephone line tells, in the log: whose they are, what they put aside, and whose number is nowhere."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from clepsydra.calls.evidence import PHONE, Evidence, EvidenceKind
from clepsydra.domain.contacts import ContactPatterns
from clepsydra.evidence.phone.phone_numbers import shortened
from clepsydra.ledger import timers
from clepsydra.ledger.calls import deciding
from clepsydra.ledger.calls.deciding import CallPart
from clepsydra.ledger.calls.deriving import rederive
from clepsydra.ledger.calls.inbox import inbox
from clepsydra.ledger.calls.model import SuggestionCause
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.settings.named_sources import PhoneSettings
from tests.ledger.call_watcher import Watcher
from tests.ledger.workbench import usual_clients

JEANNE, LUC, STRANGER = "06 12 34 56 78", "+32474123456", "+33699887766"
DIGITS = ("612345678", "474123456", "699887766")


class LineWatcher(Watcher):
    """A watcher of which a line tells."""

    def talk(self, on, number, stream="a", **more):
        """Somebody talks, or no longer does."""
        edge = Evidence(self.desk.now * 1000, EvidenceKind.LINE, on, PHONE, title=number or None, stream=stream, **more)
        accepted, spans = self.recorder.accept(edge)
        self._tell([event for each in accepted for event in self.detector.feed(each)], spans)

    def talks_for(self, seconds, number):
        """A whole call."""
        self.talk(True, number)
        self.passes(seconds)
        self.talk(False, number)
        self.passes(30)


@pytest.fixture
def line(desk):
    clients = usual_clients()
    clients["acme"] = replace(clients["acme"], contact=ContactPatterns(phone=("+33 6 12 34 56 78",)))
    clients["brel"] = replace(clients["brel"], contact=ContactPatterns(phone=(LUC,)))
    desk.terms.clients = clients
    desk.set(phone=PhoneSettings(country="FR", line=True))
    return LineWatcher(desk)


def written(desk):
    """Every character of the log."""
    return "\n".join(desk.ledger.db.iterdump())


def test_a_call_has_its_client_by_its_number_and_the_number_is_nowhere(line, desk):
    line.talks_for(120, JEANNE)
    (call,) = inbox(desk.ledger)
    assert (call.suggestion.client, call.suggestion.why, call.seconds(desk.now)) == (
        "acme", SuggestionCause.CONTACT, 120,
    )  # fmt: skip
    assert not any(digits in written(desk) for digits in DIGITS)


def test_of_a_stranger_nothing_is_written_while_nothing_is_put_aside(line, desk):
    before = written(desk)
    line.talks_for(120, STRANGER)
    assert written(desk) == before
    line.talks_for(120, "")  # who hides their number may be a client: that is asked
    assert [call.suggestion for call in inbox(desk.ledger)] == [None]


def test_a_strangers_call_that_puts_a_timer_aside_is_written_without_the_stranger(line, desk):
    timers.start(desk.ledger, Work("acme"))
    desk.wait(600)
    line.talks_for(120, STRANGER)
    assert [call.suggestion is None or call.suggestion.why for call in inbox(desk.ledger)] == [SuggestionCause.RUNNING]
    assert [session.started_at for session in timers.running(desk.ledger)] == [desk.now - 30]
    assert not any(digits in written(desk) for digits in DIGITS)


def test_a_call_that_waits_while_another_is_held_is_one_of_its_own(line, desk):
    line.talk(True, JEANNE)
    line.passes(60)
    line.talk(True, LUC, "b")
    line.passes(60)
    line.talk(False, LUC, "b")
    line.passes(60)
    line.talk(False, JEANNE)
    line.passes(30)
    held, waited = inbox(desk.ledger)
    assert [(call.suggestion.client, call.seconds(desk.now)) for call in (held, waited)] == [
        ("acme", 180),
        ("brel", 60),
    ]
    deciding.assign(desk.ledger, held.id, CallPart(Work("acme")))
    rederive(desk.ledger)
    assert [call.id for call in inbox(desk.ledger)] == [waited.id]
    assert verify(desk.ledger) == []


def test_a_line_that_was_lost_leaves_the_end_to_the_person(line, desk):
    line.talk(True, JEANNE)
    line.passes(90)
    line.talk(False, JEANNE, lost=True)
    line.passes(30)
    (call,) = inbox(desk.ledger)
    assert (call.doubtful_end, call.ended_at) == (True, call.started_at + 90)


def test_the_telephone_is_never_left_out_as_a_program(line, desk, tmp_path):
    line.talks_for(120, JEANNE)
    (call,) = inbox(desk.ledger)
    with pytest.raises(Refused, match="telephone"):
        deciding.never(desk.ledger, Home(tmp_path), call.id)
    assert shortened(JEANNE, desk.ledger.settings) == "+33 6 … 78"


def test_nothing_of_the_bus_is_loaded_before_there_is_one_to_listen_to(tmp_path):
    code = (
        "import sys, clepsydra.ledger.calls.watching, clepsydra.cli.main\n"
        "from clepsydra.evidence.live.line import DBusLine\n"
        "line = DBusLine(); line.start(print); line.stop()\n"
        "print(*(name for name in ('jeepney', 'phonenumbers') if name in sys.modules))"
    )
    none = {f"DBUS_{name}_BUS_ADDRESS": f"unix:path={tmp_path}/none" for name in ("SESSION", "SYSTEM")}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | none
    )
    assert (found.stdout.strip(), found.stderr) == ("", "")
