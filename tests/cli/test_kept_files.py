"""A client file that is broken or gone moves no figure, and everything says so."""

import pytest

READINGS = (
    ["report", "totals"], ["report", "rounding"], ["report", "leaks"], ["log"], ["status"], ["clients"], ["day"],
    ["verify"], ["simulate", "--model", "up", "--step", "6m"], ["statement", "preview", "acme"], ["calls"],
)  # fmt: skip


@pytest.fixture
def worked(cli):
    cli.add("acme", "9:00", "10:00")
    return cli


def figures(cli, *words):
    return cli.ok("report", "rounding", "--json", *words).json


def test_a_file_broken_between_two_commands_still_counts(worked):
    before = figures(worked)
    (worked.home / "clients" / "acme.toml").write_text("name = ")
    assert figures(worked) == before
    answer = worked.ok("verify")
    assert "1 session, every law holds" in answer.out
    assert answer.err.count("clients/acme.toml:1") == 1
    assert worked("clients", "check").code == 1
    assert worked("doctor").code == 1


@pytest.mark.parametrize("words", READINGS, ids=" ".join)
def test_every_reading_command_names_a_file_that_is_gone(worked, words):
    (worked.home / "clients" / "acme.toml").unlink()
    answer = worked.ok(*words)
    assert answer.err.count("clients/acme.toml:1: the log has sessions of “acme” but its file is gone") == 1
    assert "clients new NAME --slug acme" in answer.err


def test_a_file_that_is_gone_still_counts(worked):
    before = figures(worked), worked.ok("report", "totals", "--json").json
    (worked.home / "clients" / "acme.toml").unlink()
    assert (figures(worked), worked.ok("report", "totals", "--json").json) == before
    assert worked.ok("start", "acme").err.count("its file is gone") == 1
    check = worked("clients", "check")
    assert (check.code, "acme.toml:1" in check.out) == (1, True)
    found = {each["check"]: each["grade"] for each in worked("doctor", "--json").json["checks"]}
    assert found["settings"] == "bad"
    worked.ok("clients", "new", "Acme", "--slug", "acme", "--hourly", "100")
    worked.ok("clients", "check")


def test_a_file_that_was_gone_before_any_copy_is_still_named(worked):
    (worked.home / "clients" / "acme.toml").unlink()
    (worked.home / "kept" / "acme.toml").unlink()
    answer = worked.ok("report", "totals")
    assert "no figure counts them" in answer.err
    assert worked("clients", "check").code == 1


def test_a_new_client_is_kept_before_anything_reads_its_file(cli):
    cli.ok("clients", "new", "Carl", "--hourly", "100")
    cli.ok("start", "carl")
    cli.now += 3600
    cli.ok("stop")
    (cli.home / "clients" / "carl.toml").write_text("name = ")
    assert [row["billed_minor"] for row in figures(cli)["clients"]] == [10000]


def test_a_client_nobody_worked_for_may_go(worked):
    worked.ok("report", "totals")
    (worked.home / "clients" / "brel.toml").unlink()
    assert worked.ok("clients").err == ""
    assert "brel" not in worked.ok("clients").out


def test_broken_settings_move_no_time(cli):
    (cli.home / "settings.toml").write_text('time_zone = "Pacific/Auckland"\n')
    cli.ok("clients")
    for broken in ('time_zone = "Pacific/Auckland"\ntheme = ', 'time_zone = "Pacific/Aukland"\n'):
        (cli.home / "settings.toml").write_text(broken)
        answer = cli.ok("add", "acme", "2026-10-06 9:00", "+1h", "--json")
        assert answer.json["session"]["started_at"] == "2026-10-05T20:00:00Z"
        assert answer.err.count("settings.toml:") == 1
        cli.ok("undo")
        started = cli.ok("start", "acme", "--at", "2026-10-06 9:00", "--json")
        assert started.json["session"]["started_at"] == "2026-10-05T20:00:00Z"
        assert started.err.count("settings.toml:") == 1
        cli.ok("undo")


def test_no_client_takes_the_copy_of_the_settings(cli):
    (cli.home / "clients" / "settings.toml").write_text('name = "Settings"')
    cli.ok("clients")
    (cli.home / "settings.toml").write_text("theme = ")
    assert cli.ok("add", "settings", "2026-10-06 9:00", "+1h", "--json").json["session"]["zone"] == "Europe/Paris"


def test_a_file_that_was_never_good_is_named(cli):
    (cli.home / "clients" / "carl.toml").write_text("name = ")
    for words in (["start", "carl"], ["add", "carl", "9:00", "10:00"]):
        answer = cli(*words)
        assert answer.code == 1
        assert answer.err.count("clients/carl.toml:1") == 2, answer.err
        assert "there is no client" not in answer.err


@pytest.mark.parametrize("broken", ["name = ", 'name = "Acme"\n[[rates]]\nhourly = "much"\n'])
def test_a_timer_says_once_that_a_file_is_broken(worked, broken):
    (worked.home / "clients" / "acme.toml").write_text(broken)
    for words in (["start", "acme"], ["stop"]):
        assert worked.ok(*words).err.count("clients/acme.toml:") == 1, words
