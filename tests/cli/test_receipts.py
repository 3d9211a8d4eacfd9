"""receipt and plan: every gap between what was asked and what came in, to the cent, through the command line."""

import pytest

from tests.cli.test_invoices import issue
from tests.cli.test_invoices import seller as seller  # the fixture

LIFE = "1 x1917 Développement"  # 2 300.40 with 20 %


def receive(cli, *words):
    return cli.ok("receipt", "add", *words, "--json").json


def kinds(answer):
    [receipt] = answer["receipts"]
    return [(each["kind"], each["minor"]) for each in receipt["allocations"]]


def standing(cli, number):
    [document] = cli.ok("invoice", "show", number, "--json").json["documents"]
    return document["state"], document["open_minor"], document["paid_minor"]


def test_a_fee_that_the_bank_kept_settles(seller):
    number = issue(seller, "--line", LIFE)["number"]
    answer = receive(seller, number, "2 285,40", "--fee", "15,00")
    assert kinds(answer) == [("payment", 228540), ("fee", 1500)]
    assert (answer["documents"][0]["open_minor"], answer["documents"][0]["paid"]) == (0, True)
    assert standing(seller, number) == ("settled", 0, 228540)
    seller.ok("undo")
    assert standing(seller, number) == ("issued", 230040, 0)
    assert seller.ok("verify")


def test_partly_paid_then_small_difference(seller):
    number = issue(seller, "--line", LIFE)["number"]
    receive(seller, number, "2000")
    assert standing(seller, number) == ("partly paid", 30040, 200000)
    assert "at most 1" in seller("--language", "en", "receipt", "difference", number).err
    receive(seller, number, "299,90")
    seller.ok("receipt", "difference", number)
    assert standing(seller, number) == ("settled", 0, 229990)


def test_several_by_one_transfer_and_the_rest_is_credit(seller):
    first, second = (issue(seller, "--line", line)["number"] for line in ("1 x100 A", "1 x50 B"))
    answer = receive(seller, f"{second},{first}", "190")
    assert answer["receipts"][0]["credit_minor"] == 1000
    assert [each["number"] for each in answer["receipts"][0]["allocations"]] == [first, second]
    third = issue(seller, "--line", "1 x100 C")["number"]
    seller.ok("receipt", "apply", third)
    assert standing(seller, third) == ("partly paid", 11000, 1000)
    assert seller.ok("receipt", "list", "--json").json["credits"] == []
    assert "no credit in EUR" in seller("--language", "en", "receipt", "apply", third).err
    receive(seller, "acme", "110")
    assert standing(seller, third) == ("settled", 0, 12000)


def test_another_currency_closes_by_its_rate(seller):
    file = seller.home / "clients" / "acme.toml"
    file.write_text(file.read_text().replace('"EUR"', '"USD"').replace('tax = "20.0"', 'tax = "0"'))
    number = issue(seller, "--line", "1 x1000 Audit", "--rate", "0.94")["number"]
    assert "--pays" in seller("receipt", "add", number, "400", "--rate", "0.94").err
    answer = receive(seller, number, "921,40", "--fee", "12", "--rate", "0.94")
    assert kinds(answer) == [("payment", 100000), ("fee", 1200), ("fx", -660)]
    assert (answer["receipts"][0]["minor"], answer["receipts"][0]["currency"]) == (92140, "EUR")
    assert standing(seller, number) == ("settled", 0, 100000)
    assert seller.ok("verify")
    seller.ok("invoice", "credit", number, "--amount", "500")  # half of it
    assert seller.ok("receipt", "list", "--json").json["credits"] == [
        {"client": "acme", "currency": "EUR", "minor": 46070}
    ]
    seller.ok("invoice", "credit", number)
    assert seller.ok("receipt", "list", "--json").json["credits"][0]["minor"] == 92140, "what came in, to the cent"
    assert seller.ok("verify")


def test_an_early_payment_takes_its_discount_with_its_tax(seller):
    file = seller.home / "clients" / "acme.toml"
    text = file.read_text().replace('tax = "20.0"', 'tax = "19.0"')
    file.write_text(text + '[invoice]\ndiscount = "2 % 10 days"\n')
    number = issue(seller, "--line", "1 x1000 Audit")["number"]
    assert "1" in seller("receipt", "add", number, "1 166,19", "--discount").err
    answer = receive(seller, number, "1 166,20", "--discount")
    assert kinds(answer) == [("payment", 116620), ("discount", 2380)]
    [tax] = answer["receipts"][0]["allocations"][1]["taxes"]
    assert (tax["base_minor"], tax["tax_minor"]) == (2000, 380)
    assert standing(seller, number) == ("settled", 0, 116620)
    again = issue(seller, "--line", "1 x1000 Audit")["number"]
    seller.now += 11 * 86_400
    assert "--yes" in seller("receipt", "add", again, "--discount").err
    assert receive(seller, again, "--discount", "--yes")["receipts"][0]["minor"] == 116620


def test_withheld_tax_keeps_its_certificate(seller, tmp_path):
    paper = tmp_path / "attestation.pdf"
    paper.write_bytes(b"%PDF-1.4 withheld")
    number = issue(seller, "--line", "1 x100 A")["number"]
    answer = receive(seller, number, "108", "--withheld", "12", "--certificate", str(paper))
    assert kinds(answer) == [("payment", 10800), ("withheld", 1200)]
    sha = answer["receipts"][0]["allocations"][1]["certificate_sha256"]
    [kept] = (seller.home / "proofs").rglob("*.pdf")
    assert kept.stem == sha
    assert seller.ok("verify")
    kept.unlink()
    assert "attestation.pdf" in seller("verify").out


def test_what_was_written_off_comes_back_with_late_money(seller):
    number = issue(seller, "--line", "1 x100 A")["number"]
    assert "why" in seller("--language", "en", "receipt", "writeoff", number).err
    seller.ok("receipt", "writeoff", number, "--reason", "liquidation")
    assert standing(seller, number) == ("written off", 0, 0)
    receive(seller, number, "40")
    assert standing(seller, number) == ("partly paid", 8000, 4000)
    seller.ok("undo")
    assert standing(seller, number) == ("written off", 0, 0)
    assert seller.ok("verify")


def test_a_credit_note_on_what_is_paid_is_the_clients(seller):
    number = issue(seller, "--line", "2 x100 A")["number"]
    receipt = receive(seller, number, "240")["receipts"][0]["id"]
    seller.ok("invoice", "credit", number, "--amount", "50")
    assert standing(seller, number) == ("settled", 0, 18000)
    answer = seller.ok("receipt", "list", "--json").json
    assert answer["credits"] == [{"client": "acme", "currency": "EUR", "minor": 6000}]
    assert seller("receipt", "add", "acme", "-60,01").code == 1
    receive(seller, "acme", "-60")
    assert seller("receipt", "undo", receipt[-6:]).code == 1, "what was left of it was paid out"
    assert seller.ok("receipt", "list", "--json").json["credits"] == []
    assert seller.ok("verify")


def test_a_whole_life_to_the_cent(seller):
    deposit = issue(seller, "--line", "26 x120 API", "--deposit", "30%")
    assert (deposit["total_minor"], deposit["kind"]) == (112320, "deposit")
    assert kinds(receive(seller, deposit["number"])) == [("deposit", 112320)]
    final = issue(seller, "--line", "24h30 x120 API", "--line", "1 x720 Audit")
    assert (final["total_minor"], final["payable_minor"]) == (439200, 326880)
    seller.ok("invoice", "credit", final["number"], "--line", "1=1h")
    assert standing(seller, final["number"])[1] == 312480
    receive(seller, final["number"], "3 109,80", "--fee", "15,00")
    assert standing(seller, final["number"]) == ("settled", 0, 310980)
    answer = seller.ok("receipt", "list", "--json").json
    assert sum(each["minor"] for each in answer["receipts"]) == 423300
    assert seller.ok("verify")


@pytest.mark.parametrize(
    ("line", "parts", "minors"),
    [("1 x833,33 A", "3", [33334, 33333, 33333]), (LIFE, "7", [32863] * 6 + [32862])],
)
def test_a_plan_to_the_cent(seller, line, parts, minors):
    number = issue(seller, "--line", line)["number"]
    plan = seller.ok("plan", number, parts, "--from", "2026-12-31", "--json").json
    assert [part["minor"] for part in plan["parts"]] == minors
    assert [part["due_on"] for part in plan["parts"][:3]] == ["2026-12-31", "2027-01-31", "2027-02-28"]
    again = seller.ok("plan", number, "31/12", "31/1", "--json").json
    assert [part["due_on"] for part in again["parts"]] == ["2026-12-31", "2027-01-31"], "days to come"


def test_a_missed_part_flags_the_plan_and_is_paid_first(seller):
    number = issue(seller, "--line", LIFE)["number"]
    seller.ok("plan", number, "2026-12-01=300,40", "2027-01-15", "2027-02-15")
    seller.now += 10 * 86_400  # the 4th of December, before the invoice's own day
    plan = seller.ok("plan", number, "--json").json
    assert [(part["minor"], part["late_days"]) for part in plan["parts"]] == [(30040, 3), (100000, 0), (100000, 0)]
    assert plan["plan_missed"] is True
    assert standing(seller, number) == ("overdue", 230040, 0)
    receive(seller, number, "500")
    plan = seller.ok("plan", number, "--json").json
    assert [part["open_minor"] for part in plan["parts"]] == [0, 80040, 100000]
    seller.now += 35 * 86_400  # beyond the invoice's own day, and not beyond the plan's next
    assert standing(seller, number)[0] == "partly paid"
    assert "sum" in seller("--language", "en", "plan", number, "2027-02-01=1", "2027-03-01=2").err
    seller.ok("plan", number, "--remove")
    assert standing(seller, number)[0] == "overdue"
    seller.ok("undo")
    assert len(seller.ok("plan", number, "--json").json["parts"]) == 3
    assert seller.ok("verify")


def test_a_statement_is_received_and_planned_as_well(cli):
    cli.add("acme", "2026-11-20 9:00", "2026-11-20 11:00")
    number = cli.ok("statement", "issue", "acme", "--json").json["number"]
    whole = cli.ok("plan", number, "2", "--json").json["open_minor"]
    answer = receive(cli, number, "1000")
    [statement] = answer["statements"]
    assert (statement["open_minor"], answer["receipts"][0]["credit_minor"]) == (0, 100000 - whole)
    assert cli.ok("verify")
    cli.ok("receipt", "undo", answer["receipts"][0]["id"])
    assert cli.ok("plan", number, "--json").json["open_minor"] == whole


def test_the_books_of_what_was_collected(seller):
    """2 820.00 of services and 80.00 at 5.5 % and a disbursement: taxes follow the money, to the cent in all."""
    settings = seller.home / "settings.toml"
    settings.write_text(settings.read_text().replace("[seller]\n", '[seller]\nregime = "normal"\n'))
    number = issue(seller, "--line", "1 x2630 API", "--line", "2 x40 @red Manuel", "--line", "d60 Dépôt")["number"]
    receive(seller, number, "1000", "--on", "2026-11-24", "--method", "virement")
    seller.now += 8 * 86_400
    receive(seller, number, "--method", "chèque")
    report = seller.ok("report", "collected", "--by", "month", "--json").json
    november, december = report["periods"]
    assert november["total_minor"] == 100000
    taxed = sum(tax["base_minor"] + tax["tax_minor"] for tax in november["taxes"])
    assert taxed == 100000 - november["disbursements_minor"]
    both = [november, december]
    taxes = [sum(t["tax_minor"] for each in both for t in each["taxes"] if float(t["rate"]) == r) for r in (20, 5.5)]
    assert taxes == [52600, 440]
    assert sum(each["disbursements_minor"] for each in both) == 6000
    assert sum(each["net_minor"] for each in both) == 271000
    [quarter] = seller.ok("report", "collected", "--by", "quarter", "--json").json["periods"]
    assert (quarter["period"], quarter["net_minor"], quarter["tax_minor"]) == ("2026-Q4", 271000, 53040)
    book = seller.ok("report", "receipts", "--json").json
    assert [(row["document"], row["means"], row["nature"]) for row in book["receipts"]] == [
        (number, "virement", "API"), (number, "chèque", "API")
    ]  # fmt: skip
    assert book["totals"] == [{"currency": "EUR", "minor": 271000 + 53040 + 6000}]
    assert "virement" in seller.ok("report", "receipts", "--csv").out


def by_rate(cli):
    """What was collected of each rate of tax, base and tax; the bases sum to the net."""
    [month] = cli.ok("report", "collected", "--json").json["periods"]
    assert sum(each["base_minor"] for each in month["taxes"]) == month["net_minor"]
    return {each["rate"]: (each["base_minor"], each["tax_minor"]) for each in month["taxes"]}


STD, RED = ("--line", "1 x1000 Atelier"), ("--line", "1 x1000 @red Livres")


def test_a_deposit_over_two_rates_before_invoices_of_one_each(seller):
    receive(seller, issue(seller, "--deposit", "50%", *STD, *RED)["number"])
    assert by_rate(seller) == {"20": (50000, 10000), "5.5": (50000, 2750)}
    number = issue(seller, *STD)["number"]
    receive(seller, number, "36,25")
    assert by_rate(seller) == {"20": (96979, 19396)}, "the deposit pays what the invoice is for, at its rate"
    receive(seller, number)
    assert by_rate(seller) == {"20": (100000, 20000)}
    receive(seller, issue(seller, *RED)["number"])
    assert by_rate(seller) == {"20": (100000, 20000), "5.5": (100000, 5500)}


def test_a_deposit_is_deducted_as_its_credit_note_left_it(seller):
    deposit = issue(seller, "--deposit", "50%", *STD, *RED)["number"]
    receive(seller, deposit)
    seller.ok("invoice", "credit", deposit, "--line", "2")
    assert by_rate(seller) == {"20": (50000, 10000)}
    receive(seller, issue(seller, *STD)["number"])
    assert by_rate(seller) == {"20": (100000, 20000)}


def test_a_credit_note_of_one_rate_takes_back_that_rate_alone(seller):
    number = issue(seller, *STD, *RED)["number"]
    receive(seller, number, "1127,50")
    seller.now += 86_400
    seller.ok("invoice", "credit", number, "--line", "2")
    receive(seller, number)
    assert by_rate(seller) == {"20": (100000, 20000)}


def test_an_invoice_that_a_deposit_pays_wholly_moves_it_to_its_own_rate(seller):
    receive(seller, issue(seller, "--deposit", "50%", *STD, *RED)["number"])
    number = issue(seller, "--line", "1 x600 Atelier")["number"]
    assert standing(seller, number)[1:] == (0, 0)
    assert by_rate(seller) == {"20": (60000 + 18071, 12000 + 3614), "5.5": (18071, 994)}, "407.50 stay the deposit's"
    receive(seller, issue(seller, "--line", "1 x400 Atelier")["number"], "72,50")
    assert by_rate(seller) == {"20": (100000, 20000)}
    receive(seller, issue(seller, *RED)["number"])
    assert by_rate(seller) == {"20": (100000, 20000), "5.5": (100000, 5500)}


def test_a_deposit_moves_only_as_far_as_it_was_paid(seller):
    deposit = issue(seller, "--deposit", "50%", *STD, *RED)["number"]
    number = issue(seller, *STD)["number"]
    receive(seller, number, "72,50")
    assert by_rate(seller) == {"20": (6042, 1208)}
    receive(seller, deposit, "600")
    assert by_rate(seller) == {"20": (56042, 11208)}
    receive(seller, deposit)
    assert by_rate(seller) == {"20": (100000, 20000)}


def test_a_credit_note_after_the_last_money_moves_it_to_what_is_left(seller):
    number = issue(seller, *STD, *RED)["number"]
    receive(seller, number, "1200")
    seller.now += 86_400
    seller.ok("invoice", "credit", number, "--line", "2")
    assert standing(seller, number) == ("settled", 0, 120000)
    assert by_rate(seller) == {"20": (100000, 20000)}
    before = seller.ok("report", "collected", "--to", "2026-11-24", "--json").json["periods"]
    assert [tax["base_minor"] for tax in before[0]["taxes"]] == [53215, 53215]
    [after] = seller.ok("report", "collected", "--from", "2026-11-25", "--json").json["periods"]
    assert (after["total_minor"], [tax["base_minor"] for tax in after["taxes"]]) == (0, [-53215, 46785])


def test_a_wrong_invoice_gives_its_deposit_back_to_the_rates_it_had(seller):
    receive(seller, issue(seller, "--deposit", "50%", *STD, *RED)["number"])
    number = issue(seller, *STD)["number"]
    assert set(by_rate(seller)) == {"20"}
    seller.ok("invoice", "credit", number)
    assert by_rate(seller) == {"20": (50000, 10000), "5.5": (50000, 2750)}


def test_the_register_is_gapless_and_thresholds_are_said(seller):
    settings = seller.home / "settings.toml"
    settings.write_text(settings.read_text().replace('vat = "FR44732829320"\n', 'regime = "franchise"\n'))
    number = issue(seller, "--line", "1 x31000 Mission")["number"]
    seller.ok("invoice", "credit", number, "--amount", "500")
    assert seller.ok("report", "collected", "--json").json["thresholds"][0]["state"] == "ok"
    receive(seller, number)
    report = seller.ok("report", "collected", "--json").json
    states = {each["key"]: (each["percent"], each["state"]) for each in report["thresholds"]}
    assert states == {"franchise": (81, "near"), "franchise-now": (73, "ok"), "micro": (36, "ok")}
    assert "81 %" in seller.ok("report", "collected").err.replace("\u202f", " ").replace("\xa0", " ")
    register = seller.ok("report", "register", "--json").json
    assert register["gaps"] == []
    assert [(each["number"], each["kind"]) for each in register["documents"]] == [
        ("A2026-0001", "credit"), (number, "invoice")
    ]  # fmt: skip


def test_what_is_not_collected_is_a_leak_of_its_own(seller):
    number = issue(seller, "--line", LIFE)["number"]
    receive(seller, number, "2 285,40", "--fee", "15,00")
    report = seller.ok("report", "leaks", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    assert [(row["class"], row["minor"]) for row in report["leaks"]] == [("collection", 1500)]


def lost(cli):
    report = cli.ok("report", "leaks", "--from", "2026-11-01", "--to", "2026-12-31", "--json").json
    return [row["minor"] for row in report["leaks"] if row["class"] == "collection"]


def test_what_is_given_up_is_lost_before_tax(seller):
    number = issue(seller, *STD, *RED)["number"]
    seller.ok("receipt", "writeoff", number, "--reason", "insolvent")
    assert lost(seller) == [200000]
    seller.ok("undo")
    receive(seller, number, "751,67")
    [month] = seller.ok("report", "collected", "--json").json["periods"]
    seller.ok("receipt", "writeoff", number, "500,01", "--reason", "insolvent")
    seller.now += 86_400
    seller.ok("receipt", "writeoff", number, "--reason", "insolvent")
    assert lost(seller) == [200000 - month["net_minor"]], "to the cent"


def test_what_is_given_up_of_a_statement_or_for_early_payment_is_lost_before_tax(seller):
    file = seller.home / "clients" / "acme.toml"
    file.write_text(file.read_text() + '[invoice]\ndiscount = "2 % 10 days"\n')
    receive(seller, issue(seller, "--line", "1 x1000 Audit")["number"], "--discount")
    assert lost(seller) == [2000]
    seller.add("acme", "2026-11-20 9:00", "2026-11-20 10:00")
    number = seller.ok("statement", "issue", "acme", "--json").json["number"]
    net = seller.ok("statement", "show", number, "--json").json["totals"]["billed_minor"]
    seller.ok("receipt", "writeoff", number, "--reason", "insolvent")
    assert lost(seller) == [2000 + net]


def test_a_correction_is_not_taken_back_once_the_statement_is_invoiced(seller):
    seller.add("acme", "2026-11-20 9:00", "2026-11-20 10:00")
    number = seller.ok("statement", "issue", "acme", "--json").json["number"]
    seller.ok("statement", "pay", number, "20")
    seller.ok("statement", "pay", number, "-20")
    correction = seller.ok("receipt", "list", "--json").json["receipts"][-1]["id"]
    issue(seller, "--statements", number)
    assert "followed by more" in seller("--language", "en", "receipt", "undo", correction).err
    assert seller.ok("verify")


def test_what_the_smallest_coin_added_is_no_turnover(seller):
    settings = seller.home / "settings.toml"
    settings.write_text(settings.read_text() + "[invoice]\ncash_step = 5\n")
    number = issue(seller, "--line", "1 x1000,02 Audit")["number"]
    assert receive(seller, number)["receipts"][0]["minor"] == 120000, "1 200.02 to the coin"
    [month] = seller.ok("report", "collected", "--json").json["periods"]
    assert (month["net_minor"], month["tax_minor"], month["rounding_minor"]) == (100002, 20000, -2)
    assert "credit" in seller.ok("--language", "en", "receipt", "add", number, "10").err


def test_what_an_option_cannot_do_is_refused_and_not_passed_over(seller, tmp_path):
    number = issue(seller, "--line", "1 x100 A")["number"]
    paper = tmp_path / "attestation.pdf"
    paper.write_bytes(b"%PDF-1.4")
    for words in (("--certificate", str(paper)), ("--pays", "5")):
        answer = seller("receipt", "add", number, "10", *words)
        assert (answer.code, answer.err.count("\n")) == (1, 1), words
    assert seller("plan", number, "-1").code == 1, "a count, and no day before today"
    [receipt] = receive(seller, number, "10", "--keep")["receipts"]
    assert (receipt["allocations"], receipt["credit_minor"]) == ([], 1000)
    assert standing(seller, number) == ("issued", 12000, 0)
    assert seller.ok("verify")


def test_what_is_closed_without_money_is_closed_between_issue_and_today(seller):
    number = issue(seller, "--line", "1 x100 A")["number"]
    receive(seller, "acme", "50", "--keep")
    for words in (("apply", number), ("writeoff", number, "--reason", "x"), ("writeoff", number, "1", "--reason", "x")):
        for day in ("2020-01-01", "2099-01-01"):
            answer = seller("receipt", *words, "--on", day)
            assert (answer.code, answer.err.count("\n")) == (1, 1), (words, day)
    assert standing(seller, number) == ("issued", 12000, 0)


@pytest.mark.parametrize("verb", ["receipt", "invoice", "remind", "expense", "statement"])
def test_a_client_that_is_not_there_is_no_empty_list(seller, verb):
    answer = seller("--language", "en", verb, "list", "--client", "nobody")
    assert (answer.code, "no client" in answer.err) == (1, True)


def test_late_charges_are_paid_beside_the_debt_and_close_nothing_of_it(seller):
    number = issue(seller, "--line", LIFE)["number"]
    answer = receive(seller, number, "2 358,01", "--charges", "57,61")
    assert kinds(answer) == [("payment", 230040), ("charges", 5761)]
    assert answer["receipts"][0]["credit_minor"] == 0
    assert standing(seller, number) == ("settled", 0, 230040)
    assert kinds(receive(seller, number, "--charges", "13,28")) == [("charges", 1328)]
    report = seller.ok("report", "leaks", "--from", "2026-11-01", "--to", "2026-11-30", "--json").json
    assert report["leaks"] == []
    assert seller("receipt", "add", number, "10", "--charges", "20").code == 1
    seller.ok("invoice", "credit", number)
    left = [each["credit_minor"] for each in seller.ok("receipt", "list", "--json").json["receipts"]]
    assert left == [230040, 0], "what a credit note gives back is the price, and not what being late cost"
    assert seller.ok("verify")
