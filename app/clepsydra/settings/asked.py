"""Settings at once, clients when they are asked for: a command that starts a timer reads one client's file, not all."""

from collections.abc import Iterator, Mapping

from clepsydra.domain.session import OWN
from clepsydra.domain.terms import Client
from clepsydra.settings.home import Home
from clepsydra.settings.load import client_files, load_client, load_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import Problem
from clepsydra.settings.values import is_slug


class AskedClients(Mapping[str, Client]):
    """Clients by slug, each read from its file the first time it is asked for; those with errors are missing.

    What shows only across files, such as a key that two clients claim, is not seen here.
    """

    def __init__(self, home: Home, settings: Settings) -> None:
        self._home = home
        self._settings = settings
        self._read: dict[str, Client | None] = {}
        self.problems: list[Problem] = []

    def __getitem__(self, slug: str) -> Client:
        if slug not in self._read:
            self._read[slug] = self._load(slug)
        client = self._read[slug]
        if client is None:
            raise KeyError(slug)
        return client

    def _load(self, slug: str) -> Client | None:
        # A name without a file is the caller's mistake to report, not a problem of the files.
        if slug != OWN and not (is_slug(slug) and self._home.client_file(slug).exists()):
            return None
        loaded = load_client(self._home, slug, self._settings)
        self.problems += loaded.problems
        return loaded.value

    def __iter__(self) -> Iterator[str]:
        yield OWN
        yield from (file.stem for file in client_files(self._home) if file.stem != OWN and file.stem in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Asked:
    """The settings in force, and the clients that were asked for."""

    def __init__(self, home: Home, environment: Mapping[str, str]) -> None:
        loaded = load_settings(home, environment)
        self.settings = loaded.value
        self.clients = AskedClients(home, loaded.value)
        self._problems = loaded.problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files read so far."""
        return (*self._problems, *self.clients.problems)
