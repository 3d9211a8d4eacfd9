"""A file is named as people and terminals name one: typed, completed, dropped."""

import os

import pytest

from clepsydra.tui.path_prompt import beginnings, can_be_read, path_of


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "Rapport d'été (2).csv"
    made.write_text("x")
    return made


def test_what_a_terminal_writes_for_a_dropped_file_is_its_path(file):
    text = str(file)
    escaped = text.replace("'", "\\'").replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")
    for typed in (text, f"  {text} ", f'"{text}"', escaped, f"{escaped} ", file.as_uri()):
        assert path_of(typed) == file, typed


def test_what_is_no_path_is_taken_as_it_is(tmp_path):
    for typed in ("it's", 'a "b', str(tmp_path / "two words"), "x" * 5000, "\\"):
        assert str(path_of(typed)) == typed


def test_a_folder_is_read_where_a_program_keeps_its_files_in_it(tmp_path):
    assert not can_be_read(tmp_path)
    assert not can_be_read(tmp_path / "nowhere")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2026-11.data").write_text("")
    assert can_be_read(tmp_path)
    assert can_be_read(tmp_path / "data")


def test_names_that_begin_so_are_found_hidden_ones_where_asked_for(tmp_path):
    for name in ("toggl-1.csv", "toggl-2.csv", ".hidden", "other"):
        (tmp_path / name).write_text("")

    def names(typed: str) -> list[str]:
        return [each.name for each in beginnings(path_of(typed), typed)]

    assert names(str(tmp_path / "to")) == ["toggl-1.csv", "toggl-2.csv"]
    assert names(str(tmp_path) + os.sep) == ["other", "toggl-1.csv", "toggl-2.csv"]
    assert names(str(tmp_path / ".h")) == [".hidden"]
    assert names(str(tmp_path / "nowhere" / "x")) == []
