"""TOML as nearly everybody writes it, read line by line: one quick verb cannot pay for the whole grammar.

Only for a text that the standard library's parser is known to accept: nothing is checked here. What is not one plain
line each, in whatever way, is left to that parser, whose answer this one's always is.
"""

from collections.abc import Iterator

from clepsydra.domain.annotations import Any

_VALUES = frozenset({"day_starts_at", "language", "name", "parallel_timers", "time_zone"})
_TABLES = frozenset({"projects", "warn"})
_IN_PROJECT = frozenset({"name", "slug"})
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


class _Unusual(Exception):
    """The text has what only a whole parser may judge."""


def plain_tables(text: str) -> dict[str, Any] | None:
    """The values a timer needs, of the settings or of a client: those of the top, slug and name of each project, and
    whether there is a table `warn`. None where the text is not plain enough to be sure of them.
    """
    try:
        return _read(text)
    except _Unusual:
        return None


def _read(text: str) -> dict[str, Any]:
    top: dict[str, Any] = {}
    table: dict[str, Any] | None = top
    wanted = _VALUES
    lines = iter(text.split("\n"))
    for raw in lines:
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        if '"""' in line or "'''" in line:
            _pass_over(line, lines, frozenset() if table is None else wanted)
        elif line[0] == "[":
            table, wanted = _table(line, top), _IN_PROJECT
        elif table is not None:
            _take(line, table, wanted)
    return top


def _table(line: str, top: dict[str, Any]) -> dict[str, Any] | None:
    """The table that a line begins, if it is one to be read."""
    header = line.split("#")[0].rstrip()
    name = header.strip("[]")
    if not name or not _BARE.issuperset(name):
        raise _Unusual
    if header == "[[projects]]":
        project: dict[str, Any] = {}
        top.setdefault("projects", []).append(project)
        return project
    first, dot, _ = name.partition(".")
    if first in _VALUES or (first == "projects" and not (dot and "projects" in top)):
        raise _Unusual
    if first == "warn":
        top["warn"] = {}
    return None


def _take(line: str, table: dict[str, Any], wanted: frozenset[str]) -> None:
    """Put the value of a line into its table, if it is one to be read."""
    key, _, value = line.partition("=")
    key, value = key.rstrip(), value.lstrip()
    if not _BARE.issuperset(key) or key.partition(".")[0] in _TABLES:
        raise _Unusual
    if key in wanted:
        table[key] = _value(value)
    elif "." in key and key.partition(".")[0] in wanted:
        raise _Unusual
    elif value[0] == "[" and (value[-1] != "]" or any(mark in value[1:-1] for mark in "[]#")):
        raise _Unusual  # perhaps it goes on in the lines below
    elif value[0] == "{" and (value[-1] != "}" or "[" in value):
        raise _Unusual


def _pass_over(line: str, lines: Iterator[str], wanted: frozenset[str]) -> None:
    """Leave out a string of several lines, such as an address."""
    key, _, value = line.partition("=")
    key, value = key.rstrip(), value.lstrip()
    quotes, inside = value[:3], value[3:]
    if not _BARE.issuperset(key) or key.partition(".")[0] in _TABLES | wanted or quotes not in ('"""', "'''"):
        raise _Unusual
    while True:
        if quotes == '"""' and "\\" in inside:
            raise _Unusual
        if quotes in inside:
            break
        inside = next(lines, quotes)
    rest = inside.partition(quotes)[2].lstrip(quotes[0]).strip()
    if rest and rest[0] != "#":
        raise _Unusual


def _value(written: str) -> object:
    """A string without escapes, true or false."""
    if written[0] in "\"'":
        inside, _, rest = written[1:].partition(written[0])
        if (written[0] == '"' and "\\" in inside) or (rest.strip() and rest.strip()[0] != "#"):
            raise _Unusual
        return inside
    word = written.partition("#")[0].rstrip()
    if word not in ("true", "false"):
        raise _Unusual
    return word == "true"
