"""Anything a person can type is shown by every widget, and moves no column."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widget import Widget

from clepsydra.tui.meanings import theme_variable_defaults
from clepsydra.tui.widgets.big_time import BigTime, TimeView
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.day_cells import DayStretch, Shape
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, TableRow
from clepsydra.tui.widgets.scope_bar import ScopeBar, ScopeLevel
from clepsydra.tui.widgets.timeline import DayBar, DayView, Tick
from tests.tui.frames import watch
from tests.tui.gallery import CLIENTS
from tests.tui.test_drawing import ANY_TEXT


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
        self.day.show(DayView(0, 9000, (DayStretch(0, 8000, Shape.WORK, text[:1], text),), (Tick(0, text),)))
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
