"""One entry more or less in a list of the settings file; comments beside and between the others stay."""

from typing import Any

from clepsydra.settings.edit import edit_settings
from clepsydra.settings.foreign import Unusable, content, tables
from clepsydra.settings.home import Home


def add(home: Home, path: str, entry: str) -> bool:
    """Add an entry to the list at a key path such as `calls.ignore`; False when it stands there already.

    Raises as `edit_settings` does.
    """
    if entry in _entries(home, path):
        return False
    edit_settings(home, {f"{path}[+]": entry})
    return True


def remove(home: Home, path: str, entry: str) -> bool:
    """Take an entry out of a list; False when it is not there (any more). Raises as `edit_settings` does."""
    entries = _entries(home, path)
    if entry not in entries:
        return False
    edit_settings(home, {f"{path}[{entries.index(entry)}]": None})
    return True


def _entries(home: Home, path: str) -> list[Any]:
    """What the file says; nothing where it has no such list."""
    try:
        found: Any = tables(content(home.settings_file).decode("utf-8-sig")) if home.settings_file.exists() else {}
    except (ValueError, Unusable):
        edit_settings(home, {})  # refuses, with the place of what is wrong
        raise
    for key in path.split("."):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, list) else []
