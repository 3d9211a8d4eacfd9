"""Today's copy: made in passing where that costs nothing, by a process of its own where somebody would wait for it."""

import subprocess

import pytest

from clepsydra.ledger import opening
from tests.cli.conftest import Cli


def copies(cli: Cli) -> list[str]:
    return [path.name for path in (cli.home / "backups").glob("clepsydra-*-daily.db")]


def test_a_short_log_is_copied_in_passing_once_a_day(cli):
    cli.add("acme", "9:00", "10:00")
    cli.add("acme", "10:00", "11:00")
    assert len(copies(cli)) == 1


@pytest.fixture
def started(monkeypatch):
    """The processes that a command starts, instead of starting them."""
    found: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **options: found.append(words))
    return found


def test_nobody_waits_for_the_copy_of_a_long_log(cli, monkeypatch, started):
    monkeypatch.setattr(opening, "IN_PASSING", 1000)
    cli.add("acme", "9:00", "10:00")
    assert copies(cli) == []
    [words] = started
    assert words[-2:] == ["backup", "--daily"]
    cli.ok(*words[3:])
    assert len(copies(cli)) == 1
    cli.ok("backup", "--daily")
    cli.add("acme", "10:00", "11:00")
    assert len(copies(cli)) == len(started) == 1


def test_no_room_for_the_copy_is_said(cli, monkeypatch, started):
    monkeypatch.setattr(opening, "IN_PASSING", 1000)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 10}))
    assert "too full for today’s backup" in cli.ok("add", "acme", "9:00", "10:00").err
    assert started == []
