"""bank: a file comes in once, its lines say what they pay, and each acceptance is a receipt undone by itself."""

import random
import sqlite3
from zipfile import ZipFile

import pytest

from tests.cli.test_invoices import ACME, SELLER
from tests.clock import at
from tests.exchange.bank.bench import SAMPLES, sample

HEAD = "Date;Libellé;Montant;Nom\n"


@pytest.fixture
def bank(cli):
    """A home with four open invoices: 2,300.40 and 500.00 of Acme, 1,112.00 and 300.00 of Doré."""
    (cli.home / "settings.toml").write_text(SELLER)
    (cli.home / "clients" / "acme.toml").write_text(ACME)
    dore = ACME.replace("Acme SARL", "Cabinet Doré") + '[bank]\nnames = ["SCP DORE"]\n'
    (cli.home / "clients" / "dore.toml").write_text(dore)
    cli.now = at("2026-11-28 18:00:00")
    for client, price in (("acme", "1917"), ("acme", "416,67"), ("dore", "926,67"), ("dore", "250")):
        cli.ok("invoice", "issue", client, "--line", f"1 x{price} Travaux")
    return cli


def file(cli, *rows: str, name: str = "releve.csv") -> str:
    path = cli.home.parent / name
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return str(path)


def lines(cli, *words: str):
    return cli.ok("bank", *(words or ("list",)), "--json").json["lines"]


def test_the_same_lines_come_in_once(bank):
    twins = ["24/11/2026;VIR BREL;90,00;BREL"] * 2
    rows = [*twins, "24/11/2026;VIR ACME;500,00;ACME SARL", "25/11/2026;FRAIS;-12,00;"]
    dry = bank.ok("bank", "import", file(bank, *rows), "--dry-run", "--json").json
    assert (dry["added"], dry["stored"], lines(bank)) == (4, False, [])
    assert bank.ok("bank", "import", file(bank, *rows), "--json").json["added"] == 4
    before = lines(bank)
    random.Random(1).shuffle(rows)
    shuffled = bank.ok("bank", "import", file(bank, *rows, name="other.csv"), "--json").json
    assert (shuffled["added"], shuffled["known"]) == (0, 4)
    assert lines(bank) == before
    overlapping = file(bank, *rows, twins[0], "26/11/2026;VIR;1,00;", name="more.csv")
    assert bank.ok("bank", "import", overlapping, "--json").json["added"] == 2, "a third twin, and a new day"
    assert bank.ok("verify")
    bank.ok("undo")
    assert lines(bank) == before
    bank.ok("undo")
    assert lines(bank) == []


def test_every_format_comes_in_and_the_second_time_adds_nothing(bank):
    for path in sorted(SAMPLES.iterdir()):
        first = bank.ok("bank", "import", str(path), "--json").json
        again = bank.ok("bank", "import", str(path), "--json").json
        assert first["added"] > 0
        assert (again["added"], again["known"]) == (0, first["added"] + first["known"])
    keys = {"id", "day", "minor", "currency", "name", "iban", "ref", "text", "state"}
    assert all(keys <= each.keys() for each in lines(bank))
    assert {each["state"] for each in lines(bank) if each["minor"] < 0} == {"ignored"}
    assert bank.ok("verify")


def test_an_archive_comes_in_whole_or_not_at_all(bank):
    path = bank.home.parent / "releves.zip"
    november = sample("november.camt053.xml")
    with ZipFile(path, "w") as archive:
        archive.writestr("1.xml", november)
        archive.writestr("2.xml", november.replace(b"BNK-000871", b"BNK-2"))
    assert bank.ok("bank", "import", str(path), "--json").json["added"] == 5, "what is in both came once"
    with ZipFile(path, "a") as archive:
        archive.writestr("3.xml", november.replace(b"BNK-000871", b"BNK-3")[:-60])
    answer = bank("bank", "import", str(path))
    assert (answer.code, len(lines(bank))) == (1, 5)
    assert "3.xml" in answer.err


def test_a_file_that_was_cut_brings_nothing_in(bank):
    for name, cut in (("november.camt053.xml", 60), ("november.ofx", 60), ("november.sta", 60), ("french.csv", 24)):
        path = bank.home.parent / name
        path.write_bytes(sample(name)[:-cut])
        answer = bank("bank", "import", str(path))
        assert answer.code == 1
        assert answer.err.count("\n") == 1
        assert name in answer.err
    assert lines(bank) == []
    assert not (bank.home / "banks").exists()


def test_what_is_sure_is_booked_by_one_command_and_undone_line_by_line(bank):
    rows = (
        "24/11/2026;VIR FACT F2026-0001;2 300,40;ACME SARL",
        "25/11/2026;honoraires;1 112,00;SCP DORE",
        "25/11/2026;honoraires;1 112,00;SCP DORE",
        "26/11/2026;F2026-0002 acompte;200,00;",
        "26/11/2026;loyer;777,00;AUTRE",
    )
    bank.ok("bank", "import", file(bank, *rows))
    found = {each["text"] + str(n): each["proposal"] for n, each in enumerate(lines(bank, "match"))}
    assert [(each["rank"], each["documents"]) for each in found.values()] == [
        ("sure", ["F2026-0001"]), ("sure", ["F2026-0003"]), ("look", []), ("likely", ["F2026-0002"]), ("look", []),
    ]  # fmt: skip
    assert all(each["why"] for each in found.values())
    booked = lines(bank, "match", "--accept", "sure")
    assert [(each["state"], each["minor"]) for each in booked] == [("matched", 230040), ("matched", 111200)]
    bank.ok("undo")
    assert [each["state"] for each in lines(bank)] == ["matched", "open", "open", "open", "open"]
    part = lines(bank, "match", "--accept", lines(bank)[3]["id"])
    assert part[0]["state"] == "matched"
    assert bank.ok("invoice", "show", "F2026-0002", "--json").json["documents"][0]["open_minor"] == 30000
    assert bank.ok("verify")


def test_a_line_is_split_over_documents_and_a_credit_and_never_books_more_than_it_brought(bank):
    bank.ok("bank", "import", file(bank, "24/11/2026;divers;1 500,00;DORE"))
    line = lines(bank)[0]["id"]
    assert bank("bank", "match", "--accept", line).code == 1, "nothing is proposed"
    bank.ok("bank", "match", "--accept", line, "--to", "F2026-0003,F2026-0004", "--amount", "1 412,00")
    assert lines(bank)[0]["rest_minor"] == 8800
    assert bank("bank", "match", "--accept", line, "--to", "dore", "--amount", "88,01").code == 1
    bank.ok("bank", "match", "--accept", line, "--to", "dore")
    assert lines(bank)[0]["state"] == "matched"
    assert bank("bank", "match", "--accept", line, "--to", "dore").code == 1
    assert bank("bank", "ignore", line).code == 1
    assert bank.ok("verify")


def test_an_account_is_remembered_from_what_was_accepted(bank):
    bank.ok("bank", "import", str(SAMPLES / "november.camt053.xml"))
    acme = next(each["id"] for each in lines(bank) if each["name"] == "ACME SARL")
    bank.ok("bank", "match", "--accept", acme, "--to", "F2026-0001")
    later = sample("november.camt053.xml").replace(b"ACME SARL", b"HOLDING").replace(b"VIR FACT", b"x")
    later = later.replace(b"<Ustrd>0042 MERCI</Ustrd>", b"").replace(b"RF69F20260042", b"").replace(b"F2026-", b"")
    later = later.replace(b"2300.40", b"500.00").replace(b"6260.20", b"4459.80").replace(b"BNK-000871", b"BNK-2")
    (bank.home.parent / "later.xml").write_bytes(later)
    bank.ok("bank", "import", str(bank.home.parent / "later.xml"))
    holding = next(each for each in lines(bank, "match") if each["name"] == "HOLDING")
    assert (holding["proposal"]["rank"], holding["proposal"]["documents"]) == ("sure", ["F2026-0002"])


def test_ignored_lines_are_left_out_until_they_are_taken_in_again(bank):
    bank.ok("bank", "import", file(bank, "24/11/2026;VIR FACT F2026-0001;2 300,40;ACME SARL"))
    line = lines(bank)[0]["id"]
    assert lines(bank, "ignore", line[-6:])[0]["state"] == "ignored"
    assert lines(bank, "match") == []
    assert bank("bank", "match", "--accept", line).code == 1
    bank.ok("bank", "ignore", line, "--back")
    assert lines(bank, "match")[0]["proposal"]["rank"] == "sure"


def test_verify_tells_when_files_do_not_follow_and_lines_are_not_what_they_were(bank):
    first = sample("november.camt053.xml")
    bank.ok("bank", "import", str(SAMPLES / "november.camt053.xml"))
    later = first.replace(b"1000.00", b"6260.21").replace(b"6260.20<", b"11520.41<")
    later = later.replace(b"2026-11-", b"2026-12-").replace(b"<ElctrncSeqNb>11<", b"<ElctrncSeqNb>12<")
    (bank.home.parent / "december.xml").write_bytes(later)
    bank.ok("bank", "import", str(bank.home.parent / "december.xml"))
    answer = bank("verify")
    assert answer.code == 1
    assert "december.xml" in answer.out + answer.err
    bank.ok("undo")
    assert bank.ok("verify")
    with sqlite3.connect(bank.home / "clepsydra.db") as log:
        log.execute("DROP TRIGGER bank_line_frozen")
        log.execute("UPDATE bank_line SET text = 'other' WHERE minor = 230040")
    answer = bank("verify")
    assert "law 16" in answer.out + answer.err or "loi 16" in answer.out + answer.err


def test_money_that_went_out_becomes_an_expense_once(bank):
    bank.ok("bank", "import", file(bank, "24/11/2026;SNCF LYON PARIS;-92,73;SNCF", "24/11/2026;VIR;5,00;X"))
    train, other = (each["id"] for each in lines(bank))
    assert [each["state"] for each in lines(bank)] == ["ignored", "open"]
    assert bank("bank", "expense", other, "acme").code == 1
    assert bank("bank", "expense", train, "acme", "--amount", "92,74").code == 1
    made = bank.ok("bank", "expense", train, "acme", "--amount", "84,30", "--text", "Train", "--json").json["expenses"]
    assert (made[0]["minor"], made[0]["text"], made[0]["day"], made[0]["bank_line"]) == (
        8430, "Train", "2026-11-24", train,
    )  # fmt: skip
    assert lines(bank)[0]["state"] == "matched"
    bank.ok("bank", "expense", train, "dore")
    assert [each["minor"] for each in bank.ok("expense", "--json").json["expenses"]] == [8430, 843]
    assert bank("bank", "expense", train, "dore").code == 1
    assert bank.ok("verify")
    bank.ok("undo")
    bank.ok("undo")
    assert [each["state"] for each in lines(bank)] == ["ignored", "open"]
