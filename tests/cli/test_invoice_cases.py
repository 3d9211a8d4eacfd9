"""What people complained of in other programs, each as a case: holes in numbers, deposits, taxes, sentences."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from clepsydra.ledger.documents import drafts, reading
from clepsydra.ledger.verify import verify
from tests.cli.test_invoices import ACME, SELLER, issue
from tests.cli.test_invoices import seller as seller
from tests.ledger.documents.test_books import ledger_of

TWO_ISSUES = """
import sys
from pathlib import Path
from clepsydra.ledger.documents import issuing
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.opening import open_ledger
from clepsydra.settings.home import Home
from tests.ledger.documents.test_books import NOW
ledger = open_ledger(Home(Path(sys.argv[1])), {}, lambda: NOW)
for _ in range(2):
    issuing.issue(ledger, InvoiceRequest("acme", lines=("1 x10 Essai",)))
ledger.db.close()
"""


def test_drafts_that_are_dropped_and_two_at_once_leave_no_hole(tmp_path):
    home = tmp_path / "home"
    ledger = ledger_of(home)
    for _ in range(100):
        drafts.drop(ledger, drafts.begin(ledger, "acme"))
    with ThreadPoolExecutor() as pool:
        command = [sys.executable, "-c", TWO_ISSUES, str(home)]
        ended = list(pool.map(lambda _: subprocess.run(command, check=False, capture_output=True), range(2)))
    assert [each.returncode for each in ended] == [0, 0], [each.stderr for each in ended]
    assert sorted(d.number for d in reading.listed(ledger)) == [f"F2026-{n:04}" for n in range(1, 5)]
    assert verify(ledger) == []
    ledger.db.close()


def test_a_deposit_of_all_leaves_nothing_to_pay_at_three_rates(seller):
    agreed = [word for line in ("1 x333,33 API", "1 x77,77 @mid Atelier", "1 x0,01 @red Manuel")
              for word in ("--line", line)]  # fmt: skip
    deposit = issue(seller, "--deposit", "100%", *agreed)
    final = issue(seller, *agreed)
    assert final["prepaid_minor"] == deposit["total_minor"] == final["total_minor"]
    assert (final["payable_minor"], final["open_minor"]) == (0, 0)


def test_tax_is_taken_once_on_the_sum_of_its_rate(seller):
    made = issue(seller, *["--line", "1 x0,33 Page"] * 3)
    # Line by line it would be three times seven cents.
    assert (made["net_minor"], made["tax_minor"]) == (99, 20)


def test_abroad_the_franchise_is_not_the_reason(seller):
    (seller.home / "settings.toml").write_text(SELLER.replace('vat = "FR44732829320"', 'regime = "franchise"'))
    client = ACME.replace('country = "FR"', 'country = "US"').replace('siren = "404833048"\n', "")
    (seller.home / "clients" / "acme.toml").write_text(client.replace('[statement]\ntax = "20.0"', ""))
    made = issue(seller, "--line", "1 x100 Audit", "--line", "d60 Dépôt")
    (tax,) = made["taxes"]
    assert (tax["category"], tax["tax_minor"]) == ("E", 0)
    assert "259-1" in tax["sentence"]
    assert "293 B" not in seller.ok("invoice", "show", made["number"], "--json").out
