"""The line for prompts and bars."""

import pytest

from clepsydra.cli.verbs.status_line import EVERY, PARTS


def test_a_line_of_named_parts(cli):
    cli.ok("start", "acme", "Sign-in", "--at", "13:30")
    answer = cli.ok("status", "--format", "{client}|{elapsed}|{amount}|{since}|{note}|{{x}}")
    assert answer.out.strip().replace("\u00a0", " ") == "Acme SARL|1:02:07|€124.23|13:30|Sign-in|{x}"


def test_nothing_runs(cli):
    assert cli.ok("status", "--format", "{client} {elapsed}").out.strip() == ""
    assert cli.ok("status", "--format", "{client} {elapsed}", "--idle", "–").out.strip() == "–"
    cli.ok("add", "acme", "9:00", "10:30")
    assert cli.ok("status", "--format", "{client} {today}").out.strip().replace("\u00a0", " ") == "1h 30m"


def test_a_part_that_is_not_there_names_the_nearest(cli):
    answer = cli("status", "--format", "{clent}")
    assert (answer.code, answer.out) == (2, "")
    assert "{client}" in answer.err


@pytest.mark.parametrize("part", EVERY)
def test_the_help_names_every_part(cli, part):
    assert part in cli.ok("status", "--help").out


def test_an_unfinished_brace_is_text(cli):
    cli.ok("start", "acme", "--at", "14:00")
    assert cli.ok("status", "--format", "{client {elapsed").out.strip() == "{client {elapsed"
    assert "client" in PARTS


def test_a_watched_line_follows_the_log_and_the_files_that_price_it(cli, monkeypatch):
    cli.ok("start", "acme", "Sign-in", "--at", "13:30")
    file = cli.home / "clients" / "acme.toml"

    def dearer():
        file.write_text(file.read_text().replace("120.00", "240.00") + "\n")

    def ended():
        raise BrokenPipeError

    steps = iter([lambda: None, dearer, lambda: cli.ok("stop"), ended])
    monkeypatch.setattr("clepsydra.cli.verbs.status_line.time.sleep", lambda _: next(steps)())
    answer = cli("status", "--watch", "--format", "{client} {amount}", "--idle", "nothing")
    lines = [line.replace("\u00a0", " ") for line in answer.out.splitlines()]
    assert lines == ["Acme SARL €124.23", "Acme SARL €248.47", "nothing"]
