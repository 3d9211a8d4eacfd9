"""report aging, dso and forecast: what is owed, how long it stays out, what will come in."""

from datetime import date, timedelta

import pytest

from tests.clock import at

CLIENT = """
name = "{name}"
currency = "EUR"
time_zone = "Europe/Paris"
[[rates]]
hourly = "1000.00"
[statement]
terms = "30 days"
[invoice]
billing = "statement"
"""


@pytest.fixture
def book(cli):
    """8 000 sold in October with half of it paid twelve days late, 5 000 in November; looked at on its last day."""
    for slug in ("acme", "brel"):
        (cli.home / "clients" / f"{slug}.toml").write_text(CLIENT.format(name=slug.title()))
    cli.now = at("2026-10-01 12:00")
    cli.add("acme", "2026-09-30 09:00", "+8h")
    number = cli.ok("statement", "issue", "acme", "--json").json["number"]
    cli.now = at("2026-11-12 12:00")
    cli.ok("statement", "pay", number, "4000.00")
    cli.add("brel", "2026-11-11 09:00", "+5h")
    cli.ok("statement", "issue", "brel")
    cli.now = at("2026-11-30 18:00")
    return cli


def test_count_back_best_and_days_late_to_the_decimal(book):
    found = book.ok("report", "dso", "--json").json
    (total,) = found["totals"]
    # 9 000 owed: 30 days of November's 5 000, and 4 000 of October's 8 000, that is 15.5 of its 31 days.
    assert (total["owed_minor"], total["dso_days"], total["best_dso_days"], total["delinquent_days"]) == (
        900_000, 45.5, 30.0, 15.5,
    )  # fmt: skip
    assert (total["collected_minor"], total["debtor_days"], total["wip_days"]) == (400_000, 821.3, 0.0)
    acme, brel = found["clients"]
    assert (acme["client"], acme["days_late"], acme["paid_invoices"], acme["dso_days"]) == ("acme", 12.0, 1, 45.5)
    assert (brel["days_late"], brel["paid_invoices"], brel["dso_days"]) == (None, 0, 30.0)
    assert "45.5 d" in book.ok("report", "dso").out


def test_aging_by_client_keeps_its_keys(book):
    (total,) = book.ok("report", "aging", "--json").json["totals"]
    assert (total["not_due_minor"], total["to_30_minor"], total["overdue_minor"]) == (500_000, 400_000, 400_000)
    assert [(row["client"], row["owed_minor"]) for row in total["clients"]] == [("acme", 400_000), ("brel", 500_000)]
    assert [(row["number"], row["late_days"]) for row in total["statements"]] == [("2026-0001", 30), ("2026-0002", -12)]
    book.ok("dispute", "2026-0001", "the hours")
    book.ok("promise", "2026-0002", "2026-12-10")
    rows = book.ok("report", "aging", "--json").json["totals"][0]["statements"]
    assert [(row["disputed"], row["promised_on"]) for row in rows] == [("the hours", None), (None, "2026-12-10")]


def test_forecast_says_week_by_week_what_comes_and_why(book):
    book.add("acme", "2026-11-30 09:00", "+2h")
    found = book.ok("report", "forecast", "--json").json
    weeks = found["weeks"]
    assert [week["from"] for week in weeks] == [
        (date(2026, 11, 30) + timedelta(weeks=n)).isoformat() for n in range(13)
    ]
    for week in weeks:
        assert 0 <= week["p10_minor"] <= week["p50_minor"] <= week["p90_minor"]
        assert week["total_p90_minor"] <= 1_100_000
    assert weeks[-1]["total_p90_minor"] == 1_100_000
    parts = {(part["client"], part["sort"], part["number"]): part for week in weeks for part in week["parts"]}
    assert set(parts) == {
        ("acme", "invoice", "2026-0001"),
        ("brel", "invoice", "2026-0002"),
        ("acme", "unbilled", None),
    }
    late = parts["acme", "invoice", "2026-0001"]
    assert (late["minor"], late["due_on"], late["invoiced"]) == (400_000, "2026-10-31", True)
    assert late["early_on"] >= "2026-11-30"
    assert not late["own_habit"]
    assert not parts["acme", "unbilled", None]["invoiced"]
    # One paid invoice is no habit of its own yet.
    assert found["habits"] == [{"client": "acme", "days_late": 12.0, "paid_invoices": 1, "own": False}]
    assert "as other clients pay" in book.ok("report", "forecast").out
    assert book.ok("report", "forecast", "--json").json == found
    (month,) = found["months"]
    assert (month["month"], month["contracted_minor"], month["earned"]) == (
        "2026-11", 700_000, [{"client": "acme", "minor": 200_000}, {"client": "brel", "minor": 500_000}],
    )  # fmt: skip


def test_a_fee_of_a_period_to_come_is_expected_once(cli):
    (cli.home / "clients" / "acme.toml").write_text(
        CLIENT.format(name="Acme")
        + '[contract]\ntype = "retainer"\nfrom = 2026-10-01\nperiod = "month"\nincluded = "10h"\nfee = "1800.00"\n'
    )
    cli.add("acme", "2026-10-05 09:00", "+1h")
    found = cli.ok("report", "forecast", "--json").json
    fees = {(part["due_on"], part["sort"]): part["minor"] for week in found["weeks"] for part in week["parts"]}
    assert fees == {
        ("2026-12-24", "unbilled"): 180_000,  # October's, not billed yet
        ("2027-01-02", "retainer"): 180_000,
        ("2027-02-02", "retainer"): 180_000,
    }
    assert found["months"][0]["agreed"] == [{"client": "acme", "project": None, "minor": 180_000}]
    assert found["months"][0]["contracted_minor"] == 180_000


def test_the_check_counts_how_often_the_past_lay_in_its_band(book):
    assert book.ok("report", "forecast", "--check", "--json").json["cash_30_days"]["of"] == 4  # the Mondays of October
    found = book.ok("report", "forecast", "--check").out
    assert "times of 4" in found


def test_settings_of_cash_make_a_balance_and_wrong_ones_are_said(book):
    settings = book.home / "settings.toml"
    settings.write_text('time_zone = "Europe/Paris"\n[cash]\nbalance = "-100.00"\nmonthly_out = "365.00"\nweeks = 2\n')
    found = book.ok("report", "forecast", "--json").json
    assert len(found["weeks"]) == 2
    assert found["balance"]["begins_minor"] == -10_000
    # 365.00 a month are 12.00 a day; the first week ends seven days on.
    assert found["balance"]["weeks"][0]["p50_minor"] == -10_000 - 8_400 + found["weeks"][0]["total_p50_minor"]
    settings.write_text("[cash]\nweeks = 60\n")
    assert "a number of weeks from 1 to 52" in book("clients", "check").out + book("report", "forecast").err
