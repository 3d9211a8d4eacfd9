"""Insights: what an hour earns, where the week goes, how agreements stand, what is worth a look.

Agreements are drawn at once from the live figures; the rest is read in a thread and kept until the log changes.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message

from clepsydra.ledger.insights.overview import Insight
from clepsydra.ledger.ledger import DISK_ERRORS, Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui import present_figures, present_insights
from clepsydra.tui.actions import Place
from clepsydra.tui.base import ActionScreen
from clepsydra.tui.present import session_row
from clepsydra.tui.screens.leaks import Behind
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Line, Lines, Word
from clepsydra.tui.widgets.log_table import LogTable, Rows, TableRow
from clepsydra.tui.widgets.scope_bar import ScopeBar
from clepsydra.tui.widgets.week_grid import WeekGrid

WEEKS = (13, 4, 52)


class Insights(ActionScreen):
    """What a person would rather look at than read."""

    PLACE = Place.INSIGHTS
    CSS = """
    Insights { layout: vertical; }
    Insights .panel { border: round $line; border-title-color: $muted; border-subtitle-color: $muted; padding: 0; }
    Insights .panel:focus-within { border: round $heading; border-title-color: $heading; }
    Insights #summary { height: 2; }
    Insights #rates-panel { height: 1fr; }
    Insights #scopes-panel { height: 5; display: none; }
    Insights #lower { height: 10; }
    Insights #week-panel { width: 1fr; }
    Insights #look-panel { width: 1fr; display: none; }
    Insights.-look #week-panel { display: none; }
    Insights.-look #look-panel { display: block; }
    Insights.-tall #scopes-panel { display: block; }
    Insights.-tall.-wide #look-panel { display: block; width: 1.2fr; }
    Insights.-tall.-wide #week-panel { display: block; }
    Insights.-tall #lower { height: 1fr; min-height: 10; }
    Insights ActionBar { height: 2; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (Textual's own declaration)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = "#rates"

    @dataclass
    class Ready(Message):
        """The thread has read the log."""

        found: Insight

    def __init__(self) -> None:
        super().__init__()
        self._weeks = WEEKS[0]
        self._found: Insight | None = None

    def compose(self) -> ComposeResult:
        """The rates over the week and what is worth a look."""
        tr = self.tr
        yield Lines(id="title")
        yield Lines(id="summary")
        with Vertical(id="rates-panel", classes="panel"):
            yield LogTable(present_insights.rate_columns(tr), nothing=tr.t("reading the log…"), id="rates")
        with Vertical(id="scopes-panel", classes="panel"):
            yield ScopeBar(id="scopes")
        with Horizontal(id="lower"):
            with Vertical(id="week-panel", classes="panel"):
                yield WeekGrid(id="week")
            with Vertical(id="look-panel", classes="panel"):
                nothing = tr.t("nothing needs a look")
                yield LogTable(present_insights.look_columns(), nothing=nothing, id="look", header=False)
        yield ActionBar()

    def on_mount(self) -> None:
        """What is known at once; the rest follows."""
        self.show_all()

    # -- drawing

    def show_all(self) -> None:
        """The log or the terms changed, or another period was asked for: draw what is known, read what is not."""
        tr = self.tr
        for panel, words in (
            ("#rates-panel", tr.t("What an hour earns")), ("#scopes-panel", tr.t("Agreements")),
            ("#week-panel", tr.t("A typical week")), ("#look-panel", tr.t("Worth a look")),
        ):  # fmt: skip
            self.query_one(panel).border_title = Content(words)
        self.tick(self.tui.snapshot())
        known = self.tui.insights.known(self._weeks)
        if known is None:
            self.query_one("#summary", Lines).show(
                present_insights.summary(self._found, self.ledger.settings.currency, tr)
            )
            weeks = self._weeks
            self.run_worker(lambda: self._read(weeks), thread=True, exclusive=True, group="read", exit_on_error=False)
        else:
            self._show(known)
        self.refresh_bar()

    def _read(self, weeks: int) -> None:
        """In its own thread."""
        try:
            found = self.tui.insights.read(weeks)
        except DISK_ERRORS:
            return  # the next change of the log asks again
        self.post_message(self.Ready(found))

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        if event.found.weeks == self._weeks:
            self._show(event.found)

    def _show(self, found: Insight) -> None:
        self._found, tr = found, self.tr
        self._title()
        self.query_one("#summary", Lines).show(present_insights.summary(found, self.ledger.settings.currency, tr))
        rates = self.query_one("#rates", LogTable)
        rates.say_nothing(tr.t("nothing logged in that period"))
        rates.show(Rows(present_insights.rate_rows(found, self.ledger, tr)), rates.cursor)
        currency = self.ledger.settings.currency
        self.query_one(WeekGrid).show(present_insights.week_view(found, currency, tr))
        look = self.query_one("#look", LogTable)
        look.show(Rows(present_insights.look_rows(found, self.ledger, tr)), look.cursor)
        self._say_slot()

    def _title(self) -> None:
        tr = self.tr
        weeks = tr.n("the last {count} week", "the last {count} weeks", self._weeks)
        self.query_one("#title", Lines).show(
            [Line((Word(" " + tr.t("Insights") + "  ", "heading", bold=True), Word(weeks, bold=True)))]
        )

    def tick(self, snapshot: Snapshot) -> None:
        """Agreements as they stand with what runs."""
        self._title()
        self.query_one(ScopeBar).show(present_figures.scope_levels(snapshot, self.tr)[:3])
        bars = self.query_one(ScopeBar)
        if bars.styles.height is None or bars.styles.height.value != 3:
            bars.styles.height = 3

    def _say_slot(self) -> None:
        if self._found is not None:
            weekday, slot = self.query_one(WeekGrid).place
            words = present_insights.slot_words(self._found, weekday, slot, self.tr)
            self.query_one("#week-panel").border_subtitle = Content(words)

    @on(WeekGrid.Moved)
    def _moved(self) -> None:
        self._say_slot()

    # -- what is behind

    @on(WeekGrid.Chosen)
    def _chosen_slot(self, event: WeekGrid.Chosen) -> None:
        if self._found is not None:
            with self.telling():
                ids = self._found.in_slot(event.weekday, event.slot, self.ledger)
                title = present_insights.slot_words(self._found, event.weekday, event.slot, self.tr)
                self._open(title, ids)

    @on(LogTable.Selected)
    def _chosen_row(self) -> None:
        self.action_do("insights.open")

    def do_insights_open(self) -> None:
        """The sessions behind the figure under the cursor."""
        grid, look = self.query_one(WeekGrid), self.query_one("#look", LogTable)
        if grid.has_focus:
            grid.action_choose()
            return
        row = (look if look.has_focus else self.query_one("#rates", LogTable)).selected
        if row is None or self._found is None:
            raise Refused("nothing is behind this figure any more")
        self._open(row.cells[0].text, self._behind(row.id if look.has_focus else f"client {row.id}"))

    def _behind(self, what: str) -> list[str]:
        assert self._found is not None
        kind, _, name = what.partition(" ")
        if kind == "least":
            return [ident for part in self._found.least[int(name)].parts for ident in part.sessions]
        return [row.session.id for one, row in self._found.rates.sessions if one.slug == name][::-1]

    def _open(self, title: str, ids: list[str]) -> None:
        if not ids:
            raise Refused("nothing is behind this figure any more")
        rows = [row for ident in ids[:500] if (row := self._session_row(ident)) is not None]
        self.app.push_screen(Behind(title, rows))

    def _session_row(self, ident: str) -> TableRow | None:
        from clepsydra.language import formats

        try:
            session = self.ledger.session(ident)
        except Refused:
            return None
        client = self.ledger.catalogue.clients.get(session.client)
        row = session_row(session, self.ledger.now, self.ledger.zone, client, self.tr)
        from datetime import date

        from clepsydra.tui.widgets.log_table import Cell

        day = formats.date(date.fromordinal(session.day), self.tr.lang, "day")
        return TableRow(row.id, (Cell(day, "muted"), *row.cells), row.mark, row.mark_meaning)

    def do_insights_period(self) -> None:
        """A quarter, a month, a year."""
        self._weeks = WEEKS[(WEEKS.index(self._weeks) + 1) % len(WEEKS)]
        self.show_all()

    def do_insights_view(self) -> None:
        """The week, or what is worth a look."""
        self.toggle_class("-look")
        self.query_one("#look" if self.has_class("-look") else "#week").focus()
