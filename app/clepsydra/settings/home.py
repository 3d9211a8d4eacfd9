"""Where everything of one person lives, and how a private file is written.

A home is one folder (`--home`, CLEPSYDRA_HOME) or, without either, the platform's own config and data folders: what a
person writes stays in the first, what the program keeps in the second.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from clepsydra.domain.annotations import TYPE_CHECKING
from clepsydra.domain.records import dataclass
from clepsydra.settings.foreign import StrPath

if TYPE_CHECKING:
    from pathlib import Path

NAME = "clepsydra"
SAMPLE = "SAMPLE"
"""The file that marks a sample home."""
SETTINGS_FILE = "settings.toml"
LOG = "clepsydra.db"
NUMBERS = "numbers.json"
"""The file of the numbers given to documents, beside the log; there from the first log on, and forgotten by one that is
brought back."""

CLIENTS, THEMES, KEPT, BACKUPS = "clients", "themes", "kept", "backups"
STATEMENTS, DOCUMENTS = "statements", "documents"

OWNED = (CLIENTS, "mentions", "letters", "banks", "imports", THEMES)
"""The folders whose files are the person's own."""
FROZEN = (DOCUMENTS, "proofs")
"""The folders whose files never change."""
WRITTEN = (*OWNED, *FROZEN, KEPT, BACKUPS, STATEMENTS, "reminders")
"""The folders of a home that the program writes files in."""

_XDG: bool = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one person; `data_root` is None where everything shares one folder.

    What a timer's start needs it asks for by name (`own`, `kept`): loading `pathlib` would cost it a tenth of its time.
    """

    root: StrPath
    data_root: StrPath | None = None

    @classmethod
    def find(cls, option: str | None, env: Mapping[str, str]) -> "Home":
        """The home named by `--home`, else by CLEPSYDRA_HOME, else the platform's own folders."""
        chosen = option or env.get("CLEPSYDRA_HOME")
        if chosen:
            return cls(os.path.join(os.getcwd(), os.path.expanduser(chosen)))
        if _XDG:
            return cls(_xdg(env, "XDG_CONFIG_HOME", ".config"), _xdg(env, "XDG_DATA_HOME", ".local/share"))
        from platformdirs import user_config_path, user_data_path

        config, data = user_config_path(NAME, appauthor=False), user_data_path(NAME, appauthor=False)
        return cls(config, None if config == data else data)

    def own(self, *names: str) -> str:
        """The name of what the person writes."""
        return os.path.join(self.root, *names)

    def kept(self, *names: str) -> str:
        """The name of what the program keeps."""
        return os.path.join(self.data_root or self.root, *names)

    def client_name(self, slug: str) -> str:
        """The name of a client's file."""
        return self.own(CLIENTS, f"{slug}.toml")

    @property
    def path(self) -> "Path":
        """The folder of what the person writes."""
        return _path(self.own())

    @property
    def settings_file(self) -> "Path":
        """The person's settings."""
        return _path(self.own(SETTINGS_FILE))

    @property
    def clients_dir(self) -> "Path":
        """One TOML file per client."""
        return _path(self.own(CLIENTS))

    @property
    def themes_dir(self) -> "Path":
        """The person's own themes."""
        return _path(self.own(THEMES))

    @property
    def database(self) -> "Path":
        """The log."""
        return _path(self.kept(LOG))

    @property
    def backups_dir(self) -> "Path":
        """Copies of the log."""
        return _path(self.kept(BACKUPS))

    @property
    def kept_dir(self) -> "Path":
        """Copies of client files as they last were good."""
        return _path(self.kept(KEPT))

    @property
    def statements_dir(self) -> "Path":
        """Exported statements."""
        return _path(self.kept(STATEMENTS))

    @property
    def documents_dir(self) -> "Path":
        """The bytes of issued documents, as they were."""
        return _path(self.kept(DOCUMENTS))

    @property
    def reminders_dir(self) -> "Path":
        """Reminders that were drafted."""
        return _path(self.kept("reminders"))

    @property
    def letters_dir(self) -> "Path":
        """The person's own texts of reminders."""
        return _path(self.own("letters"))

    @property
    def log_file(self) -> "Path":
        """What went wrong, for the person to read."""
        return _path(self.kept("clepsydra.log"))

    @property
    def hints_file(self) -> "Path":
        """How often keys were used that are hinted at."""
        return _path(self.kept("hints.json"))

    @property
    def sample(self) -> bool:
        """Whether all in it is invented, to look around in."""
        return os.path.isfile(self.own(SAMPLE))

    def client_file(self, slug: str) -> "Path":
        """The file of one client."""
        return _path(self.client_name(slug))

    def ensure(self) -> None:
        """Create the folders that are missing, for their owner's eyes only (0700)."""
        inside = self.own(CLIENTS), self.own(THEMES), self.kept(BACKUPS), self.kept(STATEMENTS)
        for folder in (self.own(), self.kept(), *inside):
            if not os.path.isdir(folder):
                os.makedirs(os.path.dirname(folder.rstrip(os.sep)), exist_ok=True)
                with suppress(FileExistsError):
                    os.mkdir(folder, 0o700)


def _path(name: str) -> "Path":
    from pathlib import Path

    return Path(name)


def _xdg(env: Mapping[str, str], variable: str, default: str) -> str:
    """A folder by the XDG base directory rules, which ignore relative paths.

    platformdirs answers the same but takes 5 ms to import, too dear for a command that starts a timer.
    """
    base = env.get(variable, "").strip()
    return os.path.join(base if base.startswith("/") else os.path.join(os.path.expanduser("~"), default), NAME)


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def is_slug(word: str) -> bool:
    """Whether a word can name a client or project."""
    return 0 < len(word) <= 100 and word[0] in _LETTERS and _LETTERS.issuperset(word.replace("_", "").replace("-", ""))


@contextmanager
def naming(path: "Path", unfinished: "Path") -> Iterator[None]:
    """What the disk refuses an unfinished file is said of the one that it was to become."""
    try:
        yield
    except OSError as error:
        if str(error.filename) == str(unfinished):
            error.filename = str(path)
        raise


UNFINISHED = ("tmp", "partial", "restoring")
"""How the names of files end that are being written; none of them is anything yet."""


def unfinished(path: "Path", ending: str) -> "Path":
    """A name beside a file for what will take its place; it says which process is at it."""
    return path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.{ending}")


def write_private(path: "Path", data: bytes, *, new: bool = False) -> None:
    """Write a file whole or not at all, readable by its owner only (0600).

    A symbolic link is followed, so that a file kept elsewhere stays there. With `new`, raises FileExistsError rather
    than replace a file. Raises OSError when the disk refuses; the old file is then untouched.
    """
    target = _path(os.path.realpath(path))
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


def _link(temporary: "Path", target: "Path") -> None:
    """Give a file its name unless that is taken; a link does it in one step, where the file system has links."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
        temporary.replace(target)


def sync_folder(folder: "Path") -> None:
    """Make a renamed file survive a power cut; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def shipped(name: str) -> "Path":
    """The folder `config` or `themes` that came with the program, from the wheel or from the repository."""
    package = _path(__file__).resolve().parent.parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent.parent / name
