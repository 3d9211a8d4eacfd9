"""Bringing a file of another program in: its path, then a preview, then one undo. Lists of calls go into the inbox."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.settings.foreign import Unusable
from clepsydra.tui.path_prompt import PathPrompt, path_of
from clepsydra.tui.shell import Shell

if TYPE_CHECKING:
    from clepsydra.ledger.importing import Imported


def bring_in(shell: Shell, then: Callable[[], object] = lambda: None) -> None:
    """Ask for the file, show what it holds, and do it on Enter; `then` is called when something was brought in."""
    tr = shell.tr
    hint = tr.t("the path of a file, or drop it here; tab completes: Toggl, Clockify, Harvest, Watson, hledger, a "
                "calendar, your phone’s calls, …")  # fmt: skip

    def named(typed: str | None) -> None:
        if typed:
            _preview(shell, path_of(typed), then)

    shell.push_screen(PathPrompt(tr.t("Bring a file in"), hint, tr), named)


def _preview(shell: Shell, path: Path, then: Callable[[], object]) -> None:
    from clepsydra.tui.screens.import_file import ImportPreview, opened

    def done(imported: "Imported | None") -> None:
        if imported is not None:
            shell.reload_files()  # new clients have files now
            shell.tell(_brought_in(shell, imported))
            then()

    with shell.telling():
        if path.is_file() and _calls(shell, path, then):
            return
        try:
            source, door, mapping = opened(shell, path)
        except Unusable as error:
            shell.tell(error.said_of(path.name).said(shell.tr), "warning")
            return
        shell.push_screen(ImportPreview(source, door, mapping, shell), done)


def _brought_in(shell: Shell, done: "Imported") -> str:
    return shell.tr.n(
        "{count} session brought in; undo takes it back",
        "{count} sessions brought in; undo takes them back",
        done.added,
    )


def _calls(shell: Shell, path: Path, then: Callable[[], object]) -> bool:
    """A list of calls: whose its numbers are, then one key into the inbox. Raises `Refused` where it cannot be read."""
    from clepsydra.ledger.evidence.importing import import_calls, list_named
    from clepsydra.ledger.evidence.wording import imported
    from clepsydra.tui.screens.call_list import CallListPreview

    file = list_named(shell.ledger, path)
    if file is None:
        return False

    def answered(take: bool | None) -> None:
        if take:
            with shell.telling():
                done = import_calls(shell.ledger, file)
                shell.tell(" · ".join(imported(done, shell.tr)))
                shell.changed()
                if done.fresh:
                    then()

    shell.push_screen(CallListPreview(file, path.name, shell), answered)
    return True
