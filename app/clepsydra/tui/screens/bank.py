"""The bank: open lines with what they pay, how sure that is and why; enter books one, `A` all that is sure."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.domain.match_proposal import MatchProposal
from clepsydra.ledger.live.figures import Snapshot
from clepsydra.ledger.receivables import bank_matching, banking
from clepsydra.ledger.receivables.bank_matching import BankLineRow, MatchedLine
from clepsydra.tui.actions.bank import BankActions
from clepsydra.tui.keys.table import Needs, ScreenName
from clepsydra.tui.present import bank as present_bank
from clepsydra.tui.present import main as present
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.lines import Lines
from clepsydra.tui.widgets.log_table import LogTable, Rows
from clepsydra.tui.widgets.panel import Panel


class BankScreen(BankActions):
    """Lines of the bank over what is known of the chosen one."""

    SCREEN = ScreenName.BANK
    CSS = """
    BankScreen #lines-panel { height: 1fr; }
    BankScreen #line-panel { height: 6; }
    BankScreen #facts { height: 4; }
    BankScreen ActionBar { height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, BankLineRow] = {}
        self._proposed: dict[str, MatchedLine] = {}
        self._everything = False

    def compose(self) -> ComposeResult:
        """The list over the facts of one line."""
        yield Lines(id="title")
        with Panel(id="lines-panel"):
            yield LogTable(present_bank.columns(self.tr), id="lines")
        with Panel(id="line-panel"):
            yield Lines(id="facts")
        yield ActionBar()

    def on_mount(self) -> None:
        """Read everything; the keyboard is in the list."""
        self.show_all()
        self.table.focus()

    @property
    def table(self) -> LogTable:
        """The list."""
        return self.query_one("#lines", LogTable)

    # -- drawing

    def show_all(self) -> None:
        """Read again; the cursor stays where it is, so that after a booking it is on the next line."""
        tr, place = self.tr, self.table.cursor
        rows = banking.listed(self.ledger)
        self._proposed = {each.row.id: each for each in bank_matching.proposed(self.ledger)}
        paid = bank_matching.paid_by(self.ledger)
        shown = rows[::-1] if self._everything else [each.row for each in self._proposed.values()]
        self._rows = {each.id: each for each in shown}
        nothing = tr.t("every line is matched or ignored: {press[bank.every]} shows them") if rows else tr.t(
            "nothing yet: {press[bank.import]} brings in a file of your bank (CAMT.053, OFX, MT940, CSV)"
        )  # fmt: skip
        self.table.say_nothing(nothing)
        table_rows = [
            present_bank.row(each, self._proposal(each), ", ".join(paid.get(each.id, ())), tr) for each in shown
        ]
        self.table.show(Rows(table_rows), min(place, max(0, len(table_rows) - 1)))
        panel = self.query_one("#lines-panel", Panel)
        panel.entitle(
            Content(tr.t("All lines of the bank") if self._everything else tr.t("Lines of the bank to match"))
        )
        found = [(each.row, each.proposal) for each in self._proposed.values()]
        panel.foot(Content(present_bank.totals(found, tr)))
        self._show_facts()
        self.tick(self.tui.snapshot())
        self.refresh_bar()

    def _proposal(self, row: BankLineRow) -> MatchProposal | None:
        found = self._proposed.get(row.id)
        return found.proposal if found else None

    def _show_facts(self) -> None:
        row = self.target_row()
        tr, clients = self.tr, self.ledger.catalogue.clients
        self.query_one("#line-panel", Panel).entitle(Content(tr.t("Line") if row else tr.t("How lines are matched")))
        lines = present_bank.facts(row, self._proposal(row), clients, tr) if row else present_bank.taught(tr)
        self.query_one("#facts", Lines).show(lines)

    def tick(self, snapshot: Snapshot) -> None:
        """The time in the title."""
        title = present.title(snapshot.now, self.ledger.settings.time_zone, self.tr, (), sample=self.tui.sample)
        self.query_one("#title", Lines).show([title])

    # -- what can be done

    def present(self) -> set[Needs]:
        """Adds the chosen line."""
        return super().present() | ({Needs.BANK_LINE} if self.target_row() else set())

    def target_row(self) -> BankLineRow | None:
        """The line under the cursor."""
        selected = self.table.selected
        return self._rows.get(selected.id) if selected else None

    def target_line(self) -> MatchedLine | None:
        """The open line under the cursor, with its proposal."""
        row = self.target_row()
        return self._proposed.get(row.id) if row else None

    @on(LogTable.Highlighted)
    def _moved(self) -> None:
        self._show_facts()

    @on(LogTable.Selected)
    def _chosen(self) -> None:
        self.action_do("bank.accept")

    def do_bank_every(self) -> None:
        """Every line, or only the open ones."""
        self._everything = not self._everything
        self.table.cursor = 0
        self.show_all()
