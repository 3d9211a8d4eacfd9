"""Broken files: nothing raised, nothing slow. `python -m tests.exchange.doors.mutations 100000` runs more of it."""

from tests.exchange.doors.mutations import LONGEST, run


def test_a_broken_file_is_read_as_far_as_it_can_be():
    found = list(run(2500, seed=20261128))
    assert max(took for took, _ in found) < LONGEST
    assert sum(entries for _, entries in found) > 1000, "most of what is broken still holds entries"
