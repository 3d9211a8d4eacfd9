"""What is wrong in the person's own files, told once: a toast per file, gone when the file is good again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from clepsydra.tui.actions import keymap

if TYPE_CHECKING:
    from clepsydra.tui.app import Clepsydra
    from clepsydra.tui.themes import ThemeProblem

AT_ONCE = 3
"""Files told about together; the others are counted on the main screen."""


class FileNews:
    """Remembers what was said of which file."""

    def __init__(self, tui: "Clepsydra") -> None:
        self._tui = tui
        self._said: dict[Path, str] = {}

    def tell(self, themes: "tuple[ThemeProblem, ...]") -> None:
        """Say what is wrong in settings, client and theme files now, in place of what was said of them before."""
        tui, before, now = self._tui, self._said, self._sentences(themes)
        if now == before:
            return
        self._said = now
        tui.clear_notifications()
        mended = [_place(file) for file in before if file not in now and file.exists()]
        if mended:
            tui.notify(tui.tr.t("{files}: mended", files=", ".join(mended)), markup=False, timeout=4)
        for words in list(now.values())[:AT_ONCE]:
            tui.notify(words, severity="warning", markup=False, timeout=8)

    def _sentences(self, themes: "tuple[ThemeProblem, ...]") -> dict[Path, str]:
        """One sentence per file: its first problem, and how many there are besides."""
        tr = self._tui.tr
        found: dict[Path, list[str]] = {}
        for file, words in self._problems():
            found.setdefault(file, []).append(words)
        said = {problem.path: problem.text(tr) for problem in themes}
        for file, (line, *more) in found.items():
            said[file] = (
                tr.n("{line} (and {count} more mistake)", "{line} (and {count} more mistakes)", len(more), line=line)
                if more
                else line
            )
        return said

    def _problems(self) -> Iterator[tuple[Path, str]]:
        tui = self._tui
        for problem in tui.catalogue.problems:
            yield problem.file, problem.text(tui.tr)
        for message in tui.keymap.problems:
            yield tui.home.settings_file, message.said(tui.tr)
        for client, message in keymap.displaced(tui.keymap, tui.catalogue.clients.values()):
            yield tui.home.client_file(client.slug), message.said(tui.tr)


def _place(file: Path) -> str:
    """The file as the problems of settings and themes name it."""
    return f"{file.parent.name}/{file.name}" if file.parent.name in ("clients", "themes") else file.name
