"""The statements of a practice in full swing: previews, periods, payments, voids, undo."""

import sqlite3
from datetime import date, timedelta

import pytest

from clepsydra.language import formats
from clepsydra.language.translator import Translator
from clepsydra.ledger import opening
from clepsydra.ledger.billing import statements
from clepsydra.ledger.receivables import owing, planning
from clepsydra.ledger.receivables.owed_sums import owed_sums
from clepsydra.ledger.verify import verify
from clepsydra.tui.present.statement import line_row, state_of
from clepsydra.tui.widgets.client_list import ClientList
from clepsydra.tui.widgets.log_table import LogTable
from tests.client_files import client_file
from tests.tui.frames import frame, watch
from tests.tui.sample_app import opened
from tests.tui.workbench import Desk

EVERY = pytest.mark.parametrize(("size", "lang"), [((80, 24), "fr"), ((120, 40), "en"), ((120, 40), "fr")])


def text_of(tui):
    return "\n".join(frame(tui.screen)).replace("\u00a0", " ").replace("\u202f", " ")


def went_through(home, *keys, size=(120, 40), lang="en"):
    """The app and what it showed at the end, after keys on the screen of statements."""
    tui = opened(home, lang)

    async def press(pilot):
        await pilot.press("p")
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        return "\n".join([text_of(tui), *tui.said])

    return tui, watch(tui, press, size)


@EVERY
def test_both_lists_and_the_lines_are_there(home, size, lang):
    tui, shown = went_through(home, size=size, lang=lang)
    expected = {
        "en": (
            "To bill",
            "Issued",
            "Preview · Volta",
            "Exact",
            "Billed",
            "Lost",
            "Gained",
            "Total",
            "left out 1 running €",
            "o see it",
        ),
        "fr": (
            "À facturer",
            "Émis",
            "Aperçu · Volta",
            "Réel",
            "Facturé",
            "Perdu",
            "Gagné",
            "Total",
            "laissé de côté",
            "o voir",
        ),
    }[lang]
    assert [word for word in expected if word not in shown] == []
    preview = statements.preview(tui.ledger, "volta")
    assert preview.statement.lines
    long = [line for line in shown.splitlines() if len(line) > size[0]]
    assert long == []


def test_a_disk_that_refuses_the_preview_is_told_and_the_lists_stay(home, monkeypatch):
    def refuse(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(statements, "preview", refuse)
    _, shown = went_through(home)
    assert "disk I/O error" in shown
    assert "To bill" in shown
    assert "nothing to bill" not in shown


def test_moving_over_the_lists_shows_their_lines(home):
    tui = opened(home)

    async def move(pilot):
        await pilot.press("p")
        await pilot.pause()
        rows = tui.screen.query_one("#bill", ClientList)
        await pilot.press("home")
        await pilot.pause()
        first = tui.screen.shown().client, rows.selected.slug
        await pilot.press("tab")
        await pilot.pause()
        number = tui.screen.shown().number
        await pilot.press("down")
        await pilot.pause()
        below = tui.screen.shown().number
        await pilot.press("shift+tab")
        await pilot.pause()
        return first, number, below, tui.screen.shown().client

    first, number, below, back = watch(tui, move)
    heads = statements.page(tui.ledger, 2)
    assert first[0] == first[1] == back
    assert (number, below) == (heads[0].number, heads[1].number)


@pytest.mark.parametrize(("period", "lang"), [("november", "en"), ("2026-11", "fr")])
def test_a_period_is_typed(home, period, lang):
    names = {"-": "minus"}
    tui, shown = went_through(home, "d", *(names.get(c, c) for c in period), "enter", lang=lang)
    assert {"en": "Volta Énergie · November 2026", "fr": "Volta Énergie · novembre 2026"}[lang] in shown
    found = statements.preview(tui.ledger, "volta", date(2026, 11, 1), date(2026, 11, 30))
    assert f"{len(found.statement.lines)} l" in shown


def test_what_cannot_be_read_stays_in_the_prompt(home):
    _, shown = went_through(home, "d", "x", "y", "z", "enter")
    assert "“xyz” is not a period" in shown


def test_issue_is_asked_and_can_be_undone(home):
    tui, shown = went_through(home, "i")
    number = statements.next_number(tui.ledger, "volta")
    assert number in shown
    before = statements.count(tui.ledger)
    tui, shown = went_through(home, "i", "enter")
    assert f"Issued {number}" in shown
    assert statements.count(tui.ledger) == before + 1
    assert statements.show(tui.ledger, number).state.value == "issued"
    assert verify(tui.ledger) == []
    tui, _ = went_through(home, "u")
    assert statements.show(tui.ledger, number).state.value == "void"
    assert verify(tui.ledger) == []


def test_a_payment_in_part_then_in_full(home):
    tui = opened(home)
    number = statements.page(tui.ledger, 1)[0].number
    total = statements.show(tui.ledger, number).total_minor
    back = ["backspace"] * 20
    tui, shown = went_through(home, "tab", "y", *back, "1", "0", "0", "enter", "enter")
    assert "Still to pay:" in shown
    assert statements.show(tui.ledger, number).paid_minor == 10_000
    tui, shown = went_through(home, "tab", "y", "enter", "enter")
    assert "Paid in full" in shown
    assert statements.show(tui.ledger, number).balance_minor == 0
    assert total > 10_000
    _, shown = went_through(home, "tab", "y")
    assert "is paid already" in shown


def test_more_than_the_balance_is_not_taken(home):
    _, shown = went_through(home, "tab", "y", *["backspace"] * 20, *"9999999", "enter")
    assert "not above" in shown


def test_void_needs_a_reason_and_a_yes(home):
    tui = opened(home)
    number = statements.page(tui.ledger, 1)[0].number
    tui, _ = went_through(home, "tab", "v", "enter")
    assert statements.show(tui.ledger, number).state.value == "issued"
    tui, _ = went_through(home, "tab", "v", "o", "o", "p", "s", "enter", "escape")
    assert statements.show(tui.ledger, number).state.value == "issued"
    tui, shown = went_through(home, "tab", "v", "o", "o", "p", "s", "enter", "enter")
    assert statements.show(tui.ledger, number).void_reason == "oops"
    assert "undo brings it back" in shown
    assert verify(tui.ledger) == []


def test_what_stands_against_an_action_is_said(home):
    _, shown = went_through(home, "y")
    assert "Choose an issued statement first" in shown
    _, shown = went_through(home, "tab", "i")
    assert "is issued already" in shown


def test_any_client_can_be_previewed(home):
    tui = opened(home)

    async def pick(pilot):
        await pilot.press("p", "c")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        return tui.screen.statement.client, tui.screen.query_one("#lines", LogTable).row_total(), text_of(tui)

    client, lines, shown = watch(tui, pick)
    assert (client, lines) == ("jardins", 0)
    assert "nothing to bill in this period" in shown


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_period_that_is_not_over_is_told_before_it_is_issued(home, lang):
    number = statements.next_number(opened(home).ledger, "volta")
    said = {"en": f"The period of {number} lies in the future", "fr": f"La période de {number} est à venir"}[lang]
    _, shown = went_through(home, "i", size=(80, 24), lang=lang)
    assert said.partition(number)[0] not in shown
    _, shown = went_through(home, *typed("d", "2026-11-01..2026-12-31"), "enter", "i", size=(80, 24), lang=lang)
    assert said in " ".join(shown.replace("│", " ").split())
    assert {"en": "31 Dec 2026", "fr": "31 déc. 2026"}[lang] in " ".join(shown.replace("│", " ").split())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1/12/2026", "is dated 1 Dec 2026, which is still to come"),
        ("1/1/2026", "is dated 1 Jan 2026, before it was issued"),
    ],
)
def test_an_odd_day_of_a_payment_is_told_while_it_is_typed_and_after(home, day, said):
    keys = ["tab", "y", "enter", "ctrl+a", "ctrl+k", *typed("", day)]
    _, shown = went_through(home, *keys, size=(80, 24))
    assert said.split(", ")[0] in shown
    tui, _ = went_through(home, *keys, "enter")
    assert tui.said[-1].startswith("Paid in full · the payment of ")
    assert said in tui.said[-1]


def typed(first, text):
    names = {"/": "slash", ".": "full_stop", "-": "minus"}
    return [*first, *(names.get(c, c) for c in text)]


RETAINER = {"type": "retainer", "from": date(2026, 11, 1), "included": "20h", "fee": "2000"}


@pytest.mark.parametrize(
    ("size", "lang", "named"),
    [((120, 40), "en", "Included in the fee · "), ((80, 24), "fr", "Compris dans l")],
)
def test_hours_of_a_fee_say_what_they_are_and_cost_nothing(tmp_path, size, lang, named):
    desk = Desk(tmp_path, lang)
    desk.home.client_file("dore").write_text(client_file("Cabinet Doré", "130.00", contract=RETAINER))
    desk.ledger = opening.open_ledger(desk.home, desk.environment, desk.clock)
    desk.log("dore", "2026-11-03 06:00", "2026-11-03 16:00")
    desk.log("dore", "2026-11-04 06:00", "2026-11-04 16:00")
    desk.log("dore", "2026-11-05 06:00", "2026-11-05 07:00")
    statement = statements.preview(desk.ledger, "dore").statement

    rows = [line_row(line, statement, Translator(lang)) for line in statement.lines]
    included, beyond = ([cell.text for cell in row.cells] for row in rows)
    assert included[1].startswith(Translator(lang).p("statement line", "Included in the fee"))
    assert included[-1] == "–"
    assert included[-2] == ""
    assert beyond[1] == Translator(lang).p("statement line", "Beyond the agreed hours")
    assert beyond[-1] == formats.money(130_00, "EUR", lang)

    async def shown(pilot):
        await pilot.press("p")
        await pilot.pause()
        return text_of(pilot.app)

    tui = desk.open()
    text = watch(tui, shown, size)
    assert named in text
    assert "2 600" not in text


def test_a_fee_shows_its_amount(tmp_path):
    desk = Desk(tmp_path)
    desk.home.client_file("dore").write_text(
        client_file("Cabinet Doré", "130.00", contract=RETAINER | {"from": date(2026, 10, 1)})
    )
    desk.ledger = opening.open_ledger(desk.home, desk.environment, desk.clock)
    desk.log("dore", "2026-10-05 06:00", "2026-10-05 07:00")
    statement = statements.preview(desk.ledger, "dore").statement
    fee = next(line for line in statement.lines if line.fee_minor)
    cells = [cell.text for cell in line_row(fee, statement, Translator("en")).cells]
    assert cells[1].startswith("Fee")
    assert cells[-1] == formats.money(2000_00, "EUR", "en")
    assert cells[2] == cells[3] == ""


@pytest.mark.parametrize(
    ("size", "lang", "said"),
    [((120, 40), "en", "surcharges the invoice adds +€67.50"),
     ((80, 24), "fr", "majorations que la facture ajoute +67,50 €")],
)  # fmt: skip
def test_what_the_invoice_adds_stands_beside_what_is_stated(tmp_path, size, lang, said):
    desk = Desk(tmp_path, lang)
    desk.home.client_file("dore").write_text(
        client_file("Cabinet Doré", "90.00") + '[[surcharges]]\nwindow = "20:00-07:00"\npercent = "50"\n'
    )
    desk.ledger = opening.open_ledger(desk.home, desk.environment, desk.clock)
    desk.log("dore", "2026-11-03 18:30", "2026-11-03 21:30")

    async def shown(pilot):
        await pilot.press("p")
        await pilot.pause()
        stated = text_of(pilot.app)
        await pilot.press("escape", "P")
        await pilot.pause()
        return stated, text_of(pilot.app)

    stated, to_invoice = watch(desk.open(), shown, size)
    assert said in stated
    assert "337" in next(row for row in to_invoice.splitlines() if "Doré" in row)


def test_a_statement_gets_words_of_its_own_before_it_is_issued(home):
    tui, shown = went_through(home, "e", *"API", "tab", *"BC", "enter", "i", "enter")
    [made, *_] = statements.listed(tui.ledger)
    assert (made.subject, made.order) == ("API", "BC"), shown
    assert verify(tui.ledger) == []


def test_a_planned_statement_is_overdue_by_its_parts(home):
    tui = opened(home)
    late = next(
        debt for debt in owing.debts(tui.ledger) if debt.kind == "statement" and debt.next_due < tui.ledger.today
    )

    def stands():
        async def look(pilot):
            await pilot.press("p")
            await pilot.pause()
            screen = tui.screen
            head = next(head for head in statements.page(tui.ledger, -1) if head.number == late.number)
            return state_of(head, screen.late), screen.overdue

        return watch(tui, look)

    before = stands()
    assert before[0] == "overdue"
    tui = opened(home)
    planning.make(tui.ledger, late.number, [tui.ledger.today + timedelta(days) for days in (5, 40)])
    state, overdue = stands()
    assert state in ("issued", "part paid")
    assert overdue.get(late.currency, 0) == before[1][late.currency] - late.open_minor
    assert overdue == {row.currency: row.overdue_minor for row in owed_sums(tui.ledger) if row.overdue_minor}
