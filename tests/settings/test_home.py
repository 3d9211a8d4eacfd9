"""Where things live, and how private files are written."""

import os
import stat
from pathlib import Path

import platformdirs
import pytest

from clepsydra.settings.home import Home, shipped, write_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_option_wins_over_environment(tmp_path):
    assert Home.find(str(tmp_path), {"CLEPSYDRA_HOME": "/elsewhere"}).path == tmp_path
    assert Home.find(None, {"CLEPSYDRA_HOME": "/elsewhere"}).path == Path("/elsewhere")


def test_a_relative_home_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Home.find("here", {}).path == tmp_path / "here"


@pytest.mark.parametrize("value", [None, "", "relative", "/somewhere"])
def test_the_platform_folders_are_those_of_platformdirs(monkeypatch, value):
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if value is not None:
            monkeypatch.setenv(variable, value)
    home = Home.find(None, os.environ | {"CLEPSYDRA_HOME": ""})
    assert home.settings_file == platformdirs.user_config_path("clepsydra") / "settings.toml"
    assert home.database == platformdirs.user_data_path("clepsydra") / "clepsydra.db"


def test_one_folder_holds_everything_unless_the_platform_splits_it():
    one, two = Home(Path("/h")), Home(Path("/c"), Path("/d"))
    assert {path.parent for path in (one.settings_file, one.clients_dir, one.database, one.backups_dir)} == {Path("/h")}
    assert {two.settings_file.parent, two.clients_dir.parent, two.themes_dir.parent} == {Path("/c")}
    kept = (two.database, two.backups_dir, two.statements_dir, two.log_file)
    assert {path.parent for path in kept} == {Path("/d")}


def test_folders_are_private(tmp_path):
    home = Home(tmp_path / "deep" / "config", tmp_path / "deep" / "data")
    home.ensure()
    home.ensure()
    for folder in (
        home.path,
        home.database.parent,
        home.clients_dir,
        home.themes_dir,
        home.backups_dir,
        home.statements_dir,
    ):
        assert mode(folder) == 0o700


def test_files_are_private_and_whole(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text("old")
    file.chmod(0o644)
    write_private(file, b"new")
    assert file.read_bytes() == b"new"
    assert mode(file) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "a.toml"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(file, b"new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_followed(tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("old")
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    write_private(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_new_file_replaces_nothing(tmp_path, monkeypatch, links):
    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    file = tmp_path / "a.toml"
    write_private(file, b"first", new=True)
    with pytest.raises(FileExistsError):
        write_private(file, b"second", new=True)
    assert file.read_bytes() == b"first"
    assert mode(file) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_shipped_configuration_is_found():
    assert (shipped("config") / "settings.toml").is_file()
