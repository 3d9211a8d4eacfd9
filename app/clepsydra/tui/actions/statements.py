"""What can be done to the statement on the screen: choose client and period, issue, export, pay, void."""

from collections.abc import Callable
from datetime import date
from typing import Any

from textual.content import Content

from clepsydra.domain.statement import Statement, StatementState, StatementWords
from clepsydra.language import formats, typed
from clepsydra.language.folding import folded
from clepsydra.language.translator import translator
from clepsydra.ledger import names
from clepsydra.ledger.billing import statement_files, statements
from clepsydra.ledger.ledger import Refused
from clepsydra.ledger.receivables import statement_payment
from clepsydra.settings.edit import edit_settings
from clepsydra.tui.actions.mending import MendingActions
from clepsydra.tui.dialogs import Answer, Picker, Prompt, Question
from clepsydra.tui.present import main as present
from clepsydra.tui.screens.export import Export, WantedFiles
from clepsydra.tui.widgets.client_list import ClientList, ClientRow
from clepsydra.tui.widgets.log_table import LogTable
from clepsydra.tui.widgets.panel import Panel


class StatementActions(MendingActions):
    """Mixed into the screen that shows a preview (`client`, `period`) or an issued statement (`number`)."""

    client: str
    number: str
    period: tuple[date, date] | None

    def choose(self, client: str = "", number: str = "") -> None:
        """Show a client's preview, or an issued statement."""
        raise NotImplementedError

    def _money(self, minor: int) -> str:
        return formats.money(minor, self.shown().currency, self.tr.lang)

    # -- what is shown

    def do_statement_client(self) -> None:
        """Choose the client."""
        clients = sorted(self.ledger.catalogue.clients.values(), key=lambda c: folded(c.name))
        rows = [ClientRow(c.slug, present.client_name(c, self.tr), c.key or "") for c in clients if not c.own]
        tr = self.tr
        picker = Picker(tr.t("Client"), rows, tr.t("type a name, or press a key"), tr.t("no client of that name"))

        def picked(slug: str) -> None:
            bill = self.query_one("#bill", ClientList)
            bill.select(slug)
            bill.focus()
            self.choose(client=slug)

        self.ask(picker, picked)

    def do_statement_period(self) -> None:
        """Choose the period; an empty one is all that is unbilled."""
        settings, tr = self.ledger.settings, self.tr

        def read(text: str) -> tuple[date, date] | None:
            if not text.strip():
                return None
            return typed.parse_period(text, self.ledger.now, settings.time_zone, settings.day_starts_at)

        def check(text: str) -> tuple[bool, str]:
            try:
                period = read(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)
            return True, formats.days(*period, tr.lang) if period else tr.t("all that is unbilled")

        def taken(text: str) -> None:
            self.period = read(text)
            self.number = ""
            self.show_statement()

        hint = tr.t("November, 2026-10, last month, 2/11..15/11; empty: all that is unbilled")
        self.ask(Prompt(tr.t("Period"), hint, "", check), taken)

    # -- from preview to paid

    def do_statement_issue(self) -> None:
        """Number and lock the previewed statement, once that was confirmed; the first asks who sends it.

        Raises `Refused` for one that is issued already.
        """
        if self.number:
            raise Refused("statement {number} is issued already; choose a client under “to bill”", number=self.number)
        self._named(self._issue)

    def _named(self, then: Callable[[], None]) -> None:
        """Go on, but first ask once for the sender where none is known; escape goes on without."""
        tr = self.tr
        if self.ledger.settings.seller.name or self.tui.asked_sender:
            then()
            return
        self.tui.asked_sender = True

        def go_on(changes: dict[str, Any]) -> None:
            with self.telling():
                if changes:
                    edit_settings(self.tui.home, changes)
                    self.tui.reload_files()
                then()

        def named(name: str | None) -> None:
            if not name or not name.strip():
                go_on({})
                return
            sender = {"seller.name": name.strip()}
            hint = tr.t("with commas between its lines; esc leaves it out")

            def placed(address: str | None) -> None:
                lines = [line.strip() for line in (address or "").split(",") if line.strip()]
                go_on(sender | ({"seller.address": "\n".join(lines)} if lines else {}))

            self.app.push_screen(Prompt(tr.t("Your address"), hint), placed)

        hint = tr.t("Who sends the statement? Your name or your firm’s; esc leaves it out.")
        self.app.push_screen(Prompt(tr.t("Sender"), hint), named)

    def _issue(self) -> None:
        statement, tr = self.shown(), self.tr
        number = statements.next_number(self.ledger, self.client)
        text = tr.t(
            "{number} for {client}, {period}: {total}. "
            "Issued, it is numbered and locked for ever; voiding it later releases its sessions.",
            number=number,
            client=statement.client_name,
            period=formats.days(statement.first_day, statement.last_day, tr.lang),
            total=self._money(statement.total_minor),
        )
        lacks = self.lacks(number)
        text += f"\n\n{self.lacks_told(lacks)}" if lacks else ""

        def issued(answer: str) -> None:
            if answer != "issue":
                self.action_do(answer)
                return
            first, last = self.period or (None, None)
            made = statements.issue(self.ledger, self.client, first, last, words=self.words)
            self.words = StatementWords()
            self.changed()
            self.query_one("#issued", LogTable).cursor = 0
            self.query_one("#issued", LogTable).focus()
            self.choose(number=made.number)
            self.say(tr.t("issued {number}: {press[statement.export]} writes its documents", number=made.number))

        answers = (Answer("⏎", "issue", tr.t("issue {number}", number=number)), Answer("esc", "", tr.t("not yet")))
        self.ask(Question(tr.t("Issue"), text, answers, self.ways_out(lacks)), issued)

    def do_statement_pay(self) -> None:
        """Record a payment: the amount, then the day."""
        statement, tr = self.shown(), self.tr
        if statement.state is StatementState.VOID or statement.balance_minor <= 0:
            statement_payment.pay(self.ledger, self.number)  # the ledger says why not

        def check(text: str) -> tuple[bool, str]:
            try:
                minor = typed.parse_amount(text, statement.currency, tr.lang)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)
            if not 0 < minor <= statement.balance_minor:
                return False, tr.t("above zero, and not above {balance}", balance=self._money(statement.balance_minor))
            left = statement.balance_minor - minor
            return True, tr.t("paid in full") if not left else tr.t("still to pay: {amount}", amount=self._money(left))

        value = formats.money(statement.balance_minor, statement.currency, tr.lang)
        title = tr.t("Payment of {number}", number=self.number)
        self.ask(
            Prompt(title, tr.t("what was received"), value, check),
            lambda text: self._ask_day(typed.parse_amount(text, statement.currency, tr.lang)),
        )

    def _ask_day(self, minor: int) -> None:
        settings, tr, number, statement = self.ledger.settings, self.tr, self.number, self.shown()

        def day(text: str) -> date:
            return typed.parse_day(text, self.ledger.now, settings.time_zone, settings.day_starts_at)

        def check(text: str) -> tuple[bool, str]:
            try:
                on = day(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)
            odd = statement_payment.odd_payment(self.ledger, statement, on)
            told = [formats.date(on, tr.lang, "full"), *([names.sentence(self.ledger, odd, tr)] if odd else [])]
            return True, "\n".join(told)

        def paid(text: str) -> None:
            after = statement_payment.pay(self.ledger, number, minor, day(text))
            left = after.balance_minor
            words = tr.t("paid in full") if not left else tr.t("still to pay: {amount}", amount=self._money(left))
            odd = statement_payment.odd_payment(self.ledger, after, day(text))
            self.say(
                f"{words} · {names.said(self.ledger, odd, tr)}" if odd else words, "warning" if odd else "information"
            )

        today = formats.date(self.ledger.today, tr.lang, "short")
        self.ask(Prompt(tr.t("Received on"), tr.t("a day, such as yesterday or 12/11"), today, check), paid)

    def do_statement_void(self) -> None:
        """Void it, once the reason is told and confirmed."""
        statement, tr, number = self.shown(), self.tr, self.number
        if statement.state is StatementState.VOID or statement.paid_minor:
            statements.void(self.ledger, number, "")  # the ledger says why not

        def check(text: str) -> tuple[bool, str]:
            return bool(text.strip()), tr.t("a reason is needed") if not text.strip() else ""

        def confirm(reason: str) -> None:
            text = tr.t(
                "{number} keeps its number and stays listed as void; its {total} become unbilled again.",
                number=number, total=self._money(statement.total_minor),
            )  # fmt: skip
            answers = (Answer("⏎", "void", tr.t("void {number}", number=number)), Answer("esc", "", tr.t("keep it")))

            def voided(_: str) -> None:
                statements.void(self.ledger, number, reason.strip())
                self.say(tr.t("{number} is void; undo brings it back", number=number))

            self.ask(Question(tr.t("Void"), text, answers), voided)

        title = tr.t("Void {number}", number=number)
        self.ask(Prompt(title, tr.t("Why? It stands on the statement’s record."), "", check), confirm)

    # -- documents

    def do_statement_export(self) -> None:
        """Choose documents and write them; the first ask who sends them."""
        self._named(self._export)

    def _export(self) -> None:
        statement = self.shown()
        client = self.ledger.catalogue.clients.get(statement.client)
        chosen = client.statement.formats if client else ("pdf",)
        title = self.tr.t("Documents of {name}", name=statement.number or statement.client_name)
        dialog = Export(title, chosen, str(self.tui.home.statements_dir))
        self.ask(dialog, lambda documents: self._write(statement, documents))

    def _write(self, statement: Statement, documents: WantedFiles) -> None:
        """In a thread: fonts and pages take a moment."""
        tui, folder = self.tui, self.tui.home.statements_dir
        seller = statement_files.with_logo(self.ledger, self.ledger.settings.seller)
        found = statement_files.files_of(self.ledger, statement) if statement.number else None

        def work() -> None:
            from clepsydra.exchange.statement.registry import write_files

            words, written = translator(statement.language), list[statement_files.WrittenFile]()
            try:
                for index, name in enumerate(documents.formats, 1):
                    tui.call_from_thread(self._progress, index, len(documents.formats))
                    if found:
                        written += found.write([name], folder, internal=documents.internal)
                    else:
                        paths = write_files(statement, [name], folder, seller, words, documents.internal)
                        written += map(statement_files.WrittenFile, paths)
            except (Refused, OSError) as error:
                tui.call_from_thread(self.say, error.message if isinstance(error, Refused) else str(error), "error")
            else:
                tui.call_from_thread(self._written, written)

        self.run_worker(work, thread=True, exclusive=True, group="export", exit_on_error=False)

    def _progress(self, place: int, count: int) -> None:
        words = self.tr.t("writing document {place} of {count} …", place=place, count=count)
        self.query_one("#lines-panel", Panel).foot(Content(words))

    def _written(self, written: list[statement_files.WrittenFile]) -> None:
        self.show_statement()
        paths = [each.path for each in written]
        names = "\n".join(path.name for path in paths)
        said = self.tr.n("{count} document in {folder}:", "{count} documents in {folder}:", len(paths),
                         folder=str(paths[0].parent))  # fmt: skip
        notes = dict.fromkeys(each.note for each in written if each.note)
        told = "".join(f"\n{note.said(self.tr)}" for note in notes)
        self.tui.tell(f"{said}\n{names}{told}", "warning" if notes else "information", seconds=10)
