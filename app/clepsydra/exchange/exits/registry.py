"""Every exit by its name, ours and those of other packages (entry-point group `clepsydra.exports`, values `Exit`).

Other packages are asked only for a name that is none of ours, or for the list; a name of ours wins.
"""

from collections.abc import Iterator
from importlib import import_module

from clepsydra.exchange.exits.shape import Exit
from clepsydra.exchange.plugins import BrokenFormat, plugins

PLACES = {
    "csv": ("own", "CSV"),
    "json": ("own", "JSON"),
    "hledger": ("journal", "HLEDGER"),
    "beancount": ("journal", "BEANCOUNT"),
    "ics": ("calendar", "EXIT"),
    "xlsx": ("sheet", "EXIT"),
    "html": ("page", "EXIT"),
    "toggl": ("tables", "EXIT"),
    "datasette": ("datasette", "EXIT"),
    "ledes": ("ledes", "EXIT"),
}
"""The exits of this package: the module and the value of each, loaded when it is asked for."""

GROUP = "clepsydra.exports"


def named(name: str) -> Exit | BrokenFormat | None:
    """The exit by that name."""
    if name in PLACES:
        module, value = PLACES[name]
        found: Exit = getattr(import_module(f"clepsydra.exchange.exits.{module}"), value)
        return found
    return next((each for each in outside() if each.name == name), None)


def outside() -> Iterator[Exit | BrokenFormat]:
    """The exits of other packages, in order of their names."""
    return plugins(GROUP, Exit, PLACES)
