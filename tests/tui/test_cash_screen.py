"""Cash on the screen: the band as columns, and what a week and the month are made of."""

from clepsydra.language.translator import translator
from clepsydra.ledger.billing.statements import issue
from clepsydra.ledger.receivables.owed_sums import OwedSum
from clepsydra.tui.present import figures as present_figures
from clepsydra.tui.present.cash import short
from clepsydra.tui.widgets.cash_weeks import CashColumn, CashWeeks
from tests.tui.frames import frame, idle, watch
from tests.tui.one_widget import seen
from tests.tui.test_money_screen import home, prepared

__all__ = ["home"]

COLUMNS = (
    CashColumn((100, 200, 400), (100, 200, 400), "49", "2"),
    CashColumn((200, 300, 400), (0, 200, 200), "50", "3"),
    CashColumn((0, 0, 1), (0, 0, 0), "51", "0"),
)


def widget():
    made = CashWeeks()
    made.show(COLUMNS)
    return made


def test_how_sure_and_whether_it_is_invoiced_is_read_without_colour():
    lines = [line.rstrip() for line in seen(widget(), (20, 6))]
    assert lines == [
        " ░░░░  ╎  ╎",
        " ░░░░  │  │",
        " ▓▓▓▓  ┃  ┃",
        " ████  ┃  ┃  ╎  ╎",
        "  ▸49    50    51",
        "    2     3     0",
    ]


def test_short_amounts_are_rounded_as_all_are():
    said = [short(minor, "EUR", "en") for minor in (59_375, 102_650, 9_999_950, 15_067_500, -59_375)]
    assert said == ["594", "1,027", "100k", "151k", "−594"]


def test_the_cursor_stays_in_view_where_not_all_weeks_fit():
    lines = seen(widget(), (13, 6), "tab", "right", "right")
    assert "▸51" in lines[4]
    assert "49" not in lines[4]


async def _cash(pilot, *keys):
    await pilot.press("P", "f")
    await idle(pilot.app)
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")


def test_open_work_is_hollow_and_the_month_opens_its_parts(home):
    tui = prepared(home)
    shown = watch(tui, lambda pilot: _cash(pilot, *["right"] * 6), (80, 24))
    # An hour at 120.00 with its tax, at the month's end and thirty days on.
    assert "┃  ┃" in shown or "│  │" in shown or "╎  ╎" in shown
    assert "█████" not in shown
    assert "acquis" in shown
    assert "120,00 €" in shown
    assert "gagné" in watch(prepared(home), lambda pilot: _cash(pilot, "m"), (110, 36))


def test_an_empty_book_says_what_will_show_here(home):
    tui = prepared(home)
    tui.ledger.db.execute("DELETE FROM session")
    shown = watch(tui, _cash, (80, 24))
    assert "aucun encaissement connu" in shown


def test_what_is_owed_and_how_late_stands_in_one_line_of_the_main_screen(home):
    tui = prepared(home)
    issue(tui.ledger, "acme")

    async def look(pilot):
        await idle(pilot.app)
        await pilot.pause()
        pilot.app.screen.tick(pilot.app.snapshot())
        await pilot.pause()
        return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")

    assert " Dû  144,00 €" in watch(tui, look, (80, 24))
    words = present_figures.owed_line([OwedSum("USD", (0, 5, 0, 0, 0), 3), OwedSum("EUR", (100, 20, 30, 0, 1), 91)],
                                      "EUR", "P", translator("en"))  # fmt: skip
    assert "".join(word.text for word in words.left) == " Owed  €1.51  $0.05  overdue €0.51 + USD  oldest 91\u00a0d  "


def test_money_says_over_its_lists_what_is_owed_when_it_comes_and_how_old_it_is(home):
    tui = prepared(home)
    issue(tui.ledger, "acme")

    async def look(pilot):
        await pilot.press("P", "3")
        await idle(pilot.app)
        await pilot.pause()
        await pilot.pause()
        return "\n".join(frame(pilot.app.screen)).replace("\u00a0", " ").replace("\u202f", " ")

    shown = watch(tui, look, (110, 36))
    assert "Dû 144,00 €" in shown
    assert "1–30 0" in shown
    assert "DSO" in shown
    assert "selon l’habitude des autres" in shown
