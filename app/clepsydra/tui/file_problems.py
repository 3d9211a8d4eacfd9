"""What is wrong in the person's own files, told once: a sentence per file, gone when the file is good again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clepsydra.language.translator import Translator
from clepsydra.settings.home import Home
from clepsydra.tui.keys import keymap
from clepsydra.tui.keys.keymap import Keymap

if TYPE_CHECKING:
    from clepsydra.settings.watch import Catalogue
    from clepsydra.tui.themes import ThemeProblem

AT_ONCE = 3
"""Files told about together; the others are counted on the main screen."""


class FileNews(NamedTuple):
    """What is to be said now: files that are good again, and a sentence for each of those that are not."""

    mended: list[str]
    sentences: list[str]


class FileProblems:
    """Remembers what was said of which file."""

    def __init__(self) -> None:
        self._said: dict[Path, str] = {}

    def now(
        self, themes: "tuple[ThemeProblem, ...]", catalogue: "Catalogue", keys: Keymap, home: Home, tr: Translator
    ) -> FileNews | None:
        """What is wrong in settings, client and theme files now, in place of what was said before; None if the same."""
        before, said = self._said, {problem.path: problem.text(tr) for problem in themes}
        found: dict[Path, list[str]] = {}
        for file, words in _problems(catalogue, keys, home, tr):
            found.setdefault(file, []).append(words)
        for file, (line, *more) in found.items():
            said[file] = (
                tr.n("{line} (and {count} more mistake)", "{line} (and {count} more mistakes)", len(more), line=line)
                if more
                else line
            )
        if said == before:
            return None
        self._said = said
        mended = [_short_path(file) for file in before if file not in said and file.exists()]
        return FileNews(mended, list(said.values())[:AT_ONCE])


def _problems(catalogue: "Catalogue", keys: Keymap, home: Home, tr: Translator) -> Iterator[tuple[Path, str]]:
    for problem in catalogue.problems:
        yield problem.file, problem.text(tr)
    for message in keys.problems:
        yield home.settings_file, message.said(tr)
    displaced = keymap.displaced(keys, catalogue.clients.values())
    if len(displaced) > 1:  # as where the letters of the keys follow the language: one line, not one for each
        clients = [client for client, _ in displaced]
        yield (
            home.settings_file,
            tr.t(
                "the keys {keys} do something else on the main screen, so digits start {clients}",
                keys=", ".join(client.key or "" for client in clients),
                clients=", ".join(client.name or client.slug for client in clients),
            ),
        )
        return
    for client, message in displaced:
        yield home.client_file(client.slug), message.said(tr)


def _short_path(file: Path) -> str:
    """The file as the problems of settings and themes name it."""
    return f"{file.parent.name}/{file.name}" if file.parent.name in ("clients", "themes") else file.name
