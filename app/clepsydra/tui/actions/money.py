"""What can be done to drafts and documents on the screen of money: lines, issue, credit note, files."""

from pathlib import Path

from clepsydra.domain.document import CreditReason, Document
from clepsydra.domain.receivables import Debt
from clepsydra.domain.records import replace
from clepsydra.domain.statement import Statement
from clepsydra.language import formats
from clepsydra.ledger.billing import statement_files, statements
from clepsydra.ledger.billing.preview import unconfirmed_in
from clepsydra.ledger.documents import drafts, exporting, issuing
from clepsydra.ledger.documents.drafting import Draft
from clepsydra.ledger.documents.drafts import Prepared
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.receivables import crediting
from clepsydra.tui.actions.looking import LookActions
from clepsydra.tui.actions.reminders import ChaseActions
from clepsydra.tui.dialogs import Answer, Prompt, Question
from clepsydra.tui.present.money import View
from clepsydra.tui.viewer import private_folder


class MoneyActions(ChaseActions, LookActions):
    """Mixed into the screen that shows a draft (`prepared`, `draft`) or an issued document (`number`)."""

    number: str
    prepared: Prepared | None
    draft: Draft | None
    debt: Debt | None

    def view(self, view: View) -> None:
        """Show another list."""
        raise NotImplementedError

    def line_under_cursor(self) -> int | None:
        """The place of the typed line under the cursor; None where there is none."""
        raise NotImplementedError

    def is_on_a_line(self) -> bool:
        """Whether the cursor is on any line."""
        raise NotImplementedError

    def do_money_bill(self) -> None:
        """What is to bill."""
        self.view(View.BILL)

    def do_money_drafts(self) -> None:
        """The drafts."""
        self.view(View.DRAFTS)

    def do_money_unpaid(self) -> None:
        """What is open."""
        self.view(View.OPEN)

    def do_money_overdue(self) -> None:
        """What is overdue."""
        self.view(View.OVERDUE)

    def do_money_settled(self) -> None:
        """What is settled."""
        self.view(View.SETTLED)

    # -- drafts

    def _draft(self) -> Prepared:
        if self.prepared is None:
            raise Refused("choose a draft first; enter on a client under “to bill” makes one")
        return self.prepared

    def do_money_line(self) -> None:
        """Type a line; what it comes to is shown while it is typed."""
        self._ask_line("", None)

    def do_money_edit(self) -> None:
        """Type the line under the cursor anew. Raises `Refused` for a line that was not typed."""
        place = self.line_under_cursor()
        if place is None:
            raise Refused("only lines that were typed can be edited; the others come from statements and expenses")
        self._ask_line(self._draft().request.lines[place], place)

    def _ask_line(self, value: str, place: int | None) -> None:
        prepared, tr = self._draft(), self.tr
        client = self.ledger.client(prepared.request.client)

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return False, ""
            try:
                minor = drafts.worth(self.ledger, client.slug, text)
            except Refused as refused:
                return False, refused.message.said(tr)
            return True, formats.money(minor, client.currency, tr.lang) if minor is not None else tr.t("on the whole")

        hint = tr.t("12h15 x120 API · 3d x650 Workshop · 1 x800 -10% Audit · d60 Fee · -3% Discount · min 250")
        self.ask(Prompt(tr.t("Line"), hint, value, check),
                 lambda text: drafts.with_line(self.ledger, prepared, text, place))  # fmt: skip

    def do_money_remove(self) -> None:
        """Take out the typed line under the cursor, or in the list the draft. Raises `Refused` for any other line."""
        prepared, place = self._draft(), self.line_under_cursor()
        if place is None and self.is_on_a_line():
            raise Refused("only lines that were typed can be removed; in the list above, the same key drops the draft")
        if place is None:
            drafts.drop(self.ledger, prepared)
            self.say(self.tr.t("the draft is gone; undo brings it back"))
        else:
            drafts.without_line(self.ledger, prepared, place)
        self.changed()

    def do_money_subject(self) -> None:
        """Say what the invoice is about."""
        prepared, tr = self._draft(), self.tr
        self.ask(
            Prompt(tr.t("Subject"), tr.t("what the invoice is about"), prepared.request.subject),
            lambda text: drafts.change(self.ledger, prepared, replace(prepared.request, subject=text.strip())),
        )

    def do_money_issue(self) -> None:
        """Number and freeze the draft, once that was confirmed. Raises `Refused` while something is missing."""
        prepared, tr = self._draft(), self.tr
        if self.draft is not None and self.draft.lacks:
            raise Refused("{count} things are missing: they stand under the lines", count=len(self.draft.lacks))
        words = tr.t("Issued, it is numbered and frozen for ever; only a credit note corrects it.")
        if self.draft is not None:
            document = self.draft.document
            total = formats.money(document.payable_minor, document.currency, tr.lang)
            words = tr.t("{client}: {total}.", client=document.buyer.name, total=total) + " " + words

        request = prepared.request
        if request.work:
            unseen = unconfirmed_in(self.ledger, request.client, request.first, request.last)
            words = "\n".join([*(what.said(tr) for what in unseen), words])

        def issued(_: str) -> None:
            self.say(tr.t("writing the invoice …"))
            self.call_after_refresh(self._issue, prepared)

        answers = (Answer("⏎", "issue", tr.t("issue the invoice")), Answer("esc", "", tr.t("not yet")))
        self.ask(Question(tr.t("Issue"), words, answers), issued)

    def _issue(self, prepared: Prepared) -> None:
        with self.telling():
            made = issuing.issue(self.ledger, prepared.request)
            drafts.drop(self.ledger, prepared)
            self._told(made)

    def _told(self, made: Document) -> None:
        self.view(View.OPEN)
        self.changed()
        self.say(self.tr.t("issued {number}: {press[money.export]} copies its files", number=made.number))

    # -- issued documents

    def do_money_credit(self) -> None:
        """A credit note: all of it for an error, or an amount as a gesture."""
        tr, number = self.tr, self.number

        def check(text: str) -> tuple[bool, str]:
            try:
                made = crediting.preview(self.ledger, _credit(number, text))
            except Refused as refused:
                return False, refused.message.said(tr)
            return True, formats.money(made.total_minor, made.currency, tr.lang)

        def credited(text: str) -> None:
            made = crediting.credit(self.ledger, _credit(number, text))
            self.say(tr.t("credit note {number}", number=made.number))

        hint = tr.t("empty: all of it, and the work is free again · 1=1h of a line · 120 @std an amount before tax")
        self.ask(Prompt(tr.t("Credit note on {number}", number=number), hint, "", check), credited)

    def do_money_sent(self) -> None:
        """Note that it was sent."""
        exporting.record(self.ledger, self.number, "sent")
        self.say(self.tr.t("noted: {number} was sent today", number=self.number))
        self.changed()

    def _owed(self) -> str:
        """The number of the chosen debt, a document or a statement."""
        if self.debt is None:
            raise Refused("choose something that is open first")
        return self.debt.number

    def _stated(self) -> Statement | None:
        """The chosen debt where it is a statement on no invoice."""
        found = self.debt
        return statements.show(self.ledger, found.number) if found and found.is_statement else None

    def do_money_promise(self) -> None:
        """Promised for a day."""
        self.ask_promise(self._owed())

    def do_money_dispute(self) -> None:
        """Disputed, and why."""
        self.ask_dispute(self._owed())

    def do_money_export(self) -> None:
        """Copy the files of a document, or write the draft as a PDF that says so.

        Raises `Refused` where neither is chosen.
        """
        folder = self.tui.home.statements_dir
        if self.number:
            written = exporting.copy(self.ledger, self.number, (), folder)
        elif stated := self._stated():
            client = self.ledger.catalogue.clients.get(stated.client)
            names = client.statement.formats if client else ("pdf",)
            written = [each.path for each in statement_files.files_of(self.ledger, stated).write(names, folder)]
        elif self.draft is not None:
            written = [exporting.write_draft(self.ledger, self.draft, _free(folder, self.draft.document.client))]
        else:
            raise Refused("choose a draft or a document first")
        files = "\n".join(path.name for path in written)
        self.tui.tell(f"{self.tr.t('written to {folder}:', folder=str(folder))}\n{files}", "information", seconds=10)

    def do_money_look(self) -> None:
        """Open the PDF of a document as it was issued, of a statement on no invoice, or of the draft.

        Raises `Refused` where none is chosen.
        """
        if stated := self._stated():
            self.look_at_statement(stated)
            return
        if self.number:
            path = exporting.copy(self.ledger, self.number, ("pdf",), private_folder())[0]
        elif self.draft is not None:
            path = exporting.write_draft(self.ledger, self.draft, _free(private_folder(), self.draft.document.client))
        else:
            raise Refused("choose a draft or a document first")
        self.look_at(lambda: path)


def _free(folder: Path, client: str) -> Path:
    """A file name for a draft that is not taken."""
    n = 1
    while (path := folder / f"draft-{client}-{n}.pdf").exists():
        n += 1
    return path


def _credit(number: str, text: str) -> crediting.Credit:
    """What a typed answer credits."""
    typed = text.strip()
    if not typed:
        return crediting.Credit(number)
    if "=" in typed:
        return crediting.Credit(number, lines=(typed,), reason=CreditReason.GESTURE)
    return crediting.Credit(number, amounts=(typed,), reason=CreditReason.GESTURE)
