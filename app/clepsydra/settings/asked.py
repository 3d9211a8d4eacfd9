"""Settings at once, clients when they are asked for: a command that starts a timer reads one client's file, not all."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from clepsydra.domain.session import OWN
from clepsydra.domain.terms import Client
from clepsydra.settings.client import own_client
from clepsydra.settings.foreign import content
from clepsydra.settings.home import Home, is_slug
from clepsydra.settings.kept import Expected, KeptTexts, gone, gone_problem
from clepsydra.settings.load import client_files, load_file, load_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import SettingsProblem


class AskedClients(Mapping[str, Client]):
    """Clients by slug, each read from its file the first time it is asked for; those with errors as they last were
    good.

    What shows only across files, such as a key that two clients claim, is not seen here.
    """

    def __init__(self, home: Home, settings: Settings) -> None:
        self._home = home
        self._texts = KeptTexts(home)
        self.expected: Expected = tuple
        self._settings = settings
        self._read: dict[str, Client | None] = {}
        self.problems: list[SettingsProblem] = []

    def __getitem__(self, slug: str) -> Client:
        if slug not in self._read:
            self._read[slug] = self._load(slug)
        client = self._read[slug]
        if client is None:
            raise KeyError(slug)
        return client

    def _load(self, slug: str) -> Client | None:
        file = self._home.client_file(slug)
        if not is_slug(slug):
            return None
        if not file.exists():
            # A name that the log does not know either is the caller's mistake to report, no problem of the files.
            return own_client(self._settings) if slug == OWN else self._last_good(slug, known=slug in self.expected())
        data = None
        with suppress(OSError):
            data = content(file)
        loaded = load_file(file, self._settings, data)
        self.problems += loaded.problems
        if loaded.value and data is not None:
            self._texts.keep(slug, data)
        return loaded.value or self._last_good(slug)

    def _last_good(self, slug: str, *, known: bool = True) -> Client | None:
        text = self._texts.text(slug) if known else None
        return load_file(self._home.client_file(slug), self._settings, text).value if text is not None else None

    @property
    def gone(self) -> list[str]:
        """The clients of the log whose files are gone."""
        return gone(self._home, self.expected())

    def __iter__(self) -> Iterator[str]:
        yield OWN
        slugs = {file.stem for file in client_files(self._home)} - {OWN} | set(self.gone)
        yield from (slug for slug in sorted(slugs) if slug in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Asked:
    """The settings in force, and the clients that were asked for."""

    def __init__(self, home: Home, environment: Mapping[str, str]) -> None:
        loaded = load_settings(home, environment, keeping=True)
        self._home = home
        self.settings = loaded.value
        self.clients = AskedClients(home, loaded.value)
        self._problems = loaded.problems

    def expect(self, clients: Expected) -> None:
        """Learn how to ask which clients the log names: each should have a file."""
        self.clients.expected = clients

    @property
    def problems(self) -> tuple[SettingsProblem, ...]:
        """What is wrong in the files read so far, and which files are gone."""
        missing = (gone_problem(self._home, slug) for slug in self.clients.gone)
        return (*self._problems, *self.clients.problems, *missing)
