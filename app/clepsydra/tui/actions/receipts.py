"""What can be done to what is open on the screen of money: money in, credit, cents short, instalments, bad debt."""

import re
from datetime import date

from clepsydra.domain.receivables import Debt
from clepsydra.language import formats, typed
from clepsydra.language.typed.days import parse_day_ahead
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.receivables import closing, owing, planning, receipts, receiving
from clepsydra.tui.dialogs import Answer, Prompt, Question
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.screens.receipt_form import ReceiptForm, TypedReceipt


class ReceiptActions(ActionScreen):
    """Mixed into the screen that shows something open (`debt`)."""

    debt: Debt | None

    def _debt(self) -> Debt:
        if self.debt is None:
            raise Refused("choose something that is open first")
        return self.debt

    def _said(self, debt: Debt) -> None:
        """Say how it stands now."""
        tr = self.tr
        left = formats.money(debt.open_minor, debt.currency, tr.lang)
        self.say(tr.t("{number}: {amount} open", number=debt.number, amount=left) if debt.open_minor
                 else tr.t("{number}: settled", number=debt.number))  # fmt: skip

    def do_money_receipt(self) -> None:
        """Record money for it: amount, fee, day. Raises `Refused` when nothing is open."""
        debt, tr = self._debt(), self.tr
        if not debt.open_minor:
            raise Refused("nothing is open of {number}", number=debt.number)

        beside = [each for each in owing.debts(self.ledger, debt.client)
                  if each.currency == debt.currency and each.number != debt.number]  # fmt: skip
        others = [each.number for each in beside]

        def kept(made: TypedReceipt | None) -> None:
            if made is None:
                return
            with self.telling():
                receiving.receive(
                    self.ledger, made.minor, debt.currency, made.day, (debt.number, *(others if made.others else ())),
                    method=made.method, gaps=made.gaps, in_order=True,
                )  # fmt: skip
                self.changed()
                self._said(owing.debt(self.ledger, debt.number))

        title = tr.t("Money received for {number}", number=debt.number)
        self.tui.push_screen(ReceiptForm(title, debt, sum(each.open_minor for each in beside)), kept)

    def do_money_apply(self) -> None:
        """Pay from the client's credit."""
        self._said(closing.apply(self.ledger, self._debt().number))
        self.changed()

    def do_money_difference(self) -> None:
        """Close the cents that are short."""
        self._said(closing.close_difference(self.ledger, self._debt().number))
        self.changed()

    def do_money_writeoff(self) -> None:
        """Give it up, with a reason."""
        debt, tr = self._debt(), self.tr

        def check(text: str) -> tuple[bool, str]:
            return bool(text.strip()), "" if text.strip() else tr.t("a reason is needed")

        left = formats.money(debt.open_minor, debt.currency, tr.lang)
        hint = tr.t("why {amount} will not be paid; money that comes all the same opens it again", amount=left)
        self.ask(Prompt(tr.t("Write off {number}", number=debt.number), hint, "", check),
                 lambda text: self._said(closing.write_off(self.ledger, debt.number, text)))  # fmt: skip

    def do_money_plan(self) -> None:
        """Have it paid in parts: a number of months, or days; empty takes the plan away."""
        debt, tr = self._debt(), self.tr

        def days(text: str) -> list[date]:
            if text.strip().isdecimal():
                return planning.monthly(self.ledger, debt.number, int(text))
            settings = self.ledger.settings
            words = [word for word in re.split(r"[\s,;]+", text.strip()) if word]
            return [
                parse_day_ahead(word, self.ledger.now, settings.time_zone, settings.day_starts_at) for word in words
            ]

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return bool(debt.parts), tr.t("the plan is taken away") if debt.parts else ""
            try:
                parts = planning.preview(self.ledger, debt.number, days(text))
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)
            except Refused as refused:
                return False, refused.message.said(tr)
            shown = [f"{formats.date(part.due, tr.lang, 'day')} {formats.money(part.minor, debt.currency, tr.lang)}"
                     for part in parts]  # fmt: skip
            return True, " · ".join(shown)

        def planned(text: str) -> None:
            if text.strip():
                planning.make(self.ledger, debt.number, days(text))
            else:
                planning.remove(self.ledger, debt.number)

        hint = tr.t("how many monthly parts, or their days: 3 · 31/12 31/1 28/2")
        self.ask(Prompt(tr.t("Instalments of {number}", number=debt.number), hint, "", check), planned)

    def do_money_take_back(self) -> None:
        """Take the latest receipt for it back, once that was confirmed. Raises `Refused` when nothing was received."""
        debt, tr = self._debt(), self.tr
        found = [each for each in receipts.listed(self.ledger, debt.client) if debt.number in each.numbers]
        if not found:
            raise Refused("no money was received for {number}", number=debt.number)
        last = found[-1]
        amount = formats.money(last.minor, last.currency, tr.lang)
        text = tr.t("{amount} of {day}, for {numbers}.", amount=amount, day=formats.date(last.day, tr.lang),
                    numbers=", ".join(last.numbers))  # fmt: skip
        answers = (Answer("⏎", "back", tr.t("take the receipt back")), Answer("esc", "", tr.t("not yet")))
        self.ask(Question(tr.t("Take a receipt back"), text, answers),
                 lambda _: closing.take_back(self.ledger, last.id))  # fmt: skip
