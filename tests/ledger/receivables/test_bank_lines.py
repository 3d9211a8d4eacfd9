"""Lines of the bank in the log: whatever files bring them, in whatever order, each line is there once."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clepsydra.exchange.bank.registry import BankContent
from clepsydra.exchange.bank.shape import BankFile, BankMovement, BankStatement
from clepsydra.ledger import history
from clepsydra.ledger.documents import issuing
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.receivables import bank_matching, bank_proving, banking
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from tests.ledger.documents.test_books import ledger_of
from tests.ledger.workbench import Desk

BEGIN = date(2026, 11, 2)
LINES = st.tuples(st.integers(0, 3), st.sampled_from([100, -100, 250]), st.sampled_from(["VIR A", "vir  á", "B"]))
FILES = st.lists(st.lists(LINES, min_size=1, max_size=7), min_size=1, max_size=4)


def told(rows) -> BankContent:
    """A file of one account that says so."""
    moved = tuple(
        BankMovement(n, BEGIN + timedelta(day), minor, "EUR", text=text) for n, (day, minor, text) in enumerate(rows, 1)
    )
    days = [each.day for each in moved]
    statement = BankStatement("A", "EUR", moved, min(days), max(days))
    return BankContent(BankFile("CSV", (statement,)))


def bring(ledger, rows) -> int:
    plan = banking.prepare(ledger, [("f", told(rows))], "f")
    banking.carry_out(ledger, plan, Home(Path("/nowhere")))
    return len(plan.added)


def counted(rows) -> Counter[object]:
    """Lines that are the same to a bank: case, blanks and accents do not tell them apart."""
    return Counter((day, minor, banking.text_key(("", "", "", text))) for day, minor, text in rows)


def held(ledger) -> Counter[object]:
    first = BEGIN.toordinal()
    return Counter((row.day - first, row.minor, row.text_key) for row in banking.listed(ledger))


@settings(max_examples=12)
@given(FILES, st.randoms(use_true_random=False))
def test_of_each_line_there_are_as_many_as_the_file_that_has_most(files, chance: random.Random):
    ledger = Desk.at().ledger
    wanted: Counter[object] = Counter()
    for rows in files:
        bring(ledger, rows)
        wanted |= counted(rows)
        assert held(ledger) == wanted
        assert bring(ledger, chance.sample(rows, len(rows))) == 0
    assert list(bank_proving.breaches(ledger)) == []
    while history.reached(ledger) and banking.listed(ledger):
        history.undo(ledger)
    assert held(ledger) == Counter()
    ledger.db.close()


@pytest.fixture
def booked(tmp_path):
    """A line of the bank that an invoice of 120.00 fits."""
    ledger = ledger_of(tmp_path / "home")
    issuing.issue(ledger, InvoiceRequest("acme", lines=("1 x100 Audit",)))
    bring(ledger, [(0, 12000, "VIR FACT F2026-0001")])
    return ledger


def test_two_windows_book_a_line_once(booked):
    (line,) = bank_matching.proposed(booked)
    bank_matching.accept_sure(booked)
    with pytest.raises(Refused, match="meanwhile"):
        bank_matching._book(booked, line, line.proposal.documents, 12000)
    assert bank_matching.accept_sure(booked) == []
    assert verify(booked) == []


def test_an_import_is_kept_while_money_was_booked_from_it(booked):
    (line,) = bank_matching.proposed(booked)
    bank_matching.accept(booked, line.row.id)
    history.undo(booked)
    assert [each.row.id for each in bank_matching.proposed(booked)] == [line.row.id]
    bank_matching.accept(booked, line.row.id)
    with pytest.raises(Refused):
        banking.ignore(booked, line.row.id)
    history.undo(booked)
    history.undo(booked)
    assert banking.listed(booked) == []
    assert verify(booked) == []
