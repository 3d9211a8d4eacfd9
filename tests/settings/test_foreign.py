"""What others write stands behind one guard: bounds, no special file, nothing raised."""

import os
from pathlib import Path

import pytest

from clepsydra.ledger.failures import explained
from clepsydra.settings.foreign import Unusable, UnusableCause, content, expanded, tables
from clepsydra.settings.home import Home
from clepsydra.settings.load import load_file, load_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import ProblemKind

DEEP = [
    "a" + ".a" * 60_000 + " = 1",
    "[" + "a." * 60_000 + "a]",
    "k = {" + "a." * 60_000 + "a = 1}",
    "k = " + "[" * 60_000 + "]" * 60_000,
    "k = " + "{a=" * 60_000 + "1" + "}" * 60_000,
    "k = " + "9" * 60_000,
]


@pytest.mark.parametrize("text", DEEP, ids=["key", "header", "inline", "lists", "tables", "figures"])
def test_toml_without_measure_is_refused_at_once(tmp_path, text):
    with pytest.raises(ValueError, match=r".+"):
        tables(text)
    file = tmp_path / "a.toml"
    file.write_text(text)
    assert load_file(file, Settings()).problems[0].message_id is ProblemKind.SYNTAX


def test_toml_as_people_write_it_is_read():
    assert tables('[a.b]\n"c d".e = ["1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18"]')["a"]["b"]["c d"]["e"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_what_is_no_plain_file_is_refused_without_waiting(tmp_path, make):
    home = Home(tmp_path)
    home.ensure()
    make(home.settings_file)
    make(home.client_file("odd"))
    with pytest.raises(Unusable) as refused:
        content(home.settings_file)
    assert refused.value.why is UnusableCause.NOT_PLAIN
    assert [str(p.message_id) for p in load_settings(home, {}).problems] == ["not_plain"]
    assert [str(p.message_id) for p in load_file(home.client_file("odd"), Settings()).problems] == ["not_plain"]


def test_a_file_beyond_all_measure_is_not_read(tmp_path):
    home = Home(tmp_path)
    home.ensure()
    home.settings_file.touch()
    os.truncate(home.settings_file, 100 * 1024 * 1024)
    (problem,) = load_settings(home, {}).problems
    assert (problem.message_id, problem.found) == (ProblemKind.TOO_LARGE, "262144")


def test_a_file_of_exactly_the_bound_is_read(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"x" * 1000)
    assert len(content(file, 1000)) == 1000
    with pytest.raises(Unusable, match="999"):
        content(file, 999)


def test_nobodys_folder_stays_a_text():
    assert expanded("~nobody-of-that-name/x") == Path("~nobody-of-that-name/x")


def test_ten_thousand_unknown_keys_are_not_ten_thousand_lines(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("".join(f"key{i} = 1\n" for i in range(10_000)))
    assert len(load_settings(Home(tmp_path), {}).problems) == 50


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: None])
def test_what_cannot_be_read_is_said_with_its_name(tmp_path, make):
    make(tmp_path / "odd")
    with pytest.raises(Unusable) as refused:
        content(tmp_path / "odd")
    said = str(explained(refused.value))
    assert said.startswith(f"{tmp_path / 'odd'}: ")
    assert len(said) > len(str(tmp_path)) + 10
