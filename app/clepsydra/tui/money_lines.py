"""The lower part of Money: the lines of what is chosen, what they come to, what was paid of it or is missing."""

from datetime import date

from textual.content import Content

from clepsydra.domain.document import Document
from clepsydra.domain.receivables import Debt
from clepsydra.ledger.billing import statements
from clepsydra.ledger.documents import drafts, issuing
from clepsydra.ledger.documents.drafting import Draft
from clepsydra.ledger.documents.drafts import Prepared
from clepsydra.ledger.documents.request import InvoiceRequest
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.receivables import closing, receipts
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present import money as present_money
from clepsydra.tui.present.money import View
from clepsydra.tui.present.receipts import closed_lines, stated
from clepsydra.tui.present.reminders import chase_line
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.log_table import LogTable, Rows, TableRow
from clepsydra.tui.widgets.panel import Panel

_MOST = 6
"""Lines that say what is missing, at most."""

_AT_ONCE = 5_000
"""Sessions that are priced as the cursor moves, at most."""


class MoneyLines(ActionScreen):
    """Mixed into the screen of money: it knows what is chosen, and has the table and the lines below it."""

    shown: View
    client: str
    number: str
    today: date
    debt: Debt | None
    prepared: Prepared | None
    draft: Draft | None
    _typed: tuple[str, int] = ("", 0)
    """The draft whose lines are shown, and how many of them were typed."""

    def composed(self, prepared: Prepared) -> Draft | None:
        """A draft as it would be issued; None where nothing is on it yet."""
        return self.as_issued(prepared.request)

    def as_issued(self, request: InvoiceRequest) -> Draft | None:
        """What is asked for as it would be issued; None where nothing is on it yet."""
        try:
            return issuing.preview(self.ledger, request).draft
        except Refused:
            return None

    def wanted(self) -> Draft | None:
        """What the draft of the chosen client would say; of more work than a key may wait for, nothing."""
        found = self.tui.snapshot().unbilled.get(self.client)
        if not self.client or (found and found.sessions > _AT_ONCE):
            return None
        return self.as_issued(drafts.wanted(self.ledger, self.client))

    def show_lines(self, document: Document | None) -> None:
        """Draw the lines of what is chosen, what they come to, and what is to be known of it."""
        tr, rows, sums = self.tr, list[TableRow](), list[WordLine]()
        if document:
            rows, sums = present_money.line_rows(document, tr), present_money.sums(document, tr)
        elif self.debt:
            rows, sums = stated(statements.show(self.ledger, self.debt.number), tr)
        if self.prepared:
            rows = [row for row, line in zip(rows, document.lines, strict=True) if line.source] if document else []
            rows += [self._typed_row(place) for place in range(len(self.prepared.request.lines))]
        typed = (self.prepared.id, len(self.prepared.request.lines)) if self.prepared else ("", 0)
        added, self._typed = typed == (self._typed[0], self._typed[1] + 1), typed
        table, last = self.query_one("#lines", LogTable), max(0, len(rows) - 1)
        table.say_nothing(self._no_lines())
        table.show(Rows(rows), last if added else min(table.cursor, last))
        self.query_one("#sums", Lines).show_all(sums)
        lacks = present_money.lacks(self.draft.lacks, tr) if self.draft else []
        if self.client and rows:
            lacks = [WordLine((Word(self._no_lines(), "muted"),))]
        if self.prepared and self.prepared.request.work:
            told = Word(tr.t("the open work is stated and invoiced when you issue"), "muted")
            lacks = [WordLine((told,)), *lacks]
        self.query_one("#lacks", Lines).show_all(self._paid_lines() if self.debt else lacks, _MOST)
        name = document.buyer.name if document else ""
        head = self.number or (tr.p("document", "Draft") if self.prepared else "")
        title = " · ".join(part for part in (head, name) if part and document)
        if self.debt and not document:
            title = f"{tr.t('statement {number}', number=self.debt.number)} · {self.ledger.name_of(self.debt.client)}"
        self.query_one("#lines-panel", Panel).entitle(Content(title))

    def _no_lines(self) -> str:
        """What the lines say when there are none: what can be done with what is chosen, if anything is."""
        if self.shown is View.DRAFTS and self.prepared:
            return self.tr.t("no line yet: {press[money.line]} adds one")
        if self.client:
            return self.tr.t("Enter drafts the invoice of this work, to look at before it is issued")
        return ""

    def _paid_lines(self) -> list[WordLine]:
        """What was paid of the chosen debt, how the rest is to be, and which letter asks for it."""
        assert self.debt is not None
        rows = receipts.closing(self.ledger, self.debt)
        credit = closing.credit_of(self.ledger, self.debt.client, self.debt.currency)
        lines = closed_lines(self.debt, rows, credit, self.ledger.settings.currency, self.today, self.tr)
        return [*lines, *([chase_line(self.ledger, self.debt, self.tr)] if self.debt.open_minor else [])]

    def _typed_row(self, place: int) -> TableRow:
        assert self.prepared is not None
        request = self.prepared.request
        try:
            minor = drafts.worth(self.ledger, request.client, request.lines[place])
        except Refused:
            minor = None
        currency = self.ledger.client(request.client).currency
        return present_money.typed_row(place, request.lines[place], minor, currency, self.tr)
