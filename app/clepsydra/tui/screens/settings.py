"""The settings: what can be set, what it is set to, and a line to change it; the file keeps its comments."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.settings.edit import EditRefused, check_settings, edit_settings, settings_as_written
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.actions.preferences import ask_evidence, ask_theme
from clepsydra.tui.actions.table import Place
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.editor import open_in_editor
from clepsydra.tui.present import settings as present
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.log_table import LogTable, Rows
from clepsydra.tui.widgets.panel import Panel


class SettingsScreen(ActionScreen):
    """A list of settings; Enter changes the one under the cursor."""

    PLACE = Place.SETTINGS
    CSS = "SettingsScreen #settings-panel { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """The list in a frame that names the file."""
        yield Lines(id="title")
        with Panel(id="settings-panel"):
            yield LogTable(present.columns(self.tr), id="settings")
        yield ActionBar()

    def on_mount(self) -> None:
        """Draw what the file says."""
        self.show_all()
        self.query_one(LogTable).focus()

    def show_all(self) -> None:
        """Read the file again and draw it."""
        heading = Word(" " + self.tr.t("Settings"), "heading", bold=True)
        self.query_one("#title", Lines).show([WordLine((heading,))])
        table = self.query_one(LogTable)
        table.set_columns(present.columns(self.tr))
        table.show(Rows(present.rows(settings_as_written(self.tui.home), self.tr)), table.cursor)
        self.query_one(Panel).foot(Content(str(self.tui.home.settings_file)))
        self.refresh_bar()

    @on(LogTable.Selected)
    def _chosen(self) -> None:
        self.action_do("settings.change")

    def do_settings_change(self) -> None:
        """Change the setting under the cursor."""
        row = self.query_one(LogTable).selected
        field = present.BY_KEY.get(row.id) if row else None
        if field is None:
            return
        if field.key == "theme":
            ask_theme(self.tui, self.tui.library.themes)
        elif field.key == "calls.evidence":
            ask_evidence(self.tui, self.show_all)
        elif field.choices or field.typed is present.Typed.YES_NO:
            self._choose(field)
        else:
            self._type(field)

    def do_settings_file(self) -> None:
        """Open the file itself in the person's editor."""
        open_in_editor(self.tui, self.tui.home.settings_file)
        self.show_all()

    def _choose(self, field: present.Field) -> None:
        values = field.choices or ("true", "false")
        now = present.as_typed(settings_as_written(self.tui.home), field) or field.default
        words = {"": self.tr.t("as the system says"), "true": self.tr.t("yes"), "false": self.tr.t("no")}
        rows = [ClientRow(slug=v or "-", name=words.get(v, v), running=v == now) for v in values]
        picker = Picker(self.tr.t(field.words), rows, self.tr.t("type a few letters"), self.tr.t("no such value"))
        self.ask(picker, lambda value: self._keep(field, "" if value == "-" else value))

    def _type(self, field: present.Field) -> None:
        now = present.as_typed(settings_as_written(self.tui.home), field)
        hint = self.tr.t("empty: {default}", default=field.default or "–")

        def check(text: str) -> tuple[bool, str]:
            problems = check_settings(self.tui.home, self._change(field, text))
            return not problems, problems[0].sentence(self.tr) if problems else ""

        self.ask(Prompt(self.tr.t(field.words), hint, now, check), lambda text: self._keep(field, text))

    @staticmethod
    def _change(field: present.Field, text: str) -> dict[str, Any]:
        return {field.key: present.to_write(field, text)}

    def _keep(self, field: present.Field, text: str) -> None:
        try:
            edit_settings(self.tui.home, self._change(field, text))
        except EditRefused as refused:
            self.say(refused.problems[0].text(self.tr), "error")
            return
        if field.key == "language":
            self.tui.follow_settings_language()
        self.tui.reload_files()
