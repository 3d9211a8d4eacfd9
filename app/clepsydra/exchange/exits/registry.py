"""Every exit by its name, ours and those of other packages (entry-point group `clepsydra.exports`, values `Exit`).

Other packages are asked only for a name that is none of ours, or for the list; a name of ours wins.
"""

from collections.abc import Iterator
from importlib import import_module

from clepsydra.domain.records import dataclass
from clepsydra.exchange.exits.shape import Exit

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


@dataclass(frozen=True, slots=True)
class BrokenExit:
    """An exit of another package that cannot be used, and why."""

    name: str
    why: str


def named(name: str) -> Exit | BrokenExit | None:
    """The exit by that name."""
    if name in PLACES:
        module, value = PLACES[name]
        found: Exit = getattr(import_module(f"clepsydra.exchange.exits.{module}"), value)
        return found
    return next((each for each in outside() if each.name == name), None)


def outside() -> Iterator[Exit | BrokenExit]:
    """The exits of other packages, in order of their names."""
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        if point.name in PLACES:
            continue
        try:
            found = point.load()
        except Exception as error:  # another package may fail in any way, and must not stop ours
            yield BrokenExit(point.name, f"{type(error).__name__}: {error}")
            continue
        yield found if isinstance(found, Exit) else BrokenExit(point.name, type(found).__name__)
