"""What is read line by line is what the whole parser reads, or nothing."""

import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clepsydra.settings.home import shipped
from clepsydra.settings.plain_toml import plain_tables

VALUES = ("day_starts_at", "language", "name", "parallel_timers", "time_zone")

KEYS = st.sampled_from([*VALUES, "slug", "projects", "warn", "x", "warn.x", "name.x", '"name"', "projects.x", "a.name"])
WRITTEN = st.sampled_from([
    '"Riva"', "'Riva'", '"a#b" # c', '"\\u0041"', '"""', "'''", "true", "false # no", "1", "{ name = 'x' }", "[]", "[",
    '"""a', "'''b", '"""b""" # c', '""""""""', '"""\\"""', '["]"', '["a", "]", [1]', "]", "[[1]", '{ b = ["x", ',
    "2020-01-01", '"a", "b"', '""', "[1]]", "[ # ]", '"[" , [1]',
])  # fmt: skip
HEADERS = st.sampled_from([
    "[[projects]]", "[projects]", "[[projects.rates]]", "[warn]", "[x]", "[ warn ]", '["warn"]', "[warn.x]", "[1]",
    "[[ projects ]]", "[projects.x]", "[[x]] # [warn]", "# name = 'no'", "", '"""', "'''", 'a"""', '\\""""', "]",
    '"x" ]', "[true]",
])  # fmt: skip
LINES = st.one_of(HEADERS, st.builds("{} = {}".format, KEYS, WRITTEN), st.builds(" {}={}".format, KEYS, WRITTEN))


def whole(text: str) -> dict[str, object]:
    """The same of the standard library's parser."""
    read = tomllib.loads(text)
    found = {key: read[key] for key in VALUES if key in read}
    if "projects" in read:
        found["projects"] = [{key: each[key] for key in ("name", "slug") if key in each} for each in read["projects"]]
    return found | ({"warn": {}} if "warn" in read else {})


@given(st.lists(LINES, max_size=9).map("\n".join))
@settings(max_examples=600)
@example('x = [\n[1]\n]\nname = "Riva"')
@example('[x]\ny = [\n[true]\n]\nname = "Riva"')
@example('x = "\\\\"\nname = "a\\\\"')
def test_lines_say_what_the_whole_says(text):
    try:
        expected = whole(text)
    except (ValueError, TypeError, AttributeError):  # only a good text is read so
        return
    assert plain_tables(text) in (None, expected)


@pytest.mark.parametrize("file", sorted(shipped("config").rglob("*.toml")), ids=lambda file: file.name)
def test_the_files_we_ship_are_plain(file):
    text = file.read_text("utf-8")
    assert plain_tables(text) in (None, whole(text))
    if file.name == "settings.toml" or file.parent.name == "clients":
        assert plain_tables(text) is not None
