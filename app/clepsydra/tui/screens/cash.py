"""Cash: what will come in week by week, what each week is of, and the month's revenue in three lines.

Everything is read in a thread on a connection of its own; the screen is there at once.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message

from clepsydra.domain.records import dataclass
from clepsydra.ledger.forecast.aside import outlook_aside
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.present import cash as present_cash
from clepsydra.tui.present import main as present
from clepsydra.tui.present.cash import CashView
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.cash_weeks import CashWeeks
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import LogTable, Rows, TableRow
from clepsydra.tui.widgets.panel import Panel


class CashScreen(ActionScreen):
    """Weeks as columns over what the chosen one is made of."""

    SCREEN = ScreenName.CASH
    CSS = """
    CashScreen #weeks-panel { height: 10; }
    CashScreen.-tall #weeks-panel { height: 17; }
    CashScreen.-high #weeks-panel { height: 28; }
    CashScreen #month-panel { height: 5; }
    CashScreen #parts-panel { height: 1fr; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall"), (50, "-high")]  # noqa: RUF012 (Textual's own declaration)
    AUTO_FOCUS: ClassVar[str | None] = "#weeks"

    @dataclass
    class Ready(Message):
        """The thread has read the log."""

        view: CashView

    def __init__(self) -> None:
        super().__init__()
        self._view: CashView | None = None
        self._currency = ""
        self._line = ""
        """The line of the month whose parts are shown; empty for the parts of the chosen week."""

    def compose(self) -> ComposeResult:
        """The weeks, the month, and the parts of what is chosen."""
        tr = self.tr
        yield Lines(id="title")
        yield Lines(id="summary")
        with Panel(id="weeks-panel"):
            yield CashWeeks(tr.t("reading the log…"), id="weeks")
        with Panel(id="month-panel"):
            yield LogTable(present_cash.month_columns(), id="month", header=False)
        with Panel(id="parts-panel"):
            yield LogTable(present_cash.part_columns(), id="parts", header=False)
        yield ActionBar()

    def on_mount(self) -> None:
        """The frame at once; figures follow."""
        tr = self.tr
        self.query_one("#month-panel", Panel).entitle(Content(tr.t("This month, before tax")))
        self.show_all()

    def show_all(self) -> None:
        """The log or the terms changed: read again; until then the old figures stand."""
        self.tick(self.tui.snapshot())
        ledger = self.ledger

        def read() -> Iterator[Message]:
            outlook, months = outlook_aside(ledger)
            yield self.Ready(CashView(outlook, tuple(months)))

        read_behind(self, "cash", read)
        self.refresh_bar()

    def tick(self, snapshot: Snapshot) -> None:
        """The time in the title."""
        title = present.title(snapshot.now, self.ledger.settings.time_zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        self._view = event.view
        codes = event.view.currencies(self.ledger.settings.currency)
        if self._currency not in codes:
            self._currency = codes[0] if codes else ""
        self._draw()

    def _draw(self) -> None:
        view, tr, own = self._view, self.tr, self.ledger.settings.currency
        if view is None:
            return
        each = view.outlook.of(self._currency)
        weeks = self.query_one(CashWeeks)
        nothing = tr.t("nothing is known to come in yet: bill something, and it shows here")
        weeks.show(present_cash.columns(each, tr.lang) if each else (), nothing)
        title = tr.t("What will come in")
        if each:
            title = tr.t("What will come in, in {currency} · ← → another week", currency=each.currency)
        panel = self.query_one("#weeks-panel", Panel)
        panel.entitle(Content(title))
        panel.foot(Content(present_cash.legend(tr) if each else ""))
        summary, lines = self.query_one("#summary", Lines), present_cash.summary(view.outlook, each, own, tr)
        summary.show_all(lines)
        months = self.query_one("#month", LogTable)
        months.nothing = tr.t("nothing earned yet this month")
        months.show(Rows(present_cash.month_rows(view.month(self._currency), tr)), months.cursor)
        self._draw_parts()

    def _draw_parts(self) -> None:
        """The parts of the chosen week, or of the chosen line of the month."""
        view, tr = self._view, self.tr
        panel, table = self.query_one("#parts-panel", Panel), self.query_one("#parts", LogTable)
        rows, title = list[TableRow](), ""
        each = view.outlook.of(self._currency) if view else None
        month = view.month(self._currency) if view else None
        if self._line and month:
            rows = present_cash.month_parts(month, self._line, self.ledger, tr)
            title = present_cash.line_title(self._line, tr)
        elif each and view:
            week = self.query_one(CashWeeks).week
            rows = present_cash.part_rows(view.outlook, each, week, self.ledger, tr)
            title = present_cash.week_title(each, week, tr)
        table.nothing = tr.t("nothing, nine times out of ten") if each else ""
        table.show(Rows(rows))
        panel.entitle(Content(title))
        panel.display = bool(title)

    @on(CashWeeks.Moved)
    def _moved(self) -> None:
        self._line = ""
        self._draw_parts()

    @on(LogTable.Highlighted, "#month")
    def _on_line(self, event: LogTable.Highlighted) -> None:
        if event.table.has_focus:
            self._line = event.row.id
            self._draw_parts()

    def do_cash_month(self) -> None:
        """To the lines of the month, and back to the weeks."""
        months = self.query_one("#month", LogTable)
        if months.has_focus:
            self.query_one(CashWeeks).focus()
            return
        months.focus()
        self._line = months.selected.id if months.selected else ""
        self._draw_parts()

    def do_cash_currency(self) -> None:
        """The next currency."""
        view = self._view
        codes = view.currencies(self.ledger.settings.currency) if view else []
        if len(codes) > 1:
            self._currency = codes[(codes.index(self._currency) + 1) % len(codes)]
            self._draw()
        elif codes:
            self.say(self.tr.t("everything is in {currency}", currency=codes[0]))
