"""A month of money in a real terminal, under real keys: the bank's file, letters, two promises, a plan; verified."""

import email
import email.policy
import json
import re

import pytest

from clepsydra.language.translator import translator
from clepsydra.ledger.documents import issuing
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.opening import open_ledger
from clepsydra.settings.home import Home
from tests.cli.test_invoices import ACME, SELLER
from tests.clock import at
from tests.day.terminal import Terminal, gone, missing
from tests.day.test_terminal_day import words

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()} (Debian packages)")

CLIENTS = {
    "acme": "Acme SARL",
    "brel": "Brel & Cie",
    "dore": "Cabinet Doré",
    "dumas": "Dumas Studio",
    "roy": "Étude Roy",
}
ISSUED = (
    ("2026-08-05", "acme", "3j x650 Atelier"), ("2026-09-01", "dore", "1 x1480 Contrat"),
    ("2026-09-10", "dumas", "20h x95 Design"), ("2026-10-01", "roy", "1 x3400 Étude"),
    ("2026-10-15", "brel", "5h x120 Support"), ("2026-10-20", "acme", "1 x2400 API lot 2"),
    ("2026-11-02", "dore", "4h x140 Conseil"),
)  # fmt: skip
BANK = """Date;Libellé;Débit;Crédit
02/11/2026;VIR ETUDE ROY F2026-0004;;2000,00
05/11/2026;VIR ACME SARL F2026-0001;;2340,00
09/11/2026;PRLV EDF;-84,20;
18/11/2026;VIR SEPA CABINET DORE FACT F2026-0002;;1000,00
23/11/2026;VIR INCONNU 123;;55,00
"""


@pytest.fixture(params=[(80, 24, "fr"), (120, 40, "en")], ids=str)
def money(request, tmp_path):
    width, height, language = request.param
    terminal = Terminal(tmp_path, width, height)
    home = Home(terminal.home)
    home.ensure()
    home.settings_file.write_text(SELLER.replace('"fr"', f'"{language}"'))
    for slug, name in CLIENTS.items():
        home.client_file(slug).write_text(
            ACME.replace("Acme SARL", name).replace("country", f'email = "compta@{slug}.example"\ncountry', 1)
        )
    for day, client, line in ISSUED:
        ledger = open_ledger(home, {}, lambda day=day: at(f"{day} 10:00"))
        issuing.issue(ledger, InvoiceRequest(client, lines=(line,), statements=()))
        ledger.db.close()
    (tmp_path / "bank.csv").write_text(BANK)
    terminal.at("09:00:00")
    terminal.open()
    yield terminal, translator(language)
    terminal.close()


def the_bank(terminal: Terminal, tr) -> None:
    """A month's lines: one is sure, two pay a part, one is nobody's. Eight keys beside the file's name."""
    terminal.until(words(tr, "Nothing is running"))
    terminal.press("P")
    terminal.until("F2026-0007")
    terminal.press("b")
    terminal.until(words(tr, "Lines of the bank to match"))
    terminal.press("i")
    terminal.until(words(tr, "Bring in a file of the bank"))
    terminal.press(str(terminal.home.parent / "bank.csv"), "Enter")
    terminal.until("● 1 .*◐ 2 .*○ 1 ")
    terminal.press("A")
    terminal.until("─ ◐ 2 .*○ 1 ")
    terminal.press("Enter")
    terminal.until("─ ◐ 1 .*○ 1 ")
    terminal.press("Enter")
    terminal.until("─ ○ 1 ")
    terminal.press("x")
    terminal.until(gone("INCONNU"))
    terminal.press("Escape")
    terminal.until("F2026-0007")


def the_letters(terminal: Terminal, tr) -> None:
    """Three letters of two tones are written and sent, the one that was sent leaves the head of the list."""
    terminal.press("r")
    terminal.until(words(tr, "Reminders"), "▌! Cabinet Doré *F2026-0002")
    for client, level, behind in (("dore", 4, "Dumas"), ("dumas", 4, "Étude"), ("roy", 3, "Brel")):
        terminal.press("w")
        terminal.until(f"2026-11-24-{client}-{level}.eml")
        terminal.press("n")
        terminal.until(f"▌! {behind}")


def two_promises(terminal: Terminal, tr) -> None:
    """Two say when they will pay; they leave the head of the list until two days after that."""
    for number, day in (("F2026-0005", "27/11"), ("F2026-0006", "30/11")):
        terminal.until(f"▌! .*{number}")
        terminal.press("p")
        terminal.until(re.escape(tr.t("{number} is promised for", number=number)))
        terminal.press(day, "Enter")
        terminal.until(f"▌[! ] (?!.*{number})")
    terminal.press("Escape")
    terminal.until("│.4 .*│.5 ")


def a_plan(terminal: Terminal, tr) -> None:
    """What is left of the oldest is to be paid in three parts, the first of them today."""
    terminal.press("4")
    terminal.until("▌! Cabinet Doré *F2026-0002")
    terminal.press("l")
    terminal.until(re.escape(tr.t("Instalments of {number}", number="F2026-0002")))
    terminal.press("3")
    terminal.until("258[,.]67.*258[,.]67.*258[,.]66")
    terminal.press("Enter")
    terminal.until("▌! Dumas Studio *F2026-0003")


def one_promise_is_kept(terminal: Terminal, tr) -> None:
    """Brel pays on the day that was said; the first part of the plan is missed, and said to be."""
    terminal.at("09:00:00", "2026-11-27")
    terminal.until("F2026-0002.*1/3")
    terminal.press("Down", "Down")
    terminal.until("▌! Brel & Cie *F2026-0005")
    terminal.press("y")
    terminal.until(re.escape(tr.t("Money received for {number}", number="F2026-0005")))
    terminal.press("Enter")
    terminal.until(re.escape(tr.t("{number}: settled", number="F2026-0005")))


def the_other_is_not(terminal: Terminal, tr) -> None:
    """Three days after the other's day the letter is due again, and the evening says why."""
    terminal.at("18:30:00", "2026-12-03")
    broken = re.escape(tr.p("dues", "promise not kept"))
    terminal.press("r")
    terminal.until(f"{broken}.*F2026-0006", "! Acme SARL *F2026-0006")
    assert not re.search(f"{broken}.*F2026-0005", terminal.shown())
    terminal.press("q")
    terminal.until("│.4 .*│.5 ")
    terminal.press("q")
    terminal.until(words(tr, "Nothing is running"))
    terminal.press("q")
    terminal.ended()


def test_a_month_of_money(money):
    terminal, tr = money
    the_bank(terminal, tr)
    the_letters(terminal, tr)
    two_promises(terminal, tr)
    a_plan(terminal, tr)
    one_promise_is_kept(terminal, tr)
    the_other_is_not(terminal, tr)

    def told(*command: str):
        done = terminal.run(*command, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    stand = {each["number"][-1]: (each["state"], each["open_minor"]) for each in told("invoice", "list")["documents"]}
    assert stand == {
        "1": ("settled", 0), "2": ("overdue", 77_600), "3": ("overdue", 228_000), "4": ("overdue", 208_000),
        "5": ("settled", 0), "6": ("overdue", 288_000), "7": ("overdue", 67_200),
    }  # fmt: skip
    letters = sorted(path.name for path in (terminal.home / "reminders").iterdir())
    assert letters == ["2026-11-24-dore-4.eml", "2026-11-24-dore-4.pdf", "2026-11-24-dumas-4.eml",
                       "2026-11-24-dumas-4.pdf", "2026-11-24-roy-3.eml"]  # fmt: skip
    mail = email.message_from_bytes(
        (terminal.home / "reminders" / letters[-1]).read_bytes(), policy=email.policy.default
    )
    assert mail["To"] == "compta@roy.example"
    body = mail.get_body(("plain",)).get_content()
    assert "F2026-0004" in body
    assert "2\u202f080,00\u00a0€" in body
    verified = terminal.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
