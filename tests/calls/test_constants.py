"""The constants as a person may write them."""

from __future__ import annotations

import math
from dataclasses import fields

import pytest

from clepsydra.calls.constants import ConstantError, Constants
from clepsydra.calls.evidence import Family


def test_some_may_be_changed() -> None:
    constants = Constants.from_mapping({"hold": 15, "known_held": 6.5})
    assert (constants.hold, constants.known_held, constants.silence) == (15.0, 6.5, 20.0)
    assert constants.held_for(Family.BROWSER) == 6500
    assert constants.held_for(Family.UNKNOWN) == 20_000


@pytest.mark.parametrize("value", [0, -1, "12", True, None, math.nan, math.inf, 90_000])
def test_impossible_values_are_refused(value) -> None:
    with pytest.raises(ConstantError, match=r"calls\.constants\.hold"):
        Constants.from_mapping({"hold": value})


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(ConstantError) as caught:
        Constants.from_mapping({"silense": 3})
    assert (caught.value.name, caught.value.allowed) == ("silense", "silence")


def test_more_speech_than_its_window_is_refused() -> None:
    with pytest.raises(ConstantError, match="room_window"):
        Constants.from_mapping({"room_speech": 31})


def test_every_constant_has_a_default_above_nothing() -> None:
    assert all(getattr(Constants(), each.name) > 0 for each in fields(Constants))
