"""What another program, or another home, has billed stays billed: locked, paid, in no sum of what is owed or lost."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import SETTINGS, Cli
from tests.client_files import acme, brel

SAMPLES = Path(__file__).parents[1] / "exchange" / "doors" / "samples"
HARVEST = str(SAMPLES / "harvest" / "time.csv")
LEDES = str(SAMPLES / "ledes" / "invoice-1998b.txt")


@pytest.fixture
def other(tmp_path) -> Cli:
    """A second home of the same person."""
    home = tmp_path / "other"
    (home / "clients").mkdir(parents=True)
    (home / "settings.toml").write_text(SETTINGS)
    (home / "clients" / "acme.toml").write_text(acme(currency="EUR", time_zone="Europe/Paris"))
    (home / "clients" / "brel.toml").write_text(brel(language="fr"))
    return Cli(home)


def moved(cli: Cli, other: Cli, tmp_path: Path) -> str:
    file = str(tmp_path / "log.csv")
    cli.ok("export", "csv", file)
    return file


def unbilled(cli: Cli) -> int:
    rows = cli.ok("report", "totals", "--json").json
    return sum(s["exact_seconds"] for s in cli.log() if s["state"] == "approved") if rows is not None else 0


def test_exported_from_one_home_and_imported_into_another_nothing_is_billed_twice(cli, other, tmp_path):
    cli.add("acme", "2026-11-02T09:00", "2026-11-02T10:00", "billed")
    cli.ok("statement", "issue", "acme")
    cli.add("acme", "2026-11-03T09:00", "2026-11-03T10:00", "open")
    other.add("acme", "2026-11-04T09:00", "2026-11-04T10:00", "own")
    other.ok("statement", "issue", "acme")
    file = moved(cli, other, tmp_path)
    answer = other.ok("import", file, "--json").json
    assert (answer["added"], answer["statements"]) == (2, 1)
    assert {s["note"]: s["state"] for s in other.log()} == {"billed": "billed", "own": "billed", "open": "approved"}
    lines = other.ok("statement", "preview", "acme", "--json").json
    assert lines["totals"]["exact_seconds"] == 3600
    issued = other.ok("statement", "issue", "acme", "--json").json
    assert issued["number"] == "2026-0002", "the numbers of this home go on as if nothing had come in"
    other.ok("verify")
    again = other.ok("import", file, "--json").json
    assert (again["added"], again["known"], again["stored"]) == (0, 2, False)


def test_a_client_that_came_with_its_slug_alone_is_the_one_that_another_file_names(cli, tmp_path):
    own = tmp_path / "log.csv"
    own.write_text("client,project,started_at,ended_at\nnova-cie,web-site,2026-11-02T09:00:00Z,2026-11-02T10:00:00Z\n")
    cli.ok("import", str(own), "--new-clients")
    toggl = tmp_path / "toggl.csv"
    row = "Nova & Cie,Web site,x,2026-11-03,09:00:00,01:00:00\n"
    toggl.write_text("Client,Project,Description,Start date,Start time,Duration\n" + row)
    assert cli.ok("import", str(toggl), "--new-clients", "--json").json["new_clients"] == []
    assert [(each["client"], each["project"]) for each in cli.log()] == [("nova-cie", "web-site")] * 2
    toggl.write_text(
        "Client,Project,Description,Start date,Start time,Duration\n"
        + row.replace("Nova & Cie", "Brume").replace("11-03", "11-04")
    )
    cli.ok("import", str(toggl), "--client", "nova-cie")
    assert cli.ok("import", str(toggl), "--new-clients", "--json").json["known"] == 1
    assert not (cli.home / "clients" / "brume.toml").exists(), "nothing of it came in"


def test_what_was_billed_there_since_is_billed_here_too(cli, other, tmp_path):
    cli.add("acme", "2026-11-02T09:00", "2026-11-02T10:00")
    other.ok("import", moved(cli, other, tmp_path))
    assert [s["state"] for s in other.log()] == ["approved"]
    cli.ok("statement", "issue", "acme")
    answer = other.ok("import", moved(cli, other, tmp_path), "--json").json
    assert (answer["added"], answer["statements"], answer["stored"]) == (0, 1, True)
    assert [s["state"] for s in other.log()] == ["billed"]
    other.ok("verify")


def test_it_is_locked_and_one_undo_takes_all_of_it_away(cli):
    cli.add("acme", "2026-11-20T09:00", "2026-11-20T10:00")

    def dump() -> list[str]:
        with sqlite3.connect(cli.home / "clepsydra.db") as connection:
            tables = ("session", "statement", "billed_group", "billed_fee", "receipt", "allocation")
            return [repr(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}")]

    before = dump()
    cli.ok("import", HARVEST, "--new-clients")
    (billed,) = [s["id"] for s in cli.log() if s["state"] == "billed"]
    assert cli("edit", billed, "--note", "other").code == 1
    assert cli("remove", billed).code == 1
    cli.ok("undo")
    assert dump() == before
    cli.ok("redo")
    assert [s["id"] for s in cli.log() if s["state"] == "billed"] == [billed]
    cli.ok("verify")


def test_by_date_it_is_billed_by_month_and_client(cli, tmp_path):
    file = tmp_path / "toggl.csv"
    head = "Client,Description,Start date,Start time,End date,End time,Duration\n"
    rows = [f"{who},n,{day},09:00:00,{day},10:00:00,01:00:00\n" for who in ("acme", "brel")
            for day in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-02")]  # fmt: skip
    file.write_text(head + "".join(rows))
    answer = cli.ok("import", str(file), "--billed-before", "2026-11-01", "--json").json
    assert (answer["added"], answer["statements"]) == (8, 4)
    assert sorted(s["client"] for s in cli.log() if s["state"] == "approved") == ["acme", "brel"]
    cli.ok("verify")


def test_a_legal_invoice_keeps_its_number_and_its_amount(cli):
    cli.ok("import", LEDES, "--map", "ACME=acme")
    assert [s["state"] for s in cli.log()] == ["billed"]
    shown = cli.ok("statement", "show", "2026-0007", "--json").json
    assert (shown["state"], shown["totals"]["total_minor"], shown["totals"]["balance_minor"]) == ("paid", 18750, 0)
    assert cli("statement", "pay", "2026-0007").code == 1
    cli.add("acme", "2026-11-20T09:00", "2026-11-20T10:00")
    assert cli.ok("statement", "issue", "acme", "--json").json["number"] == "2026-0001"
    assert cli("verify").code == 0


def test_history_is_no_leak_and_no_debt(cli, tmp_path):
    file = tmp_path / "toggl.csv"
    head = "Client,Description,Start date,Start time,End date,End time,Duration\n"
    rows = [f"acme,n{n},2026-{n % 9 + 1:02}-10,09:00:00,2026-{n % 9 + 1:02}-10,10:00:00,01:00:00\n" for n in range(27)]
    file.write_text(head + "".join(rows))
    cli.ok("import", str(file), "--billed-before", "2026-06-01")
    leaks = cli.ok("report", "leaks", "--json").json
    text = repr(leaks)
    rows = [row for part in leaks.values() if isinstance(part, list) for row in part if isinstance(row, dict)]
    at_risk = [
        row for row in rows if row.get("class") in ("delay", "memory") and (row.get("minor") or row.get("lost_minor"))
    ]
    assert at_risk == [], text
    assert cli.ok("report", "aging", "--json").json is not None
    cli.ok("verify")


def test_the_second_invoice_of_a_number_goes_on(cli, tmp_path):
    file = tmp_path / "time.csv"
    head = "Date,Client,Project,Task,Notes,Hours,Billable?,Invoiced?\n"
    file.write_text(head + "2026-10-01,acme,,,a,1,Yes,Yes\n")
    cli.ok("import", str(file))
    file.write_text(head + "2026-10-01,acme,,,a,1,Yes,Yes\n2026-10-02,acme,,,b,1,Yes,Yes\n")
    assert cli.ok("import", str(file), "--json").json["statements"] == 1
    assert {s["state"] for s in cli.log()} == {"billed"}
    cli.ok("statement", "show", "harvest-acme-2026-10/2")
    cli.ok("verify")


def test_each_client_may_have_been_billed_until_another_day_and_a_tag_may_say_it(cli, tmp_path):
    head = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
    rows = [
        f"Me,m@e.test,{client},,,{day},Yes,2026-{day},09:00:00,2026-{day},10:00:00,01:00:00,{tag}\n"
        for client in ("Nova", "Brume")
        for day, tag in (("09-01", ""), ("10-01", ""), ("11-01", "facturé"), ("11-02", ""))
    ]
    file = tmp_path / "toggl.csv"
    file.write_text(head + "".join(rows))
    cli.ok("import", str(file), "--new-clients", "--rate", "nova=95", "--billed-tag", "facturé",
           "--billed-before", "2026-09-15", "--billed-before", "nova=2026-10-15")  # fmt: skip
    billed = {(s["client"], s["note"]): s["state"] for s in cli.log()}
    assert {each for each, state in billed.items() if state == "billed"} == {
        ("nova", "09-01"), ("nova", "10-01"), ("nova", "11-01"), ("brume", "09-01"), ("brume", "11-01"),
    }  # fmt: skip
    totals = {row["client"]: row for row in cli.ok("report", "totals", "--json").json["clients"]}
    assert totals["nova"]["unbilled_minor"] == 9500
    cli.ok("verify")
