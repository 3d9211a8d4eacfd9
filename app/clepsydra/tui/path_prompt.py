"""Ask for a file by its path: tab completes, what a terminal writes for a dropped file is taken, names are listed."""

import os
import shlex
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from textual.binding import Binding, BindingType
from textual.widgets import Input

from clepsydra.language.translator import Translator
from clepsydra.tui.dialogs import Prompt

_LISTED = 5
"""So many names are shown of those that fit."""


class PathPrompt(Prompt):
    """Dismisses with what was typed; `path_of` makes a path of it."""

    DEFAULT_CSS = Prompt.DEFAULT_CSS.replace("Prompt", "PathPrompt")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(self, title: str, hint: str, tr: Translator) -> None:
        """`hint` says what kind of file is meant."""
        super().__init__(title, hint, check=self._said)
        self._tr = tr

    def _said(self, typed: str) -> tuple[bool, str]:
        """Whether it can be read; while it cannot, what there is that begins so."""
        if not typed.strip():
            return False, ""
        path = path_of(typed)
        fine = can_be_read(path)
        if fine and not path.is_dir():
            return True, ""
        inside = path.is_dir() and not typed.endswith(os.sep)
        names = [each.name + os.sep * each.is_dir() for each in beginnings(path, typed + os.sep * inside)]
        more = ["…"] if len(names) > _LISTED else []
        if names or path.is_dir():
            return fine, "  ".join([*names[:_LISTED], *more])
        return False, self._tr.t("{file}: there is no such file", file=typed.strip())

    def action_complete(self) -> None:
        """Write as much as all files that begin so have in common."""
        line = self.query_one(Input)
        path = path_of(line.value)
        found = list(beginnings(path, line.value))
        if not found:
            return
        common = _in_common(str(found[0]), str(found[-1]))
        whole = len(found) == 1 and found[0].is_dir()
        line.value = common + os.sep if whole else common
        line.cursor_position = len(line.value)


def path_of(typed: str) -> Path:
    """The path that a text means: as typed, as a terminal quotes a dropped file, or as a `file://` address."""
    text = typed.strip()
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    path = Path(text).expanduser()
    if _is_there(path) or not set(text) & {"'", '"', "\\"}:
        return path
    try:
        words = shlex.split(text)
    except ValueError:
        return path
    return Path(words[0]).expanduser() if len(words) == 1 else path


def can_be_read(path: Path) -> bool:
    """Whether a path is a file, or a folder in which a program keeps its own (Timewarrior's data, Watson's frames)."""
    if not _is_there(path) or not path.is_dir():
        return _is_there(path)
    names = [each.name for each in beginnings(path, os.sep)]
    return "data" in names or "frames" in names or any(name.endswith(".data") for name in names)


def beginnings(path: Path, typed: str) -> list[Path]:
    """The files and folders whose paths begin like this one, hidden ones only where asked for, in order."""
    folder, start = (path, "") if typed.endswith(os.sep) else (path.parent, path.name)
    try:
        names = sorted(each.name for each in folder.iterdir())
    except OSError:
        return []
    shown = [name for name in names if name.startswith(start) and (start or not name.startswith("."))]
    return [folder / name for name in shown]


def _in_common(first: str, last: str) -> str:
    """What the first and the last of sorted texts, and so all of them, begin with."""
    alike = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:alike]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than any file's
        return False
