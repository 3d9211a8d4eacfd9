"""What the README says is so: its keys, its commands, its files."""

import re
import shlex
from pathlib import Path

import pytest

from clepsydra.cli.main import command_named
from clepsydra.cli.parsing import parse
from clepsydra.tui.keys.table import ACTIONS, BY_ID, ScreenName, at

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
_SPELLED = {"slash": "/", "comma": ",", "question_mark": "?", "escape": "esc"}


def keys_of_the_table() -> list[str]:
    table = TEXT.split("## Keys of the main screen")[1].split("\n\n")[1]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    return [key for cell in cells for key in re.findall("`([^`]+)`", cell)]


COMMANDS = [line.strip() for line in TEXT.splitlines() if line.startswith("    clepsydra ")]
COMMANDS += re.findall("`(clepsydra (?!--)[^`]+)`", TEXT)
FILES = [*re.findall(r"\]\(([^):]+)\)", TEXT), "config/settings.toml", "config/clients"]


@pytest.mark.parametrize("key", keys_of_the_table())
def test_every_key_of_the_table_is_one_of_the_main_screen(key):
    keys = {key for a in [*at(ScreenName.MAIN), BY_ID["app.back"]] for key in a.keys}
    assert key.isdigit() or key in {_SPELLED.get(each, each) for each in keys}


def test_the_statement_keys_of_the_first_five_minutes_are_true():
    keys = {a.id: a.keys for a in ACTIONS if a.screen is ScreenName.STATEMENT}
    assert [id_ for id_, found in keys.items() if "i" in found] == ["statement.issue"]
    assert [id_ for id_, found in keys.items() if "x" in found] == ["statement.export"]


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_can_be_typed(line):
    _, verb, *words = shlex.split(line)
    assert parse(command_named(verb), words).command.run is not None


@pytest.mark.parametrize("file", FILES)
def test_every_linked_file_is_there(file):
    assert (ROOT / file).exists()


@pytest.mark.parametrize("file", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=lambda file: file.name)
def test_a_picture_asks_no_network(file):
    picture = file.read_text(encoding="utf-8")
    links = set(re.findall(r"https?://[^\"\s)<]+", picture))
    assert all(link.startswith("http://www.w3.org/") for link in links), links
    assert "@import" not in picture
    assert "@font-face" not in picture
