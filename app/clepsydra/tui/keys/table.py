"""The one table of actions: footer, help, palette and key map are made from it, and from nothing else.

Each screen's are in `rows/`, in a file of its name. An action has a stable id, which a person's `[keys]` table may give
other keys. What stands against it now is a sentence, told when its key is pressed; the key keeps its place.
"""

from importlib import import_module

from clepsydra.tui.keys.action import SHARED, Action, Needs, ScreenName, why_not

__all__ = ["ACTIONS", "BY_ID", "SHARED", "Action", "Needs", "ScreenName", "at", "opener", "together", "why_not"]


def _rows(name: str) -> tuple[Action, ...]:
    found: tuple[Action, ...] = import_module(f"clepsydra.tui.keys.rows.{name}").ROWS
    return found


_FILES = (*(screen.value for screen in ScreenName if screen not in SHARED), "everywhere")

ACTIONS: tuple[Action, ...] = tuple(action for name in _FILES for action in _rows(name))

BY_ID = {action.id: action for action in ACTIONS}


def at(screen: ScreenName) -> list[Action]:
    """The actions of a screen, its own first."""
    return [a for a in ACTIONS if a.screen is screen] + [
        a for a in ACTIONS if a.screen in SHARED and together(a, screen)
    ]


def opener(screen: ScreenName) -> Action:
    """The action of another screen that opens this one: the first row of its file."""
    return _rows(screen.value)[0]


def together(action: Action, screen: ScreenName) -> bool:
    """Whether an action can be done on some screen where the actions of a screen can be."""
    if ScreenName.OTHER in (action.screen, screen):
        return ScreenName.MAIN not in (action.screen, screen)
    return ScreenName.ANY in (action.screen, screen) or action.screen is screen
