"""Bringing a file of another program in: its path, then a preview, then one undo."""

from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.settings.foreign import Unusable
from clepsydra.tui.action_screen import ActionScreen
from clepsydra.tui.dialogs import Answer, Prompt, Question

if TYPE_CHECKING:
    from clepsydra.ledger.importing import Imported


class ImportActions(ActionScreen):
    """Mixed into the main screen."""

    def do_go_import(self) -> None:
        """Ask for the file, and show what it holds."""
        hint = self.tr.t("the path of a file: Toggl, Clockify, Harvest, Watson, hledger, a calendar, …")
        self.ask(Prompt(self.tr.t("Bring a file in"), hint, check=self._there), self._preview)

    def _there(self, typed: str) -> tuple[bool, str]:
        path = Path(typed.strip()).expanduser()
        if not typed.strip():
            return False, ""
        return path.exists(), "" if path.exists() else self.tr.t("{file}: there is no such file", file=typed.strip())

    def _preview(self, typed: str) -> None:
        from clepsydra.tui.screens.import_file import ImportPreview, opened

        shell, path = self.tui, Path(typed.strip()).expanduser()
        with shell.telling():
            if path.is_file() and self._calls(path):
                return
            try:
                source, door, mapping = opened(shell, path)
            except Unusable as error:
                shell.tell(error.said_of(path.name).said(self.tr), "warning")
                return
            self.ask(ImportPreview(source, door, mapping, shell), self._brought_in)

    def _brought_in(self, done: "Imported") -> None:
        self.tui.reload_files()  # new clients have files now
        self.tui.tell(
            self.tr.n(
                "{count} session brought in; undo takes it back",
                "{count} sessions brought in; undo takes them back",
                done.added,
            )
        )

    def _calls(self, path: Path) -> bool:
        """A list of calls: what is in it, then one key into the inbox. Raises `Refused` where it cannot be read."""
        from clepsydra.ledger.evidence.importing import import_calls, list_named
        from clepsydra.ledger.evidence.wording import imported

        file, ledger, tr = list_named(self.ledger, path), self.ledger, self.tr
        if file is None:
            return False

        def answered(answer: str) -> None:
            if answer == "take":
                self.tui.tell(" · ".join(imported(import_calls(ledger, file), tr)))

        text = "\n".join(imported(import_calls(ledger, file, dry_run=True), tr))
        answers = [Answer("y", "take", tr.t("into the calls inbox")), Answer("n", "leave", tr.t("not yet"))]
        self.ask(Question(tr.t("List of calls: {file}", file=path.name), text, answers), answered)
        return True
