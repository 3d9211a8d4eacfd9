"""Every door by its name, and how a file is recognised.

Doors of other packages come in through the entry-point group `clepsydra.doors`, whose values are `Door`s. They are
looked for only when a name is asked for that is none of ours, when no door of ours knows a file, or for the list; a
name of ours wins, and one that cannot be loaded is named and left aside.
"""

from collections.abc import Iterator
from importlib import import_module

from clepsydra.exchange.doors.shape import Door, DoorSource
from clepsydra.exchange.plugins import BrokenFormat, plugins

NAMES = (
    "csv", "timewarrior", "watson", "klog", "timeclock", "timedot", "org", "gtimelog", "hamster", "timetrap",
    "activitywatch", "superproductivity", "toggl", "clockify", "harvest", "kimai", "solidtime", "timetagger", "ics",
    "ledes", "generic",
)  # fmt: skip
"""The doors of this package; each is the value `DOOR` of the module of its name, or of the one in `_MODULES`."""

ALIASES = dict.fromkeys(("table", "timecamp", "freshbooks", "clio", "timing", "twilio", "ovh"), "generic") | {
    "hledger": "timeclock",
    "ledger": "timeclock",
    "super-productivity": "superproductivity",
    "calendar": "ics",
}
"""Other words for a door: the programs that the table's presets know, and programs that share a format."""

GROUP = "clepsydra.doors"

_MODULES = {"csv": "log", "generic": "table"}


def own(name: str) -> Door | None:
    """The door of this package by that name or another word for it."""
    name = ALIASES.get(name, name)
    if name not in NAMES:
        return None
    found: Door = import_module(f"clepsydra.exchange.doors.{_MODULES.get(name, name)}").DOOR
    return found


def named(name: str) -> Door | BrokenFormat | None:
    """The door by that name, ours or another package's."""
    return own(name) or next((door for door in outside() if door.name == name), None)


def everything() -> Iterator[Door | BrokenFormat]:
    """Every door, ours first."""
    yield from ours()
    yield from outside()


def ours() -> Iterator[Door]:
    """The doors of this package."""
    yield from filter(None, map(own, NAMES))


def outside() -> Iterator[Door | BrokenFormat]:
    """The doors of other packages, in order of their names."""
    return plugins(GROUP, Door, (*NAMES, *ALIASES))


def recognise(source: DoorSource) -> list[Door]:
    """The doors that know a file, the surest first; several where they are equally sure."""
    found = _surest(ours(), source)
    return found or _surest((door for door in outside() if isinstance(door, Door)), source)


def _surest(doors: Iterator[Door], source: DoorSource) -> list[Door]:
    sure = [(_sniffed(door, source), door) for door in doors]
    best = max((points for points, _ in sure), default=0)
    return [door for points, door in sure if points == best and best > 0]


def _sniffed(door: Door, source: DoorSource) -> int:
    try:
        return max(0, min(100, int(door.sniff(source.name, source.head))))
    except Exception:  # a door of another package that fails knows no file
        return 0
