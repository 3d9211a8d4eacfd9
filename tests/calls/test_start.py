"""A watcher from the values of the settings."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from clepsydra.calls.constants import ConstantError
from clepsydra.calls.start import watcher
from clepsydra.calls.status import Ear, Mode


def quiet(_news) -> None:
    """Nobody wants the news."""


@pytest.mark.parametrize(
    ("evidence", "mode", "ear"),
    [("streams", Mode.STREAMS, Ear.UNUSED), ("room", Mode.ROOM, Ear.OPENING), ("off", Mode.OFF, Ear.UNUSED)],
)
def test_each_kind_of_evidence(evidence, mode, ear) -> None:
    runner = watcher(quiet, evidence=evidence, hours={0: ((time(9), time(18)),)}, zone=ZoneInfo("Europe/Paris"))
    assert (runner.status.mode, runner.status.ear) == (mode, ear)


def test_a_bad_constant_is_refused_before_anything_runs() -> None:
    with pytest.raises(ConstantError, match="silence"):
        watcher(quiet, constants={"silense": 3})


def test_what_was_never_started_can_be_stopped() -> None:
    watcher(quiet).stop()
