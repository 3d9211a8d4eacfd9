"""report days: the calendar as text; what it counts is what the log holds, day by day and month by month."""

from tests.cli.conftest import Cli

WORK = (
    ("acme", "2026-11-23 9:00", "10:10"),
    ("acme", "2026-11-23 11:00", "12:00", "--out"),
    ("brel", "2026-11-24 9:00", "10:30"),
    ("brel", "2026-10-30 9:00", "10:00"),
)


def filled(cli: Cli) -> Cli:
    for client, begin, end, *more in WORK:
        cli.ok("add", client, begin, end, *more)
    return cli


def test_a_week_by_days(cli: Cli) -> None:
    days = filled(cli).ok("report", "days", "--json").json["days"]
    assert [day["first"] for day in days] == [f"2026-11-{n}" for n in range(23, 30)]
    assert [(day["seconds"], day["billable_seconds"]) for day in days[:3]] == [(7800, 4200), (5400, 5400), (0, 0)]
    assert days[0]["amounts"] == [{"currency": "EUR", "minor": 14000}], "its exact time at its rate"
    assert days[1]["amounts"] == [{"currency": "CHF", "minor": 13500}]
    shown = cli.ok("report", "days").out.splitlines()
    assert len(shown) == 1 + 7 + 1 + 1
    assert [line.rstrip().endswith("▇" * 24) for line in shown[:3]] == [False, True, False]


def test_months_and_a_period(cli: Cli) -> None:
    months = filled(cli).ok("report", "days", "--by", "month", "--json").json["days"]
    assert len(months) == 12
    assert [(each["first"], each["seconds"]) for each in months[-2:]] == [("2026-10-01", 3600), ("2026-11-01", 13200)]
    [one] = cli.ok("report", "days", "--from", "october", "--to", "october", "--by", "month", "--json").json["days"]
    assert (one["first"], one["last"], one["seconds"]) == ("2026-10-01", "2026-10-31", 3600)
    assert len(cli.ok("report", "days", "--from", "october", "--to", "october", "--json").json["days"]) == 31
