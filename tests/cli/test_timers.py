"""start, stop, switch, pause, resume, status."""

import pytest

from tests.cli.conftest import NOW


def test_start_and_stop_log_the_time_between(cli):
    begun = cli.ok("start", "acme", "fix", "the", "login")
    assert begun.out == "Acme SARL · fix the login runs since 14:32\n"
    cli.now += 3661
    ended = cli.ok("stop")
    assert ended.out == "Acme SARL · fix the login: 1:01:01, until 15:33\n"
    [session] = cli.log()
    assert session["exact_seconds"] == 3661
    assert session["note"] == "fix the login"
    assert session["state"] == "approved"


def test_starting_other_work_ends_what_runs_at_the_same_instant(cli):
    cli.ok("start", "acme")
    cli.now += 600
    answer = cli.ok("start", "acme/api", "--channel", "call")
    assert answer.out.splitlines() == [
        "Acme SARL: 0:10:00, until 14:42",
        "Acme SARL · API rewrite runs since 14:42",
    ]
    first, second = cli.log()
    assert first["ended_at"] == second["started_at"] == "2026-11-24T13:42:07Z"
    assert (second["project"], second["channel"]) == ("api", "call")


def test_parallel_timers_run_side_by_side_by_setting(cli):
    (cli.home / "settings.toml").write_text("parallel_timers = true\n")
    cli.ok("start", "acme")
    cli.ok("start", "brel")
    assert len(cli.ok("status", "--json").json["running"]) == 2
    cli.ok("switch", "acme/api")
    assert [s["project"] for s in cli.ok("status", "--json").json["running"]] == ["api"]


@pytest.mark.parametrize(
    ("at", "begin"),
    [
        (["--at", "-10m"], NOW - 600),
        (["--at=-10m"], NOW - 600),
        (["--at", "14h30"], NOW - 127),
        (["--at", "yesterday 17:05"], NOW - 127 - 86_400 + 155 * 60),
    ],
)
def test_a_start_may_be_back_dated_as_people_type_it(cli, at, begin):
    answer = cli.ok("start", "acme", *at, "--json")
    assert answer.json["session"]["started_at"] == _stamp(begin)


def _stamp(instant: int) -> str:
    from clepsydra.exchange.log_json import stamp

    return stamp(instant)


def test_pause_and_resume_go_on_with_the_same_work(cli):
    cli.ok("start", "acme/api", "a", "note", "--out")
    cli.now += 60
    cli.ok("pause")
    assert cli("stop").code == 1
    cli.now += 60
    cli.ok("resume")
    assert [(s["project"], s["note"], s["scope"], s["decision"]) for s in cli.log()] == [
        ("api", "a note", "out", "pending")
    ] * 2


def test_status_says_what_runs_and_how_long_today_was(cli):
    assert cli.ok("status").out == "nothing is running\ntoday: 0h 00m\n"
    cli.ok("start", "acme", "--at", "-1h")
    assert cli.ok("status").out == "Acme SARL: 1:00:00 since 13:32\ntoday: 1h 00m\n"
    found = cli.ok("status", "--json").json
    assert found["today_seconds"] == 3600
    assert found["now"] == "2026-11-24T13:32:07Z"
    assert (
        found["running"][0] | {"exact_minor": 12_000, "currency": "EUR", "exact_seconds": 3600} == found["running"][0]
    )


def test_without_a_terminal_the_app_is_the_status(cli):
    assert cli.ok().out == "nothing is running\ntoday: 0h 00m\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["start", "acmi"], 1, "there is no client “acmi”; did you mean “acme”?"),
        (["start", "brle"], 1, "there is no client “brle”; did you mean “brel”?"),
        (["start", "acmé SAR!"], 1, "there is no client “acmé SAR!”; did you mean “acme”?"),
        (["start", "api"], 1, "there is no client “api”; did you mean “acme/api”?"),
        (["log", "--client", "brle"], 1, "there is no client “brle”; did you mean “brel”?"),
        (["report", "totals", "--client", "brle", "--json"], 1, "did you mean “brel”?"),
        (["start", "zzz"], 1, "there is no client “zzz”; “clepsydra clients” lists them"),
        (["start", "acme/apy"], 1, "Acme SARL has no project “apy”; did you mean “api”?"),
        (["start", "acme/rewritten"], 1, "Acme SARL has no project “rewritten”; did you mean “api”?"),
        (["start", "acme/zzz"], 1, "Acme SARL has no project “zzz”; it has: api"),
        (["start", "../acme"], 1, "there is no client “..”"),
        (["stop"], 1, "nothing is running"),
        (["resume"], 1, "there is nothing to resume yet"),
        (["start"], 2, "CLIENT[/PROJECT] is missing (“clepsydra start --help” shows how)"),
        (["start", "acme/"], 2, "“acme/” is not CLIENT or CLIENT/PROJECT"),
        (["start", "acme", "--at"], 2, "clepsydra: --at needs a value: TIME (“clepsydra start --help” shows how)"),
        (["start", "acme", "--at", "--out"], 2, "clepsydra: --at needs a value: TIME ("),
        (["start", "acme", "--att", "9:30"], 2, "there is no option --att; did you mean --at?"),
        (["start", "acme", "--out=1"], 2, "--out takes no value"),
        (["start", "acme", "--at", "half past"], 2, "“half past” is not a time"),
        (["start", "acme", "--channel", "cal"], 2, "did you mean “call”?"),
        (["strat", "acme"], 2, "“strat” is not a command; did you mean “start”?"),
        (["stop", "one", "two"], 2, "one word too many: “two”"),
        (["start", "acme", "\udc80"], 2, "an argument is not UTF-8 text"),
        (["--nonsense"], 2, "there is no option --nonsense"),
    ],
)
def test_refusals_and_wrong_usage_are_one_line(cli, words, code, said):
    answer = cli(*words)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("clepsydra: ")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert cli.log() == []


def test_a_broken_rule_of_a_client_does_not_keep_a_timer_from_starting(cli):
    (cli.home / "clients" / "acme.toml").write_text('name = "Acme"\n[[rounding]]\nmodel = "upp"\n')
    assert "acme.toml:3" in cli.ok("start", "acme").err
    answer = cli("report", "rounding")
    assert "acme.toml:3" in answer.err
    assert "did you mean" in answer.err


def test_what_no_watcher_saw_is_asked_about_and_not_lost(cli):
    from clepsydra.cli.context import CommandContext, Streams
    from clepsydra.ledger.recovery import enter

    cli.ok("start", "acme")
    context = CommandContext(cli.environ, Streams(None, None, None), lambda: cli.now)
    watcher = enter(context.ledger)
    context.ledger.db.execute("UPDATE watcher SET pid = 4194304 WHERE instance = ?", (watcher.instance,))
    context.close()
    cli.now += 7200
    assert "“clepsydra recover”" in cli.ok("status").out
    [doubt] = cli.ok("recover", "--json").json["doubtful"]
    assert doubt["unseen_seconds"] == 7200
    stopped = cli.ok("stop")
    assert "nobody saw it run since 14:32" in stopped.out
    assert cli.log()[0]["state"] == "doubtful"
    cli.ok("recover", "keep")
    assert cli.log()[0]["state"] == "approved"
    assert cli.log()[0]["exact_seconds"] == 7200


def test_an_end_before_its_begin_is_said_in_the_hour_that_comes_twice(cli):
    assert "lies before the start" in cli("add", "acme", "2026-10-25 2:45#2", "2:15#2").err
    assert "is not a time" not in cli("add", "acme", "2026-10-25 2:45#2", "2:15#2").err


def test_what_the_database_refuses_names_its_file(cli):
    cli.ok("status")
    (cli.home / "clepsydra.db").write_bytes(b"no log" * 200)
    assert str(cli.home / "clepsydra.db") in cli("log").err
