"""Notice changed files while the program runs, and keep the last good state of a broken one."""

import os
from collections.abc import Mapping
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.domain.terms import Client
from clepsydra.settings.foreign import content
from clepsydra.settings.home import Home
from clepsydra.settings.kept import Expected, KeptTexts, gone, gone_problem
from clepsydra.settings.load import client_files, load_file, load_settings, together
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import SettingsProblem
from clepsydra.settings.toml_document import Loaded

Stamp = tuple[int, int, int]
"""Time of the last change in nanoseconds, size, inode."""


class Watch:
    """Tells whether the settings, a client or a theme changed on disk since it was last asked."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._seen = self._stamps()

    def changed(self) -> bool:
        """Whether a file appeared, vanished or was written; true once for each change.

        Ask before reading: what changes during the reading is then told by the next call.
        """
        now = self._stamps()
        before, self._seen = self._seen, now
        return now != before

    def _stamps(self) -> dict[str, Stamp]:
        stamps: dict[str, Stamp] = {}
        for folder in (self._home.clients_dir, self._home.themes_dir):
            stamps |= _stamps_in(folder)
        settings = stamp(self._home.settings_file)
        return stamps | {"": settings} if settings else stamps


def _stamps_in(folder: Path) -> dict[str, Stamp]:
    stamps: dict[str, Stamp] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".toml") and (found := stamp(Path(entry.path))):
                    stamps[entry.path] = found
    except OSError:
        pass
    return stamps


def stamp(file: Path) -> Stamp | None:
    """What changes when a file is written; None without a file."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(slots=True)
class _Kept:
    """A client's file as it was read last, and what it held when it was last good."""

    stamp: Stamp | None
    loaded: Loaded[Client | None]
    good: bytes | None


class Catalogue:
    """The settings and clients in force, with what is wrong in their files."""

    settings: Settings
    """The person's settings, as they last could be read."""
    clients: dict[str, Client]
    """Clients by slug as they last could be read, own work first."""
    problems: tuple[SettingsProblem, ...]
    """What is wrong in the files now."""

    def __init__(self, home: Home, environment: Mapping[str, str]) -> None:
        self._home = home
        self._environment = environment
        self._texts = KeptTexts(home)
        self._expected: Expected = tuple
        self._kept: dict[Path, _Kept] = {}
        self._good_settings: Settings | None = None
        self.reload()

    def expect(self, clients: Expected) -> None:
        """Learn how to ask which clients the log names: one whose file is gone counts as it last was."""
        self._expected = clients
        if gone(self._home, clients()):
            self.reload()

    def reload(self) -> None:
        """Read again what changed; a broken file leaves its last good state in force and its problems in the list.

        Settings that were never good stand at their defaults where they are wrong; a client that was never good is
        missing, and so is one whose file was removed and whom the log does not name.
        """
        loaded = load_settings(self._home, self._environment, keeping=True)
        if loaded.ok:
            self._good_settings = loaded.value
        settings = self._good_settings or loaded.value
        anew = not hasattr(self, "settings") or settings != self.settings
        self.settings = settings
        files = client_files(self._home)
        self._kept = {file: self._file(file, anew=anew) for file in files}
        found = self._together()
        self.clients = found.value
        self.problems = (*loaded.problems, *found.problems)

    def _file(self, file: Path, *, anew: bool) -> _Kept:
        """A file as it is now, read again if it changed or if everything must be read `anew`."""
        kept, now = self._kept.get(file), stamp(file)
        if kept and kept.stamp == now and not anew:
            return kept
        try:
            data = content(file)
        except OSError:
            data = None
        loaded = load_file(file, self.settings, data)
        if loaded.value and data is not None:
            self._texts.keep(file.stem, data)
            return _Kept(now, loaded, data)
        return _Kept(now, loaded, kept.good if kept else self._texts.text(file.stem))

    def _together(self) -> Loaded[dict[str, Client]]:
        """All clients side by side, those of broken files as their last good text reads under today's settings."""
        clients = {}
        for file, kept in self._kept.items():
            client = kept.loaded.value
            if client is None and kept.good is not None:
                client = load_file(file, self.settings, kept.good).value
            if client:
                clients[file.stem] = client
        problems = [problem for kept in self._kept.values() for problem in kept.loaded.problems]
        for slug in gone(self._home, self._expected()):
            problems.append(gone_problem(self._home, slug))
            text = self._texts.text(slug)
            client = load_file(self._home.client_file(slug), self.settings, text).value if text is not None else None
            if client:
                clients[slug] = client
        return together(self._home, clients, problems, self.settings)
