"""Clients and projects that a file names and the person has none of yet: planned beside those there are, written last.

A new client has the name as written and no rate; its slug is made of the name's letters (`Østberg` is `ostberg`), a
name without Latin letters is `client-1`, `client-2`, …
"""

from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from clepsydra.domain.records import dataclass, field, replace
from clepsydra.domain.terms import Client, Project
from clepsydra.exchange.doors.shape import Found
from clepsydra.exchange.problems import RowProblem, RowReason, nearest
from clepsydra.exchange.text import plain, slug
from clepsydra.language.folding import folded
from clepsydra.settings.model import Settings

if TYPE_CHECKING:
    from clepsydra.settings.home import Home

_LONGEST = 60


@dataclass
class Newcomers:
    """The clients there are and, where `wanted`, those that a file adds."""

    known: Mapping[str, Client] = field(default_factory=lambda: MappingProxyType({}))
    settings: Settings = field(default_factory=Settings)
    wanted: bool = False
    rates: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    added: dict[str, str] = field(default_factory=dict)
    projects: dict[str, dict[str, str]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clients = dict(self.known)

    def welcome(self, found: Found) -> bool:
        """Plan the client and the project of an entry that has none; False where they are not wanted or not named."""
        name = " ".join(plain(found.client).split())
        if not self.wanted or not name:
            return False
        owner = self._slug_of(name)
        if owner is None:
            owner = self._free(name, self.clients, "client")
            self.added[owner] = name
            self.clients[owner] = Client(
                owner, name, self.settings.currency, self.settings.time_zone, str(self.settings.language)
            )  # fmt: skip
        project = " ".join(plain(found.project).split())
        if project:
            self._add_project(owner, project)
        return True

    def rate_of(self, owner: str) -> Decimal | None:
        """The hourly rate that a new client was given, by its slug or its name."""
        said = (rate for text, rate in self.rates.items() if folded(text) in (owner, folded(self.added.get(owner, ""))))
        return next(said, None)

    def knows(self, name: str) -> bool:
        """Whether there is a client of that name or slug."""
        return self._slug_of(name) is not None

    def keep(self, places: Set[tuple[str, str]]) -> None:
        """Write only those of whom something comes in: `places` are clients and projects."""
        owners = {owner for owner, _ in places}
        self.added = {owner: name for owner, name in self.added.items() if owner in owners}
        kept = {o: {key: name for key, name in each.items() if (o, key) in places} for o, each in self.projects.items()}
        self.projects = {owner: each for owner, each in kept.items() if each}

    def _slug_of(self, name: str) -> str | None:
        wanted = folded(name)
        found = next((s for s, c in self.clients.items() if wanted in (folded(c.name), s)), None)
        return found or nameless(self.clients.items(), name)

    def _add_project(self, owner: str, name: str) -> None:
        client = self.clients[owner]
        if any(folded(name) in (folded(each.name), each.slug) for each in client.projects):
            return
        if nameless(((each.slug, each) for each in client.projects), name):
            return
        taken = {each.slug for each in client.projects} | {"default"}
        key = self._free(name, taken, "project")
        self.projects.setdefault(owner, {})[key] = name
        self.clients[owner] = replace(client, projects=(*client.projects, Project(key, name)))

    def _free(self, name: str, taken: object, word: str) -> str:
        base = slug(folded(name))[:_LONGEST].strip("-")
        first = 1 if base else 0
        candidates = (f"{base or word}-{n}" if n > first else base for n in range(first or 1, 1_000_000))
        return next(each for each in candidates if each and each not in taken)  # type: ignore[operator]

    def refusal(self, found: Found, *, own: bool) -> RowProblem:
        """Why an entry has no place, with the nearest there is."""
        if not found.client:
            return RowProblem(found.line, RowReason.NO_PLACE)
        names = tuple(self.clients)
        owner = self._slug_of(found.client)
        if own and owner is None:
            return RowProblem(
                found.line,
                RowReason.UNKNOWN_CLIENT,
                "client",
                found.client,
                ",".join(names),
                nearest(found.client, names),
            )
        projects = tuple(each.slug for each in self.clients[owner].projects) if owner else ()
        if own:
            near = nearest(found.project, projects)
            return RowProblem(found.line, RowReason.UNKNOWN_PROJECT, "project", found.project, ",".join(projects), near)
        text = f"{found.client} / {found.project}" if owner else found.client
        return RowProblem(found.line, RowReason.UNPLACED, "client", text, "", nearest(found.client, names))

    def write(self, home: "Home") -> list[Path]:
        """Write the files of new clients, and new projects at the end of those that are there; returns what to take
        back should the import fail.

        Raises OSError when the disk refuses, and `EditRefused` when a file cannot be made.
        """
        from clepsydra.settings.edit import add_projects, create_client

        made: list[Path] = []
        try:
            for owner, name in self.added.items():
                projects = [{"slug": key, "name": each} for key, each in self.projects.get(owner, {}).items()]
                rate = self.rate_of(owner)
                fields = {"name": name, "projects": projects, "rates": [{"hourly": rate}] if rate is not None else None}
                made.append(create_client(home, owner, fields, self.settings))
            for owner, each in self.projects.items():
                if owner not in self.added:
                    add_projects(home, owner, each)
        except BaseException:
            take_back(made)
            raise
        return made


def nameless(known: Iterable[tuple[str, Client | Project]], name: str) -> str | None:
    """The client or project that has only a slug, the one of this name: the log's own files tell no more."""
    wanted = slug(folded(name))
    return next((key for key, each in known if key == wanted and each.name in ("", key)), None)


def take_back(made: list[Path]) -> None:
    """Remove the files of new clients whose import came to nothing."""
    for path in made:
        with suppress(OSError):
            path.unlink()
