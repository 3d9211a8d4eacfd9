"""invoice and expense: from work to a document and what answers it, through the command line."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SELLER = """
language = "fr"
time_zone = "Europe/Paris"
[seller]
name = "Camille Ravel EI"
country = "FR"
form = "EI"
street = "4 place des Terreaux"
postcode = "69001"
city = "Lyon"
siren = "732829320"
vat = "FR44732829320"
iban = "FR1420041010050500013M02606"
email = "camille@ravel.example"
"""

ACME = """
name = "Acme SARL"
country = "FR"
street = "12 rue des Lilas"
postcode = "69003"
city = "Lyon"
siren = "404833048"
language = "fr"
currency = "EUR"
time_zone = "Europe/Paris"
[[rates]]
hourly = "120.00"
[statement]
tax = "20.0"
"""


@pytest.fixture
def seller(cli):
    (cli.home / "settings.toml").write_text(SELLER)
    (cli.home / "clients").mkdir(exist_ok=True)
    (cli.home / "clients" / "acme.toml").write_text(ACME)
    return cli


def issue(cli, *words):
    return cli.ok("invoice", "issue", "acme", *words, "--json").json["documents"][0]


def figures(document):
    return document["net_minor"], document["tax_minor"], document["total_minor"]


def worked(cli, *stretches):
    for begin, length in stretches:
        cli.add("acme", f"2026-11-{begin}", length, "API")
    return cli.ok("statement", "issue", "acme", "--json").json["number"]


def test_a_whole_life_to_the_cent(seller):
    with (seller.home / "settings.toml").open("a") as file:
        file.write("[invoice]\nstart = { F2026 = 31, A2026 = 3 }\n")
    deposit = issue(seller, "--deposit", "30%", "--line", "20h x120 API", "--line", "1 x800 -10% Audit")
    assert (deposit["number"], deposit["kind"], *figures(deposit)) == ("F2026-0031", "deposit", 93600, 18720, 112320)
    statement = worked(seller, ("03 08:00", "+12h15"), ("04 08:00", "+12h15"))
    final = issue(seller, "--statements", statement, "--line", "1 x800 -10% Audit")
    assert (final["number"], *figures(final)) == ("F2026-0032", 366000, 73200, 439200)
    assert (final["prepaid_minor"], final["payable_minor"], final["open_minor"]) == (112320, 326880, 326880)
    credit = seller.ok("invoice", "credit", "F2026-0032", "--line", "1=1h", "--json").json["documents"][0]
    assert (credit["number"], credit["reason"], *figures(credit)) == ("A2026-0003", "gesture", 12000, 2400, 14400)
    shown = seller.ok("invoice", "show", "F2026-0032", "--json").json["documents"][0]
    assert shown["open_minor"] == 312480
    # A gesture frees nothing: the statement stays on its invoice.
    assert "F2026-0032" in seller("invoice", "issue", "acme", "--statements", statement).err
    seller.ok("verify")


def test_the_worked_example(seller):
    statement = worked(seller, ("03 08:00", "+12h15"))
    issue(seller, "--deposit", "TTC:1000", "--line", "1 x2630 Services", "--line", "2 x40 @red Manuel")
    made = issue(
        seller, "--statements", statement, "--line", "3h30 x140 Appels", "--line", "1 x800 -10% Audit",
        "--line", "2 x40 @red Manuel", "--line", "d60 Dépôt de marque", "--line=-50 Remise @std",
    )  # fmt: skip
    assert made["lines_minor"] == 282000
    assert figures(made) == (277000, 53040, 330040)
    assert [(t["category"], t["base_minor"], t["tax_minor"]) for t in made["taxes"]] == [
        ("S", 263000, 52600), ("S", 8000, 440), ("E", 6000, 0),
    ]  # fmt: skip
    assert (made["prepaid_minor"], made["payable_minor"]) == (100000, 230040)
    hours = made["lines"][0]
    assert (hours["quantity"], hours["unit"], hours["price_minor"], hours["price_base"]) == ("735", "MIN", 12000, 60)
    credit = seller.ok("invoice", "credit", made["number"], "--line", "1=2h", "--json").json["documents"][0]
    assert credit["total_minor"] == 28800
    assert seller.ok("invoice", "show", made["number"], "--json").json["documents"][0]["open_minor"] == 201240


def test_everything_that_is_missing_is_named_at_once(seller):
    text = (seller.home / "settings.toml").read_text()
    (seller.home / "settings.toml").write_text(text.replace('siren = "732829320"\n', ""))
    (seller.home / "clients" / "acme.toml").write_text(ACME.replace('siren = "404833048"\n', ""))
    refused = seller("invoice", "issue", "acme", "--line", "1 x100 Audit")
    assert refused.code == 1
    lines = refused.err.strip().splitlines()
    assert len(lines) == 2
    assert "settings.toml" in lines[0]
    assert "seller.siren" in lines[0]
    assert "clients/acme.toml" in lines[1]
    assert "siren" in lines[1]
    assert seller.ok("invoice", "list", "--json").json == {"documents": []}
    missing = seller.ok("invoice", "preview", "acme", "--line", "1 x100 Audit", "--json").json["missing"]
    assert [each["key"] for each in missing] == ["seller.siren", "siren"]
    assert all(each["law"] for each in missing)


def test_an_issued_document_is_bytes(seller, tmp_path):
    made = issue(seller, "--line", "1 x100 Audit")
    folder = seller.home / "documents" / "2026"
    for ending in ("pdf", "xml"):
        content = (folder / f"{made['number']}.{ending}").read_bytes()
        assert hashlib.sha256(content).hexdigest() == made[f"{ending}_sha256"]
    (seller.home / "settings.toml").write_text(SELLER.replace("Camille Ravel EI", "Ravel Conseil SAS"))
    (seller.home / "clients" / "acme.toml").write_text(ACME.replace("Acme SARL", "Other").replace("fr", "en"))
    out = tmp_path / "out"
    formats = ("--format", "pdf", "--format", "xml")
    files = seller.ok("invoice", "export", made["number"], *formats, "--to", str(out), "--json").json["files"]
    for file, ending in zip(files, ("pdf", "xml"), strict=True):
        assert hashlib.sha256(Path(file).read_bytes()).hexdigest() == made[f"{ending}_sha256"]
    assert oct((folder / f"{made['number']}.pdf").stat().st_mode & 0o777) == "0o600"


def test_a_lost_file_is_made_again_only_with_the_same_bytes(seller, tmp_path):
    made = issue(seller, "--line", "1 x100 Audit")
    file = seller.home / "documents" / "2026" / f"{made['number']}.pdf"
    file.unlink()
    seller.ok("invoice", "export", made["number"], "--format", "pdf", "--to", str(tmp_path))
    copy = (tmp_path / f"{made['number']}.pdf").read_bytes()
    assert hashlib.sha256(copy).hexdigest() == made["pdf_sha256"]


def test_a_full_credit_for_an_error_frees_the_work(seller):
    statement = worked(seller, ("03 08:00", "+1h"))
    made = issue(seller, "--statements", statement)
    assert seller("statement", "void", statement, "--reason", "x").code == 1
    assert seller("statement", "pay", statement).code == 1
    credit = seller.ok("invoice", "credit", made["number"], "--json").json["documents"][0]
    assert (credit["reason"], *figures(credit)) == ("error", *figures(made))
    assert seller.ok("invoice", "show", made["number"], "--json").json["documents"][0]["state"] == "credited"
    assert seller.ok("statement", "show", statement, "--json").json["state"] == "void"
    again = worked(seller, ("04 08:00", "+1h"))
    assert len(seller.ok("statement", "show", again, "--json").json["lines"]) == 2
    assert "already" in seller("--language", "en", "invoice", "credit", made["number"]).err
    seller.ok("verify")


def test_credits_by_amount_end_at_the_cent(seller):
    made = issue(seller, "--line", "1 x10 @red Livre")
    assert figures(made) == (1000, 55, 1055)
    taxes = []
    for amount in ("3,33", "3,33", "3,34"):
        answer = seller.ok("invoice", "credit", made["number"], "--amount", amount, "@red", "--json")
        taxes.append(answer.json["documents"][0]["tax_minor"])
    assert taxes == [18, 18, 19]
    assert seller("invoice", "credit", made["number"], "--amount", "0,01").code == 1
    assert seller.ok("invoice", "show", made["number"], "--json").json["documents"][0]["open_minor"] == 0
    seller.ok("verify")


def test_numbers_have_no_holes_and_days_do_not_go_back(seller):
    for _ in range(5):
        seller.ok("invoice", "preview", "acme", "--line", "1 x1 Essai")
    assert [issue(seller, "--line", "1 x1 Un")["number"] for _ in range(2)] == ["F2026-0001", "F2026-0002"]
    back = seller("invoice", "issue", "acme", "--line", "1 x1 Un", "--on", "2026-11-01")
    assert back.code == 1
    assert "2026-11-01 ne peut le suivre" in back.err
    assert seller("invoice", "issue", "acme", "--line", "1 x1 Un", "--on", "2026-12-01").code == 1
    assert issue(seller, "--line", "1 x1 Un")["number"] == "F2026-0003"
    assert "F2026-0003" in seller("undo").err
    seller.ok("add", "acme", "2026-11-02 9:00", "+1h")
    refused = seller("undo", "2")
    assert (refused.code, refused.out) == (1, "")
    assert "1 sur 2 ; rien n’a été annulé : F2026-0003" in refused.err.replace("\N{NO-BREAK SPACE}", " ")
    assert len(seller.log()) == 1
    assert seller("invoice", "annul", "F2026-0003", "--confirm", "F2026-0003").code == 1


def test_annulment_where_it_is_allowed(seller):
    with (seller.home / "settings.toml").open("a") as file:
        file.write("[invoice]\nannul = true\n")
    statement = worked(seller, ("03 08:00", "+1h"))
    issue(seller, "--line", "1 x1 Un")
    last = issue(seller, "--statements", statement)["number"]
    assert seller("invoice", "annul", "F2026-0001", "--confirm", "F2026-0001").code == 1
    assert seller("invoice", "annul", last, "--confirm", "F2026-0001").code == 1
    gone = seller.ok("invoice", "annul", last, "--confirm", last, "--json").json["documents"][0]
    assert (gone["state"], gone["open_minor"]) == ("annulled", 0)
    assert issue(seller, "--statements", statement)["number"] == "F2026-0003"
    seller.ok("verify")


def test_work_is_stated_and_invoiced_in_one_act(seller):
    seller.add("acme", "2026-11-03 08:00", "+2h", "API")
    made = issue(seller, "--work")
    assert (made["statements"], made["net_minor"]) == (["2026-0001"], 24000)
    assert seller("invoice", "issue", "acme", "--work").code == 1
    assert len(seller.ok("statement", "list", "--json").json["statements"]) == 1


def test_an_expense_names_a_tax_that_there_is(seller):
    refused = seller("expense", "add", "acme", "12", "Train", "--tax", "rouge")
    assert refused.code == 1
    assert refused.err.strip() == "clepsydra: « rouge » n’est pas une taxe ; --tax accepte : std, mid, red, low, none"
    for key in ("red", "none"):
        made = seller.ok("expense", "add", "acme", "12", "Train", "--tax", key, "--json").json["expenses"][0]
        assert made["tax"] == key
    assert [row["tax"] for row in seller.ok("expense", "list", "--json").json["expenses"]] == ["red", "none"]
    (seller.home / "settings.toml").write_text('language = "en"\n')
    for key in ("std", "none"):
        seller.ok("expense", "add", "acme", "12", "Train", "--tax", key)


def test_expenses_are_passed_on_once_with_their_proof(seller, tmp_path):
    ticket = tmp_path / "reçu.PDF"
    ticket.write_bytes(b"%PDF-1.4 ticket")
    added = seller.ok("expense", "add", "acme", "92,73", "Train", "--proof", str(ticket), "--json").json["expenses"][0]
    sha = hashlib.sha256(ticket.read_bytes()).hexdigest()
    assert added["proof_sha256"] == sha
    assert (seller.home / "proofs" / sha[:2] / f"{sha}.pdf").read_bytes() == ticket.read_bytes()
    paid = seller.ok("expense", "add", "acme", "60", "Dépôt de marque", "--disbursement", "--json").json["expenses"][0]
    made = issue(seller, "--line", "1 x100 Audit")
    assert [(line["sort"], line["net_minor"]) for line in made["lines"]] == [
        ("item", 10000), ("rebilled", 9273), ("disbursement", 6000),
    ]  # fmt: skip
    assert made["tax_minor"] == 3855
    assert issue(seller, "--line", "1 x1 Un")["net_minor"] == 100
    assert seller("expense", "remove", paid["id"]).code == 1
    listed = seller.ok("expense", "list", "--json").json["expenses"]
    assert [each["document"] for each in listed] == [made["number"]] * 2
    seller.ok("verify")
    (seller.home / "proofs" / sha[:2] / f"{sha}.pdf").write_bytes(b"other")
    assert seller("verify").code == 1


def test_a_franchise_charges_nothing_and_says_why(seller):
    text = SELLER.replace('vat = "FR44732829320"', 'regime = "franchise"')
    (seller.home / "settings.toml").write_text(text)
    made = issue(seller, "--line", "1 x100 Audit", "--line", "d60 Dépôt")
    (tax,) = made["taxes"]
    assert (tax["category"], tax["base_minor"], tax["tax_minor"]) == ("E", 16000, 0)
    assert "293 B" in tax["sentence"]


def test_a_belgian_client_of_a_french_company_pays_the_tax_itself(seller):
    client = ACME.replace('country = "FR"', 'country = "BE"').replace('siren = "404833048"', 'vat = "BE0428759497"')
    (seller.home / "clients" / "acme.toml").write_text(client.replace('tax = "20.0"', ""))
    made = issue(seller, "--line", "1 x100 Audit")
    (tax,) = made["taxes"]
    assert (tax["category"], tax["tax_minor"], tax["sentence"]) == ("AE", 0, "Autoliquidation")
    (seller.home / "clients" / "acme.toml").write_text(
        client.replace('vat = "BE0428759497"', "[invoice]\nreverse_charge = true")
    )
    assert "vat" in seller("invoice", "issue", "acme", "--line", "1 x100 Audit").err


def test_swiss_and_quebec(seller):
    swiss = SELLER.replace('country = "FR"', 'country = "CH"').replace(
        "FR1420041010050500013M02606", "CH9300762011623852957"
    )
    (seller.home / "settings.toml").write_text(swiss.replace('vat = "FR44732829320"', 'vat = "CHE-123.456.788 TVA"'))
    client = ACME.replace('country = "FR"', 'country = "CH"').replace('"EUR"', '"CHF"').replace('"20.0"', '"8.1"')
    (seller.home / "clients" / "acme.toml").write_text(client)
    made = issue(seller, "--line", "1 x2150,77 Audit")
    assert (*figures(made), made["rounding_minor"], made["payable_minor"]) == (215077, 17421, 232498, 2, 232500)
    (seller.home / "settings.toml").write_text(
        SELLER.replace('country = "FR"', 'country = "CA-QC"\ntax_id = "TPS 1 TVQ 2"')
    )
    client = ACME.replace('country = "FR"', 'country = "CA"').replace('"EUR"', '"CAD"').replace('"20.0"', '"qc"')
    (seller.home / "clients" / "acme.toml").write_text(client)
    made = issue(seller, "--line", "1 x1234,56 Audit")
    assert [(t["part"], t["tax_minor"]) for t in made["taxes"]] == [("TPS", 6173), ("TVQ", 12315)]
    assert made["total_minor"] == 141944


def test_minimum_discounts_and_the_rate_in_the_own_currency(seller):
    made = issue(seller, "--line", "1h Appel", "--line", "min 250")
    assert made["net_minor"] == 25000
    assert issue(seller, "--line", "1 x100 A", "--line=-3% Remise")["net_minor"] == 9700
    assert seller("invoice", "issue", "acme", "--line", "1 x100 A", "--line=-200 Remise").code == 1
    assert seller("invoice", "issue", "acme", "--line", "1 x100 @rouge A", "--line", "x").code == 1


def test_surcharges_by_the_clock(seller):
    with (seller.home / "clients" / "acme.toml").open("a") as file:
        file.write('[[surcharges]]\nwindow = "20:00-07:00"\npercent = "50"\n')
    (seller.home / "clients" / "acme.toml").write_text(
        (seller.home / "clients" / "acme.toml").read_text().replace("120.00", "90.00")
    )
    statement = worked(seller, ("03 18:30", "+3h"))
    made = issue(seller, "--statements", statement)
    assert [line["net_minor"] for line in made["lines"]] == [27000, 6750]


def evenings(cli, *more):
    """Acme at 90.00, half more after eight."""
    path = cli.home / "clients" / "acme.toml"
    own = '[[surcharges]]\nwindow = "20:00-07:00"\npercent = "50"\n'
    path.write_text("\n".join([path.read_text().replace("120.00", "90.00"), *more, own]))


def test_what_the_invoice_adds_is_told_before(seller):
    evenings(seller)
    seller.add("acme", "2026-11-03 18:30", "+3h", "API")
    before = seller.ok("statement", "preview", "acme", "--json").json
    assert (before["totals"]["before_tax_minor"], before["surcharge_minor"]) == (27000, 6750)
    assert "67,50" in seller.ok("statement", "preview", "acme").out
    unbilled = seller.ok("report", "totals", "--json").json
    assert [(row["unbilled_minor"], row["surcharge_minor"]) for row in unbilled["clients"]] == [(27000, 6750)]
    assert [(row["unbilled_minor"], row["surcharge_minor"]) for row in unbilled["totals"]] == [(27000, 6750)]
    assert "67,50" in seller.ok("report", "totals").out
    number = seller.ok("statement", "issue", "acme", "--json").json["number"]
    assert seller.ok("statement", "show", number, "--json").json["surcharge_minor"] == 6750
    assert "67,50" in seller.ok("statement", "show", number).out
    assert issue(seller, "--statements", number)["net_minor"] == 33750
    # What the invoice froze is told from then on, whatever the file says later.
    path = seller.home / "clients" / "acme.toml"
    path.write_text(path.read_text().replace('percent = "50"', 'percent = "80"'))
    assert seller.ok("statement", "show", number, "--json").json["surcharge_minor"] == 6750


def test_no_surcharge_is_told_where_no_invoice_will_add_it(seller):
    evenings(seller, '[invoice]\nbilling = "statement"')
    seller.add("acme", "2026-11-03 18:30", "+3h", "API")
    assert seller.ok("statement", "preview", "acme", "--json").json["surcharge_minor"] == 0
    path = seller.home / "clients" / "acme.toml"
    path.write_text(path.read_text().replace('billing = "statement"', ""))
    number = seller.ok("statement", "issue", "acme", "--json").json["number"]
    seller.ok("statement", "pay", number, "10")
    assert seller.ok("statement", "show", number, "--json").json["surcharge_minor"] == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    work=st.lists(st.tuples(st.integers(2, 8), st.integers(0, 23), st.integers(1, 200)), min_size=1, max_size=4),
    lines=st.sampled_from(("session", "day", "channel", "project", "note")),
    rule=st.sampled_from(('step = "1m"', 'step = "15m"', 'step = "15m"\nscope = "day"\nmidnight = "split"')),
)
def test_what_was_told_is_what_is_invoiced(tmp_path_factory, cli, work, lines, rule):
    home = tmp_path_factory.mktemp("home")
    (home / "clients").mkdir()
    (home / "settings.toml").write_text(SELLER + "parallel_timers = true\n")
    (home / "clients" / "acme.toml").write_text(ACME + f'lines = "{lines}"\n[[rounding]]\nmodel = "up"\n{rule}\n')
    one = type(cli)(home)
    evenings(one)
    for day, hour, minutes in work:
        one.add("acme", f"2026-11-{day:02} {hour:02}:07", f"+{minutes}m", "API")
    told = one.ok("statement", "preview", "acme", "--json").json
    number = one.ok("statement", "issue", "acme", "--yes", "--json").json["number"]
    assert one.ok("statement", "show", number, "--json").json["surcharge_minor"] == told["surcharge_minor"]
    made = issue(one, "--statements", number)
    assert made["net_minor"] == told["totals"]["before_tax_minor"] + told["surcharge_minor"]


def agreed(cli, contract, surcharge, *more):
    """Acme at 100.00, under a contract and with a surcharge."""
    path = cli.home / "clients" / "acme.toml"
    own = f"[contract]\nfrom = 2026-01-01\n{contract}\n", f"[[surcharges]]\n{surcharge}\n"
    path.write_text("\n".join([path.read_text().replace("120.00", "100.00"), *more, *own]))


WEEKEND = 'days = "sat, sun"\npercent = "100"'
CAP = 'type = "hourly"\ncap = "{}"'


def told(cli):
    """What is open before tax and the surcharges on it, as every place says it before the invoice."""
    preview = cli.ok("statement", "preview", "acme", "--json").json
    found = preview["totals"]["before_tax_minor"], preview["surcharge_minor"]
    totals = cli.ok("report", "totals", "--json").json["totals"]
    assert [(row["unbilled_minor"], row["surcharge_minor"]) for row in totals] == ([found] if totals else [])
    if preview["lines"]:
        assert invoiced(cli.ok("invoice", "preview", "acme", "--work", "--json").json["documents"][0]) == found
    return found


def invoiced(made):
    """What a document bills of work, and its surcharges."""
    more = sum(line["net_minor"] for line in made["lines"] if line["sort"] == "surcharge")
    return made["net_minor"] - more, more


def stated(cli):
    """The statement of all that is open, said alike before, by itself, and by the invoice that it would be on."""
    before = told(cli)
    number = cli.ok("statement", "issue", "acme", "--yes", "--json").json["number"]
    shown = cli.ok("statement", "show", number, "--json").json
    assert (shown["totals"]["before_tax_minor"], shown["surcharge_minor"]) == before
    on = cli.ok("invoice", "preview", "acme", "--statements", number, "--json").json["documents"][0]
    assert invoiced(on) == before
    return number, before


def test_what_a_cap_takes_off_bears_no_surcharge(seller):
    agreed(seller, CAP.format("250.00"), WEEKEND)
    seller.add("acme", "2026-11-06 09:00", "+2h", "API")
    seller.add("acme", "2026-11-07 09:00", "+1h", "API")  # Saturday, half of it beyond
    first, said = stated(seller)
    assert said == (25000, 5000)
    seller.add("acme", "2026-11-08 09:00", "+1h", "API")
    assert stated(seller)[1] == (0, 0)
    # What a raised cap gives back is an amount, without hours that could bear any.
    path = seller.home / "clients" / "acme.toml"
    path.write_text(path.read_text().replace("250.00", "320.00"))
    given_back, said = stated(seller)
    assert said == (7000, 0)
    assert invoiced(issue(seller)) == (25000 + 7000, 5000)
    assert seller.ok("statement", "show", first, "--json").json["surcharge_minor"] == 5000
    assert seller.ok("statement", "show", given_back, "--json").json["surcharge_minor"] == 0
    seller.ok("verify")


@pytest.mark.parametrize("lines", ["session", "day", "channel", "project", "note"])
def test_the_latest_hours_of_a_line_are_those_beyond_a_cap(seller, lines):
    path = seller.home / "clients" / "acme.toml"
    path.write_text(path.read_text() + f'lines = "{lines}"\n')
    agreed(seller, CAP.format("800.00"), 'window = "20:00-07:00"\npercent = "50"')
    seller.add("acme", "2026-11-03 05:00", "+8h", "API")  # 2 h of the night are within the cap
    seller.add("acme", "2026-11-03 20:00", "+3h", "API")  # and the evening beyond it
    assert stated(seller)[1] == (80000, 10000)


def test_overage_of_a_fee_bears_no_surcharge(seller):
    retainer = 'type = "retainer"\nperiod = "month"\nincluded = "1h"\nfee = "100.00"\noverage_hourly = "130.00"'
    agreed(seller, retainer, WEEKEND)
    seller.add("acme", "2026-11-07 09:00", "+3h", "API")
    assert stated(seller)[1] == (26000, 0)


CAPS = st.sampled_from(("0", "100.00", "250.05", "900.00"))
DAYS_WORK = st.tuples(
    st.sampled_from(("acme", "acme/api")), st.integers(2, 8), st.integers(0, 23), st.integers(1, 300)
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(st.tuples(CAPS, st.lists(DAYS_WORK, min_size=1, max_size=4)), min_size=1, max_size=3),
    lines=st.sampled_from(("session", "day", "channel", "project", "note")),
    rule=st.sampled_from(('step = "1m"', 'step = "15m"', 'step = "15m"\nscope = "day"\nmidnight = "split"')),
    own=st.sampled_from(("", '[projects.contract]\ntype = "hourly"\nfrom = 2026-01-01\ncap = "120.00"\n')),
)
def test_surcharges_under_a_cap_are_told_as_they_are_invoiced(tmp_path_factory, cli, rounds, lines, rule, own):
    home = tmp_path_factory.mktemp("home")
    (home / "clients").mkdir()
    (home / "settings.toml").write_text(SELLER + "parallel_timers = true\n")
    one = type(cli)(home)
    for cap, work in rounds:
        (home / "clients" / "acme.toml").write_text(ACME + f'lines = "{lines}"\n')
        project = f'[[projects]]\nslug = "api"\nname = "API"\n{own}'
        evening = 'window = "20:00-07:00"\npercent = "50"'
        agreed(one, CAP.format(cap), evening, f'[[rounding]]\nmodel = "up"\n{rule}', project)
        for place, day, hour, minutes in work:
            one.add(place, f"2026-11-{day:02} {hour:02}:07", f"+{minutes}m", "API")
        net, more = stated(one)[1]
        assert 0 <= more <= net / 2 + 2 * len(work)
    one.ok("verify")


def test_a_night_cut_at_midnight_is_surcharged_on_its_own_day(seller):
    """From 22:00 to 02:00, half more from 23:00 to midnight: an hour, whatever else was done on the second day."""
    path = seller.home / "clients" / "acme.toml"
    rule = '[[rounding]]\nmodel = "exact"\nscope = "day"\nmidnight = "split"\n'
    own = '[[surcharges]]\nwindow = "23:00-00:00"\npercent = "50"\n'
    path.write_text("\n".join([path.read_text().replace("120.00", "90.00"), rule, own]))
    seller.add("acme", "2026-11-03 22:00", "+4h", "API")
    seller.add("acme", "2026-11-04 09:00", "+1h", "API")
    assert seller.ok("statement", "preview", "acme", "--json").json["surcharge_minor"] == 4500
    number = seller.ok("statement", "issue", "acme", "--json").json["number"]
    assert seller.ok("statement", "show", number, "--json").json["surcharge_minor"] == 4500
    assert issue(seller, "--statements", number)["net_minor"] == 5 * 9000 + 4500


def test_what_the_database_itself_refuses(seller):
    issue(seller, "--statements", worked(seller, ("03 08:00", "+1h")))
    db = sqlite3.connect(seller.home / "clepsydra.db")
    for statement in (
        "UPDATE document SET total_minor = 1, tax_minor = 1 - net_minor",
        "DELETE FROM document",
        "UPDATE document_line SET net_minor = 0",
        "DELETE FROM document_tax",
        "DELETE FROM claim",
        "UPDATE claim SET ref = 'x'",
        "INSERT INTO claim (id, document, kind, ref) SELECT 'x', document, kind, ref FROM claim",
        "UPDATE statement SET state = 'void'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)
    db.close()


def test_hostile_words_stay_words(seller):
    hostile = '<script>alert(1)</script> =HYPERLINK("x") \x1b[31m [red]'
    made = issue(seller, "--line", f"1 x100 {hostile}", "--subject", hostile, "--note", hostile)
    assert "\x1b" not in seller.ok("invoice", "show", made["number"]).out
    xml = (seller.home / "documents" / "2026" / f"{made['number']}.xml").read_bytes()
    assert b"<script" not in xml
    assert b"\x1b" not in xml
    assert json.loads(seller.ok("invoice", "list", "--json").out)


def test_pro_formas_count_nowhere(seller, tmp_path):
    file = tmp_path / "p.pdf"
    shown = seller.ok(
        "invoice", "preview", "acme", "--line", "1 x100 A", "--pro-forma", "--pdf", str(file), "--json"
    ).json
    assert shown["documents"][0]["kind"] == "proforma"
    assert shown["documents"][0]["number"] is None
    assert file.read_bytes().startswith(b"%PDF")
    assert seller.ok("invoice", "list", "--json").json == {"documents": []}
    assert issue(seller, "--line", "1 x100 A")["number"] == "F2026-0001"


def test_what_was_sent_is_noted(seller):
    number = issue(seller, "--line", "1 x100 A")["number"]
    seller.ok("invoice", "send", number)
    noted = seller.ok("invoice", "send", number, "--event", "pa:deposited", "--json").json["documents"][0]
    assert [each["what"] for each in noted["events"]] == ["sent", "pa:deposited"]


def test_what_is_owed_is_owed_once(seller):
    statement = worked(seller, ("03 08:00", "+1h"))
    made = issue(seller, "--statements", statement)
    (row,) = seller.ok("report", "aging", "--json").json["totals"]
    assert [(each["number"], each["balance_minor"]) for each in row["statements"]] == [(made["number"], 14400)]
    seller.ok("invoice", "credit", made["number"], "--line", "1=30m")
    (row,) = seller.ok("report", "aging", "--json").json["totals"]
    assert row["not_due_minor"] == 7200
    seller.ok("invoice", "credit", made["number"], "--reason", "gesture")
    assert seller.ok("report", "aging", "--json").json["totals"] == []


def test_entries_of_the_accountant_balance(seller):
    issue(seller, "--deposit", "TTC:1000", "--line", "1 x2630 Services", "--line", "2 x40 @red Manuel")
    issue(seller, "--line", "1 x2630 Services", "--line", "2 x40 @red Manuel", "--line", "d60 Dépôt")
    seller.ok("invoice", "credit", "F2026-0002", "--amount", "100 @std")
    found = seller.ok("report", "entries", "--json").json["entries"]
    for piece in ("F2026-0001", "F2026-0002", "A2026-0001"):
        mine = [each for each in found if each["piece"] == piece]
        assert sum(each["debit_minor"] for each in mine) == sum(each["credit_minor"] for each in mine) > 0
    accounts = {each["account"]: 0 for each in found}
    for each in found:
        accounts[each["account"]] += each["debit_minor"] - each["credit_minor"]
    assert accounts["4191"] == 0
    assert accounts["467"] == -6000
    assert seller.ok("report", "entries", "--csv").out.splitlines()[0].startswith("journal")


def test_clients_check_names_what_invoices_lack(seller):
    (seller.home / "clients" / "acme.toml").write_text(ACME.replace('siren = "404833048"\n', ""))
    found = seller.ok("clients", "check", "--json").json["invoices"]
    assert found == [{"file": "clients/acme.toml", "key": "siren", "law": "décret 2022-1299"}]


def test_a_backup_takes_the_home_whole(seller, tmp_path):
    ticket = tmp_path / "t.pdf"
    ticket.write_bytes(b"ticket")
    seller.ok("expense", "add", "acme", "12", "Train", "--proof", str(ticket))
    made = issue(seller, "--line", "1 x100 Audit")
    outside = tmp_path / "outside"
    file = seller.ok("backup", "--to", str(outside), "--json").json["file"]
    fresh = type(seller)(tmp_path / "fresh")
    fresh.now = seller.now
    assert fresh.ok("restore", file, "--json").json["missing"] == []
    fresh.ok("verify")
    shown = fresh.ok("invoice", "show", made["number"], "--json").json["documents"][0]
    assert shown["pdf_sha256"] == made["pdf_sha256"]
    assert (fresh.home / "clients" / "acme.toml").exists()
    assert issue(fresh, "--line", "1 x1 Un")["number"] == "F2026-0002"


def test_a_restored_log_says_which_files_it_has_not(seller, tmp_path):
    made = issue(seller, "--line", "1 x100 Audit")
    file = Path(seller.ok("backup", "--to", str(tmp_path / "outside"), "--json").json["file"])
    file.with_name(file.name.replace(".db", ".files.json")).unlink()
    fresh = type(seller)(tmp_path / "fresh")
    fresh.now = seller.now
    missing = fresh.ok("restore", str(file), "--json").json["missing"]
    assert any(made["number"] in each for each in missing)


def test_a_gesture_is_a_leak_and_lowers_what_was_earned(seller):
    statement = worked(seller, ("03 08:00", "+2h"))
    made = issue(seller, "--statements", statement, "--line", "d60 Dépôt")
    period = ("--from", "2026-11-01", "--to", "2026-11-30", "--json")
    before = seller.ok("report", "rates", *period).json
    seller.ok("invoice", "credit", made["number"], "--line", "1=30m")
    leaks = seller.ok("report", "leaks", *period).json
    (credit,) = [row for row in leaks["leaks"] if row["class"] == "credits"]
    assert (credit["minor"], credit["client"]) == (6000, "acme")
    after = seller.ok("report", "rates", *period).json
    billed = [report["clients"][0]["invoiced_minor"] for report in (before, after)]
    # The disbursement of 60.00 is no revenue; half an hour of two was given back.
    assert billed == [24000, 18000]


def earned(cli):
    """What was invoiced and collected of all the work, before tax."""
    [row] = cli.ok("report", "rates", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json["clients"]
    return row["invoiced_minor"], row["collected_minor"]


def test_what_a_credit_note_took_back_is_not_waited_for(seller):
    made = issue(seller, "--statements", worked(seller, ("03 08:00", "+5h")))["number"]
    seller.ok("invoice", "credit", made, "--line", "1=2h")
    seller.ok("receipt", "add", made, "216")
    assert earned(seller) == (36000, 18000)
    seller.ok("receipt", "add", made)
    assert earned(seller) == (36000, 36000)


def test_a_deposit_pays_the_work_as_far_as_it_was_paid(seller):
    deposit = issue(seller, "--deposit", "TTC:480")["number"]
    final = issue(seller, "--statements", worked(seller, ("03 08:00", "+5h")))["number"]
    assert earned(seller) == (60000, 0)
    seller.ok("receipt", "add", final)
    assert earned(seller) == (60000, 20000), "240.00 of 720.00"
    seller.ok("receipt", "add", deposit, "240")
    assert earned(seller) == (60000, 40000)
    seller.ok("receipt", "add", deposit)
    assert earned(seller) == (60000, 60000)


def test_an_invoice_that_cannot_show_its_letters_waits_for_a_yes(seller, monkeypatch):
    monkeypatch.setattr("clepsydra.exchange.glyphs.font_of", lambda char: None)
    refused = seller("invoice", "issue", "acme", "--line", "1 x100 契約 audit")
    assert refused.code == 1
    assert "契 (U+5951)" in refused.err
    assert seller.ok("invoice", "list", "--json").json["documents"] == []
    seller.ok("invoice", "issue", "acme", "--line", "1 x100 契約 audit", "--yes")


def test_a_tax_of_nought_is_not_the_countrys(seller):
    file = seller.home / "clients" / "acme.toml"
    file.write_text(file.read_text().replace('tax = "20.0"', 'tax = "0"'))
    document = issue(seller, "--line", "1 x100 Audit", "--line", "1 x10 @std Livre")
    assert figures(document) == (11000, 200, 11200)
    assert [each["category"] for each in document["taxes"]] == ["S", "Z"]
    assert seller.ok("verify")


def test_a_rate_that_is_missing_is_told_once_with_the_command_that_takes_it(seller):
    file = seller.home / "clients" / "acme.toml"
    file.write_text(file.read_text().replace('currency = "EUR"', 'currency = "USD"'))
    wanted = "“clepsydra invoice issue acme … --rate RATE” (directive 2006/112/CE art. 91, 230)\n"
    refused = seller("--language", "en", "invoice", "issue", "acme", "--line", "1 x100 Audit")
    assert (refused.code, refused.err) == (1, f"clepsydra: the rate of exchange is missing: {wanted}")
    french = seller("invoice", "issue", "acme", "--line", "1 x100 Audit").err
    assert french.startswith("clepsydra: il manque le taux de change")
    assert issue(seller, "--line", "1 x100 Audit", "--rate", "0,92")["total_minor"] == 12000


def owed(cli):
    """What two reports say is owed and not due, by currency and by client."""
    told = {}
    for report in ("aging", "dso"):
        found = cli.ok("report", report, "--json").json
        rows = found["totals"] if report == "dso" else [row for row in found["totals"] if row["owed_minor"]]
        whole = {row["currency"]: (row["owed_minor"], row["not_due_minor"]) for row in rows if row["owed_minor"]}
        lists = [found] if report == "dso" else found["totals"]
        clients = {row["client"]: row["owed_minor"] for each in lists for row in each["clients"] if row["owed_minor"]}
        told[report] = whole, clients
    return told


def test_what_is_owed_is_one_figure_in_all_reports(seller):
    other = seller.home / "clients" / "brel.toml"
    other.write_text(ACME.replace("Acme SARL", "Brel").replace('"EUR"', '"CHF"').replace('tax = "20.0"', 'tax = "0"'))
    number = issue(seller, "--line", "1 x1000 Audit", "--line", "d60 Dépôt")["number"]
    seller.ok("receipt", "add", number, "400")
    seller.ok("invoice", "credit", number, "--line", "1=0,1")
    late = issue(seller, "--line", "1 x500 Audit", "--line", "d7,77 Timbre")["number"]
    seller.ok("plan", late, "3", "--from", "2026-12-01")
    francs = seller.ok("invoice", "issue", "brel", "--line", "1 x300 A", "--line", "d40 B", "--rate", "1", "--json")
    seller.ok("receipt", "writeoff", francs.json["documents"][0]["number"], "--reason", "x")
    seller.ok("invoice", "issue", "brel", "--line", "2 x150 A", "--rate", "1")
    for _ in range(3):
        told = owed(seller)
        assert told["dso"] == told["aging"]
        seller.now += 40 * 86_400
    (euros, _) = seller.ok("report", "dso", "--json").json["totals"][::-1]
    assert 0 < euros["disbursements_minor"] < 6777
    assert "paid in clients’ names" in seller("--language", "en", "report", "dso").err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ("20", "red"),
            "“20 red” is no amount: the tax comes after it with an @, as in “20 @red”; {n} has: @std, @red",
        ),
        (("red 20",), "“red 20” is no amount: the tax comes after it with an @, as in “20 @red”; {n} has: @std, @red"),
        (("20 @rouge",), "“@rouge” is no tax of {n}; it has: @std, @red"),
        (("20",), "say at which tax, as in “120 @std”; {n} has: @std, @red"),
        (("abc @red",), "“abc @red” is no amount; write it before tax, as in “120” or “120 @red”; {n} has: @std, @red"),
        (("20 rouge",), "“20 rouge” is no amount; write it before tax, as in “120” or “120 @std”; {n} has: @std, @red"),
    ],
)
def test_a_tax_typed_wrongly_after_an_amount_is_said_plainly(seller, typed, said):
    number = issue(seller, "--line", "1 x1000 A", "--line", "1 x100 @red B")["number"]
    answer = seller("--language", "en", "invoice", "credit", number, "--amount", *typed)
    assert (answer.code, answer.err.strip()) == (1, "clepsydra: " + said.format(n=number))
    single = issue(seller, "--line", "1 x1000 A")["number"]
    assert "“20 red” is no amount" in seller("--language", "en", "invoice", "credit", single, "--amount", "20 red").err
    assert "“@red” is no tax" in seller("--language", "en", "invoice", "credit", single, "--amount", "20 @red").err


def test_a_tax_without_an_amount_credits_nothing(seller):
    number = issue(seller, "--line", "1 x1000 A", "--line", "1 x100 @red B")["number"]
    answer = seller("--language", "en", "invoice", "credit", number, "@red")
    assert (answer.code, answer.err.strip()) == (
        2, "clepsydra: “@red” is a tax without an amount: write --amount “120 @red”",
    )  # fmt: skip
    [document] = seller.ok("invoice", "show", number, "--json").json["documents"]
    assert document["state"] == "issued"
