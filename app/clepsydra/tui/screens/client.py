"""A client's terms: every one of them with a line to change it, dated where money depends on it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clepsydra.domain.terms import Client
from clepsydra.language import formats, typed
from clepsydra.settings.edit import check_edit, client_as_written, edit_client
from clepsydra.settings.problems import SettingsProblem
from clepsydra.tui.actions.table import Place
from clepsydra.tui.dialogs import Prompt
from clepsydra.tui.new_client import slug_for
from clepsydra.tui.present import client as present
from clepsydra.tui.present import dated_terms as dated
from clepsydra.tui.present.settings import Field, Groups
from clepsydra.tui.screens.field_list import FieldList
from clepsydra.tui.screens.term_forms import ContractForm, RoundingForm
from clepsydra.tui.widgets.log_table import LogTable, TableRow


class ClientScreen(FieldList):
    """One client's file; Enter changes what is under the cursor, `r` begins with the rate."""

    PLACE = Place.CLIENT

    def __init__(self, slug: str) -> None:
        super().__init__()
        self._slug = slug

    def client(self) -> Client:
        """The client as the file has it now."""
        return self.ledger.client(self._slug)

    def file(self) -> Path:
        """The client's file."""
        return self.tui.home.client_file(self._slug)

    def heading(self) -> str:
        """The client's name."""
        return self.client().name or self._slug

    def groups(self) -> Groups:
        """What is not dated."""
        return present.FIELDS

    def rows(self) -> list[TableRow]:
        """Everything the file says."""
        return present.client_rows(self.client(), self.written(), self.ledger.today, self.tr)

    def written(self) -> Mapping[str, Any]:
        """The file as plain tables."""
        return client_as_written(self.tui.home, self._slug)

    def wrong(self, changes: Mapping[str, object]) -> tuple[SettingsProblem, ...]:
        """What stands against changes of the file."""
        return check_edit(self.tui.home, self._slug, changes, self.ledger.settings)

    def write(self, changes: Mapping[str, object]) -> None:
        """Change the file."""
        edit_client(self.tui.home, self._slug, changes, self.ledger.settings)

    def field_of(self, row: str) -> Field | None:
        """The field of a row."""
        return present.BY_KEY.get(row)

    # -- what can be done

    def do_client_change(self) -> None:
        """Change what is under the cursor."""
        self.change()

    def change(self) -> None:
        """What is dated has a way of its own."""
        row = self.query_one(LogTable).selected
        id_ = row.id if row else ""
        if id_ == present.RATE:
            self.do_client_rate()
        elif id_ == present.ROUNDING:
            self.do_client_rounding()
        elif id_ == present.CONTRACT:
            self.do_client_contract()
        elif id_ == present.PROJECT:
            self.do_client_project()
        elif id_.startswith(present.PROJECT):
            number = id_.removeprefix(present.PROJECT)
            self.change_field(Field(f"projects[{number}].name", self.tr.t("Name of the project")))
        else:
            super().change()

    def do_client_rate(self) -> None:
        """A new rate from today or another day on; what was before it stays as it was."""
        client, tr, ledger = self.client(), self.tr, self.ledger

        def read(text: str) -> dated.NewRate:
            return dated.read_rate(text, client, ledger.today, ledger.now, tr)

        def check(text: str) -> tuple[bool, str]:
            if not text.strip():
                return False, ""
            try:
                new = read(text)
            except typed.NotUnderstood as wrong:
                return False, wrong.text(tr)
            problems = self.wrong(dated.rate_changes(self.written(), new))
            if problems:
                return False, problems[0].sentence(tr)
            amount = formats.money(
                typed.parse_amount(f"{new.amount:f}", client.currency, "en"), client.currency, tr.lang
            )
            day = formats.date(new.since, tr.lang, "full")
            return True, tr.t("{amount} from {day} on; work before keeps its rate", amount=amount, day=day)

        hint = tr.t("130 from today on, or 130 2027-01-01 from another day")
        self.ask(Prompt(tr.t("New rate"), hint, "", check),
                 lambda text: self.keep_changes(dated.rate_changes(self.written(), read(text))))  # fmt: skip

    def do_client_rounding(self) -> None:
        """Another rounding rule from today or another day on, in a form."""
        self.ask(RoundingForm(self.tr.t("Rounding"), self.client(), self), self.keep_changes)

    def do_client_contract(self) -> None:
        """The agreement, in a form."""
        form = ContractForm(self.tr.t("Agreement"), self)
        self.ask(form, self.keep_changes)

    def do_client_project(self) -> None:
        """One more project, by its name."""
        hint = self.tr.t("its own rates, rounding or agreement are given in the file: {press[client.open]}")

        def named(name: str) -> None:
            if name.strip():
                slug = slug_for(name, {project.slug for project in self.client().projects})
                entry = {"slug": slug, "name": name.strip()}
                self.keep_changes({"projects[+]": entry} if "projects" in self.written() else {"projects": [entry]})

        self.ask(Prompt(self.tr.t("New project"), hint), named)

    def do_client_open(self) -> None:
        """Open the file itself in the person's editor."""
        self.edit_file()
