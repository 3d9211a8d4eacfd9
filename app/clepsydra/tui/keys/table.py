"""The one table of actions: footer, help, palette and key map are made from it, and from nothing else.

Each screen's are in `rows/`, in a file of its name. An action has a stable id, which a person's `[keys]` table may give
other keys. What stands against it now is a sentence, told when its key is pressed; the key keeps its place.
"""

from importlib import import_module

from clepsydra.tui.keys.action import SHARED, Action, Needs, Place, why_not

__all__ = ["ACTIONS", "BY_ID", "SHARED", "Action", "Needs", "Place", "at", "opener", "together", "why_not"]


def _rows(name: str) -> tuple[Action, ...]:
    found: tuple[Action, ...] = import_module(f"clepsydra.tui.keys.rows.{name}").ROWS
    return found


_FILES = (*(place.value for place in Place if place not in SHARED), "everywhere")

ACTIONS: tuple[Action, ...] = tuple(action for name in _FILES for action in _rows(name))

BY_ID = {action.id: action for action in ACTIONS}


def at(place: Place) -> list[Action]:
    """The actions of a screen, its own first."""
    return [a for a in ACTIONS if a.place is place] + [a for a in ACTIONS if a.place in SHARED and together(a, place)]


def opener(place: Place) -> Action:
    """The action of another screen that opens this one: the first row of its file."""
    return _rows(place.value)[0]


def together(action: Action, place: Place) -> bool:
    """Whether an action can be done on some screen where the actions of a place can be."""
    if Place.OTHER in (action.place, place):
        return Place.MAIN not in (action.place, place)
    return Place.ANY in (action.place, place) or action.place is place
