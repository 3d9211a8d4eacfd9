"""The clients and the log as a person sees them: lines of text, keys pressed, messages that come out."""

from dataclasses import replace

from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, Rows, TableRow
from clepsydra.tui.widgets.table_columns import fitted, share_width
from tests.tui.frames import frame, watch
from tests.tui.gallery import CLIENTS, COLUMNS, SampleLog
from tests.tui.one_widget import Stage, seen


def test_clients_line_up_by_key_name_decimal_and_age():
    assert [line.rstrip() for line in seen(ClientList(CLIENTS[:5]), (60, 5))] == [
        "▌a ▶ Acme SARL               1:12:44       345,00 €    12 d",
        " b   Brel & Cie                            122,50 €     3 d",
        " c   Cabinet Doré                        1 480,00 €  41 d !",
        " d   Dumas Studio                        17 h of 20",
        " e   江戸デザイン                     ¥128,000          8 d",
    ]


def test_a_narrow_list_gives_up_the_contract_then_the_time_then_the_age():
    wide, middle, narrow, slim = (seen(ClientList(CLIENTS), (width, 8))[0] for width in (90, 60, 44, 32))
    assert "82 % at 77 %" in wide
    assert "82 %" not in middle
    assert "1:12:44" in middle
    assert "1:12:44" not in narrow
    assert "12 d" in narrow
    assert "12 d" not in slim
    assert "345,00 €" in slim


def test_a_contract_has_one_place_at_any_width():
    for width in (90, 60):
        line = seen(ClientList(CLIENTS), (width, 8))[3]
        assert line.count("17 h of 20") == 1


def test_a_contract_in_the_place_of_an_amount_is_read_whole():
    rows = [
        ClientRow("brel", "Étude Brel", amount="450,00 €"),
        ClientRow("dore", "Cabinet Doré", contract="21 h sur 20"),
    ]
    assert "21 h sur 20" in seen(ClientList(rows), (40, 8))[1]

    async def issue(pilot):
        clients.update_row(replace(clients.shown[0], amount="", contract="19 h sur 20"))
        await pilot.pause()
        return frame(pilot.app.screen)[0]

    clients = ClientList([ClientRow("dore", "Cabinet Doré", amount="45,00 €")])
    assert "19 h sur 20" in watch(Stage(clients), issue, (40, 8))


def test_finding_ignores_case_and_accents_and_keeps_the_cursor_on_its_client():
    clients = ClientList(CLIENTS, nothing="no client matches")

    async def find(pilot):
        clients.select("dore")
        clients.find("DORE")
        found = [row.slug for row in clients.shown]
        kept = clients.selected
        clients.find("zz")
        await pilot.pause()
        nothing = frame(pilot.app.screen)[0]
        clients.find("")
        return found, kept, nothing, clients.selected, len(clients.shown)

    found, kept, nothing, again, total = watch(Stage(clients), find)
    assert found == ["dore"]
    assert kept is not None
    assert kept.slug == "dore"
    assert "no client matches" in nothing
    assert again is not None
    assert total == len(CLIENTS)


def test_a_client_is_found_by_its_key():
    clients = ClientList(CLIENTS)
    clients.find("f")
    assert "fern" in [row.slug for row in clients.shown]


def test_the_cursor_moves_by_keys_and_says_so():
    heard: list = []
    lines = seen(ClientList(CLIENTS), (60, 8), "down", "down", "enter", heard=heard)
    assert lines[2].startswith("▌c")
    assert heard == [("highlighted", "acme"), ("highlighted", "brel"), ("highlighted", "dore"), ("selected", "dore")]


def test_a_tick_draws_one_line_and_a_longer_amount_all():
    clients = ClientList(CLIENTS)

    async def tick(pilot):
        clients.update_row(replace(CLIENTS[0], time="1:12:45"))
        await pilot.pause()
        ticked = frame(pilot.app.screen)
        clients.update_row(replace(CLIENTS[0], amount="1 000 345,00 €"))
        await pilot.pause()
        return ticked, frame(pilot.app.screen)

    ticked, grown = watch(Stage(clients), tick, (60, 8))
    assert "1:12:45" in ticked[0]
    assert "1 000 345,00 €" in grown[0]
    assert {line.index("€") for line in grown[:3]} == {grown[0].index("€")}


def test_four_hundred_clients_scroll_to_the_last():
    rows = [ClientRow(f"c{number}", f"Client {number}") for number in range(400)]
    lines = seen(ClientList(rows), (60, 10), "end")
    assert lines[-1].startswith("▌")
    assert "Client 399" in lines[-1]


def test_the_log_shows_a_page_of_a_million_rows_and_reads_only_pages():
    asked: list[tuple[int, int]] = []

    class Counted(SampleLog):
        def page(self, offset: int, limit: int) -> list[TableRow]:
            asked.append((offset, limit))
            return super().page(offset, limit)

    heard: list = []
    lines = seen(LogTable(COLUMNS, Counted(1_000_000)), (100, 12), "end", "enter", heard=heard)
    assert heard[-1] == ("selected", "999999")
    assert lines[-1].startswith("▌")
    assert "Day" in lines[0]
    assert set(asked) == {(0, 200), (999_800, 200)}


def test_pages_and_home_move_the_cursor():
    heard: list = []
    seen(LogTable(COLUMNS, SampleLog(1000)), (80, 11), "pagedown", "pagedown", "pageup", "home", heard=heard)
    assert [row for _, row in heard] == ["0", "9", "18", "9", "0"]


def test_a_narrow_log_drops_columns_in_their_order():
    wide, narrow = (seen(LogTable(COLUMNS, SampleLog(9)), (width, 5))[0] for width in (100, 64))
    assert wide.split() == ["Day", "From", "To", "Time", "Client", "Note", "Scope", "Amount"]
    assert narrow.split() == ["Day", "From", "Time", "Client", "Scope", "Amount"]


def test_the_width_left_over_goes_to_the_columns_that_share():
    columns = (Column("a", 5), Column("b", 5, share=1), Column("c", 5, share=3), Column("d", 20, drop=1))
    assert share_width(columns, 59) == [(0, 5), (1, 9), (2, 19), (3, 20)]
    assert share_width(columns, 30) == [(0, 5), (1, 7), (2, 14)]
    assert share_width(columns, 3) == [(0, 5), (1, 5), (2, 5)]


def test_a_column_takes_no_more_than_it_may_and_leaves_the_rest_to_the_others():
    columns = (Column("a", 5, share=1, most=8), Column("b", 5, share=1), Column("c", 5, share=2, most=6))
    assert share_width(columns, 39) == [(0, 8), (1, 21), (2, 6)]
    assert share_width(columns, 20) == [(0, 5), (1, 5), (2, 6)]


def test_columns_are_fitted_to_what_is_in_them():
    columns = (Column("sum", 12), Column("", 9, most=4), Column("", 7, share=1))
    rows = [TableRow("1", (Cell("1 000"), Cell("far too long"), Cell("x")))]
    assert [column.width for column in fitted(columns, rows)] == [5, 4, 7]
    assert [column.width for column in fitted(columns, [])] == [3, 0, 7]


def test_a_source_that_lost_rows_since_it_counted_draws_blanks():
    class Lost(SampleLog):
        def page(self, offset: int, limit: int) -> list[TableRow]:
            return super().page(offset, limit)[:3]

    lines = seen(LogTable(COLUMNS, Lost(10)), (80, 11), "end", "enter")
    assert lines[5].strip() == ""


def test_an_empty_log_says_so_and_survives_keys():
    lines = seen(LogTable(COLUMNS, SampleLog(0), nothing="no session yet"), (80, 5), "end", "enter", "pagedown", "up")
    assert "no session yet" in lines[1]


def amounts(*texts: str) -> list[str]:
    rows = Rows([TableRow(text, (Cell(text), Cell("x"))) for text in texts])
    return [
        line[3:-3]
        for line in seen(LogTable((Column("", 12, align="right"), Column("", 1)), rows, header=False), (18, len(texts)))
    ]


def test_amounts_of_several_currencies_meet_at_their_figures():
    assert amounts("81,81 €", "1 017,14 CHF", "–", "8,00 $US") == [
        "   81,81 €  ",
        "1 017,14 CHF",
        "           –",
        "    8,00 $US",
    ]


def test_figures_of_which_some_have_nothing_behind_them_keep_to_the_edge():
    assert amounts("3 jours", "4 h 00") == ["     3 jours", "      4 h 00"]


def test_a_column_that_is_as_wide_as_what_is_in_it_has_room_for_figures_to_meet():
    rows = [TableRow(text, (Cell(text),)) for text in ("254,27 €", "4,37 CHF")]
    (column,) = fitted((Column("", 1, align="right"),), rows)
    assert column.width == len("254,27 CHF")


def test_no_text_is_cut_beside_a_column_with_room_to_spare():
    columns = (Column("", 5, share=4, most=30), Column("", 5), Column("", 5, share=1))
    assert share_width(columns, 49, {0: 7, 1: 5, 2: 25}) == [(0, 13), (1, 5), (2, 27)]  # what none needs is shared
    assert share_width(columns, 29, {0: 7, 1: 5, 2: 25}) == [(0, 7), (1, 5), (2, 13)]
    assert share_width(columns, 29, {0: 40, 1: 5, 2: 40}) == share_width(columns, 29)
