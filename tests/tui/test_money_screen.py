"""Money on the screen: from open work to a draft with typed lines, to an issued invoice and its credit note."""

import sqlite3

import pytest

from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents import drafts, issuing, reading
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.editing import add
from clepsydra.ledger.receivables import statement_payment
from clepsydra.ledger.timers import Work
from clepsydra.ledger.verify import verify
from clepsydra.settings.home import Home
from clepsydra.store import receivable_sums
from tests.cli.test_invoices import ACME, SELLER
from tests.tui.frames import frame, watch
from tests.tui.sample_app import opened


@pytest.fixture
def home(tmp_path):
    """A home of one client: nothing else is to be read."""
    made = Home(tmp_path / "home")
    made.ensure()
    return made


SPELLED = {" ": "space", "%": "percent_sign", "-": "minus"}


def prepared(home, client=ACME, lang="fr"):
    """The app of a seller with an hour of work for Acme that is not billed."""
    home.settings_file.write_text(SELLER)
    home.client_file("acme").write_text(client)
    tui = opened(home, lang)
    now = tui.ledger.now
    add(tui.ledger, Work("acme", "default", "API"), now - 7200, now - 3600)
    return tui


async def pressed(pilot, *keys):
    """Press keys on the screen of money; `=text` types a text, `acme` moves to that client."""
    await pilot.press("P", "1")
    for key in keys:
        await pilot.pause()
        if key == "acme":
            while pilot.app.screen.client != "acme":
                await pilot.press("down")
                await pilot.pause()
        else:
            await pilot.press(*([SPELLED.get(char, char) for char in key[1:]] if key[0] == "=" else [key]))
    await pilot.pause()
    await pilot.pause()
    return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")


def went(tui, *keys, size=(110, 36)):
    """What the screen showed after keys."""
    return watch(tui, lambda pilot: pressed(pilot, *keys), size)


def said(tui, *keys):
    """What was said in passing after keys."""
    went(tui, *keys)
    return [each.replace("\u00a0", " ") for each in tui.said]


def test_a_line_shows_its_amount_while_it_is_typed(home):
    tui = prepared(home)
    assert "1 470,00 €" in went(tui, "acme", "enter", "a", "=12h15 x120 API")
    assert len(drafts.listed(tui.ledger)) == 1


def test_a_line_that_was_added_is_seen_and_under_the_cursor(home):
    tui = prepared(home)
    now = tui.ledger.now
    for day in range(1, 9):
        add(tui.ledger, Work("acme", "default", "API"), now - day * 86_400 - 7200, now - day * 86_400 - 3600)
    shown = went(tui, "acme", "enter", "a", "=1 x10 Un", "enter", "a", "=1 x20 Deux", "enter", size=(80, 24))
    assert "Deux" in shown
    went(opened(home, "fr"), "2", "enter", "end", "delete")
    (left,) = drafts.listed(tui.ledger)
    assert left.request.lines == ("1 x10 Un",)


def test_a_line_of_work_is_not_removed_by_throwing_the_whole_draft_away(home):
    tui = prepared(home)
    assert "Seules les lignes tapées s’enlèvent" in " ".join(said(tui, "acme", "enter", "delete"))
    assert len(drafts.listed(tui.ledger)) == 1
    assert any("jeté" in each for each in said(opened(home, "fr"), "2", "delete"))


def test_from_open_work_to_an_invoice(home):
    tui = prepared(home)
    keys = ("acme", "enter", "a", "=12h15 x120 API", "enter", "a", "=-3% Remise", "enter", "i", "enter")
    shown = went(tui, *keys)
    (made,) = reading.listed(tui.ledger)
    assert made.number in shown
    assert made.net_minor == (12000 + 147000) * 97 // 100
    assert drafts.listed(tui.ledger) == []
    assert verify(tui.ledger) == []


def test_what_is_missing_stands_under_the_lines(home):
    tui = prepared(home, ACME.replace('siren = "404833048"\n', ""))
    assert "clients/acme.toml" in went(tui, "acme", "enter", "i")
    assert reading.listed(tui.ledger) == []


def test_a_disk_that_refuses_the_price_of_what_is_chosen_is_told(home, monkeypatch):
    def refuse(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(issuing, "preview", refuse)
    tui = prepared(home, lang="en")
    assert "▸1 To bill 1" in went(tui)
    assert any("disk I/O error" in said for said in tui.said)


def test_small_and_english(home):
    tui = prepared(home, lang="en")
    shown = went(tui, "acme", "enter", size=(80, 24))
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "Drafts 1" in shown


def invoiced(home, *lines, lang="en"):
    """The app of a seller with issued invoices of a line each."""
    tui = prepared(home, lang=lang)
    for line in lines:
        issuing.issue(tui.ledger, InvoiceRequest("acme", lines=(line,)))
    return tui


def test_money_received_with_a_fee_settles_and_the_rest_is_applied(home):
    tui = invoiced(home, "1 x100 Audit", "1 x50 API")
    first, second = sorted(each.number for each in receivable_sums.open_documents(tui.ledger.db))
    as_credit = ("tab", "tab", "tab", "right")
    shown = went(tui, "3", "y", "ctrl+u", "=140", "tab", "=5", *as_credit, "enter", "3", "equals_sign")
    assert "Settled 1" in shown
    assert "credit €25.00" in shown
    assert reading.standing(tui.ledger, first).open_minor == 0
    assert reading.standing(tui.ledger, second).open_minor == 6000 - 2500
    assert verify(tui.ledger) == []


def test_a_plan_is_typed_and_its_parts_are_seen(home):
    tui = invoiced(home, "1 x833,33 Audit")
    shown = went(tui, "3", "l", "=3", "enter", size=(80, 24))
    assert "part 1/3" in shown
    assert "€333.34" in shown


def test_what_is_more_pays_what_else_the_client_owes(home):
    tui = invoiced(home, "1 x100 Audit", "1 x50 API")
    went(tui, "3", "y", "ctrl+u", "=130", "enter")
    assert [each.open_minor for each in receivable_sums.open_documents(tui.ledger.db)] == [5000]


def test_what_is_given_up_and_undone(home):
    tui = invoiced(home, "1 x100 Audit", "1 x50 API")
    shown = went(tui, "3", "w", "=gone", "enter", "3", "w", "=gone too", "enter", "u")
    assert "Settled 1" in shown
    assert [each.open_minor for each in receivable_sums.open_documents(tui.ledger.db)] == [6000]


def test_a_statement_on_no_invoice_is_among_what_is_settled_once_it_is_paid(home):
    tui = prepared(home)
    ledger = tui.ledger
    issued = statements.issue(ledger, "acme", None, None)
    assert "rien de réglé encore" in went(tui, "5")
    statement_payment.pay(ledger, issued.number)
    shown = went(opened(home, "fr"), "5")
    assert "▸5 Réglées 1" in shown
    assert issued.number in shown


def test_what_is_settled_is_not_asked_for_again(home):
    shown = went(invoiced(home, "1 x100 Audit"), "3", "y", "enter", "5")
    assert "total €120.00" in shown
    assert "to pay" not in shown


def test_an_empty_list_promises_no_key_that_does_nothing(home):
    shown = went(prepared(home, lang="en"), "2")
    assert "no draft" in shown
    assert "adds one" not in shown
