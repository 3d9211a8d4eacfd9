"""The person's zone and a client's: the person's own days hold the same work wherever they are shown, and a client's
billing days are its own.

It is Tuesday 24 November 2026, 14:32 in Paris and 05:32 in Los Angeles, where the early morning of Paris was Monday.
"""

import pytest

from tests.cli.conftest import Cli
from tests.client_files import acme


@pytest.fixture
def far(cli: Cli) -> Cli:
    """Acme lives in Los Angeles: of two hours today by the person's clock, one and a half are yesterday by its own."""
    (cli.home / "clients" / "acme.toml").write_text(acme(currency="EUR", time_zone="America/Los_Angeles"))
    cli.ok("add", "acme", "yesterday 8:00", "8:45", "yesterday’s for both, today nobody’s")
    cli.ok("add", "acme", "today 6:00", "7:30", "today here, yesterday there")
    cli.ok("add", "acme", "today 10:00", "10:30", "today for both")
    return cli


def notes(cli: Cli, *words: str) -> list[str]:
    return [session["note"] for session in cli.ok("log", *words, "--json").json["sessions"]]


@pytest.mark.parametrize("words", [("--days", "today"), ("--from", "today"), ("--from", "today", "--client", "acme")])
def test_the_log_of_a_day_is_the_day_itself(far: Cli, words: tuple[str, ...]) -> None:
    shown = far.ok("log", *words, "--json").json["sessions"]
    assert [each["note"] for each in shown] == ["today here, yesterday there", "today for both"]
    day = far.ok("day", "--json").json
    assert sum(each["exact_seconds"] for each in shown) == day["presence_seconds"] == 7200
    exported = far.ok("export", "csv", *words).out.splitlines()
    assert len(exported) == 1 + len(shown)
    assert notes(far, "--days", "yesterday") == ["yesterday’s for both, today nobody’s"]
    assert notes(far, "--to", "yesterday") == ["yesterday’s for both, today nobody’s"]


def test_a_billing_period_is_of_the_clients_days_hours_and_money_both(far: Cli) -> None:
    def figures(*words: str) -> tuple[int, int]:
        (row,) = far.ok("report", "totals", *words, "--client", "acme", "--json").json["clients"]
        return row["exact_seconds"], row["billed_minor"]

    preview = far.ok("statement", "preview", "acme", "--from", "today", "--to", "today", "--json").json["totals"]
    assert figures("--from", "today") == (preview["exact_seconds"], preview["billed_minor"])
    assert preview["exact_seconds"] == 1800
