"""Everything that can be the case can be said, in both languages."""

from __future__ import annotations

import pytest

from clepsydra.calls import words
from clepsydra.calls.call import Call, State
from clepsydra.calls.diagnosis import Lack
from clepsydra.calls.evidence import ROOM, Kind
from clepsydra.calls.programs import program_named
from clepsydra.calls.status import Ear, Mode, Status
from clepsydra.calls.streams.reading import Why
from clepsydra.language.translator import translator

ENGLISH, FRENCH = translator("en"), translator("fr")


@pytest.mark.parametrize(
    ("say", "values"),
    [(words.why, Why), (words.ear, Ear), (words.state, State), (words.kind, Kind), (words.lack, Lack)],
)
def test_every_value_has_words_of_its_own(say, values) -> None:
    for speaks in (ENGLISH, FRENCH):
        assert len({say(value, speaks) for value in values}) == len(values)
    assert all(say(value, ENGLISH) != say(value, FRENCH) for value in values)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status(Mode.OFF), "calls: off"),
        (Status(seeing=True, why=None), "calls: listening to programs"),
        (Status(why=Why.NO_SERVER), "calls: unknown, no sound server answers"),
        (Status(Mode.ROOM, seeing=True, why=None, ear=Ear.OPEN), "calls: microphone open"),
        (Status(Mode.ROOM, why=Why.NO_SERVER, ear=Ear.OPEN), "calls: microphone open"),
        (Status(Mode.ROOM, why=Why.NO_SERVER, ear=Ear.LOST), "calls: unknown, no sound server answers"),
    ],
)
def test_the_status_line(status, expected) -> None:
    assert words.listening(status, ENGLISH) == expected
    assert words.listening(status, FRENCH) != expected


def test_what_a_call_was_known_by() -> None:
    call = Call("zoom:1", program_named("zoom"), 1, 1, evidence=frozenset({Kind.PLAYBACK, Kind.CAPTURE}))
    assert words.evidence(call, ENGLISH) == "microphone, playback"
    assert words.program(call.program, FRENCH) == "Zoom"
    assert words.program(ROOM, FRENCH) == "La pièce"
