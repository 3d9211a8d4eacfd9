"""Law 16 through the ledger: whatever is received, applied, credited, written off and undone, money in is whole."""

import shutil
import sqlite3
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clepsydra.ledger import history
from clepsydra.ledger.documents import issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.receivables import closing, collecting, crediting, owing, receipts
from clepsydra.ledger.receivables.crediting import Credit
from clepsydra.ledger.receivables.receiving import Gaps, receive
from clepsydra.ledger.verify import verify
from clepsydra.store import receipts as stored
from clepsydra.store import receivable_sums
from tests.ledger.documents.test_books import ledger_of

DAY = date(2026, 11, 24)
AMOUNTS = st.sampled_from([1, 500, 2400, 4999, 12000, 13000, 40000, -500, -2400])
PICK = st.lists(st.integers(0, 3), max_size=3)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("receive"), AMOUNTS, PICK, st.sampled_from([0, 0, 100, 1500]), st.booleans()),
        st.tuples(st.just("apply"), st.integers(0, 3)),
        st.tuples(st.just("credit"), st.integers(0, 3), st.sampled_from(["", "20", "33,33"])),
        st.tuples(st.just("write off"), st.integers(0, 3)),
        st.tuples(st.just("difference"), st.integers(0, 3)),
        st.tuples(st.just("annul"), st.integers(0, 3)),
        st.tuples(st.just("take back"), st.integers(0, 9)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


def books(folder):
    """Three invoices, of 120.00, 120.00 and 24.00, and a deposit of 30 % of one more."""
    ledger = ledger_of(folder)
    for lines, deposit in (
        (("1 x100 Audit",), ""),
        (("1 x100 Audit",), "30%"),
        (("1 x100 API",), ""),
        (("1 x20 A",), ""),
    ):
        issuing.issue(ledger, InvoiceRequest("acme", lines=lines, deposit=deposit, deduct=()))
    return ledger


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The home of such books."""
    folder = tmp_path_factory.mktemp("books") / "home"
    books(folder).db.close()
    return folder


def copy_of(made, folder):
    shutil.copytree(made, folder)
    return ledger_of(folder)


def act(ledger, what, *how):
    numbers = [each.number for each in reading.listed(ledger) if each.kind != "credit"]
    if what == "receive":
        chosen = [numbers[place] for place in dict.fromkeys(how[1])]
        receive(ledger, how[0], "EUR", DAY, chosen, client="acme", gaps=Gaps(fee_minor=how[2], difference=how[3]))
    elif what == "take back":
        found = [row.id for row in stored.select(ledger.db)]
        found += [each.id for each in stored.allocations(ledger.db) if each.receipt is None]
        if found:
            closing.take_back(ledger, found[how[0] % len(found)])
    elif what in ("undo", "redo"):
        (history.undo if what == "undo" else history.redo)(ledger)
    elif what == "credit":
        crediting.credit(ledger, Credit(numbers[how[0]], amounts=(how[1],) if how[1] else ()))
    elif what == "apply":
        closing.apply(ledger, numbers[how[0]])
    elif what == "write off":
        closing.write_off(ledger, numbers[how[0]], "bankrupt")
    elif what == "annul":
        crediting.annul(ledger, numbers[how[0]], numbers[how[0]])
    else:
        closing.close_difference(ledger, numbers[how[0]])


def whole(ledger):
    """Law 16 added up once more from what the ledger says, the sums of debts included."""
    for receipt in receipts.listed(ledger):
        assert receipt.minor == sum(each.taken_minor for each in receipt.allocations) + receipt.credit_minor
    for standing in reading.listed(ledger):
        if standing.kind != "credit" and standing.state == "issued":
            closed = sum(each.minor for each in stored.of_debt(ledger.db, standing.id))
            owed = max(0, standing.payable_minor - standing.credited_minor)
            assert closed + standing.open_minor == owed
            assert 0 <= closed <= owed


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_money_in_is_whole_whatever_is_done(made, tmp_path_factory, acts):
    ledger = copy_of(made, tmp_path_factory.mktemp("money") / "home")
    for each in acts:
        with suppress(Refused):
            act(ledger, *each)
        whole(ledger)
    assert verify(ledger) == []
    assert sum(debt.open_minor for debt in owing.debts(ledger)) == sum(
        each.open_minor for each in receivable_sums.open_documents(ledger.db)
    )
    ledger.db.close()


PAID = "(SELECT id FROM document WHERE number = 'F2026-0001')"
OPEN = "(SELECT id FROM document WHERE number = 'F2026-0003')"
TO_OPEN = "INSERT INTO allocation (id, receipt, document, day, kind, minor, taken_minor) SELECT 'x', id, "
BROKEN = {
    "UPDATE receipt SET minor = minor - 2000": "is not the sum of what it pays",
    "UPDATE allocation SET taken_minor = taken_minor + 2000": "is not the sum of what it pays",
    f"INSERT INTO allocation (id, document, day, kind, minor) VALUES ('x', {PAID}, 1, 'writeoff', 1)": "above what it",
    f"INSERT INTO allocation (id, document, day, kind, minor) VALUES ('x', {OPEN}, 1, 'fee', -1)": "below zero",
    f"{TO_OPEN} {OPEN}, 1, 'payment', 5, 4 FROM receipt LIMIT 1": "takes another amount than it pays of F2026-0003",
    "UPDATE receipt SET currency = 'USD'": "in another currency without an exchange",
    "UPDATE receipt SET client = 'brel'": "of another client",
    "DELETE FROM receipt": "is not there, but pays something",
    f"INSERT INTO plan_part (id, document, position, due_day, minor) VALUES ('x', {OPEN}, 1, 1, 99999)": "asks for",
}  # fmt: skip


@pytest.fixture(scope="module")
def paid(made, tmp_path_factory):
    """A log with a receipt of 130.00 for an invoice of 120.00, and no locks."""
    ledger = copy_of(made, tmp_path_factory.mktemp("paid") / "home")
    receive(ledger, 13000, "EUR", DAY, ["F2026-0001"])
    for (name,) in ledger.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        ledger.db.execute(f"DROP TRIGGER {name}")
    ledger.db.execute("PRAGMA foreign_keys = OFF")
    return ledger


@pytest.mark.parametrize("sql", BROKEN)
def test_a_breach_made_by_hand_is_named(paid, sql):
    paid.db.execute("SAVEPOINT broken")
    paid.db.execute(sql)
    found = [breach.what.text.format(**breach.what.values) for breach in verify(paid) if breach.law == 16]
    paid.db.execute("ROLLBACK TO broken")
    paid.db.execute("RELEASE broken")
    assert any(BROKEN[sql] in each for each in found), found


def test_the_file_keeps_the_law_without_the_program(made, tmp_path):
    ledger = copy_of(made, tmp_path / "home")
    receive(ledger, 13000, "EUR", DAY, ["F2026-0001"])
    for sql in BROKEN:
        if not sql.startswith("INSERT INTO plan"):
            with pytest.raises(sqlite3.IntegrityError):
                ledger.db.execute(sql)
    assert verify(ledger) == []


def test_a_credit_after_money_was_paid_back_takes_the_rest_and_the_fee(made, tmp_path):
    ledger = copy_of(made, tmp_path / "home")
    receive(ledger, 11900, "EUR", DAY, ["F2026-0001"], gaps=Gaps(fee_minor=100))
    receive(ledger, -1954, "EUR", DAY, ["F2026-0001"])
    crediting.credit(ledger, Credit("F2026-0001"))
    assert [str(breach.what) for breach in verify(ledger)] == []
    taken = [(each.kind, each.minor) for each in stored.allocations(ledger.db)]
    assert sorted(taken) == [("fee", -100), ("fee", 100), ("payment", -9946), ("payment", -1954), ("payment", 11900)]
    assert closing.credit_of(ledger, "acme", "EUR") == 9946
    ledger.db.close()


def test_money_paid_back_of_what_a_credit_paid_is_whole(made, tmp_path):
    ledger = copy_of(made, tmp_path / "home")
    receive(ledger, 17000, "EUR", DAY, ["F2026-0001"])
    closing.apply(ledger, "F2026-0002")
    receive(ledger, -1000, "EUR", DAY, ["F2026-0002"])
    assert verify(ledger) == []
    crediting.credit(ledger, Credit("F2026-0002"))
    assert verify(ledger) == []
    ledger.db.close()


def test_money_is_not_taken_back_under_what_was_paid_back_of_it(made, tmp_path):
    ledger = copy_of(made, tmp_path / "home")
    first = receive(ledger, 12000, "EUR", DAY, ["F2026-0001"])
    receive(ledger, -730, "EUR", DAY, ["F2026-0001"])
    receive(ledger, 630, "EUR", DAY, ["F2026-0001"], gaps=Gaps(fee_minor=100))
    with pytest.raises(Refused, match="followed by more"):
        closing.take_back(ledger, first.id)
    assert verify(ledger) == []
    ledger.db.close()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 3), st.lists(st.tuples(st.booleans(), st.integers(1, 5000)), max_size=5))
def test_what_came_in_and_what_was_given_up_are_the_net_of_a_document_to_the_cent(made, tmp_path_factory, place, acts):
    ledger = copy_of(made, tmp_path_factory.mktemp("net") / "home")
    standing = [each for each in reading.listed(ledger) if each.kind != "credit"][place]
    for paid, minor in acts:
        with suppress(Refused):
            if paid:
                receive(ledger, minor, "EUR", DAY, [standing.number], client="acme")
            else:
                closing.write_off(ledger, standing.number, "bankrupt", minor)
    with suppress(Refused):
        closing.write_off(ledger, standing.number, "bankrupt")
    [debt] = {row.debt for row in stored.allocations(ledger.db)}
    given_up = [row for row in stored.of_debt(ledger.db, debt) if row.kind == "writeoff"]
    came = sum(each.net_minor for each in collecting.collected(ledger))
    assert came + sum(collecting.net_of(ledger, given_up) if given_up else ()) == standing.net_minor
    ledger.db.close()
