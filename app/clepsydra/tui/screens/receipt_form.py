"""The small form of money that came in: how much, the fee, the day; what becomes of it is said while it is typed."""

from datetime import date
from typing import NamedTuple

from clepsydra.domain.receivables import Debt
from clepsydra.language import formats, typed
from clepsydra.ledger.chasing.charge_notes import asked_of
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.errors import Refused
from clepsydra.ledger.receivables import receiving
from clepsydra.ledger.receivables.receiving import Gaps
from clepsydra.tui.screens.field_form import FieldForm, FormField
from clepsydra.tui.widgets.choice import Choice
from clepsydra.tui.widgets.text_line import TextLine


class TypedReceipt(NamedTuple):
    """What the form holds, in minor units of the debt's currency."""

    minor: int
    day: date
    gaps: Gaps
    method: str
    others: bool


class ReceiptForm(FieldForm[TypedReceipt]):
    """Money for one document or statement."""

    def __init__(self, title: str, debt: Debt, others_minor: int) -> None:
        """`others_minor` is what else the client owes in that currency."""
        super().__init__(title)
        self._debt, self._others = debt, others_minor

    def fields(self) -> list[FormField]:
        """Amount, fee, day, how it came; the early discount where one is offered."""
        tr, debt = self.tui.tr, self._debt
        off = self._offered()
        amount = formats.money(debt.open_minor - off, debt.currency, tr.lang)
        today = formats.date(today_of(self.tui.ledger), tr.lang, "short")
        fields: list[FormField] = [
            ("amount", tr.p("receipt", "Received"), TextLine(amount)),
            ("fee", tr.p("receipt", "Bank fee"), TextLine("")),
            *([("charges", tr.p("receipt", "Late charges"), TextLine(""))] if self._asked() else []),
            ("day", tr.p("receipt", "On"), TextLine(today)),
            ("method", tr.p("receipt", "Paid by"), TextLine("")),
        ]
        if off:
            yes, no = tr.p("answer", "yes"), tr.p("answer", "no")
            fields.insert(1, ("discount", tr.p("receipt", "Early discount"), Choice([(True, yes), (False, no)])))
        if self._others:
            words = [(True, tr.t("what else the client owes")), (False, tr.t("the client’s credit"))]
            fields.append(("others", tr.p("receipt", "Anything over"), Choice(words)))
        return fields

    def _offered(self) -> int:
        """What is taken off for paying today."""
        try:
            return receiving.discount_of(self.tui.ledger, self._debt, today_of(self.tui.ledger))
        except Refused:
            return 0

    def _asked(self) -> int:
        """What notes of charges ask beside it."""
        return asked_of(self.tui.ledger, self._debt.number)

    def _charges(self) -> int:
        """What was paid of them."""
        return self._amount("charges") if self.query("#charges") else 0

    def _amount(self, name: str) -> int:
        text = self.text(name)
        return typed.parse_amount(text, self._debt.currency, self.tui.tr.lang) if text else 0

    def _day(self) -> date:
        ledger = self.tui.ledger
        settings = ledger.settings
        return typed.parse_day(self.text("day"), ledger.now, settings.time_zone, settings.day_starts_at)

    def problems(self) -> dict[str, str]:
        """What cannot be read, and a fee above what is open."""
        wrong = {}
        for name in ("amount", "fee", *(["charges"] if self.query("#charges") else [])):
            try:
                self._amount(name)
            except typed.NotUnderstood as problem:
                wrong[name] = problem.text(self.tui.tr)
        try:
            self._day()
        except typed.NotUnderstood as problem:
            wrong["day"] = problem.text(self.tui.tr)
        if not wrong and not self._amount("amount"):
            wrong["amount"] = self.tui.tr.t("nothing was received")
        if not wrong and self._amount("fee") > self._debt.open_minor:
            wrong["fee"] = self.tui.tr.t("the fee is above what is open")
        if not wrong and self._charges() > self._amount("amount"):
            wrong["charges"] = self.tui.tr.t("less came in than the late charges")
        return wrong

    def hint(self, field: str) -> str:
        """What becomes of the debt, or how a day is written."""
        tr, debt = self.tui.tr, self._debt
        if field == "day":
            return formats.date(self._day(), tr.lang, "full")
        if field == "charges":
            asked = formats.money(self._asked(), debt.currency, tr.lang)
            return tr.t("how much of it pays the {amount} that a note of charges asks", amount=asked)
        paid = self._amount("amount") - self._charges()
        rest = debt.open_minor - paid - self._amount("fee") - (self._taken() or 0)
        if rest > 0:
            return tr.t("still to pay: {amount}", amount=formats.money(rest, debt.currency, tr.lang))
        if rest < 0:
            credit = formats.money(-rest, debt.currency, tr.lang)
            if self._to_others():
                return tr.t("paid in full, and {amount} pays what else the client owes", amount=credit)
            return tr.t("paid in full, and {amount} is the client’s credit", amount=credit)
        return tr.t("paid in full")

    def _to_others(self) -> bool:
        """Whether what is more goes to what else the client owes."""
        return bool(self._others) and bool(self.chosen("others"))

    def _taken(self) -> int:
        """The discount, where it is taken."""
        return self._offered() if self.query("#discount") and self.chosen("discount") else 0

    def result(self) -> TypedReceipt:
        """What was typed."""
        gaps = Gaps(fee_minor=self._amount("fee"), charges_minor=self._charges(), discount=bool(self._taken()))
        return TypedReceipt(self._amount("amount"), self._day(), gaps, self.text("method"), self._to_others())
