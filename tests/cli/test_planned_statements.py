"""A statement that is to be paid in parts is late by its parts, wherever it is asked."""

import pytest

from tests.cli.test_invoices import ACME, worked
from tests.cli.test_invoices import seller as seller  # the fixture
from tests.clock import at


@pytest.fixture
def planned(seller):
    """A statement of 300.00 due on 4 December, to be paid on 20 December and 20 January."""
    terms = ACME.replace('tax = "20.0"', 'terms = "10 days"')
    (seller.home / "clients" / "acme.toml").write_text(terms)
    number = worked(seller, ("03 08:00", "+2h30"))
    seller.ok("plan", number, "2026-12-20", "2027-01-20")
    return seller


def late(cli):
    """What the leak report of the period has at risk, and what the ageing has overdue."""
    leaks = cli.ok("report", "leaks", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    [aging] = cli.ok("report", "aging", "--json").json["totals"]
    return sum(row["at_risk_minor"] for row in leaks["totals"]), aging["overdue_minor"]


def test_it_is_late_by_its_parts(planned):
    planned.now = at("2026-12-15 12:00:00")  # after the statement's own day, before the first part's
    assert late(planned) == (0, 0)
    planned.now = at("2026-12-21 00:30:00")
    assert late(planned) == (15000, 15000)
    planned.now = at("2027-01-22 12:00:00")
    assert late(planned) == (30000, 30000)
    planned.ok("receipt", "add", planned.ok("statement", "list", "--json").json["statements"][0]["number"], "160")
    assert late(planned) == (14000, 14000)
