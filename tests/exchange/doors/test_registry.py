"""Doors of other packages come in through entry points; ours win, and one that fails stops nothing."""

import pytest

from clepsydra.exchange.doors import registry
from clepsydra.exchange.doors.shape import Answers, Door, DoorKind, DoorSource, Found
from clepsydra.exchange.plugins import BrokenFormat


class Point:
    """What the installed packages say of themselves."""

    def __init__(self, name: str, value: object) -> None:
        self.name, self._value = name, value

    def load(self) -> object:
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


def read(source: DoorSource, answers: Answers):
    for line, row in enumerate(source.data.decode().splitlines()[1:], 1):
        begin, end, client = row.split()
        yield Found(line, int(begin), int(end), client=client)


OTHER = Door("stopwatch", DoorKind.SESSIONS, lambda name, head: 90 if head.startswith(b"STOPWATCH") else 0, read)
FAILING = Door("failing", DoorKind.SESSIONS, lambda name, head: 1 // 0, read)


@pytest.fixture
def points(monkeypatch):
    found = [Point("stopwatch", OTHER), Point("toggl", OTHER), Point("broken", ImportError("gone")),
             Point("strange", 7), Point("failing", FAILING)]  # fmt: skip
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: found if group == "clepsydra.doors" else [])


def test_another_packages_door_reads_its_files(points, tmp_path):
    source = DoorSource("watch.txt", b"STOPWATCH\n1795420931 1795425295 acme\n")
    (door,) = registry.recognise(source)
    assert door is OTHER
    assert registry.named("stopwatch") is OTHER
    assert registry.named("toggl") is registry.own("toggl")


def test_one_that_cannot_be_loaded_is_named_and_stops_nothing(points):
    broken = [each for each in registry.everything() if isinstance(each, BrokenFormat)]
    assert [each.name for each in broken] == ["broken", "strange"]
    assert registry.recognise(DoorSource("x", b"nothing anybody knows")) == []


def test_it_is_imported_as_ours_are(points, tmp_path):
    from tests.cli.conftest import SETTINGS, Cli
    from tests.client_files import acme

    home = tmp_path / "home"
    (home / "clients").mkdir(parents=True)
    (home / "settings.toml").write_text(SETTINGS)
    (home / "clients" / "acme.toml").write_text(acme(currency="EUR", time_zone="Europe/Paris"))
    cli = Cli(home)
    file = tmp_path / "watch.txt"
    file.write_text("STOPWATCH\n1795420931 1795425295 acme\n")
    cli.ok("import", str(file))
    assert [s["exact_seconds"] for s in cli.log()] == [4364]
    file.write_text("STOPWATCH\nthis is not a number\n")
    answer = cli("import", str(file))
    assert (answer.code, len(cli.log())) == (1, 1)
    assert "stopwatch" in answer.err
    assert "stopwatch" in cli.ok("import", "--list").out


@pytest.mark.parametrize("name", registry.NAMES)
def test_no_door_takes_the_file_of_another(name):
    """Each sample is known by one door alone, and by its own."""
    from tests.exchange.doors.mutations import files

    for door, data in files():
        if door.name == name:
            found = registry.recognise(DoorSource("file", data))
            assert [each.name for each in found] in ([name], []), name
