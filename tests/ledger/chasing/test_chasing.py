"""Law 17 on a live log: half a year of random letters, promises, disputes, money and undo, and the proof at the end."""

import random
import shutil
from contextlib import suppress
from datetime import date, timedelta

import pytest

from clepsydra.domain.records import replace
from clepsydra.ledger import history
from clepsydra.ledger.chasing import acting
from clepsydra.ledger.chasing.evening import DuesKind, dues
from clepsydra.ledger.chasing.reading import chase_steps, letters_today, written
from clepsydra.ledger.documents import drafts, issuing
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.opening import open_ledger
from clepsydra.ledger.receivables import owing, receiving
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from tests.cli.test_invoices import ACME, SELLER
from tests.clock import at

BEGIN = at("2026-11-30 10:00")
NUMBERS = ("F2026-0001", "F2026-0002", "F2026-0003")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("chasing") / "home")
    home.ensure()
    home.settings_file.write_text(SELLER)
    for slug in ("acme", "brel"):
        home.client_file(slug).write_text(ACME)
    ledger = open_ledger(home, {}, lambda: BEGIN)
    for slug in ("acme", "acme", "brel"):
        issuing.issue(ledger, InvoiceRequest(slug, lines=("2h x100 Conseil",)))
    ledger.db.close()
    return home


def act(ledger, chance):
    """One thing a person might do, whether it may be done or not."""
    number, today = chance.choice(NUMBERS), today_of(ledger)
    match chance.randrange(10):
        case 0:
            acting.promise(ledger, number, today + timedelta(chance.randrange(20)))
        case 1:
            acting.end_promise(ledger, number)
        case 2:
            acting.dispute(ledger, number, "heures")
        case 3 | 4:
            acting.end_dispute(ledger, number)
        case 5:
            half = owing.debt(ledger, number).open_minor // 2 + 1
            receiving.receive(ledger, half, "EUR", today - timedelta(chance.randrange(9)), [number])
        case 6:
            history.undo(ledger)
        case _:
            acting.mark_sent(ledger, number, today - timedelta(chance.randrange(4)))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_tried_nobody_is_chased_against_the_law(prepared, tmp_path, seed):
    shutil.copytree(prepared.path, tmp_path / "home")
    now = [BEGIN]
    ledger = open_ledger(Home(tmp_path / "home"), {}, lambda: now[0])
    chance = random.Random(seed)
    while now[0] < at("2027-05-31 10:00"):
        now[0] += 86_400 * chance.choice((1, 1, 1, 2, 3, 30)) + chance.randrange(3600)
        for letter in letters_today(ledger):
            acting.mark_sent(ledger, letter.steps[0].debt.number)
        for _ in range(2):
            now[0] += 60
            with suppress(Refused):
                act(ledger, chance)
    sent = [row for row in written(ledger) if row.sent_day is not None]
    assert sent
    assert verify(ledger) == []
    assert all(step.debt.open_minor for step in chase_steps(ledger))
    ledger.db.close()


FIXED = """
name = "Fix SA"
[[rates]]
hourly = "100.00"
[contract]
type = "fixed"
from = 2026-10-01
included = "40h"
fee = "4000.00"
[[contract.deliverables]]
name = "Maquette"
weight = 25
accepted = 2026-12-03
[[contract.deliverables]]
name = "Site"
weight = 75
"""


def test_accepted_deliverables_and_drafts_that_lie_come_up_in_the_evening(prepared, tmp_path):
    shutil.copytree(prepared.path, tmp_path / "home")
    home, now = Home(tmp_path / "home"), [at("2026-12-10 10:00")]
    home.client_file("fix").write_text(FIXED)
    ledger = open_ledger(home, {}, lambda: now[0])
    begun = drafts.with_line(ledger, drafts.begin(ledger, "acme"), "1h x100 Conseil")
    drafts.change(ledger, begun, replace(begun.request, work=False))

    def told(*kinds):
        return [(item.kind, item.client, item.minor, item.days) for item in dues(ledger) if item.kind in kinds]

    assert told("deliverable", "draft") == [("deliverable", "fix", 100_000, 7)]
    now[0] = at("2026-12-13 10:00")
    assert told("draft") == [("draft", "acme", 12_000, 3)]
    acting.defer(ledger, "acme", date(2027, 1, 20), "attend le bon de commande")
    assert told("draft", "deferred") == []
    now[0] = at("2027-01-13 10:00")
    assert told("draft", "deferred") == [("deferred", "acme", 0, -7)]
    ledger.db.close()


@pytest.mark.parametrize("known_by", ["money", "promise", "dispute"])
def test_an_invoice_that_the_client_answered_is_not_to_be_sent(prepared, tmp_path, known_by):
    shutil.copytree(prepared.path, tmp_path / "home")
    ledger = open_ledger(Home(tmp_path / "home"), {}, lambda: BEGIN + 60)
    today = today_of(ledger)

    def to_send() -> list[str]:
        return [item.number for item in dues(ledger) if item.kind is DuesKind.SEND]

    assert to_send() == list(NUMBERS)
    if known_by == "money":
        receiving.receive(ledger, 100, "EUR", today, NUMBERS[:1])
    elif known_by == "promise":
        acting.promise(ledger, NUMBERS[0], today + timedelta(9))
    else:
        acting.dispute(ledger, NUMBERS[0], "heures")
    assert to_send() == list(NUMBERS[1:])
    history.undo(ledger)
    assert to_send() == list(NUMBERS)
