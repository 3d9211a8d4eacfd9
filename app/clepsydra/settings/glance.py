"""The few settings that a timer needs, read at a glance: typed all day, a timer must start at once.

Building everything that settings and clients can say costs several times what starting a timer does. Here zone, name,
language and projects are taken from the TOML as they stand, if it is the text that the ordinary readers last found
good; whatever is new, unusual or asked for beyond them is read in full by those readers, which alone know what is
allowed.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from functools import cached_property
from zoneinfo import ZoneInfo

from clepsydra.domain.annotations import TYPE_CHECKING, Any, cast
from clepsydra.domain.session import DEFAULT_PROJECT, OWN
from clepsydra.language.translator import LANGUAGES, language_of
from clepsydra.settings.defaults import SESSION_OVER
from clepsydra.settings.foreign import Unusable, content, tables
from clepsydra.settings.home import SETTINGS_FILE, Home, is_slug
from clepsydra.settings.kept import SETTINGS, KeptTexts
from clepsydra.settings.plain_toml import plain_tables
from clepsydra.settings.system import system_zone

if TYPE_CHECKING:
    from clepsydra.domain.terms import Client, Project
    from clepsydra.settings.asked import Asked
    from clepsydra.settings.kept import Expected
    from clepsydra.settings.model import Settings
    from clepsydra.settings.problems import SettingsProblem


class Glanced:
    """Some attributes known already; any other one reads the whole, once, and is the whole's."""

    def __init__(self, known: Mapping[str, Any], whole: Callable[[], Any]) -> None:
        self.__dict__.update(known)
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole(), name)


class Glance:
    """The terms in force, as far as they were asked for."""

    def __init__(self, home: Home, environment: Mapping[str, str]) -> None:
        self._home = home
        self._environment = environment
        self._asked: Asked | None = None
        self._expected: Expected = tuple
        read = _read(home.own(SETTINGS_FILE))
        good = not read or read == KeptTexts(home).text(SETTINGS)
        known = _settings(_good(read), environment, lambda: self._full.settings) if good else None
        self.settings: Settings = self._full.settings if known is None else known
        self.clients: Mapping[str, Client] = GlancedClients(home, self.settings, lambda: self._full)

    @property
    def _full(self) -> "Asked":
        if self._asked is None:
            from clepsydra.settings.asked import Asked

            self._asked = Asked(self._home, self._environment)
            self._asked.expect(self._expected)
        return self._asked

    def expect(self, clients: "Expected") -> None:
        """Learn how to ask which clients the log names: each should have a file."""
        self._expected = clients
        self.__dict__.pop("_all_there", None)

    @property
    def problems(self) -> "tuple[SettingsProblem, ...]":
        """What is wrong in the files that were read in full, and which files are gone."""
        return self._full.problems if self._asked or not self._all_there else ()

    @cached_property
    def _all_there(self) -> bool:
        return all(os.path.exists(self._home.client_name(slug)) for slug in self._expected() if slug != OWN)


class GlancedClients(Mapping[str, "Client"]):
    """Clients by slug, each read once, and known by name, zone and projects until more of it is asked for."""

    def __init__(self, home: Home, settings: "Settings", full: "Callable[[], Asked]") -> None:
        self._home, self._settings, self._full = home, settings, full
        self._read: dict[str, Client] = {}

    def __getitem__(self, slug: str) -> "Client":
        if slug not in self._read:
            self._read[slug] = self._seen(slug)
        return self._read[slug]

    def _seen(self, slug: str) -> "Client":
        file = self._home.client_name(slug)
        if not is_slug(slug) or (not os.path.exists(file) and slug != OWN):
            return self._full().clients[slug]
        read = _read(file)
        good = read == KeptTexts(self._home).text(slug)
        if read and not good and (client := self._full().clients.get(slug)):
            return client
        # A file that never was good may still name and place its client, which is all that a timer needs.
        table = _good(read) if good else _table(read)
        known = _client(slug, table, self._settings, lambda: self._full().clients[slug])
        return self._full().clients[slug] if known is None else known

    def __iter__(self) -> Iterator[str]:
        return iter(self._full().clients)

    def __len__(self) -> int:
        return len(self._full().clients)


def _read(file: str) -> bytes | None:
    """What a file says, nothing without one; None where it cannot be read."""
    try:
        return content(file)
    except Unusable as error:
        return b"" if isinstance(error.__cause__, FileNotFoundError) else None


def _table(data: bytes | None) -> dict[str, Any] | None:
    """The TOML of a file; None where there is none to be had."""
    try:
        return tables(data.decode()) if data is not None else None
    except ValueError:
        return None


def _good(data: bytes | None) -> dict[str, Any] | None:
    """The TOML of a file that is known to be good: the part that is needed, if its lines are plain."""
    plain = plain_tables(data.decode()) if data is not None else None
    return _table(data) if plain is None else plain


def _zone(table: Mapping[str, Any], default: Callable[[], ZoneInfo]) -> ZoneInfo | None:
    name = table.get("time_zone", "")
    if name == "":
        return default()
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (KeyError, ValueError, OSError):
        return None


def _settings(
    table: Mapping[str, Any] | None, environment: Mapping[str, str], whole: "Callable[[], Settings]"
) -> "Settings | None":
    """What stands in the settings as everybody writes it; None where the ordinary reader must look."""
    if table is None or "warn" in table:
        return None
    zone = _zone(table, lambda: system_zone(environment))
    language, begin = table.get("language", ""), _time(table.get("day_starts_at", "00:00"))
    parallel = table.get("parallel_timers", False)
    if zone is None or begin is None or language not in ("", *LANGUAGES) or not isinstance(parallel, bool):
        return None
    known = {
        "language": language or language_of("", environment),
        "time_zone": zone,
        "day_starts_at": begin,
        "parallel_timers": parallel,
        "warn": Glanced({"session_over": SESSION_OVER}, lambda: whole().warn),
    }
    return cast("Settings", Glanced(known, whole))


def _time(raw: object) -> time | None:
    if not isinstance(raw, str) or len(raw) != 5:
        return None
    try:
        return time.fromisoformat(raw)
    except ValueError:
        return None


def _client(
    slug: str, table: Mapping[str, Any] | None, settings: "Settings", whole: "Callable[[], Client]"
) -> "Client | None":
    """What names and places a client; None where the ordinary reader must look."""
    if table is None:
        return None
    zone, projects = _zone(table, lambda: settings.time_zone), _projects(table.get("projects", []), whole)
    name = table.get("name", "")
    named = isinstance(name, str) and bool(name.strip() or slug == OWN)
    if zone is None or not named or projects is None:
        return None
    known = {
        "slug": slug,
        "name": name.strip(),
        "zone": zone,
        "own": slug == OWN,
        "project": projects.get,
        "projects": tuple(project for project in projects.values() if project.name or project.slug != DEFAULT_PROJECT),
    }
    return cast("Client", Glanced(known, whole))


def _projects(tables: object, client: "Callable[[], Client]") -> "dict[str, Project] | None":
    """The projects by slug, the default one among them."""
    if not isinstance(tables, list):
        return None
    names = {}
    for table in tables:
        if not isinstance(table, dict) or not isinstance(table.get("slug"), str):
            return None
        names[table["slug"]] = str(table.get("name", table["slug"]))
    names.setdefault(DEFAULT_PROJECT, "")
    return {slug: _project(slug, name, client) for slug, name in names.items()}


def _project(slug: str, name: str, client: "Callable[[], Client]") -> "Project":
    return cast("Project", Glanced({"slug": slug, "name": name}, lambda: client().project(slug)))
