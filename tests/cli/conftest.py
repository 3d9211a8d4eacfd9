"""One home per test, one fixed clock, and the command line called in-process."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clepsydra.cli.context import Streams
from clepsydra.cli.main import main
from tests.client_files import acme, brel
from tests.clock import at

NOW = at("2026-11-24 14:32:07")
"""A Tuesday."""

SETTINGS = 'language = "en"\ntime_zone = "Europe/Paris"\n'


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cli:
    """Calls the command line on one home; `now` may be moved."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = NOW
        self.environ = {"CLEPSYDRA_HOME": str(home), "TERM": "dumb", "LANG": "C.UTF-8"}

    def __call__(self, *words: str, stdin: str = "") -> Answer:
        out, err = io.StringIO(), io.StringIO()
        code = main(words, self.environ, Streams(io.StringIO(stdin), out, err), lambda: self.now)
        return Answer(code, out.getvalue(), err.getvalue())

    def ok(self, *words: str, stdin: str = "") -> Answer:
        """The answer of a command that must succeed."""
        answer = self(*words, stdin=stdin)
        assert answer.code == 0, answer.err
        return answer

    def add(self, *words: str) -> dict[str, Any]:
        """Add a session and return its object."""
        return self.ok("add", *words, "--json").json["session"]

    def log(self) -> list[dict[str, Any]]:
        """Every session."""
        return self.ok("log", "--json").json["sessions"]


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    home = tmp_path / "home"
    (home / "clients").mkdir(parents=True)
    (home / "settings.toml").write_text(SETTINGS)
    (home / "clients" / "acme.toml").write_text(acme(currency="EUR", time_zone="Europe/Paris"))
    (home / "clients" / "brel.toml").write_text(brel(language="fr"))
    return Cli(home)
