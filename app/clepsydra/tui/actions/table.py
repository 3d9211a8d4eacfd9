"""The one table of actions: footer, help, palette and key map are made from it, and from nothing else.

Each screen's are in `rows/`. An action has a stable id, which a person's `[keys]` table may give other keys. What
stands against it now is a sentence, told when its key is pressed; the key keeps its place.
"""

from clepsydra.tui.actions.action import SHARED, Action, Needs, Place, why_not
from clepsydra.tui.actions.rows import (
    bank,
    calendar,
    cash,
    client,
    day,
    everywhere,
    happened,
    insights,
    leaks,
    log,
    main,
    money,
    reminders,
    settings,
    statement,
)

__all__ = ["ACTIONS", "BY_ID", "SHARED", "Action", "Needs", "Place", "at", "together", "why_not"]

_SCREENS = (
    main, log, statement, money, cash, bank, reminders, happened, day, leaks, insights, settings, client, calendar,
    everywhere,
)  # fmt: skip
"""In the order in which help and the manual have them."""

ACTIONS: tuple[Action, ...] = tuple(action for screen in _SCREENS for action in screen.ROWS)

BY_ID = {action.id: action for action in ACTIONS}


def at(place: Place) -> list[Action]:
    """The actions of a screen, its own first."""
    return [a for a in ACTIONS if a.place is place] + [a for a in ACTIONS if a.place in SHARED and together(a, place)]


def together(action: Action, place: Place) -> bool:
    """Whether an action can be done on some screen where the actions of a place can be."""
    if Place.OTHER in (action.place, place):
        return Place.MAIN not in (action.place, place)
    return Place.ANY in (action.place, place) or action.place is place
