"""A few hundred changed files of each kind; `python -m tests.mutations 20000` tries as many as wanted."""

import pytest

from tests.mutations.trying import KINDS, try_kind

COUNTS = {
    "calendars": 300,
    "themes": 150,
    "settings": 150,
    "clients": 150,
    "csv": 100,
    "keys": 100,
    "agreements": 60,
    "calls": 300,
    "mail": 300,
    "commands": 150,
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_others_write_raises(kind):
    assert try_kind(kind, COUNTS[kind], seed=11).failures == []
