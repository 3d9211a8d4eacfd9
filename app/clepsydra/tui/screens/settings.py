"""The settings: what can be set, what it is set to, and a line to change it; the file keeps its comments."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clepsydra.settings.edit import check_settings, edit_settings, settings_as_written
from clepsydra.settings.problems import SettingsProblem
from clepsydra.tui.actions.preferences import ask_evidence, ask_theme
from clepsydra.tui.keys.table import ScreenName
from clepsydra.tui.present import settings as present
from clepsydra.tui.screens.field_list import FieldList
from clepsydra.tui.widgets.log_table import TableRow


class SettingsScreen(FieldList):
    """A list of settings; Enter changes the one under the cursor."""

    SCREEN = ScreenName.SETTINGS

    def __init__(self, first: str = "") -> None:
        """`first` is the key of the setting to begin with."""
        super().__init__()
        self.first = first

    def file(self) -> Path:
        """The settings file."""
        return self.tui.home.settings_file

    def heading(self) -> str:
        """The name of the screen."""
        return self.tr.t("Settings")

    def groups(self) -> present.Groups:
        """All settings."""
        return present.FIELDS

    def rows(self) -> list[TableRow]:
        """Every setting under its subject."""
        return present.rows(self.written(), self.tr)

    def written(self) -> Mapping[str, Any]:
        """The file as plain tables."""
        return settings_as_written(self.tui.home)

    def wrong(self, changes: Mapping[str, object]) -> tuple[SettingsProblem, ...]:
        """What stands against changes of the settings."""
        return check_settings(self.tui.home, changes)

    def write(self, changes: Mapping[str, object]) -> None:
        """Change the settings."""
        edit_settings(self.tui.home, changes)
        if "language" in changes:
            self.tui.follow_settings_language()

    def restored(self) -> None:
        """The language may be another again."""
        self.tui.follow_settings_language()

    def field_of(self, row: str) -> present.Field | None:
        """The setting of a row."""
        return present.BY_KEY.get(row)

    def do_settings_change(self) -> None:
        """Change the setting under the cursor."""
        self.change()

    def change_field(self, field: present.Field) -> None:
        """Two of them have a dialog of their own."""
        if field.key == "theme":
            ask_theme(self.tui, self.tui.library.themes)
        elif field.key == "calls.evidence":
            ask_evidence(self.tui, self.show_all)
        else:
            super().change_field(field)

    def do_settings_file(self) -> None:
        """Open the file itself in the person's editor."""
        self.edit_file()
