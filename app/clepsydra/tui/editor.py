"""A file of the person's in their own editor: the program steps aside and comes back."""

import shlex
import shutil
import subprocess
from pathlib import Path

from clepsydra.tui.base_app import BaseApp

_USUAL = ("sensible-editor", "nano", "vi")


def open_in_editor(base_app: BaseApp, file: Path) -> None:
    """Open a file in `$VISUAL`, `$EDITOR` or what the system has; what is wrong in it is told on the way back."""
    tr = base_app.tr
    command = _editor(base_app)
    if not command:
        base_app.tell(tr.t("no editor was found: set EDITOR to yours"), "error")
        return
    if not file.exists():
        base_app.tell(tr.t("{file} is not there yet", file=file.name), "warning")
        return
    try:
        with base_app.suspend():
            subprocess.run([*command, str(file)], check=False)
    except (OSError, RuntimeError) as error:
        base_app.tell(tr.t("the editor could not be opened: {why}", why=str(error)), "error")
        return
    with base_app.telling():
        base_app.reload_files()


def _editor(base_app: BaseApp) -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(base_app.environment.get(name, ""))
        if words and shutil.which(words[0]):
            return words
    return next(([found] for found in map(shutil.which, _USUAL) if found), [])
