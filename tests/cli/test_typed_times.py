"""Times typed on the command line: of the session's own day, never ahead where that cannot be."""

import pytest

from tests.clock import at


def edited(cli, *words):
    return cli("edit", cli.log()[-1]["id"], *words)


def test_a_bare_time_is_of_the_sessions_own_day_with_its_clocks(cli):
    cli.ok("add", "acme", "2026-10-25 1:00", "7:00", "night")
    refused = edited(cli, "--from", "2:50")
    assert (refused.code, "2:50#1 or 2:50#2" in refused.err) == (1, True)
    assert "4:10:00" in edited(cli, "--from", "2:50#2").out
    assert edited(cli, "--from", "2:50#1").code == 0
    assert cli.log()[-1]["exact_seconds"] == 5 * 3600 + 600


@pytest.mark.parametrize("today", ["2026-03-29 12:00", "2026-10-25 12:00"])
def test_the_clocks_of_today_say_nothing_of_another_day(cli, today):
    cli.now = at(today)
    cli.ok("add", "acme", "yesterday 1:00", "4:00")
    assert edited(cli, "--from", "2:30").code == 0
    assert edited(cli, "--to", "2:45").code == 0
    assert cli.log()[-1]["exact_seconds"] == 15 * 60


def test_a_running_timer_does_not_begin_ahead(cli):
    cli.ok("start", "acme", "--at", "9:00")
    for typed in ("18:00", "tomorrow 9:00", "+1h"):
        refused = edited(cli, "--from", typed)
        assert (refused.code, "lies ahead" in refused.err) == (1, True)
    cli.ok("stop", "--at", "10:00")
    assert cli.log()[-1]["exact_seconds"] == 3600


@pytest.mark.parametrize("end", ["- 10:30", "–10:30", "— 10:30", "to 10:30", "until 10:30", "à 10:30", "jusqu'à 10h30"])
@pytest.mark.parametrize("begin", ["9:30", "yesterday 9:30", "2026-11-20 9:30"])
def test_an_end_may_be_typed_with_its_dash(cli, begin, end):
    assert cli.add("acme", begin, end)["exact_seconds"] == 3600


def test_a_length_ago_is_still_one(cli):
    assert cli.add("acme", "14:00", "-0:15")["exact_seconds"] == 17 * 60 + 7


@pytest.mark.parametrize("words", [("9:30", "9:00"), ("9:30", "yesterday 10:00"), ("9:30", "-8h"), ("2:00", "1:00")])
def test_an_end_before_its_begin_is_refused_with_the_cure(cli, words):
    refused = cli("add", "acme", *words)
    assert refused.code
    assert "lies before the start" in refused.err
    assert "name its day" in refused.err or "earlier start" in refused.err
    cli.ok("add", "acme", "yesterday 9:00", "10:00")
    assert "begins" in edited(cli, "--from", "11:00").err
    assert [s["exact_seconds"] for s in cli.log()] == [3600]


def test_simulate_reads_lengths_as_everything_else_does(cli):
    cli.ok("add", "acme", "9:00", "9:50")
    steps = [cli.ok("simulate", "--model", "up", "--step", each, "--json").json["clients"][0]["simulated"]
             for each in ("15m", "0:15", "15", "0,25h", "900s")]  # fmt: skip
    assert [each["billed_seconds"] for each in steps] == [3600] * 5


def test_the_hour_that_came_twice_is_told_as_it_is_typed(cli):
    """The clocks of Paris were set back at 3:00 of 25 October: what is shown can be typed, and means the same again."""
    added = cli.ok("add", "acme", "2026-10-25 2:30#1", "2:30#2", "night")
    assert "02:30#1 – 02:30#2" in added.out
    assert "02:40 – 03:10  0:30:00" in cli.ok("add", "brel", "2026-10-25 2:40#2", "3:10").out  # the length tells which
    first, second = cli.ok("log", "--days", "2026-10-25").out.splitlines()
    assert "02:30#1–02:30#2  1:00:00" in first
    assert "02:40#2–03:10    0:30:00" in second
    assert "02:40#2–03:10" in cli.ok("day", "2026-10-25").out
    page = cli.ok("export", "html", "--days", "2026-10-25").out
    assert "02:30#1 – 02:30#2" in page
    moved = cli.ok("edit", cli.log()[1]["id"], "--from", "2:20#2", "--json").json["session"]
    assert moved["started_at"] == "2026-10-25T01:20:00Z"
