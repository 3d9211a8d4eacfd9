"""remind, promise, dispute, invoice defer and what the evening says, through the command line."""

import shutil
import sqlite3
from datetime import date
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.receivables.receiving import receive
from clepsydra.settings.home import Home
from tests.cli.conftest import Cli
from tests.cli.test_invoices import ACME, SELLER
from tests.clock import at

MAIL = 'email = "compta@acme.example"\nattention = "Madame Martin"\n'
LATE = "2027-01-11 10:00"
"""A Monday, twelve days after the invoice of 30 November was due."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A home with one invoice of a statement, made once."""
    cli = Cli(tmp_path_factory.mktemp("prepared"))
    (cli.home / "settings.toml").write_text(SELLER + "[invoice]\nstart = { F2026 = 42 }\n")
    (cli.home / "clients").mkdir()
    (cli.home / "clients" / "acme.toml").write_text(MAIL + ACME.replace('tax = "20.0"', 'tax = "20.0"\nlines = "note"'))
    cli.now = at("2026-11-30 10:00")
    for begin, length, note in (
        ("03 08:00", "+12h15", "Développement de l'API"),
        ("20 08:00", "+3h30", "Appels"),
        ("28 08:00", "+6h", "Audit de sécurité"),
    ):
        cli.add("acme", f"2026-11-{begin}", length, note)
    cli.ok("statement", "issue", "acme")
    assert cli.ok("invoice", "issue", "acme", "--json").json["documents"][0]["number"] == "F2026-0042"
    return cli


@pytest.fixture
def home(prepared, tmp_path):
    shutil.copytree(prepared.home, tmp_path / "h")
    cli = Cli(tmp_path / "h")
    cli.now = prepared.now
    return cli


def pay(cli, minor):
    """Money that comes in today."""
    ledger = open_ledger(Home(cli.home), {}, lambda: cli.now)
    receive(ledger, minor, "EUR", date.fromordinal(ledger.today.toordinal()), ["F2026-0042"])
    ledger.db.close()


def to_remind(cli, day):
    cli.now = at(f"{day} 10:00")
    found = cli.ok("remind", "list", "--json").json
    return [(each["number"], each["level"]) for each in found["reminders"]], found


def dues(cli, kind):
    return [each for each in cli.ok("day", "--json").json.get("money", []) if each["kind"] == kind]


def test_the_letter_of_level_two_to_the_word(home):
    home.now = at(LATE)
    made = home.ok("remind", "draft", "F2026-0042", "--json").json
    assert made["subject"] == "Facture F2026-0042 échue le 30 décembre 2026"
    assert made["text"].split("\n\n") == [
        "Bonjour Madame Martin,",
        "Je n’ai pas encore reçu le règlement de la facture F2026-0042 du 30 novembre 2026, échue le 30 décembre "
        "2026\u00a0: développement de l'API, appels et audit de sécurité du 3 au 28 novembre (relevé 2026-0001 joint). "
        "Reste dû\u00a0: 3\u202f132,00\u00a0€.",
        "IBAN FR14 2004 1010 0505 0001 3M02 606, référence RF69 F202 6004 2, ou le code à "
        "photographier sur la facture.",
        "Pourriez-vous me dire à quelle date vous la réglerez\u00a0?",
        "Si votre règlement est déjà parti, merci de ne pas tenir compte de ce message.",
        "Camille Ravel EI\n",
    ]
    path = Path(made["eml"])
    assert path.parent == home.home / "reminders"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert (mail["X-Unsent"], mail["Subject"]) == ("1", made["subject"])
    assert [each.addr_spec for each in mail["To"].addresses] == ["compta@acme.example"]
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == made["text"]
    (invoice,) = mail.iter_attachments()
    assert (invoice.get_filename(), invoice.get_content()[:5]) == ("F2026-0042.pdf", b"%PDF-")
    assert made["mailto"].startswith("mailto:compta@acme.example?subject=Facture%20F2026-0042")


def test_who_is_reminded_and_when_it_stops(home):
    assert to_remind(home, "2027-01-02")[0] == []  # day 3 is a Saturday
    assert to_remind(home, "2027-01-04")[0] == [("F2026-0042", 1)]
    home.ok("remind", "draft", "F2026-0042")
    assert [each["number"] for each in dues(home, "drafted")] == ["F2026-0042"]
    home.ok("remind", "sent", "F2026-0042")
    assert to_remind(home, "2027-01-08")[0] == []
    assert home("remind", "sent", "F2026-0042").code == 1
    assert to_remind(home, "2027-01-11")[0] == [("F2026-0042", 2)]
    home.ok("promise", "F2026-0042", "2027-01-13")
    rows, found = to_remind(home, "2027-01-15")
    assert (rows, found["stopped"][0]["stop"]) == ([], "promised")
    assert home("remind", "draft", "F2026-0042").code == home("remind", "sent", "F2026-0042").code == 1
    assert to_remind(home, "2027-01-18")[0] == [("F2026-0042", 2)]
    assert [each["on"] for each in dues(home, "promise")] == ["2027-01-13"]
    assert home("promise", "F2026-0042", "2026-11-01").code == 1  # before it was asked for
    home.ok("dispute", "F2026-0042", "wrong", "hours")
    assert to_remind(home, "2027-01-19")[1]["stopped"][0]["stop"] == "disputed"
    home.ok("undo")
    assert to_remind(home, "2027-01-19")[0] == [("F2026-0042", 3)]
    pay(home, 313_200)
    assert to_remind(home, "2027-02-01")[0] == []
    assert home("promise", "F2026-0042", "2027-02-03").code == 1
    assert [each["state"] for each in home.ok("remind", "log", "--json").json["log"]] == ["sent"]
    assert home.ok("verify", "--json").json["breaches"] == []


def test_a_plan_that_is_kept_is_left_alone_and_a_missed_part_is_asked_for_from_its_day(home):
    home.now = at("2026-12-20 10:00")
    home.ok("plan", "F2026-0042", "2027-01-30=1000", "2027-02-28=2132")
    assert to_remind(home, "2027-01-29")[1]["stopped"][0]["stop"] == "planned"
    assert home("remind", "draft", "F2026-0042").code == 1
    assert to_remind(home, "2027-02-02")[0] == [("F2026-0042", 1)]
    text = home.ok("remind", "draft", "F2026-0042", "--json").json["text"]
    assert "Reste dû\u00a0: 1\u202f000,00\u00a0€" in text
    assert "code à photographier" not in text  # it asks for all of the invoice
    home.ok("remind", "sent", "F2026-0042")
    home.now = at("2027-02-04 10:00")
    home.ok("receipt", "add", "F2026-0042", "1000", "--on", "2027-01-29")  # read too late: nobody could know
    assert home.ok("verify", "--json").json["breaches"] == []
    by_hand(home, "2027-02-12")
    assert any("plusieurs fois" in each for each in seventeen(home))


def test_charges_are_offered_to_a_business_and_never_to_a_consumer(home):
    home.now = at("2027-01-20 10:00")
    made = home.ok("remind", "draft", "F2026-0042", "--note", "--json").json
    (charge,) = made["charges"]
    interest = round(313200 * 12.15 * 21 / 36500)
    assert (charge["fee_minor"], charge["interest_minor"], charge["rate_of"]) == (4000, interest, "2026-01-01")
    assert "(au taux du 1er semestre 2026)" in made["text"]
    assert made["note"] == "LC2027-0001"
    mail = BytesParser(policy=policy.default).parsebytes(Path(made["eml"]).read_bytes())
    assert [each.get_filename() for each in mail.iter_attachments()] == ["F2026-0042.pdf", "LC2027-0001.pdf"]
    assert home.ok("invoice", "show", "F2026-0042", "--json").json["documents"][0]["open_minor"] == 313200
    assert "LC2027-0001" in home("undo").err
    assert home("remind", "draft", "F2026-0042", "--note").code == 1  # the note asks for all of it already
    (note,) = home.ok("remind", "log", "--json").json["notes"]
    assert (note["fee_minor"], note["interest_minor"]) == (4000, interest)
    assert "L441-10" not in home.ok("remind", "draft", "F2026-0042", "--no-charges", "--json").json["text"]
    file = home.home / "clients" / "acme.toml"
    file.write_text('kind = "consumer"\n' + file.read_text())
    consumer = home.ok("remind", "draft", "F2026-0042", "--json").json
    assert consumer["charges"] == []
    assert "pénalités" not in consumer["text"]
    assert home("remind", "draft", "F2026-0042", "--note").code == 1


def test_several_invoices_are_one_letter_and_a_notice_is_a_pdf(home):
    home.ok("invoice", "issue", "acme", "--line", "2h x100 Conseil", "--statements", "none")
    home.now = at("2027-02-01 10:00")
    made = home.ok("remind", "draft", "F2026-0043", "--json").json
    assert (made["level"], made["tone"], made["numbers"]) == (4, "notice", ["F2026-0042", "F2026-0043"])
    table = [line for line in made["text"].split("\n") if line.startswith(("F2026", "Numéro", "Total"))]
    assert len({len(line) for line in table}) == 1
    assert table[-1].endswith("3\u202f372,00\u00a0€")
    assert Path(made["pdf"]).read_bytes()[:5] == b"%PDF-"
    home.ok("remind", "sent", "F2026-0042")
    assert to_remind(home, "2027-03-15")[1]["stopped"][0]["stop"] == "last"
    assert home.ok("verify", "--json").json["breaches"] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("email", "a@b.example, c@d.example"),
        ("email", "a@b.example\\nBcc: x@y.example"),
        ("attention", "M\\r\\nBcc: x"),
    ],
)
def test_nothing_slips_into_the_head_of_a_mail(home, key, value):
    file = home.home / "clients" / "acme.toml"
    rest = "".join(line + "\n" for line in file.read_text().splitlines() if not line.startswith(f"{key} "))
    file.write_text(f'{key} = "{value}"\n' + rest)
    home.now = at(LATE)
    answer = home("remind", "draft", "F2026-0042")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert home.ok("remind", "log", "--json").json["log"] == []


def test_a_letter_of_ones_own_wins_and_its_mistakes_have_a_line(home):
    folder = home.home / "letters"
    folder.mkdir()
    (folder / "2.fr.txt").write_text("# à moi\nRelance {number}\n\nReste {open}, {attention}.\nCoûts : {penalty}\n")
    home.now = at(LATE)
    assert (
        home.ok("remind", "draft", "F2026-0042", "--json").json["text"]
        == "Reste 3\u202f132,00\u00a0€, Madame Martin.\n"
    )
    (folder / "2.fr.txt").write_text("Relance {number}\n\nReste {opne}.\n")
    assert "letters/2.fr.txt:3" in home("remind", "draft", "F2026-0042").err
    (problem,) = home("clients", "check", "--json").json["problems"]
    assert (problem["line"], problem["nearest"]) == (3, "{open}")
    assert home.ok("remind", "list", "--json").json["reminders"]


def test_settings_are_checked(home):
    settings = home.home / "settings.toml"
    settings.write_text(
        settings.read_text() + '[chase]\nlevels = [10, 3]\ngap = 3\nrate = "euribor+1"\nholidays = ["13-40"]\n'
    )
    keys = [each["key"] for each in home("clients", "check", "--json").json["problems"]]
    assert keys == ["chase.levels", "chase.gap", "chase.rate", "chase.holidays[0]"]
    settings.write_text(settings.read_text().split("[chase]")[0] + '[chase]\nrate = "5"\n')
    assert "7.86" in str(home.ok("clients", "check", "--json").json["doubts"])
    file = home.home / "clients" / "acme.toml"
    file.write_text("chase = false\n" + file.read_text())
    assert to_remind(home, "2027-01-11")[1]["stopped"][0]["stop"] == "off"


def test_what_is_put_off_comes_back_a_week_before(home):
    home.add("acme", "2026-12-01 08:00", "+2h", "Conseil")
    home.now = at("2026-12-02 10:00")
    number = home.ok("statement", "issue", "acme", "--json").json["number"]
    assert home("invoice", "defer", number, "--because", "budget").code == 2
    assert home("invoice", "defer", "F2026-0042", "--until", "2027-02-01", "--because", "x").code == 1
    home.ok("invoice", "defer", number, "--until", "2027-02-01", "--because", "nouveau budget")
    leaks = home.ok("report", "leaks", "--from", "2026-12-01", "--to", "2026-12-31", "--json").json
    assert [(each["class"], each["minor"], each["evidence"]) for each in leaks["leaks"]] == [
        ("delay", 28_800, [number])
    ]
    home.now = at("2027-01-24 10:00")
    assert dues(home, "deferred") == []
    home.now = at("2027-01-25 10:00")
    (back,) = dues(home, "deferred")
    assert (back["number"], back["on"], back["detail"]) == (number, "2027-02-01", "nouveau budget")


def test_the_evening_names_work_past_its_period_and_expenses(home):
    home.add("acme", "2026-12-01 08:00", "+2h", "Conseil")
    home.ok("expense", "add", "acme", "60", "Dépôt de marque", "--on", "2026-12-01", "--disbursement", "--yes")
    home.now = at("2027-01-05 10:00")
    assert dues(home, "late_billing") == []
    home.now = at("2027-01-06 10:00")
    (late,) = dues(home, "late_billing")
    assert (late["client"], late["minor"], late["days"], late["usual_day"]) == ("acme", 24000, 6, None)
    (expense,) = dues(home, "expense")
    assert (expense["minor"], expense["days"]) == (6000, 36)
    assert [each["number"] for each in dues(home, "send")] == ["F2026-0042"]
    home.ok("invoice", "send", "F2026-0042")
    assert dues(home, "send") == []


SENT = """
    INSERT INTO reminder (id, letter, debt, number, client, level, due_day, drafted_at, drafted_day, sent_at, sent_day,
        currency, open_minor)
    SELECT '{id}', '{id}', id, number, client, {level}, due_day, {at}, {day}, {at}, {day}, 'EUR', 1 FROM document
"""


def by_hand(cli, day, level=2, id_="X"):
    """A letter that is written into the log past the program."""
    instant = at(f"{day} 10:00")
    with sqlite3.connect(cli.home / "clepsydra.db") as connection:
        connection.execute(SENT.format(id=id_, at=instant, day=date.fromisoformat(day).toordinal(), level=level))
    connection.close()


def seventeen(cli):
    return [each["what"] for each in cli("verify", "--json").json["breaches"] if each["law"] == 17]


def test_each_breach_of_the_law_is_named(home):
    home.now = at("2027-01-04 10:00")
    home.ok("remind", "sent", "F2026-0042")
    by_hand(home, "2027-01-07")
    assert "écrit" in str(seventeen(home)) or "lettre le 2027-01-04" in str(seventeen(home))
    by_hand(home, "2027-01-13", level=1, id_="Y")
    assert any("deux fois" in each for each in seventeen(home))
    home.now = at("2027-01-20 10:00")
    home.ok("promise", "F2026-0042", "2027-01-25")
    by_hand(home, "2027-01-26", level=3, id_="Z")
    assert any("promis" in each for each in seventeen(home))
    home.ok("promise", "F2026-0042", "--back")
    home.ok("dispute", "F2026-0042", "heures")
    by_hand(home, "2027-02-03", level=4, id_="V")
    assert any("contesté" in each for each in seventeen(home))
    pay(home, 313_200)
    by_hand(home, "2027-02-09", level=0, id_="W")
    assert any("réglé" in each for each in seventeen(home))


def test_a_letter_goes_out_after_it_was_written_and_after_the_one_before(home):
    home.now = at("2027-01-11 10:00")
    home.ok("remind", "draft", "F2026-0042")
    early = home("remind", "sent", "F2026-0042", "--on", "2027-01-02")
    assert (early.code, early.err.count("\n")) == (1, 1)
    home.ok("remind", "sent", "F2026-0042")
    home.now = at("2027-01-20 10:00")
    assert home("remind", "sent", "F2026-0042", "--on", "2027-01-04").code == 1, "the letter of 11 January went before"
    home.ok("remind", "sent", "F2026-0042")
    assert [each["sent_on"] for each in home.ok("remind", "log", "--json").json["log"]] == ["2027-01-11", "2027-01-20"]
    assert home.ok("verify")


def test_charges_are_not_even_named_beside_a_consumer(home):
    file = home.home / "clients" / "acme.toml"
    file.write_text('kind = "consumer"\n' + file.read_text())
    home.now = at("2027-01-22 10:00")
    assert "3 firm" in home.ok("--language", "en", "remind", "list").out
