"""The small form of money that went out for a client: whose, how much is asked back, what it was."""

from typing import NamedTuple

from clepsydra.language import formats, typed
from clepsydra.ledger.receivables import banking
from clepsydra.ledger.receivables.bank_matching import BankLineRow
from clepsydra.tui.present.main import client_label
from clepsydra.tui.screens.field_form import FieldForm, FormField
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.text_line import TextLine


class TypedExpense(NamedTuple):
    """What the form holds, in minor units of the client's currency."""

    minor: int
    text: str
    disbursement: bool


class ExpenseForm(FieldForm[TypedExpense]):
    """A line of the bank as an expense of one client."""

    def __init__(self, row: BankLineRow, client: str, title: str) -> None:
        super().__init__(title)
        self._row, self._client = row, client

    @property
    def _currency(self) -> str:
        return self.tui.ledger.client(self._client).currency

    def fields(self) -> list[FormField]:
        """How much, what it was, how it is passed on."""
        tr, row = self.tui.tr, self._row
        left = formats.money(-row.minor - row.taken_minor, row.currency, tr.lang)
        kinds = [(False, tr.p("expense", "passed on")), (True, tr.p("expense", "disbursement"))]
        return [
            ("amount", tr.p("column", "Amount"), TextLine(left if row.currency == self._currency else "")),
            ("text", tr.p("expense", "What it was"), TextLine(banking.said(row))),
            ("kind", tr.p("expense", "How"), Choice(kinds)),
        ]

    def _minor(self) -> int:
        return typed.parse_amount(self.text("amount"), self._currency, self.tui.tr.lang)

    def problems(self) -> dict[str, str]:
        """An amount that cannot be read, and a text that is missing."""
        wrong = {}
        try:
            minor = self._minor()
        except typed.NotUnderstood as problem:
            wrong["amount"] = problem.text(self.tui.tr)
        else:
            left, same = -self._row.minor - self._row.taken_minor, self._row.currency == self._currency
            if same and minor > left:
                amount = formats.money(left, self._currency, self.tui.tr.lang)
                wrong["amount"] = self.tui.tr.t("of that line {amount} is left", amount=amount)
        if not self.text("text"):
            wrong["text"] = self.tui.tr.t("say what the expense was")
        return wrong

    def hint(self, field: str) -> str:
        """What the next invoice does with it."""
        tr = self.tui.tr
        if field == "amount":
            return tr.t("what it cost: before tax, for a disbursement what was paid")
        if field == "kind" and self.chosen("kind"):
            return tr.t("paid in the client’s name: outside the tax, no turnover")
        name = client_label(self._client, self.tui.ledger.catalogue.clients, tr)
        return tr.t("the next invoice of {client} asks for it", client=name)

    def result(self) -> TypedExpense:
        """What was typed."""
        return TypedExpense(self._minor(), self.text("text"), bool(self.chosen("kind")))
