"""Read settings and clients, whole and validated whole.

A command that needs one client reads two small files: this module and what it imports stay with the standard library.
"""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from clepsydra.domain.records import replace
from clepsydra.domain.session import OWN
from clepsydra.domain.terms import Client
from clepsydra.settings.client import own_client, read_client
from clepsydra.settings.foreign import content, guarded
from clepsydra.settings.home import Home, is_slug
from clepsydra.settings.kept import SETTINGS, KeptTexts
from clepsydra.settings.model import Settings
from clepsydra.settings.person import read_settings
from clepsydra.settings.problems import Expected, ProblemKind, SettingsProblem
from clepsydra.settings.toml_document import Loaded, TomlDocument, parse, read, shown

__all__ = ["Loaded", "client_files", "load_clients", "load_file", "load_settings", "parse_settings"]


def load_settings(home: Home, environment: Mapping[str, str], *, keeping: bool = False) -> Loaded[Settings]:
    """The person's settings; what is missing stands at its default, what is empty follows the environment.

    A file with errors leaves in force what it last said without any; one that was never good, its defaults where it is
    wrong. `keeping` says whether a good file is copied for the day it breaks.
    """
    file, texts = home.settings_file, KeptTexts(home)
    if not file.exists():
        return _settings(file, TomlDocument(file, "", {}), environment)
    data = None
    with suppress(OSError):
        data = content(file)
    loaded = _settings(file, read(file) if data is None else parse(file, data), environment)
    if not loaded.ok:
        good = texts.text(SETTINGS)
        return loaded if good is None else Loaded(parse_settings(file, good, environment).value, loaded.problems)
    if keeping and data is not None:
        texts.keep(SETTINGS, data)
    return loaded


def parse_settings(file: Path, data: bytes, environment: Mapping[str, str]) -> Loaded[Settings]:
    """The settings that these bytes would be in that file."""
    return _settings(file, parse(file, data), environment)


def _settings(file: Path, document: TomlDocument | SettingsProblem, environment: Mapping[str, str]) -> Loaded[Settings]:
    problem = document if isinstance(document, SettingsProblem) else None
    usable = TomlDocument(file, "", {}) if isinstance(document, SettingsProblem) else document
    settings = guarded(partial(read_settings, usable.root, environment, file.parent))
    if isinstance(settings, Exception):
        problem = _beyond(file, settings)
        settings = read_settings(TomlDocument(file, "", {}).root, environment, file.parent)
    return Loaded(settings, (problem,) if problem else usable.problems())


def _client(slug: str, document: TomlDocument | SettingsProblem, settings: Settings) -> Loaded[Client | None]:
    if isinstance(document, SettingsProblem):
        return Loaded(None, (document,))
    client = guarded(partial(read_client, document.root, slug, settings))
    if isinstance(client, Exception):
        return Loaded(None, (_beyond(document.file, client), *document.problems()))
    loaded = Loaded(client, document.problems())
    return Loaded(client if loaded.ok else None, loaded.problems)


def _beyond(file: Path, error: Exception) -> SettingsProblem:
    """A file that no reader foresaw: it ends its own reading and nothing else."""
    return SettingsProblem(file, 1, "", ProblemKind.UNREADABLE, found=shown(f"{type(error).__name__}: {error}"))


def load_clients(home: Home, settings: Settings) -> Loaded[dict[str, Client]]:
    """Every client that can be used, by slug and in the order of slugs, own work first; and every problem."""
    loaded = {file: load_file(file, settings) for file in client_files(home)}
    clients = {file.stem: each.value for file, each in loaded.items() if each.value}
    return together(home, clients, [problem for each in loaded.values() for problem in each.problems], settings)


def load_file(file: Path, settings: Settings, data: bytes | None = None) -> Loaded[Client | None]:
    """The client of a file, whose name must be a slug; `data` stands for its content where it was read before."""
    if is_slug(file.stem):
        return _client(file.stem, read(file) if data is None else parse(file, data), settings)
    wrong = SettingsProblem(file, 1, "", ProblemKind.WRONG, found=shown(file.name), expected=Expected.FILE_NAME)
    return Loaded(None, (wrong,))


def client_files(home: Home) -> list[Path]:
    """The files of clients, in the order of their names; hidden ones are not."""
    try:
        return sorted(each for each in home.clients_dir.glob("*.toml") if not each.name.startswith("."))
    except OSError:
        return []


def together(
    home: Home, clients: Mapping[str, Client], problems: list[SettingsProblem], settings: Settings
) -> Loaded[dict[str, Client]]:
    """Clients side by side: own work is always among them, and of two that claim a key the first has it."""
    everyone = {OWN: own_client(settings), **dict(sorted(clients.items()))}
    owners: dict[str, str] = {}
    for slug, client in everyone.items():
        if client.key is None:
            continue
        owner = owners.setdefault(client.key, slug)
        if owner != slug:
            everyone[slug] = replace(client, key=None)
            problems.append(_key_taken(home.client_file(slug), client.key, owner))
    return Loaded(everyone, tuple(sorted(problems, key=lambda problem: (problem.file, problem.line))))


def _key_taken(file: Path, key: str, owner: str) -> SettingsProblem:
    document = read(file)
    if isinstance(document, SettingsProblem):
        return SettingsProblem(file, 1, "key", ProblemKind.KEY_TAKEN, found=shown(key), other=owner)
    document.note(("key",), ProblemKind.KEY_TAKEN, found=shown(key), other=owner)
    return document.problems()[0]
