"""The log and its statements in the formats of other programs, as a person would ask for them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest


@pytest.fixture
def worked(cli):
    """A home with sessions, some of them on an issued statement with an agreed time."""
    cli.add("acme", "2026-11-02T09:00", "2026-11-02T10:07", "Réunion | [portail]")
    cli.add("acme/api", "2026-11-03T09:00", "2026-11-03T09:20", "API")
    cli.ok("agree", "acme/api", "2026-11-03", "10m")
    cli.ok("statement", "issue", "acme")
    cli.add("brel", "2026-11-04T09:00", "2026-11-04T10:00")
    return cli


@pytest.mark.parametrize("name", ["csv", "json", "hledger", "beancount", "ics", "html", "toggl", "datasette", "ledes"])
def test_every_format_is_written_to_a_private_file_and_to_standard_output(worked, name, tmp_path):
    file = tmp_path / "out"
    worked.ok("export", name, str(file))
    assert file.stat().st_mode & 0o077 == 0
    assert worked.ok("export", name).out == file.read_bytes().decode()


def test_of_a_client_and_a_period_alone(worked):
    assert worked.ok("export", "csv", "--client", "brel").out.count("\n") == 2
    assert worked.ok("export", "csv", "--from", "2026-11-03", "--to", "2026-11-03").out.count("\n") == 2


def test_what_the_filters_of_the_log_leave(worked):
    settings = worked.home / "settings.toml"
    settings.write_text(
        (settings.read_text() if settings.exists() else "") + '\n[filters]\nopen = "client:brel unbilled"\n'
    )
    asked = [
        ("--days", "2026-11-03"), ("--client", "acme", "--project", "api"), ("--client", "acme/api"), ("--unbilled",),
        ("--filter", "open"), ("--scope", "in", "--state", "billed"), ("--channel", "call"),
    ]  # fmt: skip
    for options in asked:
        listed = [each["id"] for each in worked.ok("log", *options, "--json").json["sessions"]]
        written = [line.partition(",")[0] for line in worked.ok("export", "csv", *options).out.splitlines()[1:]]
        assert written == listed
        assert len(listed) == (2 if "--state" in options else 0 if "--channel" in options else 1)
    assert worked("export", "ledes", "--unbilled").code == 2
    assert worked("export", "csv", "--project", "api").code == 2


def test_formats_are_listed_and_unknown_ones_refused(cli):
    listed = cli.ok("export", "--list", "--json").json["formats"]
    assert {"csv", "hledger", "xlsx", "ledes"} <= {each["format"] for each in listed}
    assert cli("export", "hleger").code == 2
    assert cli("export").code == 2


def test_a_sheet_goes_into_a_file(cli, tmp_path):
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed: no sheet was written")
    assert cli("export", "xlsx").code == 2
    cli.ok("export", "xlsx", str(tmp_path / "log.xlsx"))
    assert (tmp_path / "log.xlsx").read_bytes().startswith(b"PK")


def test_ledes_lines_are_units_times_cost_and_sum_to_the_invoice(worked):
    file = worked.home / "clients" / "acme.toml"
    file.write_text(file.read_text() + '\n[statement.ledes]\nclient_id = "ACME"\nmatter = "M-1"\nclass = "PT"\n')
    found = worked.ok("export", "ledes", "--statement", "2026-0001").out
    first, head, *lines = found.split("\r\n")[:-1]
    assert (first, head.count("|"), head[-2:]) == ("LEDES1998B[]", 23, "[]")
    assert found.isascii()
    names = head[:-2].split("|")
    rows = [dict(zip(names, line[:-2].split("|"), strict=True)) for line in lines]
    net = worked.ok("statement", "show", "2026-0001", "--json").json["totals"]["before_tax_minor"]
    totals = [Decimal(row["LINE_ITEM_TOTAL"]) for row in rows]
    assert sum(totals) == Decimal(net) / 100 == Decimal(rows[0]["INVOICE_TOTAL"])
    for row, total in zip(rows, totals, strict=True):
        units, cost = Decimal(row["LINE_ITEM_NUMBER_OF_UNITS"] or 0), Decimal(row["LINE_ITEM_UNIT_COST"])
        adjustment = Decimal(row["LINE_ITEM_ADJUSTMENT_AMOUNT"])
        assert (units * cost).quantize(Decimal("0.01"), ROUND_HALF_UP) + adjustment == total
        assert abs(adjustment) <= 1 or row["EXP/FEE/INV_ADJ_TYPE"] == "IF"
        assert (row["CLIENT_ID"], row["CLIENT_MATTER_ID"], row["TIMEKEEPER_CLASSIFICATION"]) == ("ACME", "M-1", "PT")
    assert "Reunion / (portail)" in {row["LINE_ITEM_DESCRIPTION"] for row in rows}
    assert [row["LINE_ITEM_DESCRIPTION"] for row in rows if row["EXP/FEE/INV_ADJ_TYPE"] == "IF"] == ["Agreed time"]


def test_what_leaves_through_ledes_comes_back_billed(worked, tmp_path):
    file = tmp_path / "invoice.txt"
    worked.ok("export", "ledes", str(file))
    worked.ok("statement", "void", "2026-0001", "--reason", "test")
    before = len(worked.log())
    worked.ok("import", str(file), "--map", "acme=brel", "--doubles", "take")
    billed = [s for s in worked.log() if s["statement"] == "2026-0001"]
    assert (len(worked.log()) - before, {s["precision"] for s in billed}) == (len(billed), {"hours"})
    worked.ok("verify")


def test_without_an_issued_statement_there_is_no_invoice(cli):
    assert cli("export", "ledes").code == 1
