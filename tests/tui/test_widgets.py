"""The drawn widgets as a person sees them: lines of text, keys pressed, messages that come out."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widget import Widget

from clepsydra.tui.meanings import theme_variable_defaults
from clepsydra.tui.widgets.big_time import BigTime, TimeView
from clepsydra.tui.widgets.clepsydra_vessel import ClepsydraVessel, VesselView
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.day_cells import Shape, Stretch
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, TableRow, share_width
from clepsydra.tui.widgets.meter import Figure, Meter
from clepsydra.tui.widgets.scope_bar import ScopeBar, ScopeLevel
from clepsydra.tui.widgets.timeline import DayBar, DayView, Tick
from tests.tui.frames import frame, watch
from tests.tui.gallery import CLIENTS, COLUMNS, DAY, LEVELS, SampleLog, time_view
from tests.tui.test_drawing import ANY_TEXT

HOUR = 3600


class Stage(App[None]):
    """One widget on an empty screen."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme_variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_client_list_selected(self, message: ClientList.Selected) -> None:
        self.heard.append(("selected", message.row.slug))

    def on_client_list_highlighted(self, message: ClientList.Highlighted) -> None:
        self.heard.append(("highlighted", message.row.slug))

    def on_log_table_selected(self, message: LogTable.Selected) -> None:
        self.heard.append(("selected", message.row.id))

    def on_log_table_highlighted(self, message: LogTable.Highlighted) -> None:
        self.heard.append(("highlighted", message.row.id))


def seen(widget: Widget, size: tuple[int, int], *keys: str, heard: list | None = None) -> list[str]:
    """The lines of a screen that holds only this widget, after some keys."""
    stage = Stage(widget)

    async def look(pilot):
        await pilot.press(*keys)
        await pilot.pause()
        if heard is not None:
            heard.extend(stage.heard)
        return frame(stage.screen)

    return watch(stage, look, size)


def drawn(widget: Widget, width: int, height: int = 1) -> list[str]:
    """The lines a widget draws, with the spaces at their ends taken off."""
    widget.styles.height = height
    return [line.rstrip() for line in seen(widget, (width, height))]


# -- clients


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


# -- the log


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


def test_a_source_that_lost_rows_since_it_counted_draws_blanks():
    class Lost(SampleLog):
        def page(self, offset: int, limit: int) -> list[TableRow]:
            return super().page(offset, limit)[:3]

    lines = seen(LogTable(COLUMNS, Lost(10)), (80, 11), "end", "enter")
    assert lines[5].strip() == ""


def test_an_empty_log_says_so_and_survives_keys():
    lines = seen(LogTable(COLUMNS, SampleLog(0), nothing="no session yet"), (80, 5), "end", "enter", "pagedown", "up")
    assert "no session yet" in lines[1]


# -- the day, the scope, the time


def test_the_day_reads_without_colour():
    lines = drawn(DayBar(DAY), 78, 5)
    assert lines[0].split() == ["8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "▼", "18"]
    assert lines[0].index("▼") == round(9.53 / 11 * 78) - 1
    assert lines[1].split()[:3] == ["a", "Acme", "b"]
    water = lines[3]
    assert [shape in water for shape in "█▓◆─░▁"] == [True] * 6
    assert lines[4].split()[:2] == ["█", "work"]


@pytest.mark.parametrize("width", [76, 120, 200])
def test_the_water_ends_under_the_mark_of_now(width):
    lines = drawn(DayBar(DAY), width, 4)
    assert abs(lines[0].index("▼") + 1 - len(lines[3].rstrip("▁"))) <= 1


def test_hours_thin_out_rather_than_touch():
    ticks = tuple(Tick(hour * HOUR, f"{hour:02}:00") for hour in range(24))
    line = drawn(DayBar(DayView(0, 24 * HOUR, (), ticks)), 76, 3)[0]
    assert line.split() == ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"]


def test_the_hour_that_comes_twice_is_on_the_ruler_twice():
    ticks = tuple(Tick(place * HOUR, label) for place, label in enumerate(["1", "2", "2", "3", "4"]))
    assert drawn(DayBar(DayView(0, 5 * HOUR, (), ticks)), 76, 3)[0].split() == ["1", "2", "2", "3", "4"]


def test_the_scope_bar_shows_use_against_the_calendar():
    lines = drawn(ScopeBar(LEVELS), 80, 3)
    assert lines[0].startswith(" Acme  ━━━")
    assert lines[0].endswith("82 % at 77 % of month     drift 9 %")
    used, elapsed = lines[1].count("━"), lines[1].index("┃") - lines[1].index("━")
    assert used < elapsed
    assert "╍" in lines[2]
    assert "┃" not in lines[2]
    assert len({line.index(level.words) for line, level in zip(lines, LEVELS, strict=True)}) == 1


def test_the_large_time_and_what_it_is_worth():
    assert drawn(BigTime(time_view(4364)), 80, 3) == [
        " ▀█  ▄ ▀█  ▀▀█ ▄ █ █ █ █   Acme SARL · API rewrite",
        "  █  ▄  █  █▀▀ ▄ ▀▀█ ▀▀█   145,48 €   in scope",
        " ▀▀▀   ▀▀▀ ▀▀▀     ▀   ▀   billed as 1 h 15, next step in 2:16",
    ]


def test_a_tick_of_the_large_time_asks_for_no_layout():
    big = BigTime(time_view(59))

    async def tick(pilot):
        laid_out = []
        big.screen._refresh_layout = lambda *args, **kwargs: laid_out.append(args)
        big.show(time_view(60))
        await pilot.pause()
        return laid_out, frame(pilot.app.screen)

    laid_out, lines = watch(Stage(big), tick)
    assert laid_out == []
    assert lines[0].startswith(" █▀█ ▄ █▀█ ▀█")


def test_the_vessel_fills_and_is_covered_when_the_day_is_closed():
    half, full = (drawn(ClepsydraVessel(view), 40, 8) for view in (VesselView(0.5), VesselView(1.0, closed=True)))
    assert (sum("█" in line for line in half), sum("█" in line for line in full)) == (2, 5)
    assert "•" in half[0]
    assert "•" not in full[0]
    assert "═" in full[1]


def test_meters_share_the_scale_of_the_largest():
    lines = drawn(Meter((Figure("calls", 2, "2 €"), Figure("scope", 1, "1 €"), Figure("none", 0, "0 €"))), 40, 3)
    assert [line.count("━") for line in lines] == [28, 14, 0]


# -- anything a person can type


class Everything(App[None]):
    """All widgets that show a person's own text, on 76 columns."""

    CSS = "ClientList, LogTable { height: 4; } DayBar { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.clients = ClientList()
        self.table = LogTable((Column("Note", 20, share=1), Column("End", 3)))
        self.day = DayBar()
        self.scope = ScopeBar()
        self.big = BigTime()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme_variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield from (self.clients, self.table, self.day, self.scope, self.big)

    def say(self, text: str) -> None:
        row = ClientRow("x", text, text[:1], True, "0:01", text, 2, "1 d", "muted", text)
        self.clients.set_rows([row, replace(CLIENTS[0], slug="y")])
        rows = [TableRow("1", (Cell(text), Cell("end"))), TableRow("2", (Cell("plain"), Cell("end")))]
        self.table.show(_Fixed(rows))
        self.day.show(DayView(0, 9000, (Stretch(0, 8000, Shape.WORK, text[:1], text),), (Tick(0, text),)))
        self.scope.show((ScopeLevel(text, 0.5, text, 0.2, note=text),))
        self.big.show(TimeView(text, ((text, "muted"),)))


class _Fixed:
    def __init__(self, rows: list[TableRow]) -> None:
        self.rows = rows

    def count(self) -> int:
        return len(self.rows)

    def page(self, offset: int, limit: int) -> list[TableRow]:
        return self.rows[offset : offset + limit]


def test_any_text_is_shown_and_moves_no_column():
    tui = Everything()

    async def scenario(pilot):
        @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
        @given(ANY_TEXT)
        def check(text):
            tui.say(text)
            for widget in (tui.clients, tui.table, tui.day, tui.scope, tui.big):
                for y in range(widget.size.height):
                    assert widget.render_line(y).cell_length == widget.scrollable_content_region.width
            ends = {cell_len(line_text(tui.table, y).partition("end")[0]) for y in (1, 2) if "end" not in text}
            assert len(ends) <= 1

        check()

    watch(tui, scenario, (76, 24))


def line_text(widget: Widget, y: int) -> str:
    return widget.render_line(y).text
