"""Where time and money went: leak by leak, in a day, a week, a month or a year, and what is behind each figure."""

from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from clepsydra.domain.agreement import ContractPeriod
from clepsydra.domain.periods import calendar_period
from clepsydra.domain.records import dataclass
from clepsydra.language.folding import folded
from clepsydra.ledger.leaks.report import LeakReading, LeakRow, read_aside
from clepsydra.ledger.leaks.words import advice
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.reports import Days
from clepsydra.tui.base_app import base_app_of
from clepsydra.tui.dialogs import Dialog, Picker
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.present import leaks as present_leaks
from clepsydra.tui.present import main as present
from clepsydra.tui.reading_thread import read_behind
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import Column, LogTable, Rows, TableRow
from clepsydra.tui.widgets.meter import Meter
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.prose import Prose
from clepsydra.tui.widgets.table_columns import fitted

_EVERYBODY = "*"

_COMPARED_FROM = 96
"""Cells across from which the table has room for its column of the time before."""


class LeakSpan(StrEnum):
    """How long a period is looked at."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_PERIODS = {
    LeakSpan.WEEK: ContractPeriod.WEEK,
    LeakSpan.MONTH: ContractPeriod.MONTH,
    LeakSpan.YEAR: ContractPeriod.YEAR,
}


class Leaks(ActionScreen):
    """The leak report; it is worked out when it is asked for, not every second."""

    SCREEN = ScreenName.LEAKS
    CSS = """
    Leaks { layout: vertical; }
    Leaks #advice { height: auto; min-height: 2; max-height: 3; width: 100%; padding: 0 1; color: $heading; }
    Leaks #advice { text-style: bold; }
    Leaks #bars-panel { height: 8; }
    Leaks #rows-panel { height: 1fr; }
    Leaks #memory { height: 1; }
    Leaks ActionBar { height: 2; }
    """

    @dataclass
    class Found(Message):
        """The reading thread has worked the leaks out, or the first part of them."""

        reading: LeakReading

    def __init__(self) -> None:
        super().__init__()
        self._span = LeakSpan.MONTH
        self._day: date | None = None
        self._client: str | None = None
        self._reading: LeakReading | None = None
        self._rows: list[LeakRow] = []

    def compose(self) -> ComposeResult:
        """The sentence over the bars over the figures."""
        yield Lines(id="title")
        yield Prose(id="advice")
        with Panel(id="bars-panel"):
            yield Meter(id="bars")
        with Panel(id="rows-panel"):
            yield LogTable(present_leaks.columns((), self.tr), id="rows")
        yield Lines(id="memory")
        yield ActionBar()

    def on_mount(self) -> None:
        """This month."""
        self.query_one("#rows", LogTable).focus()
        self.show_all()

    @property
    def days(self) -> Days:
        """The days looked at; the present period ends today."""
        today = self.ledger.today
        day = self._day or today
        if self._span is LeakSpan.DAY:
            return Days(day, day)
        first, after = calendar_period(day, _PERIODS[self._span])
        return Days(first, min(after - timedelta(days=1), max(today, first)))

    def show_all(self) -> None:
        """Ask for the leaks anew; what was found before stays until they are there."""
        ledger, days, client = self.ledger, self.days, self._client
        self.query_one("#title", Lines).show([present_leaks.title(days, self._client_name(), self.tr)])
        if self._reading is None:
            self._begin()
        read_behind(self, "leaks", lambda: map(self.Found, read_aside(ledger, days, client)))
        self.refresh_bar()

    def _begin(self) -> None:
        """What the main screen tells stands here at once; until anything is read, that it is being read."""
        known = self.tui.month_leaks
        if known and (known.days, known.client) == (self.days, self._client):
            self._show(known)
        else:
            self.query_one("#rows", LogTable).say_nothing(self.tr.t("reading…"))
            self.query_one(Meter).show(present_leaks.figures((), self.ledger.settings.currency, self.tr))

    def _client_name(self) -> str:
        return present.client_name(self.ledger.client(self._client), self.tr) if self._client else ""

    @on(Found)
    def _found(self, event: Found) -> None:
        reading = event.reading
        if (reading.days, reading.client) != (self.days, self._client):
            return
        shown = self._reading
        if shown and shown.whole > reading.whole and (shown.days, shown.client) == (reading.days, reading.client):
            return  # what is there is better than half of what comes
        self._show(reading)

    def _show(self, reading: LeakReading) -> None:
        self._reading, ledger, tr = reading, self.ledger, self.tr
        report = reading.report
        self.query_one("#title", Lines).show(
            [present_leaks.title(reading.days, self._client_name(), tr, report.before)]
        )
        self.query_one("#advice", Prose).show(advice(ledger, report, tr))
        currency = present_leaks.currencies(report, ledger.settings.currency)[0]
        self.query_one("#bars-panel", Panel).entitle(Content(tr.t("Leaks in {currency}", currency=currency)))
        self.query_one(Meter).show(present_leaks.figures(report.sums, currency, tr))
        self._list()
        self.query_one("#memory", Lines).show([present_leaks.memory(reading.logged, tr)])

    def on_resize(self) -> None:
        """A narrow table has no column for what was lost before."""
        if self._reading:
            self._list()

    def _list(self) -> None:
        """The figures; those of the time before alone come last, where there is a column for them."""
        assert self._reading
        table = self.query_one("#rows", LogTable)
        found = sorted(self._reading.report.rows, key=lambda one: not (one.seconds or one.minor))
        compared = self.app.size.width >= _COMPARED_FROM
        self._rows = [one for one in found if compared or one.seconds or one.minor]
        table.say_nothing(self.tr.t("nothing was lost"))
        rows = [present_leaks.row(self.ledger, index, one, self.tr) for index, one in enumerate(self._rows)]
        table.set_columns(present_leaks.columns(rows, self.tr, compared=compared))
        table.show(Rows(rows), table.cursor)
        own, panel = self.ledger.settings.currency, self.query_one("#rows-panel", Panel)
        panel.foot(Content(present_leaks.totals(self._reading.report.rows, own, panel.room, self.tr)))
        self._explain()

    def _explain(self) -> None:
        self.query_one("#rows-panel", Panel).entitle(Content(present_leaks.about(self._chosen(), self.tr)))

    def _chosen(self) -> LeakRow | None:
        rows = self._rows
        return rows[min(self.query_one("#rows", LogTable).cursor, len(rows) - 1)] if rows else None

    @on(LogTable.Highlighted, "#rows")
    def _other_row(self) -> None:
        self._explain()

    @on(LogTable.Selected, "#rows")
    def _chosen_row(self) -> None:
        self.action_do("leaks.open")

    def do_leaks_open(self) -> None:
        """Show what is behind the figure. Raises `Refused` when nothing is."""
        chosen = self._chosen()
        if chosen is None:
            raise Refused("nothing was lost")
        rows = list(present_leaks.behind(self.ledger, chosen, self.tr))
        if not rows:
            raise Refused("nothing is behind this figure any more")
        self.app.push_screen(Behind(present_leaks.figure_title(self.ledger, chosen, self.tr), rows))

    def do_leaks_period(self) -> None:
        """A day, a week, a month, a year."""
        order = list(LeakSpan)
        self._span = order[(order.index(self._span) + 1) % len(order)]
        self.show_all()

    def do_leaks_before(self) -> None:
        """The period before."""
        self._day = self.days.first - timedelta(days=1)
        self.show_all()

    def do_leaks_after(self) -> None:
        """The period after, up to the present one. Raises `Refused` for one to come."""
        days = self.days
        following = days.last + timedelta(days=1)
        if following > self.ledger.today:
            raise Refused("{day} is still to come", day=following.isoformat())
        self._day = following
        self.show_all()

    def do_leaks_client(self) -> None:
        """One client, or all again."""
        tr = self.tr
        rows = [ClientRow(slug=_EVERYBODY, name=tr.t("all clients"))]
        rows += [
            ClientRow(slug=c.slug, name=c.name)
            for c in sorted(self.ledger.catalogue.clients.values(), key=lambda c: folded(c.name))
            if not c.own
        ]

        def chosen(slug: str) -> None:
            self._client = None if slug == _EVERYBODY else slug

        self.ask(Picker(tr.t("Client"), rows, tr.t("type a name"), tr.t("no client of that name")), chosen)


_BEHIND = (
    Column("", 9),
    Column("", 11),
    Column("", 8, align="right"),
    Column("", 10, most=26),
    Column("", 12, share=1, drop=1),
    Column("", 10, most=28, drop=2),
)


_FRAME = 2


class Behind(Dialog[None]):
    """The sessions behind a figure; enter edits one."""

    DEFAULT_CSS = """
    Behind { align: center middle; background: $background 60%; }
    Behind > Vertical { width: 96%; max-height: 80%; border: round $line; background: $surface;
        border-title-color: $heading; border-subtitle-color: $muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", show=False)]

    def __init__(self, title: str, rows: list[TableRow]) -> None:
        super().__init__()
        self._title, self._rows = title, rows

    def compose(self) -> ComposeResult:
        """The list in a frame."""
        with Vertical() as frame:
            frame.border_title = Content(self._title)
            frame.styles.height = len(self._rows) + _FRAME  # no higher than it has rows
            yield LogTable(fitted(_BEHIND, self._rows), Rows(self._rows), header=False)

    def on_mount(self) -> None:
        """The list has the keyboard."""
        self.query_one(LogTable).focus()

    @on(LogTable.Highlighted)
    def _tell_rest(self, event: LogTable.Highlighted) -> None:
        """The last of a row, why it was given for one, has no column on a narrow screen: the frame says it."""
        table, last = event.table, len(_BEHIND) - 1
        rest = "" if table.cells_of(last) else event.row.cells[last].text
        keys = base_app_of(self.app).tr.t("⏎ edit · esc back")
        self.query_one(Vertical).border_subtitle = Content(" · ".join(filter(None, (rest, keys))))

    @on(LogTable.Selected)
    def _edit(self, event: LogTable.Selected) -> None:
        from clepsydra.tui.screens.session_form import SessionForm

        app = base_app_of(self.app)
        if not event.row.id:
            return
        with app.telling():
            session = app.ledger.session(event.row.id)
            self.dismiss(None)
            app.push_screen(SessionForm(session), lambda changed: app.changed() if changed else None)
