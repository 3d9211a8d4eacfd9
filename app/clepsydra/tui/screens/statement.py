"""Statements: what is to bill, what was issued, and the lines of one with what each loses and gains."""

from collections.abc import Sequence
from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from clepsydra.domain.statement import Statement, StatementWords
from clepsydra.language import formats
from clepsydra.ledger.billing import statements, surcharges
from clepsydra.ledger.billing.preview import Preview
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.receivables import owing
from clepsydra.ledger.receivables.owed_sums import sums_of
from clepsydra.tui.actions.statements import StatementActions
from clepsydra.tui.at_rest import AtRest
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import main as present
from clepsydra.tui.present import statement as present_statement
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.client_list import ClientList
from clepsydra.tui.widgets.lines import Lines, WordLine
from clepsydra.tui.widgets.log_table import Column, LogTable, Rows, TableRow
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.still_table import StillTable
from clepsydra.tui.widgets.table_columns import fitted

_ISSUED_COLUMNS = (
    Column("", 9),
    Column("", 9, share=1, drop=1),
    Column("", 12, align="right"),
    Column("", 9, drop=2),
)


class _Issued:
    """All issued statements, read by the page."""

    def __init__(self, screen: "Statements") -> None:
        self._screen = screen

    def count(self) -> int:
        return statements.count(self._screen.ledger)

    def page(self, offset: int, limit: int) -> Sequence[TableRow]:
        screen = self._screen
        clients, lang = screen.ledger.catalogue.clients, screen.tr.lang
        tail = present_statement.tail_of({c.currency for c in clients.values()}, lang)
        found = statements.page(screen.ledger, limit, offset)
        return [present_statement.head_row(head, clients, screen.late, tail, screen.tr) for head in found]


class Statements(StatementActions, ActionScreen):
    """Preview, issue, export, pay, void."""

    SCREEN = ScreenName.STATEMENT
    CSS = """
    Statements #lists { height: 8; layout: horizontal; }
    Statements.-tall #lists { height: 13; }
    Statements.-tall ActionBar { height: 2; }
    Statements #bill-panel { width: 9fr; }
    Statements #issued-panel { width: 11fr; }
    Statements #lines-panel { height: 1fr; }
    Statements LogTable { scrollbar-gutter: stable; }
    Statements #total { height: 1; }
    Statements #sums { height: 3; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 (Textual's own declaration)

    def __init__(self, client: str) -> None:
        """`client` is the one whose preview is shown first."""
        super().__init__()
        self.client = client
        self.number = ""
        self.period: tuple[date, date] | None = None
        self.words = StatementWords()
        self.preview: Preview | None = None
        self.statement: Statement | None = None
        self.late: frozenset[str] = frozenset()
        self.overdue: dict[str, int] = {}
        self._chosen = AtRest(self, self._show_chosen)

    def compose(self) -> ComposeResult:
        """The two lists, and the lines of what is chosen in one of them."""
        tr = self.tr
        yield Lines(id="title")
        with Horizontal(id="lists"):
            with Panel(id="bill-panel"):
                yield ClientList(nothing=tr.t("nothing to bill"), id="bill")
            with Panel(id="issued-panel"):
                nothing = tr.t("no statement issued yet")
                yield LogTable(_ISSUED_COLUMNS, nothing=nothing, id="issued", header=False)
        with Panel(id="lines-panel"):
            yield LogTable(self._columns(), id="lines")
            yield StillTable(self._columns(), id="total")
            yield Lines(id="sums")
        yield ActionBar()

    def _columns(self, rows: Sequence[TableRow] = ()) -> tuple[Column, ...]:
        """The columns of the lines, as wide as what is in them: no figure is cut."""
        tr = self.tr
        shown = (
            Column(tr.p("column", "Date"), 6),
            Column(tr.p("column", "Description"), 13, share=1),
            Column(tr.p("column", "Exact"), 7, align="right"),
            Column(tr.p("column", "Billed"), 7, align="right"),
            Column(tr.p("column", "Lost"), 8, align="right", drop=2),
            Column(tr.p("column", "Gained"), 8, align="right", drop=1),
            Column(tr.p("column", "Rate"), 12, align="right", drop=3),
            Column(tr.p("column", "Amount"), 9, align="right"),
        )
        return fitted(shown, rows) if rows else shown

    def on_mount(self) -> None:
        """Read the lists, and once they stand what is chosen; the keyboard is in the list of what is to bill."""
        self._show_lists()
        self.query_one("#bill", ClientList).focus()
        self.refresh_bar()
        self._chosen.once_shown()

    # -- drawing

    def show_all(self) -> None:
        """The log, the terms or the language changed."""
        self._show_lists()
        self._chosen.at_once()

    def _show_lists(self) -> None:
        tr, clients = self.tr, self.ledger.catalogue.clients
        snapshot = self.tui.snapshot()
        self._read_debts()
        rows = self.query_one("#bill", ClientList)
        rows.set_rows(present_statement.to_bill(snapshot, clients.values(), self.ledger.today, tr))
        rows.select(self.client)
        issued = self.query_one("#issued", LogTable)
        issued.show(_Issued(self), issued.cursor)
        self._title_panels(snapshot)
        self.tick(snapshot)

    def _read_debts(self) -> None:
        """Which statements are overdue, and the sums of them by currency; invoices are the business of Money."""
        today = today_of(self.ledger)
        debts = [debt for debt in owing.debts(self.ledger) if debt.is_statement]
        self.late = frozenset(debt.number for debt in debts if debt.next_due < today)
        self.overdue = {row.currency: row.overdue_minor for row in sums_of(debts, today) if row.overdue_minor}

    def _title_panels(self, snapshot: Snapshot) -> None:
        tr, overdue = self.tr, self.overdue
        late = tr.p("statement state", "overdue") if overdue else ""
        for name, words, lead, by_currency in (
            ("#bill-panel", tr.t("To bill"), "", snapshot.unbilled_totals()),
            ("#issued-panel", tr.t("Issued"), late, overdue),
        ):
            panel = self.query_one(name, Panel)
            panel.entitle(Content(words))
            room = panel.room - len(lead)
            sums = present_statement.amounts(by_currency, self.ledger.settings.currency, tr.lang, room)
            panel.foot(Content(f"{lead} {sums}".strip()))

    def on_resize(self) -> None:
        """Sums are shown whole or not at all, so they follow the width."""
        self._title_panels(self.tui.snapshot())

    def tick(self, snapshot: Snapshot) -> None:
        """The time in the title."""
        title = present.title(snapshot.now, self.ledger.settings.time_zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])

    def show_statement(self) -> None:
        """The lines of the chosen preview or statement."""
        try:
            statement = self._read()
        except Refused as refusal:
            self.say(refusal.message, "error")
            return
        tr = self.tr
        rows = [present_statement.line_row(line, statement, tr) for line in statement.lines]
        totals = [present_statement.total_row(statement, tr)] if rows else []
        columns = self._columns([*rows, *totals])
        self.query_one("#lines", LogTable).say_nothing(
            tr.t("nothing to bill in this period: {press[statement.period]} shows another")
        )
        for table, shown in (("#lines", rows), ("#total", totals)):
            self.query_one(table, LogTable).set_columns(columns)
            self.query_one(table, LogTable).show(Rows(shown), 0)
        if self.preview:
            waiting = None if self.period else self.tui.snapshot().unbilled.get(self.client)
            below = present_statement.left_out(self.preview, waiting.minor if waiting else None, tr)
        else:
            below = present_statement.facts(statement, present_statement.state_now(statement, self.late), tr)
        more = surcharges.of_statement(self.ledger, statement)
        sums = present_statement.sums(statement, below, tr, more) if rows else [WordLine(), WordLine(), WordLine(below)]
        self.query_one("#sums", Lines).show(sums)
        panel = self.query_one("#lines-panel", Panel)
        panel.entitle(Content(self._title(statement)))
        panel.foot(Content(self._about_period()))

    def _read(self) -> Statement:
        if self.number:
            self.preview, self.statement = None, statements.show(self.ledger, self.number)
            return self.statement
        first, last = self.period or (None, None)
        self.preview = statements.preview(self.ledger, self.client, first, last, self.words)
        self.statement = self.preview.statement
        return self.statement

    def _title(self, statement: Statement) -> str:
        name = statement.client_name
        days = formats.days(statement.first_day, statement.last_day, self.tr.lang)
        return " · ".join((statement.number or self.tr.t("Preview"), name, days))

    def _about_period(self) -> str:
        if not self.preview:
            return ""
        words = formats.days(*self.period, self.tr.lang) if self.period else self.tr.t("all that is unbilled")
        days = (self.ledger.today - self.preview.statement.first_day).days
        if days <= 0 or not self.preview.statement.lines:
            return words
        return f"{words} · " + self.tr.t("oldest {age}", age=formats.age(days * 86_400, self.tr.lang))

    # -- choosing

    def choose(self, client: str = "", number: str = "") -> None:
        """Show a client's preview, or an issued statement."""
        if (client or self.client, number) == (self.client, self.number) and (self.statement or self._chosen.waits):
            return
        self._turn_to(client, number)
        if not self._chosen.waits:
            self._chosen.at_once()

    def _turn_to(self, client: str, number: str) -> None:
        self.words = StatementWords() if client and client != self.client else self.words
        self.client, self.number = client or self.client, number

    def _show_chosen(self) -> None:
        self.show_statement()
        self.refresh_bar()

    def action_do(self, id_: str) -> None:
        """Do an action on what is under the cursor, which is shown first."""
        self._chosen.now()
        super().action_do(id_)

    @on(ClientList.Highlighted, "#bill")
    def _client_under_cursor(self, event: ClientList.Highlighted) -> None:
        if event.client_list.has_focus and (event.row.slug, "") != (self.client, self.number):
            self._turn_to(event.row.slug, "")
            self._chosen.soon()

    @on(LogTable.Highlighted, "#issued")
    def _number_under_cursor(self, event: LogTable.Highlighted) -> None:
        if event.table.has_focus and event.row.id != self.number:
            self._turn_to("", event.row.id)
            self._chosen.soon()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The keyboard came to another list: show what is under its cursor."""
        bill, issued = self.query_one("#bill", ClientList), self.query_one("#issued", LogTable)
        if event.widget is bill and bill.selected:
            self.choose(client=bill.selected.slug)
        elif event.widget is issued and issued.selected:
            self.choose(number=issued.selected.id)

    @on(ClientList.Selected, "#bill")
    def _bill(self) -> None:
        self.action_do("statement.issue")

    @on(LogTable.Selected, "#issued")
    def _open_lines(self) -> None:
        self.query_one("#lines", LogTable).focus()

    def present(self) -> set[Needs]:
        """Adds whether there are lines, and whether an issued statement is chosen."""
        met = super().present()
        if self._chosen.waits or (self.statement and self.statement.lines):
            met.add(Needs.LINES)  # what waits is done before any key that needs them
        if self.number:
            met.add(Needs.STATEMENT)
        return met

    def shown(self) -> Statement:
        """The statement that keys act on; raises `Refused` when none is shown."""
        self._chosen.now()
        if self.statement is None:
            raise Refused("there is nothing on this statement")
        return self.statement
