"""Changes of a TOML text that leave all else in it as it was, every comment and unknown key: with tomlkit.

A change names its place by a path: `calls.evidence`, `calls.ignore[0]`, `rates[+]` (append), `keys."timer.start"`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from clepsydra.settings.foreign import tables

Changes = Mapping[str, object]
"""New values by path; None removes a key."""


def says_something(value: object) -> bool:
    """Whether a value stands in a new file at all."""
    return value is not None and value not in ({}, [], ())


def plain(value: object) -> object:
    """A value as TOML knows it: amounts and times of day in quotes, zones by name.

    Raises `TypeError` for what TOML cannot hold.
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items() if says_something(each)}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, str | Path):
        return str(value)
    if isinstance(value, bool | int | float | date | datetime):
        return value
    raise TypeError(f"TOML has no {type(value).__name__}")


def changed(data: bytes, changes: Changes) -> bytes:
    """The text with the changes made; raises ValueError where the two TOML libraries disagree on the result."""
    import tomlkit

    text = data.decode("utf-8-sig")
    document = tomlkit.parse(text)
    expected = _loads(text)
    for path, value in changes.items():
        keys = _path(path)
        new = plain(value) if value is not None else None
        for target in (expected, document):
            try:
                _change(target, keys, new)
            except (TypeError, AttributeError, IndexError):
                raise KeyError(path) from None
    after = tomlkit.dumps(document)
    if "\r\n" in text:
        after = after.replace("\r\n", "\n").replace("\n", "\r\n")
    if _loads(after) != expected:
        raise ValueError("the change would disturb other parts of the file")
    return after.encode()


def _loads(text: str) -> dict[str, Any]:
    """A text as plain tables that can be compared: nan would not equal itself."""
    return tables(text, lambda number: number if "nan" in number else float(number))


def _change(table: Any, path: Sequence[str | int], value: object) -> None:
    """Set, append or remove a value in place, in a plain or a tomlkit table alike."""
    *parents, last = path
    for key, following in zip(parents, path[1:], strict=True):
        if isinstance(key, str) and key not in table:
            if value is None:
                return
            _put(table, key, [] if following == "+" else {})
        if following == "+" and isinstance(table[key], Mapping):
            table[key] = _listed(table[key])
        table = table[key]
    if value is None:
        if isinstance(last, int) or last in table:
            _take_out(table, last)
    elif last == "+":
        table.append(_short(value))
        _move_tail(table)
    else:
        _put(table, last, value)


def _put(table: Any, key: str | int, value: Any) -> None:
    """Set a value; what is new stands before the comments of the heading that follows."""
    if isinstance(key, int) or key in table or not _is_headed(table):
        table[key] = _short(value, str(key))
        return
    entries = value if isinstance(value, list) and value else [value]
    headed = key not in _ON_ONE_LINE and all(isinstance(each, dict) for each in entries)
    tail = _cut(_text_below(table)) if headed else []
    table[key] = _short(value, key)
    if tail:
        _text_below(table[key]).extend(tail)
    elif not headed:
        _before_comments(table.value, key)


def _before_comments(container: Any, name: str) -> None:
    """Move a new line up over the comments that an empty line parts from the lines above."""
    text = container.body
    at = next(n for n, (key, _) in enumerate(text) if key is not None and key.key == name)
    first = _blank(text, at)
    text[first : at + 1] = [text[at], *text[first:at]]
    container._map[text[first][0]] = first


def _listed(table: Any) -> Any:
    """One table as the first of a list of tables: `[contract]` becomes `[[contract]]`."""
    from tomlkit.items import AoT, InlineTable, Table

    if isinstance(table, Table):
        return AoT([Table(table.value, table.trivia, is_aot_element=True, name=table.name)])
    if not isinstance(table, InlineTable):
        return [table]
    import tomlkit

    array = tomlkit.array()
    array.append(table)
    return array


_ON_ONE_LINE = ("channel", "carry")
"""The tables that stand on one line, as the examples write them."""


def _short(value: Any, name: str = "") -> Any:
    """A value whose small tables are written on the line of their key."""
    import tomlkit

    if isinstance(value, list):
        return [_short(each) for each in value]
    if not isinstance(value, dict):
        return value
    if name not in _ON_ONE_LINE:
        return {key: _short(each, key) for key, each in value.items()}
    line = tomlkit.inline_table()
    line.update(value)
    return line


def _is_headed(table: Any) -> bool:
    """Whether a table has a heading of its own, or is a list of such."""
    from tomlkit.items import AoT, Table

    return isinstance(table, Table | AoT)


def _text_below(table: Any) -> Any:
    """The lines that end a table: of its last part, where it has parts."""
    from tomlkit.items import AoT

    body = (table[-1] if isinstance(table, AoT) else table).value.body
    while body and _is_headed(body[-1][1]):
        body = _text_below(body[-1][1])
    return body


def _blank(text: Any, end: int) -> int:
    """The first empty line among the comments and empty lines above a line; that line itself where they have none."""
    from tomlkit.items import Whitespace

    first = end
    while first and text[first - 1][0] is None:
        first -= 1
    return next((n for n in range(first, end) if isinstance(text[n][1], Whitespace)), end)


def _cut(text: Any) -> list[Any]:
    """Take what stands before the next heading from the lines of a table; an empty line stays behind."""
    blank = _blank(text, len(text))
    tail = list(text[blank:])
    del text[blank + 1 :]
    return tail


def _move_tail(tables: Any) -> None:
    """What stands before the next heading follows the last table of a list, where another was put between."""
    from tomlkit.items import AoT

    if isinstance(tables, AoT) and len(tables) > 1:
        _text_below(tables[-1]).extend(_cut(_text_below(tables[-2])))


def _take_out(table: Any, last: str | int) -> None:
    """Remove a value; what stands before the heading that follows it stays."""
    from tomlkit.container import Container
    from tomlkit.items import Whitespace

    gone = table[last] if _is_headed(table) or isinstance(table, Container) else None
    tail = _cut(_text_below(gone)) if _is_headed(gone) else []
    text = "".join(item.as_string() for _, item in tail)
    if not text.strip():
        del table[last]
    elif isinstance(last, str):
        body = (table if isinstance(table, Container) else table.value).body
        place = next(n for n, (key, _) in enumerate(body) if key is not None and key.key == last)
        del table[last]
        body[place] = (None, Whitespace(text))
    elif last:
        _text_below(table[last - 1]).extend(tail)
        del table[last]
    else:
        del table[last]
        table[0].trivia.indent = text + table[0].trivia.indent


def _path(text: str) -> list[str | int]:
    """`calls.ignore[0]` as its parts; `[+]` stands for one more entry, its list created where it is missing."""
    part = re.compile(r"""\.?(?:([A-Za-z0-9_-]+)|"([^"]+)"|\[([0-9]+|\+)\])""")
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        match = part.match(text, at)
        if not match:
            raise KeyError(text)
        index = match[3]
        parts.append(index if index == "+" else int(index) if index else match[1] or match[2])
        at = match.end()
    if not parts:
        raise KeyError(text)
    return parts
