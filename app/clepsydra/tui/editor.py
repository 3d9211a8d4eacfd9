"""A file of the person's in their own editor: the program steps aside and comes back."""

import shlex
import shutil
import subprocess
from pathlib import Path

from clepsydra.tui.shell import Shell

_USUAL = ("sensible-editor", "nano", "vi")


def open_in_editor(shell: Shell, file: Path) -> None:
    """Open a file in `$VISUAL`, `$EDITOR` or what the system has; what is wrong in it is told on the way back."""
    tr = shell.tr
    command = _editor(shell)
    if not command:
        shell.tell(tr.t("no editor was found: set EDITOR to yours"), "error")
        return
    if not file.exists():
        shell.tell(tr.t("{file} is not there yet", file=file.name), "warning")
        return
    try:
        with shell.suspend():
            subprocess.run([*command, str(file)], check=False)
    except (OSError, RuntimeError) as error:
        shell.tell(tr.t("the editor could not be opened: {why}", why=str(error)), "error")
        return
    with shell.telling():
        shell.reload_files()


def _editor(shell: Shell) -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(shell.environment.get(name, ""))
        if words and shutil.which(words[0]):
            return words
    return next(([found] for found in map(shutil.which, _USUAL) if found), [])
