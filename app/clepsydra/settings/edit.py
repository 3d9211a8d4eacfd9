"""Write clients and settings: new files with tomli-w, changes of the settings with tomlkit, which keeps every comment
and unknown key. A client's file is the person's own, and never changed.

Nothing is written that could not be read back: the new text is parsed and validated first, and what is not part of a
change must come out as it went in.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from clepsydra.domain.session import OWN
from clepsydra.settings.document import shown
from clepsydra.settings.foreign import content, tables
from clepsydra.settings.home import Home, is_slug, write_private
from clepsydra.settings.kept import KeptTexts
from clepsydra.settings.load import Loaded, load_file, parse_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import Expected, ProblemKind, SettingsProblem

Fields = Mapping[str, object]
"""What stands in a new file; None and empty tables are left out."""

Changes = Mapping[str, object]
"""New values by key path, such as `calls.evidence`, `calls.ignore[0]`, `calls.ignore[+]` (append) or
`keys."timer.start"`.

None removes a key.
"""


class EditRefused(Exception):
    """The text that a change would make cannot be used; nothing was written."""

    def __init__(self, problems: Sequence[SettingsProblem]) -> None:
        super().__init__(", ".join(f"{problem.place}: {problem.key}: {problem.message_id}" for problem in problems))
        self.problems = tuple(problems)


ALWAYS = date(2000, 1, 1)
"""Rates and rounding of a new client hold from here on where nothing else is said: work may be logged long after."""


def create_client(home: Home, slug: str, fields: Fields, settings: Settings) -> Path:
    """Write the file of a new client and return it.

    Currency, time zone and language are always written, those of the settings where the fields leave them open: what
    was agreed with a client does not change when the person's own settings do.

    Raises FileExistsError when the client exists, `Refused` when a field is wrong or the slug cannot be one, OSError
    when the disk refuses.
    """
    problems = check_client(home, slug, fields)
    if problems:
        raise EditRefused(problems)
    file = home.client_file(slug)
    home.ensure()
    text = _dumped(_complete(fields, settings))
    write_private(file, text, new=True)
    KeptTexts(home).keep(slug, text)
    return file


def _complete(fields: Fields, settings: Settings) -> dict[str, object]:
    """The fields with everything that decides about money."""
    given = {key: value for key, value in fields.items() if _says_something(value)}
    own = {"currency": settings.currency, "language": str(settings.language), "time_zone": settings.time_zone}
    whole = {"name": given.get("name")} | own | given
    for key in ("rates", "rounding"):
        entries = whole.get(key)
        if isinstance(entries, list | tuple):
            whole[key] = [{"from": ALWAYS} | each if isinstance(each, dict) else each for each in entries]
    return whole


def add_projects(home: Home, slug: str, projects: Mapping[str, str]) -> None:
    """Write projects (names by slugs) at the end of a client's file, all that stands there staying as it is.

    Raises `Refused` when the file would have errors, OSError when the disk refuses.
    """
    file = home.client_file(slug)
    before = file.read_bytes()
    more = _dumped({"projects": [{"slug": key, "name": name} for key, name in projects.items()]})
    after = before.rstrip(b"\n") + b"\n\n" + more
    _refuse_errors(load_file(file, Settings(), after))
    write_private(file, after)
    KeptTexts(home).keep(slug, after)


def check_client(home: Home, slug: str, fields: Fields) -> tuple[SettingsProblem, ...]:
    """What stands against `create_client` taking these fields; nothing is written."""
    file = home.client_file(slug)
    if not is_slug(slug) or slug == OWN:
        return (SettingsProblem(file, 1, "", ProblemKind.WRONG, found=shown(slug), expected=Expected.SLUG),)
    return tuple(problem for problem in load_file(file, Settings(), _dumped(fields)).problems if not problem.warning)


def create_settings(home: Home, fields: Fields) -> Path:
    """Write a new settings file and return it; raises as `create_client` does."""
    data = _dumped(fields)
    _refuse_errors(parse_settings(home.settings_file, data, {}))
    home.ensure()
    write_private(home.settings_file, data, new=True)
    return home.settings_file


def edit_settings(home: Home, changes: Changes) -> None:
    """Change values of the settings file and nothing else in it, creating it where it is missing.

    Raises `Refused` when the file is not TOML or would have errors it has not now, KeyError when a path leads nowhere,
    OSError when the disk refuses.
    """
    after = _edited(home, changes)
    home.ensure()
    write_private(home.settings_file, after)


def check_settings(home: Home, changes: Changes) -> tuple[SettingsProblem, ...]:
    """What stands against `edit_settings` making these changes; nothing is written."""
    try:
        _edited(home, changes)
    except EditRefused as refused:
        return refused.problems
    return ()


def settings_as_written(home: Home) -> dict[str, Any]:
    """The settings file as plain tables, before any meaning is read into it; empty without a readable one."""
    try:
        return tables(content(home.settings_file).decode("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def _edited(home: Home, changes: Changes) -> bytes:
    file = home.settings_file
    before = content(file) if file.exists() else b""
    now = parse_settings(file, before, {})
    _refuse_unreadable(now)
    after = _changed(before, changes)
    _refuse_new_errors(now, parse_settings(file, after, {}))
    return after


def _refuse_errors(loaded: Loaded[Any]) -> None:
    if not loaded.ok:
        raise EditRefused([problem for problem in loaded.problems if not problem.warning])


def _refuse_unreadable(loaded: Loaded[Any]) -> None:
    """Refuse to edit what is not TOML: problems of a whole file have no key."""
    if any(not problem.key for problem in loaded.problems):
        raise EditRefused(loaded.problems)


def _refuse_new_errors(before: Loaded[Any], after: Loaded[Any]) -> None:
    """Refuse errors that a change brings; those that stand elsewhere in the file are not its business."""
    known = {(problem.key, problem.message_id, problem.found) for problem in before.problems}
    fresh = [p for p in after.problems if not p.warning and (p.key, p.message_id, p.found) not in known]
    if fresh:
        raise EditRefused(fresh)


def _dumped(fields: Fields) -> bytes:
    return _text({key: _plain(value) for key, value in fields.items() if _says_something(value)}).encode()


def _text(table: Mapping[str, Any], above: str = "") -> str:
    """TOML with a header for every table, so that more can be added below; the library alone would write short ones
    inline, which closes them.
    """
    import tomli_w

    tables = {key: value for key, value in table.items() if _is_table(value) or _are_tables(value)}
    text = tomli_w.dumps({key: value for key, value in table.items() if key not in tables})
    for key, value in tables.items():
        path = above + tomli_w.dumps({key: 0}).rpartition(" = ")[0]
        head = f"[{path}]" if _is_table(value) else f"[[{path}]]"
        for each in [value] if _is_table(value) else value:
            text += f"\n{head}\n{_text(each, path + '.')}"
    return text


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _says_something(value: object) -> bool:
    return value is not None and value not in ({}, [], ())


def _plain(value: object) -> object:
    """A value as TOML knows it: amounts and times of day in quotes, zones by name."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items() if _says_something(each)}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, str | Path):
        return str(value)
    if isinstance(value, bool | int | float | date | datetime):
        return value
    raise TypeError(f"TOML has no {type(value).__name__}")


def _changed(data: bytes, changes: Changes) -> bytes:
    """The text with the changes made; raises ValueError where the two TOML libraries disagree on the result."""
    import tomlkit

    text = data.decode("utf-8-sig")
    document = tomlkit.parse(text)
    expected = _loads(text)
    for path, value in changes.items():
        keys = _path(path)
        plain = _plain(value) if value is not None else None
        for target in (expected, document):
            try:
                _change(target, keys, plain)
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
        table = table[key]
    if value is None:
        if isinstance(last, int) or last in table:
            del table[last]
    elif last == "+":
        table.append(value)
    else:
        table[last] = value


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
