"""A file of the person's as a list of what can be set in it, each with a line to change it; comments are kept."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from clepsydra.settings.edit import EditRefused
from clepsydra.settings.file_history import FileMoved
from clepsydra.settings.problems import SettingsProblem
from clepsydra.tui.dialogs import Picker, Prompt
from clepsydra.tui.editor import open_in_editor
from clepsydra.tui.keys.dispatch import ActionScreen
from clepsydra.tui.keys.table import Needs
from clepsydra.tui.present import settings as present
from clepsydra.tui.widgets.action_bar import ActionBar
from clepsydra.tui.widgets.client_list import ClientRow
from clepsydra.tui.widgets.heading_table import HeadingTable
from clepsydra.tui.widgets.lines import Lines, Word, WordLine
from clepsydra.tui.widgets.log_table import LogTable, Rows, TableRow
from clepsydra.tui.widgets.panel import Panel


class FieldList(ActionScreen):
    """A list of fields; Enter changes the one under the cursor. A subclass says which file, and how it is written."""

    first = ""
    """The row to begin with; the first that can be changed where none is named."""

    def file(self) -> Path:
        """The file."""
        raise NotImplementedError

    def heading(self) -> str:
        """What the file is about."""
        raise NotImplementedError

    def groups(self) -> present.Groups:
        """The fields by subject."""
        raise NotImplementedError

    def rows(self) -> list[TableRow]:
        """What is listed."""
        raise NotImplementedError

    def written(self) -> Mapping[str, Any]:
        """The file as plain tables."""
        raise NotImplementedError

    def wrong(self, changes: Mapping[str, object]) -> tuple[SettingsProblem, ...]:
        """What stands against changes of the file."""
        raise NotImplementedError

    def write(self, changes: Mapping[str, object]) -> None:
        """Change the file; raises `EditRefused` for what cannot be."""
        raise NotImplementedError

    def field_of(self, row: str) -> present.Field | None:
        """The field that a row shows."""
        raise NotImplementedError

    # -- what is seen

    def compose(self) -> ComposeResult:
        """The list in a frame that names the file."""
        yield Lines(id="title")
        with Panel(id="fields-panel"):
            yield HeadingTable(present.columns(self.tr, self.groups()), id="fields")
        yield Lines(id="hint")
        yield ActionBar()

    def on_mount(self) -> None:
        """Draw what the file says."""
        self.query_one("#fields-panel").styles.height = "1fr"
        self.show_all()
        table = self.query_one(LogTable)
        ids = [row.id for row in self.rows()]
        usual = 0 if ids[0] else 1  # a heading cannot be changed
        table.cursor = ids.index(self.first) if self.first and self.first in ids else usual
        table.focus()

    def show_all(self) -> None:
        """Read the file again and draw it."""
        words = [Word(" " + self.heading(), "heading", bold=True)]
        if self.tui.sample:
            words.append(Word(" · " + self.tr.t("sample"), "attention"))
        self.query_one("#title", Lines).show([WordLine(tuple(words))])
        table = self.query_one(LogTable)
        table.set_columns(present.columns(self.tr, self.groups()))
        table.show(Rows(self.rows()), table.cursor)
        self.query_one(Panel).foot(Content(str(self.file())))
        self.refresh_bar()

    def stand_on(self, row: str) -> None:
        """Put the cursor on a row, where it is there."""
        ids = [each.id for each in self.rows()]
        if row in ids:
            self.query_one(LogTable).cursor = ids.index(row)

    @on(LogTable.Highlighted)
    def _explain(self, event: LogTable.Highlighted) -> None:
        field = self.field_of(event.row.id)
        hint = field.hint_in(self.tr) if field else ""
        self.query_one("#hint", Lines).show([WordLine((Word(f"   {hint}", "muted"),))])

    # -- changing

    @on(LogTable.Selected)
    def _chosen(self) -> None:
        self.change()

    def change(self) -> None:
        """Change the field under the cursor."""
        row = self.query_one(LogTable).selected
        field = self.field_of(row.id) if row else None
        if field is not None:
            self.change_field(field)

    def change_field(self, field: present.Field) -> None:
        """Choose or type another value."""
        if field.choices or field.typed is present.Typed.YES_NO:
            self._choose(field)
        else:
            self._type(field)

    def edit_file(self) -> None:
        """Open the file itself in the person's editor."""
        open_in_editor(self.tui, self.file())
        self.show_all()

    def _choose(self, field: present.Field) -> None:
        values = field.choices or ("true", "false")
        now = present.as_typed(self.written(), field) or field.default
        rows = [ClientRow(slug=v or "-", name=present.meant(field, v, self.tr), running=v == now) for v in values]
        tr = self.tr
        picker = Picker(tr.t(field.words), rows, tr.t("type a few letters"), tr.t("no such value"), first=now or "-")
        self.ask(picker, lambda value: self.keep(field, "" if value == "-" else value))

    def _type(self, field: present.Field) -> None:
        now = present.as_typed(self.written(), field)
        hint = field.hint_in(self.tr)
        if field.default:
            usual = present.meant(field, field.default, self.tr)
            hint = " · ".join(filter(None, (hint, self.tr.t("empty: {default}", default=usual))))

        def check(text: str) -> tuple[bool, str]:
            problems = self.wrong({field.key: present.to_write(field, text)})
            return not problems, problems[0].sentence(self.tr) if problems else ""

        self.ask(Prompt(self.tr.t(field.words), hint, now, check), lambda text: self.keep(field, text))

    def keep(self, field: present.Field, text: str) -> None:
        """Write what was chosen or typed."""
        self.keep_changes({field.key: present.to_write(field, text)})

    def keep_changes(self, changes: Mapping[str, object]) -> bool:
        """Write changes, or say what is wrong with them; whether they were written."""
        try:
            with self.tui.file_history.changing(self.file()):
                self.write(changes)
        except EditRefused as refused:
            self.say(refused.problems[0].text(self.tr), "error")
            return False
        self.tui.reload_files()
        return True

    # -- taking back

    def restored(self) -> None:
        """The file is what it was before: a subclass says what else follows it."""

    def present(self) -> set[Needs]:
        """A change of the file can be taken back here as one of the log can."""
        history, file = self.tui.file_history, self.file()
        own = {Needs.UNDO: history.can_undo(file), Needs.REDO: history.can_redo(file)}
        return super().present() | {need for need, met in own.items() if met}

    def do_history_undo(self) -> None:
        """Take back the latest change of the file; of the log where none was made in it."""
        history = self.tui.file_history
        if history.can_undo(self.file()):
            self._go_back(history.undo, "undone: {what}")
        else:
            super().do_history_undo()

    def do_history_redo(self) -> None:
        """Make again what was taken back in the file; in the log where nothing was."""
        history = self.tui.file_history
        if history.can_redo(self.file()):
            self._go_back(history.redo, "done again: {what}")
        else:
            super().do_history_redo()

    def _go_back(self, step: Callable[[Path], None], said: str) -> None:
        file = self.file()
        try:
            step(file)
        except FileMoved:
            self.say(self.tr.t("{file} was changed from elsewhere since, so nothing was done", file=file.name), "error")
            return
        self.restored()
        self.tui.reload_files()
        self.say(self.tr.t(said, what=self.tr.t("the last change of {file}", file=file.name)))
