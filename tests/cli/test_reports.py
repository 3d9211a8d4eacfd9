"""log, report, simulate: the contracts of their JSON and what people read."""

import pytest

FIGURES = (
    "exact", "billed", "rule_loss", "rule_gain", "manual_loss", "manual_gain", "underbilled", "overbilled", "net",
)  # fmt: skip
KEYS = {f"{name}_{unit}" for name in FIGURES for unit in ("seconds", "minor")}


@pytest.fixture
def worked(cli):
    cli.add("acme", "2026-11-02 09:00", "+50m")
    cli.add("acme/api", "2026-11-03 09:00", "+1h10")
    cli.add("brel", "2026-11-03 14:00", "+1h")
    return cli


def test_the_log_has_the_keys_of_the_contract(worked):
    session = worked.log()[0]
    contract = (
        "id", "client", "project", "channel", "started_at", "ended_at", "zone", "exact_seconds", "scope", "decision",
        "state", "note",
    )  # fmt: skip
    assert set(contract) <= set(session)
    assert session["started_at"] == "2026-11-02T08:00:00Z"
    assert session["zone"] == "Europe/Paris"


def test_the_log_is_narrowed_by_days_client_and_text(worked):
    def found(*words):
        return len(worked.ok("log", "--json", *words).json["sessions"])

    assert found("--from", "2026-11-03") == 2
    assert found("--to", "2026-11-02") == 1
    assert found("--from", "2026-11", "--to", "2026-11", "--client", "brel") == 1
    assert found("--from", "2025", "--to", "2025") == 0
    assert worked("log", "--client", "nobody").code == 1
    assert worked("log", "--from", "soon").code == 2
    assert worked("log", "--from", "2026-11-03", "--to", "2026-11-02").code == 2


def test_rounding_gives_every_figure_per_client_and_currency(worked):
    found = worked.ok("report", "rounding", "--json").json
    assert [row["client"] for row in found["clients"]] == ["acme", "brel"]
    assert [row["currency"] for row in found["totals"]] == ["CHF", "EUR"]
    for row in (*found["clients"], *found["totals"]):
        assert set(row) >= KEYS
        assert all(isinstance(row[key], int) for key in KEYS)
    acme = found["clients"][0]
    assert (acme["exact_seconds"], acme["billed_seconds"], acme["rule_gain_seconds"]) == (7200, 8100, 900)
    assert (acme["exact_minor"], acme["billed_minor"], acme["net_minor"]) == (24_000, 27_000, 3_000)


def test_rounding_of_a_period_and_a_client(worked):
    found = worked.ok("report", "rounding", "--json", "--from", "2026-11-03", "--client", "acme").json
    assert [row["exact_seconds"] for row in found["clients"]] == [4200]


def test_rounding_reads_well(worked):
    lines = worked.ok("report", "rounding").out.splitlines()
    assert lines[1].split("  ")[0] == "Acme SARL"
    assert "€270.00" in lines[1]
    french = worked.ok("report", "rounding", "--language", "fr").out
    assert "270,00" in french


def test_totals_give_what_is_unbilled_and_how_old_it_is(worked):
    found = worked.ok("report", "totals", "--json").json
    acme = next(row for row in found["clients"] if row["client"] == "acme")
    assert (acme["billed_minor"], acme["age_days"], acme["oldest_day"]) == (27_000, 22, "2026-11-02")
    assert found["month"]["worked_seconds"] == 10_800
    assert found["today"]["worked_seconds"] == 0
    assert "22 d" in worked.ok("report").out


@pytest.mark.parametrize(("language", "said"), [("en", "today"), ("fr", "aujourd’hui")])
def test_what_was_just_logged_is_of_today_and_no_seconds_old(cli, language, said):
    settings = cli.home / "settings.toml"
    settings.write_text(settings.read_text().replace('"en"', f'"{language}"'))
    cli.add("acme", "9:00", "9:50")
    (row,) = [line for line in cli.ok("report", "totals").out.splitlines() if line.startswith("Acme")]
    assert row.endswith(said)


def test_simulate_compares_with_another_rule(worked):
    found = worked.ok("simulate", "--model", "nearest", "--step", "1h", "--client", "acme", "--json").json
    assert found["clients"][0]["actual"]["billed_seconds"] == 8100
    assert found["clients"][0]["simulated"]["billed_seconds"] == 7200
    assert found["totals"] == [{"currency": "EUR", "difference_seconds": -900, "difference_minor": -3000}]
    tiers = worked.ok("simulate", "--model", "tiers", "--tier", "1h=30m", "--tier", "=7h", "--client", "acme", "--json")
    assert tiers.json["clients"][0]["simulated"]["billed_seconds"] == 1800 + 7 * 3600


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "nearst", "--step", "1h"], "did you mean “nearest”?"),
        (["--model", "up"], "clepsydra: --step is missing: --model up needs it\n"),
        (["--step", "15m"], "clepsydra: --model is missing; it is one of: exact, up, "),
        (["--model", "up", "--step", "soon"], "--step: “soon” is not a duration; write it like 1h12"),
        (["--model", "up", "--step", "-5m"], "--step: “-5m” is not a duration"),
        (["--model", "up", "--step", ""], "--step: “” is not a duration"),
        (["--model", "up", "--step", "999999h"], "--step: “999999h” is longer than 100,000 hours"),
        (["--model", "up", "--step", "25h"], '--step: found "25h", allowed: a duration above zero and of a day at'),
        *(
            (["--model", model, "--step", zero, *more], '--step: found "0')
            for model, more in {"up": [], "grace": ["--grace", "1m"], "first": ["--first", "1m"]}.items()
            for zero in ("0m", "0s", "0")
        ),
        (["--model", "up", "--step", "5m", "--maximum", "0m"], '--maximum: found "0m", allowed: a duration above zero'),
        (["--model", "up", "--step", "5m", "--maximum", ""], "--maximum: “” is not a duration"),
        (["--model", "up", "--step", "5m", "--minimum", "-1m"], "--minimum: “-1m” is not a duration"),
        (["--model", "first", "--step", "5m", "--first", "0m"], '--first: found "0m", allowed: a duration above zero'),
        (
            ["--model", "grace", "--step", "5m", "--grace", "5"],
            '--grace: found "5", allowed: a duration below the step',
        ),
        (["--model", "up", "--step", "5m", "--minimum", "2h", "--maximum", "1h"], '--maximum: found "1h", allowed: '),
        (["--model", "tiers", "--tier", "4h"], "UP_TO=BILLED"),
        (["--model", "up", "--step", "15m", "--flat", "3m"], "--flat has no effect with --model up"),
        (["--hourly", "-5"], "--hourly cannot be below 0"),
        (["--rates-by", "-500"], "--rates-by cannot be below -100"),
        *((["--hourly", word], f"“{word}” is not a number") for word in ("nan", "inf", "1e9999", "", "12 x")),
    ],
)
def test_a_rule_that_cannot_be_is_named(worked, words, said):
    answer = worked("simulate", *words)
    assert answer.code == 2
    assert said in answer.err


def test_no_grace_and_no_minimum_are_lengths(worked):
    for words in (["--model", "grace", "--grace", "0m"], ["--model", "up", "--minimum", "0"]):
        worked.ok("simulate", "--step", "15m", *words)


def test_totals_of_a_period_tell_what_is_billed_and_what_is_not(cli):
    cli.add("acme", "2026-10-05 9:00", "2026-10-05 9:50")
    cli.add("acme", "2026-11-03 9:00", "2026-11-03 10:00")
    cli.add("brel", "2026-11-03 11:00", "2026-11-03 12:00")
    cli.ok("statement", "issue", "acme", "--to", "2026-10-31")
    found = cli.ok("report", "totals", "--from", "2026-10-01", "--to", "2026-11-30", "--json").json
    acme, brel = found["clients"]
    assert (acme["client"], acme["exact_seconds"], acme["billed_seconds"], acme["billed_minor"]) == (
        "acme", 6600, 7200, 24000,
    )  # fmt: skip
    assert (acme["unbilled_seconds"], acme["unbilled_minor"]) == (3600, 12000)
    assert [(total["currency"], total["unbilled_minor"]) for total in found["totals"]] == [
        ("CHF", 9000),
        ("EUR", 12000),
    ]
    only = cli.ok("report", "totals", "--from", "2026-11", "--client", "brel", "--json").json
    assert [row["client"] for row in only["clients"]] == [brel["client"]]
    assert "Acme SARL" in cli.ok("report", "totals", "--to", "2026-10-31").out
    assert cli.ok("report", "totals", "--to", "2025-12-31").err == "nothing billable in that period\n"
    assert cli("report", "totals", "--from", "2026-11-02", "--to", "2026-11-01").code == 2


FIXED = """
[contract]
type = "fixed"
from = 2026-01-01
budget = "40h"
fee = "3600.00"
estimate = "45h"
"""


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (44, {"en": "your estimate 45h 00m", "fr": "votre estimation 45 h 00"}),
        (48, {"en": "your estimate 45h 00m, 3h 00m over", "fr": "votre estimation 45 h 00, dépassée de 3 h 00"}),
    ],
)
def test_an_estimate_is_told_as_typed_and_what_went_beyond_it_beside_it(cli, hours, told):
    with (cli.home / "clients" / "acme.toml").open("a") as file:
        file.write(FIXED)
    for day in range(hours // 4):
        cli.add("acme", f"2026-11-{day + 1:02} 09:00", "+4h")
    for language, words in told.items():
        lines = cli.ok("--language", language, "report", "scope").out.splitlines()
        assert [line.rstrip().replace("\N{NO-BREAK SPACE}", " ").endswith(words) for line in lines].count(True) == 1
    (agreement,) = cli.ok("report", "scope", "--json").json["agreements"]
    value = agreement["earned_value"]
    assert (value["estimate_seconds"], value["over_estimate_seconds"]) == (45 * 3600, max(0, hours - 45) * 3600)
    assert value["own_at_completion_seconds"] == max(45, hours) * 3600
