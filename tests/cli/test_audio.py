"""doctor audio: what the system itself says where calls cannot be noticed."""

import io

import pytest

from clepsydra.calls import diagnosis
from clepsydra.calls.runner import MonitorUpdate
from clepsydra.calls.status import Ear, Mode, MonitorStatus
from clepsydra.calls.streams.reading import Unavailable, UnavailableCause
from clepsydra.cli.context import CommandContext, Streams
from clepsydra.cli.verbs.doctor_audio import _Live
from tests.calls.test_runner import PlayedHolders
from tests.cli.conftest import NOW

COLOURED = "connection \x1b[31mrefused\x07"


@pytest.fixture
def no_server(monkeypatch):
    holders = PlayedHolders()
    holders.answer = Unavailable(UnavailableCause.NO_SERVER, COLOURED)
    monkeypatch.setattr(diagnosis, "holders_of_this_system", lambda: holders)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "the programs cannot be seen: "), ("fr", "les programmes ne peuvent pas être vus : ")],
)
def test_the_reason_is_shown_and_obeyed_by_no_terminal(cli, no_server, language, sentence):
    out = cli.ok("--language", language, "doctor", "audio").out
    assert f"{sentence}connection ·[31mrefused·\n" in out.replace("\xa0", " ").replace("\u202f", " ")
    assert "\x1b" not in out


def test_scripts_get_the_reason_as_it_is(cli, no_server):
    found = cli.ok("doctor", "audio", "--json").json
    assert (found["reason"], found["reason_detail"], found["room_detail"]) == ("no-server", COLOURED, None)


def test_whoever_watches_is_told_why_the_microphone_is_not_heard(cli):
    out = io.StringIO()
    context = CommandContext(cli.environ, Streams(io.StringIO(), out, out), lambda: NOW)
    live = _Live(context)
    busy = MonitorStatus(Mode.ROOM, seeing=True, why=None, ear=Ear.BUSY, ear_detail="Device unavailable\x1b[2J")
    for _ in range(2):
        live.tell(MonitorUpdate(NOW * 1000, (), (), busy))
    context.close()
    assert [line.partition("  ")[2] for line in out.getvalue().splitlines()] == [
        "room: the microphone is busy · calls: listening to programs",
        "room mode cannot listen: Device unavailable·[2J",
    ]
