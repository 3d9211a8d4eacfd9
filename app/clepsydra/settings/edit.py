"""Write clients and settings: new files with tomli-w, changes of what the person owns with every comment and unknown
key kept.

Nothing is written that could not be read back: the new text is parsed and validated first, and what is not part of a
change must come out as it went in.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from clepsydra.domain.session import OWN
from clepsydra.settings.foreign import content, tables
from clepsydra.settings.home import Home, is_slug, write_private
from clepsydra.settings.kept import KeptTexts
from clepsydra.settings.load import Loaded, load_file, parse_settings
from clepsydra.settings.model import Settings
from clepsydra.settings.problems import Expected, ProblemKind, SettingsProblem
from clepsydra.settings.toml_change import Changes, changed, plain, says_something
from clepsydra.settings.toml_document import shown

Fields = Mapping[str, object]
"""What stands in a new file; None and empty tables are left out."""


class EditRefused(Exception):
    """The text that a change would make cannot be used; nothing was written."""

    def __init__(self, problems: Sequence[SettingsProblem]) -> None:
        super().__init__(", ".join(f"{problem.where}: {problem.key}: {problem.message_id}" for problem in problems))
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
    given = {key: value for key, value in fields.items() if says_something(value)}
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


def edit_client(home: Home, slug: str, changes: Changes, settings: Settings) -> None:
    """Change values of a client's file and nothing else in it.

    Raises `Refused` when the file is not TOML or would have errors it has not now, KeyError when a path leads nowhere,
    OSError when there is no file or the disk refuses.
    """
    after = _client_edited(home, slug, changes, settings)
    write_private(home.client_file(slug), after)
    KeptTexts(home).keep(slug, after)


def check_edit(home: Home, slug: str, changes: Changes, settings: Settings) -> tuple[SettingsProblem, ...]:
    """What stands against `edit_client` making these changes; nothing is written."""
    try:
        _client_edited(home, slug, changes, settings)
    except EditRefused as refused:
        return refused.problems
    return ()


def client_as_written(home: Home, slug: str) -> dict[str, Any]:
    """A client's file as plain tables, before any meaning is read into it; empty without a readable one."""
    return _as_written(home.client_file(slug))


def _client_edited(home: Home, slug: str, changes: Changes, settings: Settings) -> bytes:
    file = home.client_file(slug)
    before = content(file)
    now = load_file(file, settings, before)
    _refuse_unreadable(now)
    after = changed(before, changes)
    _refuse_new_errors(now, load_file(file, settings, after))
    return after


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
    return _as_written(home.settings_file)


def _as_written(file: Path) -> dict[str, Any]:
    try:
        return tables(content(file).decode("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def _edited(home: Home, changes: Changes) -> bytes:
    file = home.settings_file
    before = content(file) if file.exists() else b""
    now = parse_settings(file, before, {})
    _refuse_unreadable(now)
    after = changed(before, changes)
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
    return _text({key: plain(value) for key, value in fields.items() if says_something(value)}).encode()


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
