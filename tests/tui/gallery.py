"""All widgets on one screen with a sample day, for people to look at and for a few pictures under test.

PYTHONPATH=app python -m tests.tui.gallery [THEME]          t: next theme, space: one second more
"""

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from clepsydra.tui.meanings import theme_variable_defaults
from clepsydra.tui.themes import ThemeLibrary, reload_into
from clepsydra.tui.widgets.big_time import BigTime, TimeView
from clepsydra.tui.widgets.clepsydra_vessel import ClepsydraVessel, VesselView
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.day_cells import DayStretch, Shape
from clepsydra.tui.widgets.log_table import Cell, Column, LogTable, TableRow
from clepsydra.tui.widgets.meter import Figure, Meter
from clepsydra.tui.widgets.scope_bar import ScopeBar, ScopeLevel
from clepsydra.tui.widgets.timeline import DayBar, DayView, Tick

THEMES = Path(__file__).parents[2] / "themes"

CLIENTS = (
    ClientRow("acme", "Acme SARL", "a", True, "1:12:44", "345,00 €", 2, "12 d", "muted", "82 % at 77 %", "attention"),
    ClientRow("brel", "Brel & Cie", "b", False, "", "122,50 €", 2, "3 d"),
    ClientRow("dore", "Cabinet Doré", "c", False, "", "1 480,00 €", 2, "41 d !", "loss"),
    ClientRow("dumas", "Dumas Studio", "d", contract="17 h of 20", contract_meaning="attention"),
    ClientRow("edo", "江戸デザイン", "e", False, "", "¥128,000", 0, "8 d", contract="fixed 64 %"),
    ClientRow("fern", "Fernández & Hijos", "f", contract="4 h of 10"),
    ClientRow("quirk", "[/red] 🦊 Quirk Ltd, a name that is far too long", "g", False, "", "£95.00", 2, "1 d"),
    ClientRow("own", "Own work", "o", False, "0:34:10"),
)

_HOUR = 3600


def _at(hours: int, minutes: int = 0) -> int:
    return hours * _HOUR + minutes * 60


def _stretch(begin: tuple[int, int], end: tuple[int, int], shape: Shape, key: str = "", label: str = "") -> DayStretch:
    running = end == (17, 32)
    return DayStretch(_at(*begin), _at(*end), shape, key, label, running)


DAY = DayView(
    _at(8),
    _at(19),
    (
        _stretch((8, 4), (9, 10), Shape.WORK, "a", "Acme"),
        _stretch((9, 10), (9, 16), Shape.TOUCH, "b"),
        _stretch((9, 16), (9, 50), Shape.OWN, "o", "Own work"),
        _stretch((9, 50), (10, 35), Shape.CALL, "a", "Acme"),
        _stretch((10, 35), (11, 5), Shape.WORK, "a"),
        _stretch((11, 5), (12, 20), Shape.WORK, "b", "Brel"),
        _stretch((12, 20), (13, 25), Shape.ABSENCE, "", "lunch"),
        _stretch((13, 25), (13, 30), Shape.TOUCH, "c"),
        _stretch((13, 30), (14, 15), Shape.WORK, "d", "Dumas"),
        _stretch((14, 15), (14, 52), Shape.GAP, "?"),
        _stretch((14, 52), (15, 40), Shape.CALL, "?", "Zoom"),
        _stretch((15, 40), (16, 19), Shape.WORK, "c", "Doré"),
        _stretch((16, 19), (17, 32), Shape.WORK, "a", "Acme"),
    ),
    tuple(Tick(_at(hour), str(hour)) for hour in range(8, 20)),
    _at(17, 32),
    {
        Shape.WORK: "work",
        Shape.CALL: "call",
        Shape.TOUCH: "message or fix",
        Shape.ABSENCE: "away",
        Shape.GAP: "unexplained 0 h 37",
    },
)

LEVELS = (
    ScopeLevel("Acme", 0.82, "82 % at 77 % of month", 0.77, "attention", "drift 9 %"),
    ScopeLevel("Dumas", 0.42, "42 % at 77 % of month", 0.77, "gain", "below"),
    ScopeLevel("Edo", 1.18, "118 % of the fixed price", None, "loss", "over by 7 h 12"),
)

COLUMNS = (
    Column("Day", 6),
    Column("From", 5),
    Column("To", 5, drop=3),
    Column("Time", 7, align="right"),
    Column("Client", 12, share=1),
    Column("Note", 14, share=3, drop=2),
    Column("Scope", 7, drop=1),
    Column("Amount", 10, align="right"),
)


class SampleLog:
    """A log of any length, its rows computed when they are asked for."""

    names = ("Acme SARL", "Brel & Cie", "Cabinet Doré", "江戸デザイン", "Dumas Studio")
    notes = (
        "API rewrite: sessions",
        "call [urgent] about the invoice",
        "=cmd() | 🦊 review",
        "contract, second reading",
    )
    scopes = (Cell("in", "muted"), Cell("in", "muted"), Cell("out", "out-of-scope"), Cell("unsure?", "unsure"))

    def __init__(self, rows: int) -> None:
        self._rows = rows

    def count(self) -> int:
        return self._rows

    def page(self, offset: int, limit: int) -> list[TableRow]:
        return [self._row(number) for number in range(offset, min(self._rows, offset + limit))]

    def _row(self, number: int) -> TableRow:
        minutes = 7 + number * 37 % 170
        begin = 8 * 60 + number * 53 % 540
        cells = (
            Cell(f"{1 + number // 9 % 28:02} nov", "muted"),
            Cell(f"{begin // 60}:{begin % 60:02}"),
            Cell(f"{(begin + minutes) // 60}:{(begin + minutes) % 60:02}", "muted"),
            Cell(f"{minutes // 60} h {minutes % 60:02}"),
            Cell(self.names[number % 5]),
            Cell(self.notes[number % 4], "muted"),
            self.scopes[number % 4],
            Cell(f"{minutes * 2:,}.00 €".replace(",", " ").replace(".", ","), "billable"),
        )
        mark = "◆" if number % 7 == 3 else "▓" if number % 5 == 2 else " "
        return TableRow(str(number), cells, mark, "touch" if mark == "◆" else "call")


def time_view(seconds: int) -> TimeView:
    """The running timer after some seconds."""
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    lines = (
        ("Acme SARL · API rewrite", "foreground"),
        ("145,48 €   in scope", "billable"),
        ("billed as 1 h 15, next step in 2:16", "muted"),
    )
    return TimeView(clock, lines)


VESSEL = VesselView(
    0.91,
    False,
    (
        ("91 % of the day explained", "heading"),
        ("6 h 23 of 7 h 00", "foreground"),
        ("0 h 37 left, worth 74,00 €", "attention"),
    ),
)

FIGURES = (
    Figure("calls", 268, "−268,00 €", "loss"),
    Figure("rounding", 197, "−197,00 €", "loss"),
    Figure("scope", 120, "−120,00 €", "out-of-scope"),
    Figure("memory", 41, "−41,00 €", "pending"),
)


class Gallery(App[None]):
    """Every widget once."""

    CSS = """
    Screen { background: $background; color: $foreground; }
    .panel { border: round $line; border-title-color: $heading; border-subtitle-color: $muted;
             background: $surface; padding: 0 1; }
    .panel:focus { border: round $border; }
    #title { height: 1; color: $heading; padding: 0 1; }
    #top { height: 10; }
    #clients { width: 38; height: 100%; padding: 0; }
    #side { width: 1fr; height: 100%; }
    #now { height: 5; }
    #scope { height: 1fr; }
    #day { height: 6; }
    #low { height: 10; display: none; }
    #vessel, #meter { width: 1fr; height: 100%; }
    #log { height: 1fr; padding: 0; }
    .-wide #clients { width: 1fr; }
    .-roomy #low { display: block; }
    .-roomy #day { height: 8; }
    """
    BINDINGS: ClassVar = [("t", "next_theme", "theme"), ("space", "tick", "one second more")]
    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar = [(0, "-short"), (36, "-roomy")]

    def __init__(self, theme: str = "clepsydra", rows: int = 1_000_000) -> None:
        super().__init__()
        self.library = ThemeLibrary([THEMES])
        reload_into(self, self.library, theme)
        self.rows = rows
        self.seconds = 4364

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme_variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Clepsydra   Tue 24 Nov 2026  17:32   {self.theme}"), id="title")
        with Horizontal(id="top"):
            yield titled(ClientList(CLIENTS, nothing="no client matches", id="clients"), "Clients")
            with Vertical(id="side"):
                yield titled(BigTime(time_view(self.seconds), id="now"), "Now")
                yield titled(ScopeBar(LEVELS, id="scope"), "Scope")
        yield titled(DayBar(DAY, id="day"), "Today", "worked 6 h 23")
        with Horizontal(id="low"):
            yield titled(ClepsydraVessel(VESSEL, id="vessel"), "End of day")
            yield titled(Meter(FIGURES, id="meter"), "Given away this month")
        yield titled(LogTable(COLUMNS, SampleLog(self.rows), nothing="no session", id="log"), "Log")
        yield Footer()

    def action_tick(self) -> None:
        self.seconds += 1
        self.query_one(BigTime).show(time_view(self.seconds))

    def action_next_theme(self) -> None:
        names = list(self.library.themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.query_one("#title", Static).update(Content(f"Clepsydra   Tue 24 Nov 2026  17:32   {self.theme}"))


def titled(widget, title: str, subtitle: str = ""):
    """A widget in a frame with a title."""
    widget.add_class("panel")
    widget.border_title = Content(title)
    widget.border_subtitle = Content(subtitle)
    return widget


if __name__ == "__main__":
    Gallery(*sys.argv[1:2]).run()
