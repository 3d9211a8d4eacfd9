"""Law 17 on a live log: half a year of random letters, promises, disputes, money and undo, and the proof at the end."""

import random
import shutil
from contextlib import suppress
from datetime import timedelta

import pytest

from clepsydra.ledger import history
from clepsydra.ledger.cash import issuing, owing, receiving
from clepsydra.ledger.cash.reading import today_of
from clepsydra.ledger.cash.request import InvoiceRequest
from clepsydra.ledger.chasing import acting
from clepsydra.ledger.chasing.reading import chase_steps, letters_today, written
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.opening import open_ledger
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
