"""The terms of a client or of a project of theirs as a list: what is dated has forms, what is not a line to type."""

from collections.abc import Callable, Mapping
from pathlib import Path

from clepsydra.domain.terms import Client
from clepsydra.language import formats, typed
from clepsydra.settings.edit import check_edit, client_as_written, edit_client
from clepsydra.settings.problems import SettingsProblem
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.new_client import slug_for
from clepsydra.tui.present import client as present
from clepsydra.tui.present import dated_terms as dated
from clepsydra.tui.screens.field_list import FieldList
from clepsydra.tui.screens.term_forms import ChannelRatesForm, ContractForm, RoundingForm
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.log_table import LogTable


class TermsScreen(FieldList):
    """One client's file; a subclass says whose terms in it are meant, and under which path they stand."""

    SCREEN = ScreenName.CLIENT
    CSS = "ActionBar { height: 2; }"  # of this screen: Textual puts the screen’s own name before it

    def __init__(self, slug: str) -> None:
        super().__init__()
        self._slug = slug

    def client(self) -> Client:
        """The client as the file has it now."""
        return self.ledger.client(self._slug)

    def file(self) -> Path:
        """The client's file."""
        return self.tui.home.client_file(self._slug)

    def terms(self) -> dated.TermsTable:
        """Whose terms they are, as the file has them now."""
        raise NotImplementedError

    def path(self) -> str:
        """What stands before the keys of the terms in the file."""
        return ""

    def wrong(self, changes: Mapping[str, object]) -> tuple[SettingsProblem, ...]:
        """What stands against changes of the terms."""
        return check_edit(self.tui.home, self._slug, self._placed(changes), self.ledger.settings)

    def write(self, changes: Mapping[str, object]) -> None:
        """Change the terms."""
        edit_client(self.tui.home, self._slug, self._placed(changes), self.ledger.settings)

    def _placed(self, changes: Mapping[str, object]) -> dict[str, object]:
        path = self.path()
        return {key if key.startswith("projects") else path + key: value for key, value in changes.items()}

    # -- what can be done

    def do_client_change(self) -> None:
        """Change what is under the cursor."""
        self.change()

    def row_id(self) -> str:
        """The row under the cursor."""
        row = self.query_one(LogTable).selected
        return row.id if row else ""

    def change(self) -> None:
        """What is dated has a way of its own."""
        ways = {
            present.RATE: self.do_client_rate,
            present.CHANNELS: self.do_client_channels,
            present.ROUNDING: self.do_client_rounding,
            present.CONTRACT: self.do_client_contract,
            present.PROJECT: self.do_client_project,
        }
        ways.get(self.row_id(), super().change)()

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
            problems = self.wrong(dated.rate_changes(self.terms(), new))
            if problems:
                return False, problems[0].sentence(tr)
            amount = formats.money(
                typed.parse_amount(f"{new.amount:f}", client.currency, "en"), client.currency, tr.lang
            )
            day = formats.date(new.since, tr.lang, "full")
            return True, tr.t("{amount} from {day} on; work before keeps its rate", amount=amount, day=day)

        hint = tr.t("130 from today on, or 130 2027-01-01 from another day")
        self.ask(Prompt(tr.t("New rate"), hint, "", check),
                 lambda text: self.keep_changes(dated.rate_changes(self.terms(), read(text))))  # fmt: skip

    def do_client_channels(self) -> None:
        """What an hour of calls, of travel costs where it is not the usual rate, in a form."""
        self.ask(ChannelRatesForm(self.tr.t("Rates by channel"), self), self.keep_changes)

    def do_client_rounding(self) -> None:
        """Another rounding rule from today or another day on, in a form."""
        self.ask(RoundingForm(self.tr.t("Rounding"), self), self.keep_changes)

    def do_client_contract(self) -> None:
        """The agreement, in a form."""
        self.ask(ContractForm(self.tr.t("Agreement"), self), self.keep_changes)

    def do_client_project(self) -> None:
        """One more project, by its name."""
        hint = self.tr.t("its own rate, rounding and agreement are given on its line, with {press[client.change]}")

        def check(name: str) -> tuple[bool, str]:
            return bool(name.strip()), "" if name.strip() else self.tr.t("a project needs a name")

        def named(name: str) -> None:
            slug = slug_for(name, {project.slug for project in self.client().projects})
            number = len(self.client().projects)
            self.add_project({"slug": slug, "name": name.strip()})
            self.stand_on(f"{present.PROJECT}{number}")

        self.ask(Prompt(self.tr.t("New project"), hint, check=check), named)

    def add_project(self, entry: Mapping[str, object]) -> None:
        """Write one more project beside those of the client, whoever's terms are shown."""
        there = "projects" in client_as_written(self.tui.home, self._slug)
        self.keep_changes({"projects[+]": entry} if there else {"projects": [entry]})

    def do_client_remove(self) -> None:
        """Take out what is under the cursor: of what is dated, the entry that is chosen."""
        id_ = self.row_id()
        if id_ in present.KEYS:
            self._choose_entry(present.KEYS[id_])
        elif id_ == present.CHANNELS:
            self._choose_channel()
        elif field := self.field_of(id_):
            self.keep(field, "")

    def _choose_entry(self, key: str) -> None:
        terms, tr = self.terms(), self.tr
        entries = present.entry_words(terms, key, self.ledger.today, tr)
        rows = [ClientRow(slug=str(place), name=words) for place, words in entries]
        self._take_out(rows, lambda place: dated.removal(terms, key, int(place)))

    def _choose_channel(self) -> None:
        terms, tr = self.terms(), self.tr
        place, rates = dated.channels_held(terms, self.ledger.today)
        rows = [ClientRow(slug=key, name=present.channel_line(terms.client, key, rates[key], tr)) for key in rates]
        path = f"rates[{place}].channel"
        self._take_out(rows, lambda key: {f"{path}.{key}" if len(rates) > 1 else path: None})

    def _take_out(self, rows: list[ClientRow], changes: Callable[[str], dict[str, object]]) -> None:
        """Have one of the rows chosen, and write what takes it out."""
        tr = self.tr
        if not rows:
            self.say(tr.t("there is nothing of its own here to take out"), "warning")
            return
        picker = Picker(tr.t("Take out"), rows, tr.t("type a few letters"), tr.t("no such value"))
        names = {row.slug: row.name for row in rows}
        self.ask(picker, lambda chosen: self.take_out(names[chosen], changes(chosen)))

    def take_out(self, name: str, changes: Mapping[str, object]) -> None:
        """Write what takes something of that name out, and say so: the list may look as it did before."""
        if self.keep_changes(changes):
            self.say(self.tr.t("taken out: {what}; undo brings it back", what=name))

    def do_client_open(self) -> None:
        """Open the file itself in the person's editor."""
        self.edit_file()
