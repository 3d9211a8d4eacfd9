"""What is missing before a statement is issued: one list, each thing with what mends it."""

import pytest

from clepsydra.domain.records import replace
from clepsydra.ledger import opening
from clepsydra.ledger.billing import statements
from clepsydra.ledger.billing.lacking import LOG, SETTINGS, TERMS, lacking
from tests.client_files import client_file
from tests.tui.workbench import SETTINGS as SENDER
from tests.tui.workbench import Desk

WHOLE = 'address = "1 rue Haute"\n'
TAX = {"statement": {"tax": 20}}
WHERE = {"address": "2 quai Bas"}


def found_for(folder, client: str, seller: str = "", note: str = "", number: str = "") -> list[tuple[str, str]]:
    """What lacks, and the action that mends it, for a morning's work of a client."""
    desk = Desk(folder)
    desk.home.settings_file.write_text(SENDER.format(lang="en") + seller)
    desk.home.client_file("dore").write_text(client)
    desk.ledger = opening.open_ledger(desk.home, desk.environment, desk.clock)
    desk.log("dore", "08:00", "09:00", note)
    preview = statements.preview(desk.ledger, "dore")
    statement = replace(preview.statement, number=number)
    return [(str(lack.what), lack.action) for lack in lacking(desk.ledger, statement, preview)]


def test_nothing_lacks_where_both_parties_and_the_tax_are_said(tmp_path):
    assert found_for(tmp_path, client_file("Doré", **WHERE, **TAX), WHOLE, "étude", "2026-0001") == []


def test_an_address_in_parts_is_an_address(tmp_path):
    parts = {"street": "2 quai Bas", "city": "Lyon"}
    assert found_for(tmp_path, client_file("Doré", **parts, **TAX), 'street = "1 rue Haute"\ncity = "Lyon"\n') == []


def test_the_parties_and_the_tax_are_asked_for(tmp_path):
    assert found_for(tmp_path, client_file("Doré")) == [
        ("the sender’s address is missing", SETTINGS),
        ("the client’s address is missing", TERMS),
        ("perhaps tax is missing: none is charged, and nothing says why", TERMS),
    ]


@pytest.mark.parametrize(
    ("seller", "more"),
    [
        ('regime = "franchise"\n', {}),
        ('country = "FR"\n', {"country": "DE"}),
        ("", {"invoice": {"reverse_charge": True}}),
        ("", TAX),
    ],
)
def test_no_tax_is_no_doubt_where_a_reason_is_known(tmp_path, seller, more):
    assert found_for(tmp_path, client_file("Doré", **WHERE, **more), WHOLE + seller) == []


def test_work_at_no_price_comes_first_and_letters_are_mended_where_they_stand(tmp_path):
    client = client_file("Doré", hourly="0", **WHERE, **TAX)
    found = found_for(tmp_path, client, WHOLE, "reviewed \U00013000")
    assert [action for _, action in found] == [TERMS, LOG]
    assert "have no rate" in found[0][0]
    assert "U+13000" in found[1][0]
