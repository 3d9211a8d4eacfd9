"""Random books through the ledger: whatever is invoiced, deposited, discounted and credited, laws 12 to 15 hold.

And mutants: a changed row, file or claim is named by the law it breaks.
"""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents import issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.editing import add
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.live.figures import Live
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.receivables import crediting, owing, statement_payment
from clepsydra.ledger.receivables.crediting import Credit
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from tests.cli.test_invoices import ACME, SELLER
from tests.clock import at

NOW = at("2026-11-24 14:32:07")

TYPED = (
    "12h15 x120 API", "0h07 x91,37 Appel", "3j x650 Atelier", "1 x800 -10% Audit", "2 x40,05 @red Manuel",
    "=92,73 +7% Train", "d60 Dépôt", "7 x0,33 @mid Page", "-3% Remise", "-5 Remise", "min 250",
)  # fmt: skip
LINES = st.lists(st.sampled_from(TYPED), min_size=1, max_size=5)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("invoice"), LINES),
        st.tuples(st.just("deposit"), LINES, st.sampled_from(["30%", "100%", "12,34", "TTC:99,99", "TTC:1000"])),
        st.tuples(st.just("credit"), st.integers(0, 5),
                  st.sampled_from(["", "1=1", "2=0,5", "3,33 @std", "9 @red"])),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def ledger_of(folder, acme=ACME):
    home = Home(folder)
    home.ensure()
    home.settings_file.write_text(SELLER)
    home.client_file("acme").write_text(acme)
    return open_ledger(home, {}, lambda: NOW)


def act(ledger, what, *how):
    if what == "credit":
        found = reading.listed(ledger)
        if found:
            number, typed = found[how[0] % len(found)].number, how[1]
            lines, amounts = ((typed,), ()) if "=" in typed else ((), (typed,) if typed else ())
            crediting.credit(ledger, Credit(number, lines, amounts))
        return
    issuing.issue(ledger, InvoiceRequest("acme", lines=tuple(how[0]), deposit=how[1] if what == "deposit" else ""))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_random_books_hold_the_laws(tmp_path_factory, acts):
    ledger = ledger_of(tmp_path_factory.mktemp("books") / "home")
    for each in acts:
        try:
            act(ledger, *each)
        except Refused:
            continue
    assert verify(ledger) == []
    for document in reading.listed(ledger):
        assert document.total_minor == document.net_minor + document.tax_minor
        assert document.open_minor >= 0
    ledger.db.close()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["left", "paid", "paid in part", "void", "invoiced"]), max_size=5))
def test_what_can_be_invoiced_is_what_nothing_was_paid_of_and_no_live_document_holds(tmp_path_factory, fates):
    ledger = ledger_of(tmp_path_factory.mktemp("books") / "home")
    left = []
    for day, fate in enumerate(fates, 1):
        add(ledger, Work("acme"), NOW - day * 86_400, NOW - day * 86_400 + 3600)
        statement = statements.issue(ledger, "acme")
        number = statement.number
        if fate == "void":
            statements.void(ledger, number, "mistake")
        elif fate.startswith("paid"):
            statement_payment.pay(ledger, number, 500 if fate == "paid in part" else None)
        elif fate == "left":
            left.append(statement.net_minor)
        else:
            issuing.issue(ledger, InvoiceRequest("acme", statements=(number,)))
    live = Live(ledger)
    live.refresh()
    found = reading.to_bill(ledger, live.at(ledger.now), owing.debts(ledger))
    assert sum(each.statements for each in found) == len(left)
    assert sum(each.minor for each in found) == sum(left)
    ledger.db.close()


def test_what_is_to_invoice_has_no_surcharge_beyond_a_cap(tmp_path):
    agreed = '[contract]\ntype = "hourly"\nfrom = 2026-01-01\ncap = "180.00"\n'
    weekend = '[[surcharges]]\ndays = "sat"\npercent = "50"\n'
    ledger = ledger_of(tmp_path / "home", ACME + agreed + weekend)
    add(ledger, Work("acme"), at("2026-11-21 09:00"), at("2026-11-21 11:00"))
    live = Live(ledger)
    live.refresh()
    [found] = reading.to_bill(ledger, live.at(ledger.now), owing.debts(ledger))
    assert found.open_minor == 18000 + 9000
    statements.issue(ledger, "acme")
    live.refresh()
    [found] = reading.to_bill(ledger, live.at(ledger.now), owing.debts(ledger))
    assert (found.minor, found.open_minor) == (18000 + 9000, 0)
    assert issuing.issue(ledger, InvoiceRequest("acme")).net_minor == 18000 + 9000
    ledger.db.close()


MUTANTS = {
    12: "UPDATE document SET n = n + 1, number = 'F2026-0009' WHERE n = 2",
    13: "UPDATE document SET body = replace(body, 'Audit', 'Autre')",
    14: "UPDATE claim SET ref = 'nothing' WHERE kind = 'deposit'",
    15: "UPDATE document_line SET net_minor = net_minor + 1",
}


@pytest.mark.parametrize("law", MUTANTS)
def test_mutants_are_named_by_their_law(tmp_path, law):
    ledger = ledger_of(tmp_path / "home")
    issuing.issue(ledger, InvoiceRequest("acme", lines=("1 x100 Audit",), deposit="30%"))
    issuing.issue(ledger, InvoiceRequest("acme", lines=("1 x100 Audit",)))
    assert verify(ledger) == []
    ledger.db.close()
    db = sqlite3.connect(tmp_path / "home" / "clepsydra.db")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute(MUTANTS[law])
    db.commit()
    db.close()
    again = ledger_of(tmp_path / "home")
    assert law in {breach.law for breach in verify(again)}
    again.db.close()


def test_a_deposit_on_more_discount_than_work_is_refused(tmp_path):
    ledger = ledger_of(tmp_path / "home")
    with pytest.raises(Refused, match="take off more"):
        issuing.issue(ledger, InvoiceRequest("acme", lines=("7 x0,33 @mid Page", "-5 Remise"), deposit="30%"))
    assert reading.listed(ledger) == []
    ledger.db.close()


def test_a_changed_file_is_named(tmp_path):
    ledger = ledger_of(tmp_path / "home")
    number = issuing.issue(ledger, InvoiceRequest("acme", lines=("1 x100 Audit",))).number
    file = tmp_path / "home" / "documents" / "2026" / f"{number}.xml"
    file.write_bytes(file.read_bytes().replace(b"120.00", b"121.00"))
    assert [breach.law for breach in verify(ledger)] == [13]
    ledger.db.close()
