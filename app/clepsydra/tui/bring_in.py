"""Bringing a file of another program in: its path, then a preview, then one undo. Lists of calls go into the inbox."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.settings.foreign import Unusable
from clepsydra.tui.base_app import BaseApp
from clepsydra.tui.path_prompt import PathPrompt, path_of

if TYPE_CHECKING:
    from clepsydra.ledger.importing import Imported


def bring_in(base_app: BaseApp, then: Callable[[], object] = lambda: None) -> None:
    """Ask for the file, show what it holds, and do it on Enter; `then` is called when something was brought in."""
    tr = base_app.tr
    hint = tr.t("the path of a file, or drop it here; tab completes: Toggl, Clockify, Harvest, Watson, hledger, a "
                "calendar, your phone’s calls, …")  # fmt: skip

    def named(typed: str | None) -> None:
        if typed:
            _preview(base_app, path_of(typed), then)

    base_app.push_screen(PathPrompt(tr.t("Bring a file in"), hint, tr), named)


def _preview(base_app: BaseApp, path: Path, then: Callable[[], object]) -> None:
    from clepsydra.tui.screens.import_file import ImportPreview, opened

    def done(imported: "Imported | None") -> None:
        if imported is not None:
            base_app.reload_files()  # new clients have files now
            base_app.tell(_brought_in(base_app, imported))
            then()

    with base_app.telling():
        if path.is_file() and _calls(base_app, path, then):
            return
        try:
            source, door, mapping = opened(base_app, path)
        except Unusable as error:
            base_app.tell(error.said_of(path.name).said(base_app.tr), "warning")
            return
        base_app.push_screen(ImportPreview(source, door, mapping, base_app), done)


def _brought_in(base_app: BaseApp, done: "Imported") -> str:
    return base_app.tr.n(
        "{count} session brought in; undo takes it back",
        "{count} sessions brought in; undo takes them back",
        done.added,
    )


def _calls(base_app: BaseApp, path: Path, then: Callable[[], object]) -> bool:
    """A list of calls: whose its numbers are, then one key into the inbox. Raises `Refused` where it cannot be read."""
    from clepsydra.ledger.evidence.importing import import_calls, list_named
    from clepsydra.ledger.evidence.wording import imported
    from clepsydra.tui.screens.call_list import CallListPreview

    file = list_named(base_app.ledger, path)
    if file is None:
        return False

    def answered(take: bool | None) -> None:
        if take:
            with base_app.telling():
                done = import_calls(base_app.ledger, file)
                base_app.tell(" · ".join(imported(done, base_app.tr)))
                base_app.changed()
                if done.fresh:
                    then()

    base_app.push_screen(CallListPreview(file, path.name, base_app), answered)
    return True
