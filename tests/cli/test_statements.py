"""statement: from preview to payment."""

import json
from pathlib import Path

import pytest

from tests.cli.test_reports import KEYS


@pytest.fixture
def worked(cli):
    cli.add("acme", "2026-11-02 09:00", "+50m", "design")
    cli.add("acme", "2026-11-03 09:00", "+1h10", "=cmd()|[/red]")
    return cli


def test_preview_has_lines_and_totals_with_the_figures_of_the_report(worked):
    found = worked.ok("statement", "preview", "acme", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    assert len(found["lines"]) == 2
    for row in (*found["lines"], found["totals"]):
        assert set(row) >= KEYS
    report = worked.ok("report", "rounding", "--json").json["totals"][0]
    assert {key: found["totals"][key] for key in KEYS} == {key: report[key] for key in KEYS}
    assert found["currency"] == "EUR"


def test_a_billing_day_begins_at_midnight_whenever_the_persons_day_does(worked):
    (worked.home / "settings.toml").write_text('time_zone = "Europe/Paris"\nday_starts_at = "04:00"\n')
    worked.add("acme", "2026-11-10 1:00", "2:00")
    preview = ("statement", "preview", "acme", "--json")
    assert len(worked.ok(*preview, "--from", "2026-11-10", "--to", "2026-11-10").json["lines"]) == 1
    assert worked.ok(*preview, "--from", "2026-11-09", "--to", "2026-11-09").json["lines"] == []
    assert worked.ok("report", "rounding", "--from", "2026-11-09", "--to", "2026-11-09", "--json").json["clients"] == []
    worked.ok("verify")


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("1 000,50", 100_050), ("1\u00a0000,50\u00a0€", 100_050), ("1\u202f000,5", 100_050), ("12.5", 1250), ("1e2", None),
     ("nan", None), ("1,2,3", None), ("--5", None), ("", None)],
)  # fmt: skip
def test_amounts_are_read_as_they_are_printed(worked, typed, minor):
    (worked.home / "settings.toml").write_text('language = "fr"\ntime_zone = "Europe/Paris"\n')
    worked.add("acme", "2026-11-04 09:00", "+10h")
    worked.ok("statement", "issue", "acme")
    answer = worked("statement", "pay", "2026-0001", typed, "--json")
    assert (answer.json["totals"]["paid_minor"] if minor else answer.code) == (minor or 2)


def test_a_wrong_payment_is_taken_back_after_other_deeds(worked):
    worked.ok("statement", "issue", "acme")
    worked.ok("statement", "pay", "2026-0001")
    worked.add("acme", "2026-11-04 09:00", "+1h")
    assert "not so much" in worked("statement", "pay", "2026-0001", "-999").err
    assert worked.ok("statement", "pay", "2026-0001", "-70", "--json").json["totals"]["paid_minor"] == 20_000
    assert worked.ok("statement", "pay", "2026-0001", "\N{MINUS SIGN}200", "--json").json["totals"]["paid_minor"] == 0
    worked.ok("verify")


def test_days_that_cannot_be_are_said(worked):
    assert "lies in the future: it ends on 2027-01-31" in worked.ok(
        "statement", "issue", "acme", "--from", "2026-11-01", "--to", "2027-01-31").err  # fmt: skip
    pay = ("statement", "pay", "2026-0001", "10")
    assert "dated 2026-11-20, before it was issued" in worked.ok(*pay, "--on", "2026-11-20").err
    assert "dated 2027-01-01, which is still to come" in worked.ok(*pay, "--on", "2027-01-01").err
    assert worked.ok(*pay).err == ""


def test_preview_reads_well_and_comes_as_csv_and_markdown(worked):
    shown = worked.ok("statement", "preview", "acme").out
    assert "Acme SARL" in shown
    assert "€270.00" in shown
    assert worked.ok("statement", "preview", "acme", "--csv").out.startswith("Statement,")
    assert "|" in worked.ok("statement", "preview", "acme", "--markdown").out


def test_preview_says_what_it_leaves_out(worked):
    worked.ok("start", "acme")
    worked.add("acme", "2026-11-04 09:00", "+1h", "--out")
    answer = worked.ok("statement", "preview", "acme")
    assert "1 session is still running and left out" in answer.err
    assert "1 session out of scope is undecided" in answer.err


def test_an_issued_statement_is_numbered_and_locked(worked):
    issued = worked.ok("statement", "issue", "acme", "--json").json
    assert (issued["number"], issued["state"]) == ("2026-0001", "issued")
    for words in (["remove", worked.log()[0]["id"]], ["edit", worked.log()[0]["id"], "--note", "x"]):
        assert worked(*words).code == 1
    assert worked("statement", "issue", "acme").code == 1
    assert "2026-0001" in worked.ok("statement", "list").out
    assert worked.ok("statement", "show", "2026-0001", "--json").json == issued
    assert "€270.00" in worked.ok("statement", "show", "2026-0001").out
    assert worked("statement", "show", "2026-0009").code == 1
    worked.ok("verify")


def test_payments_count_down_the_balance(worked):
    worked.ok("statement", "issue", "acme")
    assert "€170.00 still to pay" in worked.ok("statement", "pay", "2026-0001", "100,00", "--on", "yesterday").out
    assert worked("statement", "pay", "2026-0001", "1.005").code == 2
    assert worked("statement", "pay", "2026-0001", "1000").code == 1
    assert worked("statement", "void", "2026-0001").code == 1
    paid = worked.ok("statement", "pay", "2026-0001", "--json").json
    assert (paid["state"], paid["totals"]["balance_minor"]) == ("paid", 0)


def test_a_void_statement_frees_its_sessions_and_keeps_its_number(worked):
    worked.ok("statement", "issue", "acme")
    worked.ok("statement", "void", "2026-0001", "--reason", "wrong address")
    again = worked.ok("statement", "issue", "acme", "--json").json
    assert again["number"] == "2026-0002"
    states = [(s["number"], s["state"]) for s in worked.ok("statement", "list", "--json").json["statements"]]
    assert states == [("2026-0002", "issued"), ("2026-0001", "void")]
    worked.ok("verify")


def test_export_writes_every_format_into_the_home_the_same_twice(worked, tmp_path):
    worked.ok("statement", "issue", "acme")
    names = ("pdf", "csv-en", "csv-fr", "json", "markdown")
    words = [word for name in names for word in ("--format", name)]
    files = worked.ok("statement", "export", "2026-0001", *words, "--json").json["files"]
    assert len(files) == 5
    assert all(file.startswith(str(worked.home / "statements")) for file in files)
    before = [Path(file).read_bytes() for file in files]
    again = worked.ok("statement", "export", "2026-0001", *words, "--to", str(tmp_path / "out")).out.split()
    assert [Path(file).read_bytes() for file in again] == before
    assert all(Path(file).stat().st_mode & 0o077 == 0 for file in files)
    assert json.loads(before[3])["number"] == "2026-0001"
    assert worked("statement", "export", "2026-0001", "--format", "docx").code == 2


def test_what_cannot_be_billed_is_refused(worked):
    assert worked("statement", "preview", "own").code == 1
    assert worked("statement", "issue", "brel").code == 1
    assert worked("statement", "preview", "acme", "--from", "2026-11-03", "--to", "2026-11-02").code == 2
    assert worked("statement", "isue", "acme").code == 2


def test_what_is_odd_is_said_and_wants_a_yes(worked):
    worked.add("acme", "2026-11-02 09:20", "+50m", "twice")
    preview = worked.ok("statement", "preview", "acme", "--json")
    assert [doubt["kind"] for doubt in preview.json["doubts"]] == ["overlap"]
    refused = worked("statement", "issue", "acme")
    assert (refused.code, "overlap by" in refused.err) == (1, True)
    assert worked.ok("statement", "list", "--json").json["statements"] == []
    assert "overlap" in worked.ok("clients", "check").out
    worked.ok("statement", "issue", "acme", "--yes")
    worked.ok("verify")


def test_a_client_who_buys_days_reads_of_days(cli):
    (cli.home / "clients" / "jour.toml").write_text(
        'name = "Jour"\ncurrency = "EUR"\n[[rates]]\nfrom = 2020-01-01\ndaily = "650.00"\nday = "7h"\n[[rounding]]\n'
        'from = 2020-01-01\nmodel = "tiers"\ntiers = [["4h", "3h30"], ["", "7h"]]\nscope = "day"\n'
    )
    cli.add("jour", "2026-11-02 09:00", "+6h")
    cli.add("jour", "2026-11-03 09:00", "+3h")
    shown = cli.ok("statement", "preview", "jour").out
    assert "1 day" in shown
    assert "half a day" in shown
    assert "€650.00/day" in shown
    found = cli.ok("statement", "preview", "jour", "--json").json
    assert [line["billed_minor"] for line in found["lines"]] == [65_000, 32_500]
    assert (found["totals"]["rule_gain_seconds"], found["totals"]["unit_gain_seconds"]) == (0, 5400)
    cli.ok("statement", "issue", "jour")
    cli.add("jour", "2026-11-02 16:00", "+1h")
    late = cli.ok("statement", "preview", "jour", "--json").json
    assert (late["totals"]["before_tax_minor"], late["totals"]["unit_loss_seconds"]) == (0, 3600)


def test_a_client_sees_what_its_file_shows_and_no_more(worked, tmp_path):
    file = worked.home / "clients" / "acme.toml"
    whole = ("statement", "preview", "acme", "--markdown")
    assert "0:50:00" in worked.ok(*whole).out
    assert "design" in worked.ok(*whole).out
    before = file.read_text()
    file.write_text(before + '\n[statement]\nshow = []\nsubject = "Year"\nnote = "Thanks\\nA. B."\n')
    shown = worked.ok(*whole).out
    assert "Year" in shown
    assert "Thanks" in shown
    assert "design" not in shown
    assert "0:50:00" not in shown
    csv = worked.ok("statement", "preview", "acme", "--csv").out
    assert ";3000;" not in csv.replace(",", ";")
    file.write_text(before + '\n[statement]\nshow = ["money"]\n')
    broken = worked("statement", "preview", "acme", "--markdown")
    assert "times, notes" in broken.err
    file.write_text(before)


def test_words_of_one_statement_are_frozen_with_it(worked, tmp_path):
    made = worked.ok("statement", "issue", "acme", "--subject", "API", "--order", "BC-7", "--note", "Thanks", "--json")
    assert [made.json[key] for key in ("subject", "order", "note")] == ["API", "BC-7", "Thanks"]
    worked.ok("statement", "export", made.json["number"], "--format", "markdown", "--to", str(tmp_path))
    [text] = [path.read_text() for path in tmp_path.glob("*.md")]
    assert [word for word in ("API", "BC-7", "Thanks") if word not in text] == []
    assert worked.ok("verify")


def test_a_logo_that_is_not_there_is_said_before_anything_is_issued(worked):
    (worked.home / "settings.toml").write_text('[seller]\nname = "A"\nlogo = "gone.png"\n')
    refused = worked("statement", "issue", "acme")
    assert refused.code == 1
    assert "gone.png" in refused.err
    assert worked.ok("statement", "list", "--json").json["statements"] == []
