"""One instance alone detects: the lease, its takeover, and a runner that is played."""

import os
from dataclasses import replace

import pytest

from clepsydra.calls.call import Call, CallBegan, CallEnded
from clepsydra.calls.evidence import EvidenceKind
from clepsydra.calls.programs import identify
from clepsydra.calls.runner import MonitorUpdate
from clepsydra.calls.status import Ear, Mode, MonitorStatus
from clepsydra.ledger.calls import watching
from clepsydra.ledger.calls.inbox import inbox
from clepsydra.ledger.calls.watching import Watching
from clepsydra.ledger.calls.wording import status
from clepsydra.ledger.verify import verify
from clepsydra.settings.model import CallSettings, EvidenceSource
from clepsydra.store import leases
from clepsydra.store.database import data_version, transaction
from clepsydra.store.leases import Lease
from clepsydra.store.opening import open_log
from tests.ledger.call_watcher import Watcher
from tests.ledger.workbench import Desk


class PlayedRunner:
    """Told what to notice by the test."""

    def __init__(self, tell, **settings) -> None:
        self.tell, self.settings = tell, settings
        self.running, self.status, self.ignored = False, MonitorStatus(seeing=True, why=None), []

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def ignore(self, program) -> None:
        self.ignored.append(program)


class Instances:
    """Several programs on one log, with one clock."""

    def __init__(self, path) -> None:
        self.desk = Desk.at(path)
        self.path, self.runners = path, []

    def open(self, name: str) -> Watching:
        ledger = replace(self.desk.ledger, db=open_log(self.path))
        return Watching(ledger, name, make=self.make)

    def make(self, tell, **settings) -> PlayedRunner:
        self.runners.append(PlayedRunner(tell, **settings))
        return self.runners[-1]

    @property
    def holder(self):
        return leases.holder(self.desk.ledger.db, watching.NAME)


@pytest.fixture
def instances(tmp_path) -> Instances:
    return Instances(tmp_path / "log.db")


def call(desk, began: int, ended: int | None = None) -> Call:
    zoom = identify("zoom")
    kinds = frozenset({EvidenceKind.CAPTURE, EvidenceKind.PLAYBACK})
    return Call(f"zoom:{began * 1000}", zoom, began * 1000, began * 1000, ended and ended * 1000, kinds)


def said(told) -> str:
    return " · ".join(str(message) for message in status(told))


def test_the_first_detects_and_the_second_says_who_does(instances):
    first, second = instances.open("a"), instances.open("b")
    first.tick()
    second.tick()
    assert (first.detecting, second.detecting) == (True, False)
    assert instances.holder.instance == "a"
    assert said(first.told) == "calls: listening to programs"
    assert said(second.told) == f"calls: noticed by process {os.getpid()}"
    first.stop()
    assert instances.holder is None
    instances.desk.wait(watching.ASK)
    second.tick()
    assert second.detecting


def test_a_dead_holder_is_followed_at_once(instances):
    first, second = instances.open("a"), instances.open("b")
    first.tick()
    instances.desk.wait(watching.ASK)
    second.tick()
    assert not second.detecting
    first._lock.release()  # the system does so when the process ends, however it ends
    instances.desk.wait(watching.ASK)
    second.tick()
    assert second.detecting
    first._leave_sign(instances.desk.now)
    assert not first.detecting, "it was not dead after all, but another has taken over"


def test_another_machine_is_waited_for_as_long_as_it_gives_signs_of_life(instances):
    desk = instances.desk
    with transaction(desk.ledger.db):
        leases.take(desk.ledger.db, Lease(watching.NAME, "far", 1, "elsewhere", desk.now))
    first = instances.open("a")
    first.tick()
    assert not first.detecting
    desk.wait(watching.SILENT + 1)
    first.tick()
    assert first.detecting


def test_without_a_call_nothing_is_written(instances):
    first = instances.open("a")
    first.tick()
    before = data_version(instances.desk.ledger.db)
    for _ in range(40):
        instances.desk.wait(30)
        first.tick()
        first.take()
    assert data_version(instances.desk.ledger.db) == before


def test_a_call_does_not_last_for_ever_when_watching_is_given_up(instances):
    """It waits for news as long as it would after a death, then ends where it was last seen, in doubt."""
    desk = instances.desk
    watcher = Watcher(desk)
    watcher.takes()
    watcher.passes(600)
    seen = desk.now
    first = instances.open("a")
    desk.set(calls=CallSettings(evidence=EvidenceSource.OFF))
    for _ in range(20):
        desk.wait(watching.ASK)
        first.tick()
    [call] = inbox(desk.ledger)
    assert call.doubtful_end
    assert seen <= call.ended_at <= seen + watching.ASK
    assert verify(desk.ledger) == []


def test_a_holder_that_lives_keeps_its_lease(instances):
    first, second = instances.open("a"), instances.open("b")
    for _ in range(40):
        first.tick()
        second.tick()
        instances.desk.wait(5)
    assert (first.detecting, second.detecting) == (True, False)


def test_news_are_written_by_who_takes_them_and_survive_a_full_disk(instances, monkeypatch):
    first = instances.open("a")
    first.tick()
    began = instances.desk.now
    runner = instances.runners[-1]
    runner.tell(MonitorUpdate(began * 1000, (CallBegan(began * 1000, call(instances.desk, began)),), (), runner.status))
    record = watching.record
    monkeypatch.setattr(watching, "record", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        first.take()
    monkeypatch.setattr(watching, "record", record)
    assert len(first.take()) == 1
    ended = instances.desk.wait(60)
    over = CallEnded(ended * 1000, call(instances.desk, began, ended))
    runner.tell(MonitorUpdate(ended * 1000, (over, over), (), runner.status))
    first.stop()
    [found] = inbox(instances.desk.ledger)
    assert found.seconds(instances.desk.now) == 60


def test_the_runner_follows_the_settings(instances):
    first = instances.open("a")
    instances.desk.set(calls=CallSettings(ignore=("slack",), constants={"hold": 15}))
    first.tick()
    assert instances.runners[-1].settings["ignored"] == ("slack",)
    assert instances.runners[-1].settings["constants"].hold == 15
    instances.desk.set(calls=CallSettings(evidence=EvidenceSource.OFF))
    first.tick()
    assert not instances.runners[-1].running
    assert instances.holder is None
    assert said(first.told) == "calls: off"
    instances.desk.set(calls=CallSettings(constants={"hold": -1}))
    first.tick()
    assert instances.runners[-1].settings["constants"] is None
    assert first.told.problem.name == "hold"


@pytest.mark.parametrize("ear", [each for each in Ear if each is not Ear.UNUSED])
def test_every_state_of_the_microphone_is_said(ear):
    told = watching.Told(replace(MonitorStatus(Mode.ROOM, seeing=True, why=None), ear=ear))
    assert ("microphone open" in said(told)) is told.status.microphone_open
    assert said(told).count("·") == 1
