"""Broken files of banks raise nothing: `python -m tests.exchange.bank.mutations 10000` runs more of it."""

from tests.exchange.bank.mutations import run, run_tables


def test_a_broken_file_is_taken_whole_or_refused_in_one_line():
    done = [taken for _, taken in run(60, seed=20261128)]
    assert 0 < sum(done) < len(done)


def test_a_broken_file_about_a_bank_is_used_or_told(tmp_path):
    assert 0 < run_tables(150, 20261128, tmp_path) < 150
