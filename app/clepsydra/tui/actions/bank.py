"""What can be done to lines of the bank: booked as proposed or otherwise, in parts, left out; and files brought in."""

from clepsydra.domain.match_proposal import Likeness
from clepsydra.exchange.bank.registry import BankReading
from clepsydra.exchange.text import slug
from clepsydra.language import formats
from clepsydra.language.typed.amounts import parse_amount
from clepsydra.language.typed.errors import NotUnderstood
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.receivables import bank_matching, banking, owing
from clepsydra.ledger.receivables.bank_matching import BankLineRow, MatchedLine
from clepsydra.settings.foreign import expanded
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.present import bank as present_bank
from clepsydra.tui.present.main import client_label
from clepsydra.tui.screens.expense_form import ExpenseForm, TypedExpense
from clepsydra.tui.widgets.client_list import ClientRow


class BankActions(ActionScreen):
    """Mixed into the screen of the bank, which says which line is chosen."""

    def target_row(self) -> BankLineRow | None:
        """The line under the cursor."""
        raise NotImplementedError

    def target_line(self) -> MatchedLine | None:
        """The open line under the cursor, with its proposal."""
        raise NotImplementedError

    def _open_line(self) -> MatchedLine:
        line = self.target_line()
        if line is None:
            raise Refused(
                "that line is not open: undo takes back what was booked, {press[bank.ignore]} takes in again what was "
                "ignored"
            )
        return line

    def do_bank_accept(self) -> None:
        """Book it as proposed; where nothing is, ask what it pays."""
        row = self.target_row()
        if row is not None and row.minor < 0:
            self._ask_expense(row)
            return
        line = self._open_line()
        if line.proposal.likeness is Likeness.LOOK:
            self.do_bank_other()
            return
        self._booked(bank_matching.accept(self.ledger, line.row.id).receipt.numbers, line)

    def _booked(self, numbers: tuple[str, ...], line: MatchedLine) -> None:
        amount = formats.money(line.row.rest_minor, line.row.currency, self.tr.lang)
        self.say(self.tr.t("{amount} booked: {paid}", amount=amount, paid=", ".join(numbers)))
        self.changed()

    def do_bank_fee(self) -> None:
        """Book it as proposed; what it lacks was kept by a bank.

        Raises `Refused` when nothing is missing that a bank could have kept.
        """
        line = self._open_line()
        if not line.proposal.documents or line.proposal.gap_minor <= 0:
            raise Refused("nothing is missing on that line that a bank could have kept")
        done = bank_matching.accept(self.ledger, line.row.id, fee_minor=line.proposal.gap_minor)
        self._booked(done.receipt.numbers, line)

    def do_bank_all(self) -> None:
        """Book all that is sure. Raises `Refused` when no line is sure."""
        booked = bank_matching.accept_sure(self.ledger)
        if not booked:
            raise Refused("no line is sure")
        self.say(self.tr.n("{count} line booked", "{count} lines booked; each is undone by itself", len(booked)))
        self.changed()

    def do_bank_other(self) -> None:
        """Choose another document, or the client whose credit it is."""
        row = self.target_row()
        if row is not None and row.minor < 0:
            self._ask_expense(row)
            return
        line, tr, ledger = self._open_line(), self.tr, self.ledger
        rows = present_bank.choices(
            owing.debts(ledger), line.proposal, ledger.catalogue.clients, line.row.currency, tr
        )  # fmt: skip
        amount = formats.money(line.row.rest_minor, line.row.currency, tr.lang)
        picker = Picker(tr.t("What does {amount} pay?", amount=amount), rows, tr.t("a number or a name"),
                        tr.t("nothing open is called so"))  # fmt: skip

        def chosen(word: str) -> None:
            to = word.removeprefix(present_bank.CREDIT)
            bank_matching.accept(ledger, line.row.id, (to,))
            self.say(tr.t("{amount} booked: {paid}", amount=amount, paid=to))

        self.ask(picker, chosen)

    def _ask_expense(self, row: BankLineRow) -> None:
        """Choose whose expense money that went out was, and say how much of it is asked back."""
        tr, clients = self.tr, self.ledger.catalogue.clients
        rows = [ClientRow(slug, client_label(slug, clients, tr)) for slug, each in clients.items() if not each.own]
        picker = Picker(tr.t("Whose expense was it?"), rows, tr.t("client or project"), tr.t("no client is called so"))
        self.ask(picker, lambda slug: self._fill_expense(row, slug))

    def _fill_expense(self, row: BankLineRow, slug: str) -> None:
        name = self.ledger.name_of(slug)

        def kept(made: TypedExpense) -> None:
            banking.pass_on(self.ledger, row.id, slug, made.minor, made.text, disbursement=made.disbursement)
            self.say(self.tr.t("the next invoice of {client} asks for it", client=name))

        self.ask(ExpenseForm(row, slug, self.tr.t("Expense of {client}", client=name)), kept)

    def do_bank_split(self) -> None:
        """Type the parts; what is left is told while they are typed."""
        line, tr = self._open_line(), self.tr

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return False, ""
            try:
                shares = bank_matching.shared(self.ledger, line.row, self._parts(text, line.row.currency))
            except Refused as refused:
                return False, refused.message.said(tr)
            left = line.row.rest_minor - sum(minor for _, minor in shares)
            return True, tr.t("{amount} left", amount=formats.money(left, line.row.currency, tr.lang))

        def split(text: str) -> None:
            bank_matching.split(self.ledger, line.row.id, self._parts(text, line.row.currency))

        hint = tr.t("F2026-0042 500 + F2026-0043 + acme: a number or a client, then how much of it")
        self.ask(Prompt(tr.t("In parts"), hint, " + ".join(line.proposal.documents), check), split)

    def _parts(self, text: str, currency: str) -> list[tuple[str, int | None]]:
        """The parts as typed: what is paid, and the amount behind it where there is one."""
        found: list[tuple[str, int | None]] = []
        for part in text.split("+"):
            word, _, amount = part.strip().partition(" ")
            if not word:
                raise Refused("a part names a number or a client")
            try:
                found.append((word, parse_amount(amount, currency, self.tr.lang) if amount.strip() else None))
            except NotUnderstood:
                raise Refused("“{word}” is not an amount in {currency}", word=amount, currency=currency) from None
        return found

    def do_bank_ignore(self) -> None:
        """Leave it out, or take it in again. Raises `Refused` where no line is chosen."""
        row = self.target_row()
        if row is None:
            raise Refused("choose a line first")
        after = banking.ignore(self.ledger, row.id, back=bool(row.ignored))
        self.say(self.tr.t("ignored; undo takes it in again") if after.ignored else self.tr.t("taken in again"))
        self.changed()

    def do_bank_import(self) -> None:
        """Ask for the file, and bring it in."""
        tr = self.tr

        def there(typed: str) -> tuple[bool, str]:
            if not typed.strip():
                return False, ""
            found = expanded(typed.strip()).is_file()
            return found, "" if found else tr.t("{file}: there is no such file", file=typed.strip())

        hint = tr.t("the path of a file of the bank: CAMT.053, OFX, MT940, or a table (CSV)")
        self.ask(Prompt(tr.t("Bring in a file of the bank"), hint, check=there), self._brought)

    def _brought(self, typed: str) -> None:
        path, tr = expanded(typed.strip()), self.tr
        how = BankReading(name=slug(path.stem) or "bank", currency=self.ledger.settings.currency)
        plan = banking.prepare(self.ledger, banking.opened(self.ledger, self.tui.home, path, how), path.name)
        banking.carry_out(self.ledger, plan, self.tui.home)
        words = tr.n("{format}: {count} new line, {came} of them money received",
                     "{format}: {count} new lines, {came} of them money received", len(plan.added), format=plan.format,
                     came=len(plan.incoming))  # fmt: skip
        known = tr.n("{count} line was known already", "{count} lines were known already", plan.known)
        self.tui.tell("\n".join([words, *([known] if plan.known else [])]), "information", seconds=8)
