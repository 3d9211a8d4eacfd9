"""Money: what is to bill, drafts with their lines, what is open, overdue, settled; and the lines of one."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.domain.receivables import Debt
from clepsydra.language.folding import folded
from clepsydra.ledger.documents import drafts, reading
from clepsydra.ledger.documents.drafting import Draft
from clepsydra.ledger.documents.drafts import Prepared
from clepsydra.ledger.documents.reading import ToBill
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.receivables import owing
from clepsydra.tui.actions.money import MoneyActions
from clepsydra.tui.actions.receipts import ReceiptActions
from clepsydra.tui.at_rest import AtRest
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.money_head import MoneyHead
from clepsydra.tui.money_lines import MoneyLines
from clepsydra.tui.present import main as present
from clepsydra.tui.present import money as present_money
from clepsydra.tui.present import money_head
from clepsydra.tui.present.money import View
from clepsydra.tui.present.receipts import debt_row
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import Column, LogTable, Rows, TableRow
from clepsydra.tui.widgets.panel import Panel
from clepsydra.tui.widgets.table_columns import fitted

_HEADS = (Column("", 16, share=1, most=32), Column("", 11), Column("", 10, align="right"), Column("", 10, drop=1))

MANY = 500
"""How many documents a list shows; older ones are found on the command line."""


class MoneyScreen(MoneyHead, MoneyLines, MoneyActions, ReceiptActions, ActionScreen):
    """From work to invoices, and what becomes of them."""

    SCREEN = ScreenName.MONEY
    CSS = """
    MoneyScreen #figures { height: 0; }
    MoneyScreen #views { height: 1; }
    MoneyScreen #list-panel { height: 8; }
    MoneyScreen.-tall #list-panel { height: 14; }
    MoneyScreen #lines-panel { height: 1fr; }
    MoneyScreen #sums, MoneyScreen #lacks { height: 0; padding: 0 1; }
    MoneyScreen ActionBar { height: 2; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 (Textual's own declaration)

    def __init__(self) -> None:
        super().__init__()
        self.shown = View.BILL
        self.client = self.number = self._under = ""
        self.open: list[Debt] = []
        self._to_bill: list[ToBill] = []
        self.today = date.min
        self.debt: Debt | None = None
        self.prepared: Prepared | None = None
        self.draft: Draft | None = None
        self._wanted = AtRest(self, self._show_wanted)

    def compose(self) -> ComposeResult:
        """The lists by turns, and the lines of what is chosen."""
        yield Lines(id="title")
        yield Lines(id="figures")
        yield Lines(id="views")
        with Panel(id="list-panel"):
            yield LogTable(_HEADS, id="list", header=False)
        with Panel(id="lines-panel"):
            yield LogTable(self._columns(), id="lines")
            yield Lines(id="sums")
            yield Lines(id="lacks")
        yield ActionBar()

    def _columns(self) -> tuple[Column, ...]:
        tr = self.tr
        return (
            Column(tr.p("column", "Description"), 14, share=1),
            Column(tr.p("column", "Quantity"), 9, align="right"),
            Column(tr.p("column", "Price"), 12, align="right", drop=2),
            Column(tr.p("column", "Tax"), 8, align="right", drop=1),
            Column(tr.p("column", "Amount"), 12, align="right"),
        )

    def on_mount(self) -> None:
        """Read the lists, and once they stand what the chosen work comes to; the keyboard is in the list."""
        self._read()
        counts = self._counts()
        self.shown = next((view for view in list(View)[:4] if counts[view]), View.BILL)
        self._draw(counts)
        self.query_one("#list", LogTable).focus()
        self._wanted.once_shown()

    # -- drawing

    def show_all(self) -> None:
        """The log, the terms or the language changed."""
        self._read()
        self._draw(self._counts())
        self._wanted.at_once()

    def _read(self) -> None:
        self.open, self.today = owing.debts(self.ledger), reading.today_of(self.ledger)
        self._to_bill = reading.to_bill(self.ledger, self.tui.snapshot(), self.open)

    def _draw(self, counts: dict[View, int]) -> None:
        self.read_figures()
        self.show_list()
        self.query_one("#views", Lines).show([present_money.tabs(counts, self.shown, self.tr)])
        table = self.query_one("#list", LogTable)
        self._choose(table.selected.id if table.selected else "")
        self.tick(self.tui.snapshot())

    def show_list(self) -> None:
        """The rows of the chosen list, those of debts with what is known of their payment."""
        rows = self._listed()
        table = self.query_one("#list", LogTable)
        of_debts = self.shown in (View.OPEN, View.OVERDUE)
        table.set_columns(fitted((*_HEADS, *money_head.EXTRA) if of_debts else _HEADS, rows))
        table.say_nothing(self.tr.t(present_money.EMPTY[self.shown]))
        table.show(Rows(rows), min(table.cursor, max(0, len(rows) - 1)))
        self._say_payment()

    def _say_payment(self) -> None:
        """In the lower edge of the list, when the chosen debt is expected and how its client pays."""
        words = self.payment_words(self.debt) if self.debt and self.debt.open_minor else ("", "")
        self.query_one("#list-panel", Panel).foot(Content(money_head.foot(words, self.tr)))

    def tick(self, snapshot: Snapshot) -> None:
        """The time in the title."""
        title = present.title(snapshot.now, self.ledger.settings.time_zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])

    def _counts(self) -> dict[View, int]:
        late = sum(1 for debt in self.open if debt.next_due < self.today)
        return {
            View.BILL: len(self._to_bill),
            View.DRAFTS: len(drafts.listed(self.ledger)),
            View.OPEN: len(self.open) - late,
            View.OVERDUE: late,
            View.SETTLED: reading.settled_count(self.ledger, sum(not debt.is_statement for debt in self.open))
            + owing.settled_statement_count(self.ledger, self.open),
        }

    def _listed(self) -> list[TableRow]:
        tr, clients = self.tr, self.ledger.catalogue.clients
        if self.shown is View.BILL:
            known = [(clients[each.client], each) for each in self._to_bill if each.client in clients]
            known.sort(key=lambda each: folded(present.client_name(each[0], tr)))
            return [present_money.bill_row(*each, tr) for each in known]
        if self.shown is View.DRAFTS:
            return [self._draft_row(each) for each in drafts.listed(self.ledger)]
        if self.shown is View.SETTLED:
            heads = reading.settled(self.ledger, MANY)
            rows = [present_money.document_row(each, clients, self.today, tr) for each in heads]
            stated = owing.settled_statements(self.ledger, MANY)
            return rows + [present_money.statement_row(each, clients, tr) for each in stated]
        late = self.shown is View.OVERDUE
        chosen = [debt for debt in self.open if (debt.next_due < self.today) == late]
        return [
            money_head.with_payment(debt_row(debt, clients.get(debt.client), self.today, tr), self.payment_words(debt))
            for debt in chosen[:MANY]
        ]

    def _draft_row(self, prepared: Prepared) -> TableRow:
        client = self.ledger.client(prepared.request.client)
        draft = self.composed(prepared)
        lacks = len(draft.lacks) if draft else 0
        return present_money.draft_row(prepared.id, client, draft.document if draft else None, lacks, self.tr)

    def _choose(self, id_: str) -> None:
        """Show what is under the cursor of the list."""
        self._under = id_
        self.client = id_ if self.shown is View.BILL else ""
        self.debt = self._debt_of(id_) if self.shown in (View.OPEN, View.OVERDUE, View.SETTLED) else None
        of_statement = self.debt is not None and self.debt.is_statement
        self.number = id_ if self.shown in (View.OPEN, View.OVERDUE, View.SETTLED) and not of_statement else ""
        found = [each for each in drafts.listed(self.ledger) if each.id == id_]
        self.prepared = found[0] if found and self.shown is View.DRAFTS else None
        self.draft = self.composed(self.prepared) if self.prepared else None
        if not self.client:
            issued = reading.show(self.ledger, id_) if self.number else None
            self.show_lines(self.draft.document if self.draft else issued)
        self._say_payment()
        self.refresh_bar()

    def _show_wanted(self) -> None:
        """Show what the invoice of the chosen client's open work would say."""
        if self.client:
            wanted = self.wanted()
            self.show_lines(wanted.document if wanted else None)

    def _debt_of(self, number: str) -> Debt | None:
        """What is open, or was; a credit note and an annulled document are no debt."""
        try:
            return owing.debt(self.ledger, number) if number else None
        except Refused:
            return None

    # -- choosing

    def view(self, view: View) -> None:
        """Show another list, from its top."""
        self.shown = view
        self.query_one("#list", LogTable).cursor = 0
        self.show_all()
        self.query_one("#list", LogTable).focus()

    @on(LogTable.Highlighted, "#list")
    def _under_cursor(self, event: LogTable.Highlighted) -> None:
        selected = event.table.selected
        if selected and selected.id == event.row.id != self._under:  # another list may be there by now
            self._choose(event.row.id)
            self._wanted.soon()

    @on(LogTable.Selected, "#list")
    def _open(self) -> None:
        """On a client make its draft; else go to the lines."""
        if self.shown is View.BILL and self.client:
            with self.telling():
                drafts.begin(self.ledger, self.client)
            self.view(View.DRAFTS)
            self.changed()
        self.query_one("#lines", LogTable).focus()

    @on(LogTable.Selected, "#lines")
    def _edit(self) -> None:
        if self.prepared:
            self.action_do("money.edit" if self.line_under_cursor() is not None else "money.line")

    def is_on_a_line(self) -> bool:
        """Whether the cursor is on a line, wherever it comes from, and no more on the list."""
        table = self.query_one("#lines", LogTable)
        return table.has_focus and table.selected is not None

    def line_under_cursor(self) -> int | None:
        """The place of the typed line under the cursor of the lines; None where the keyboard is elsewhere."""
        table = self.query_one("#lines", LogTable)
        row = table.selected if table.has_focus else None
        return int(row.id.removeprefix("typed:")) if row and row.id.startswith("typed:") else None

    def present(self) -> set[Needs]:
        """Adds whether a draft or an issued document is chosen."""
        met = super().present()
        if self.prepared:
            met.add(Needs.DRAFT)
        if self.number:
            met.add(Needs.DOCUMENT)
        if self.debt:
            met.add(Needs.DEBT)
        return met
