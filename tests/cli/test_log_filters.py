"""The log on the command line takes the filters of the log on the screen, and they mean the same."""

import pytest

from tests.cli.conftest import Cli

WORK = (
    ("acme", "yesterday 9:00", "--to", "10:00", "review"),
    ("acme/api", "yesterday 10:00", "--to", "11:00", "login", "--out"),
    ("brel", "yesterday 11:00", "--to", "12:00", "call of brel", "--channel", "call"),
    ("brel", "2026-10-05 9:00", "--to", "10:00", "autumn"),
)


@pytest.fixture
def filled(cli: Cli) -> Cli:
    with (cli.home / "settings.toml").open("a") as settings:
        settings.write('[filters]\n"calls of brel" = "client:brel channel:call"\n')
    for client, begin, *rest in WORK:
        cli.ok("add", client, begin, rest[1], *rest[2:])
    return cli


def notes(cli: Cli, *words: str) -> list[str]:
    """The notes of what a search finds, as JSON; the table must hold the same, in the same order."""
    found = [session["note"] for session in cli.ok("log", *words, "--json").json["sessions"]]
    table = cli.ok("log", "--all", *words).out.splitlines()
    assert len(table) == len(found)
    assert all(line.endswith(note) for line, note in zip(table, found, strict=True))
    return found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--client", "acme/api"), ["login"]),
        (("--client", "acme", "--project", "api"), ["login"]),
        (("--channel", "call"), ["call of brel"]),
        (("--scope", "out"), ["login"]),
        (("--scope", "pending"), ["login"]),
        (("--scope", "absorb"), []),
        (("--days", "last month"), ["autumn"]),
        (("--from", "november", "--client", "brel"), ["call of brel"]),
        (("--state", "written_off"), []),
        (("--filter", "calls of brel"), ["call of brel"]),
        (("--filter", "calls of brel", "autumn"), []),
        (("--unbilled", "--scope", "in", "--days", "yesterday"), ["review", "call of brel"]),
        (("SARL",), ["review", "login"]),  # a name of the client's file, which the log does not hold
    ],
)
def test_each_filter_finds_its_own(filled: Cli, words: tuple[str, ...], found: list[str]) -> None:
    assert notes(filled, *words) == found


def test_what_is_written_off_is_not_unbilled(filled: Cli) -> None:
    lost = filled.ok("log", "login", "--json").json["sessions"][0]["id"]
    filled.ok("write-off", lost, "--reason", "gift")
    assert notes(filled, "--state", "written_off") == ["login"]
    assert "login" not in notes(filled, "--unbilled")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--project", "api"), "--client"),
        (("--filter", "nothing"), "calls of brel"),
        (("--days", "last month", "--from", "today"), "--days"),
        (("--days", "someday"), "someday"),
        (("--state", "gone"), "written_off"),
        (("--client", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_asked_says_what_can(filled: Cli, words: tuple[str, ...], said: str) -> None:
    answer = filled("log", *words)
    assert answer.code != 0
    assert not answer.out
    assert said in answer.err
    assert answer.err.count("\n") == 1
