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
    """A value as TOML knows it: amounts and times of day in quotes, zones by name."""
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
            table[key] = [] if following == "+" else {}
        if following == "+" and isinstance(table[key], Mapping):
            table[key] = _listed(table[key])
        table = table[key]
    if value is None:
        if isinstance(last, int) or last in table:
            del table[last]
    elif last == "+":
        table.append(value)
        _move_tail(table)
    else:
        table[last] = value


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


def _move_tail(tables: Any) -> None:
    """What stands before the next heading follows the last table of a list, where another was put between."""
    from tomlkit.items import AoT, Table, Whitespace

    if not isinstance(tables, AoT) or len(tables) < 2:
        return
    before = tables[-2].value
    while before.body and isinstance(before.body[-1][1], Table | AoT):  # the text of a table is its last part's
        part = before.body[-1][1]
        before = (part[-1] if isinstance(part, AoT) else part).value
    text = before.body
    first = len(text)
    while first and text[first - 1][0] is None:
        first -= 1
    blank = next((n for n in range(len(text) - 1, first - 1, -1) if isinstance(text[n][1], Whitespace)), len(text))
    tables[-1].value.body.extend(text[blank:])
    del text[blank + 1 :]  # an empty line stands between the two as it stood below the first


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
