"""Where everything of one person lives, and how a private file is written.

A home is one folder (`--home`, CLEPSYDRA_HOME) or, without either, the platform's own config and data folders: what a
person writes stays in the first, what the program keeps in the second.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from clepsydra.domain.records import dataclass
from clepsydra.settings.foreign import expanded

NAME = "clepsydra"
SAMPLE = "SAMPLE"
"""The file that marks a sample home."""
NUMBERS = "numbers.json"
"""The file of the numbers given to documents, beside the log."""

OWNED = ("clients", "mentions", "letters", "banks", "imports", "themes")
"""The folders whose files are the person's own."""
FROZEN = ("documents", "proofs")
"""The folders whose files never change."""
WRITTEN = (*OWNED, *FROZEN, "kept", "backups", "statements", "reminders")
"""The folders of a home that the program writes files in."""

_XDG: bool = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one person; `data` is None where everything shares one folder."""

    path: Path
    data: Path | None = None

    @classmethod
    def find(cls, option: str | None, env: Mapping[str, str]) -> "Home":
        """The home named by `--home`, else by CLEPSYDRA_HOME, else the platform's own folders."""
        chosen = option or env.get("CLEPSYDRA_HOME")
        if chosen:
            return cls(expanded(chosen).absolute())
        if _XDG:
            return cls(_xdg(env, "XDG_CONFIG_HOME", ".config"), _xdg(env, "XDG_DATA_HOME", ".local/share"))
        from platformdirs import user_config_path, user_data_path

        config, data = user_config_path(NAME, appauthor=False), user_data_path(NAME, appauthor=False)
        return cls(config, None if config == data else data)

    @property
    def settings_file(self) -> Path:
        """The person's settings."""
        return self.path / "settings.toml"

    @property
    def clients_dir(self) -> Path:
        """One TOML file per client."""
        return self.path / "clients"

    @property
    def themes_dir(self) -> Path:
        """The person's own themes."""
        return self.path / "themes"

    @property
    def database(self) -> Path:
        """The log."""
        return self._kept / "clepsydra.db"

    @property
    def backups_dir(self) -> Path:
        """Copies of the log."""
        return self._kept / "backups"

    @property
    def kept_dir(self) -> Path:
        """Copies of client files as they last were good."""
        return self._kept / "kept"

    @property
    def statements_dir(self) -> Path:
        """Exported statements."""
        return self._kept / "statements"

    @property
    def documents_dir(self) -> Path:
        """The bytes of issued documents, as they were."""
        return self._kept / "documents"

    @property
    def reminders_dir(self) -> Path:
        """Reminders that were drafted."""
        return self._kept / "reminders"

    @property
    def letters_dir(self) -> Path:
        """The person's own texts of reminders."""
        return self.path / "letters"

    @property
    def numbers_file(self) -> Path:
        """The numbers given to documents, forgotten by a log that is brought back; there from the first log on."""
        return self._kept / NUMBERS

    @property
    def log_file(self) -> Path:
        """What went wrong, for the person to read."""
        return self._kept / "clepsydra.log"

    @property
    def hints_file(self) -> Path:
        """How often keys were used that are hinted at."""
        return self._kept / "hints.json"

    @property
    def _kept(self) -> Path:
        return self.data or self.path

    @property
    def sample(self) -> bool:
        """Whether all in it is invented, to look around in."""
        return (self.path / SAMPLE).is_file()

    def client_file(self, slug: str) -> Path:
        """The file of one client."""
        return self.clients_dir / f"{slug}.toml"

    def ensure(self) -> None:
        """Create the folders that are missing, for their owner's eyes only (0700)."""
        for folder in (self.path, self._kept, self.clients_dir, self.themes_dir, self.backups_dir, self.statements_dir):
            if not folder.is_dir():
                folder.parent.mkdir(parents=True, exist_ok=True)
                folder.mkdir(mode=0o700, exist_ok=True)


def _xdg(env: Mapping[str, str], variable: str, default: str) -> Path:
    """A folder by the XDG base directory rules, which ignore relative paths.

    platformdirs answers the same but takes 5 ms to import, too dear for a command that starts a timer.
    """
    base = env.get(variable, "").strip()
    return (Path(base) if base.startswith("/") else Path.home() / default) / NAME


def is_slug(word: str) -> bool:
    """Whether a word can name a client or project."""
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", word) is not None


@contextmanager
def naming(path: Path, unfinished: Path) -> Iterator[None]:
    """What the disk refuses an unfinished file is said of the one that it was to become."""
    try:
        yield
    except OSError as error:
        if str(error.filename) == str(unfinished):
            error.filename = str(path)
        raise


UNFINISHED = ("tmp", "partial", "restoring")
"""How the names of files end that are being written; none of them is anything yet."""


def unfinished(path: Path, ending: str) -> Path:
    """A name beside a file for what will take its place; it says which process is at it."""
    return path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.{ending}")


def write_private(path: Path, data: bytes, *, new: bool = False) -> None:
    """Write a file whole or not at all, readable by its owner only (0600).

    A symbolic link is followed, so that a file kept elsewhere stays there. With `new`, raises FileExistsError rather
    than replace a file. Raises OSError when the disk refuses; the old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    temporary = unfinished(target, "tmp")
    with naming(path, temporary):
        try:
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if not new:
                temporary.replace(target)
            else:
                _link(temporary, target)
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
    sync_folder(target.parent)


def _link(temporary: Path, target: Path) -> None:
    """Give a file its name unless that is taken; a link does it in one step, where the file system has links."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
        temporary.replace(target)


def sync_folder(folder: Path) -> None:
    """Make a renamed file survive a power cut; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def shipped(name: str) -> Path:
    """The folder `config` or `themes` that came with the program, from the wheel or from the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent.parent / name
