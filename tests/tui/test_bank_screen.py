"""The bank on the screen: a month's file comes in and is matched in a few keys, each booking undone by itself."""

from pathlib import Path

import pytest

from clepsydra.ledger.documents import expenses, issuing
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.receivables import bank_matching, banking, owing
from clepsydra.ledger.verify import verify
from tests.cli.test_invoices import ACME
from tests.tui.frames import frame, watch
from tests.tui.test_money_screen import home, prepared

__all__ = ["home"]

MONTH = """Date;Libellé;Montant;Nom
24/11/2026;VIR FACT {0};120,00;ACME SARL
24/11/2026;CARTE;-92,73;
25/11/2026;divers;240,00;ACME
26/11/2026;{2} acompte;100,00;
27/11/2026;loyer;777,00;AUTRE
"""


@pytest.fixture
def bank(home, monkeypatch):
    """The app with three invoices of Acme, in a folder with a file of the bank."""
    tui = prepared(home, ACME)
    lines = [f"1 x{price} Travaux" for price in (100, 200, 300)]
    numbers = [issuing.issue(tui.ledger, InvoiceRequest("acme", lines=(line,))).number for line in lines]
    monkeypatch.chdir(home.path.parent)
    Path("m").write_text(MONTH.format(*numbers), "utf-8")
    return tui


async def _pressed(pilot, *keys):
    await pilot.press("P", "b", "i", "m", "enter")
    for key in keys:
        await pilot.pause()
        await pilot.press(key)
    await pilot.pause()
    await pilot.pause()
    return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_month_is_matched_in_a_few_keys(bank):
    tui = bank
    shown = watch(tui, lambda pilot: _pressed(pilot, "A", "enter"), (80, 24))
    assert "777,00 €" in shown
    assert "240,00 €" not in shown
    states = [row.state for row in banking.listed(tui.ledger)]
    assert states == ["matched", "ignored", "matched", "matched", "open"]
    assert verify(tui.ledger) == []


def test_a_line_says_what_it_pays_and_why_and_undo_takes_one_booking_back(bank):
    tui = bank
    shown = watch(tui, lambda pilot: _pressed(pilot, "A", "u"), (120, 40))
    assert "numéro et montant" in shown or "un seul document" in shown
    assert [each.row.minor for each in bank_matching.proposed(tui.ledger)] == [24000, 10000, 77700]


def test_what_is_missing_may_be_what_a_bank_kept(bank):
    tui = bank
    watch(tui, lambda pilot: _pressed(pilot, "down", "down", "tilde"), (80, 24))
    assert sorted(debt.total_minor for debt in owing.debts(tui.ledger)) == [12000, 24000]
    assert verify(tui.ledger) == []


def test_a_line_is_split_left_out_and_chosen_for(bank):
    tui = bank
    typed = (*"acme", "space", *"700", "space", "plus", "space", *"acme")
    shown = watch(tui, lambda pilot: _pressed(pilot, "x", "down", "down", "s", *typed, "enter", "a"), (120, 40))
    assert "laissée" in shown
    rows = banking.listed(tui.ledger)
    assert [(row.state, row.taken_minor) for row in rows][::4] == [("ignored", 0), ("matched", 77700)]
    assert bank_matching.paid_by(tui.ledger)[rows[4].id] == ("Acme SARL",)


def test_money_that_went_out_is_passed_on_from_its_line(bank):
    tui = bank
    shown = watch(tui, lambda pilot: _pressed(pilot, "a", "end", "up", "enter", "enter", "enter"), (80, 24))
    assert "refacturé" in shown
    assert [(each.client, each.minor) for each in expenses.listed(tui.ledger)] == [("acme", 9273)]
    assert verify(tui.ledger) == []
