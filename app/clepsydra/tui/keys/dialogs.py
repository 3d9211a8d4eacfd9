"""The keys of dialogs that have several: what each does, told once for the binding and for the bar below.

They answer one question and go with it, so they are no actions of a screen: `[keys]` does not move them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType

from clepsydra.tui.keys.names import key_name
from clepsydra.tui.widgets.action_bar import BarEntry

LEAVE = "dismiss(None)"


class DialogKey(NamedTuple):
    """The keys of one answer, with commas; `first` takes them before the widget that has the keyboard."""

    keys: str
    first: bool = False


DialogKeys = Mapping[str, DialogKey]
"""By what they do: the dialog's method of that name, `action_…`."""

_LEAVE = {LEAVE: DialogKey("escape,q")}

IMPORT_FILE: DialogKeys = {
    "bring_in": DialogKey("enter", first=True),
    "toggle_new": DialogKey("n"),
    "rates": DialogKey("r"),
    "choose": DialogKey("c"),
    "billed": DialogKey("b"),
    "order": DialogKey("o"),
    "fold": DialogKey("f"),
    "person": DialogKey("p"),
    "toggle_bad": DialogKey("s"),
    "doubles": DialogKey("d"),
} | _LEAVE

CALL_LIST: DialogKeys = {
    "bring_in": DialogKey("enter", first=True),
    "choose": DialogKey("c"),
    "accept": DialogKey("space", first=True),
    "accept_all": DialogKey("A"),
    "nobody": DialogKey("x"),
} | _LEAVE

ACCEPT_ALL: DialogKeys = {"dismiss(True)": DialogKey("enter,A", first=True)} | _LEAVE

RULE_TICKS: DialogKeys = {
    "confirm": DialogKey("enter", first=True),
    "tick": DialogKey("space", first=True),
} | _LEAVE


def bindings(keys: DialogKeys) -> list[BindingType]:
    """What Textual hears them by."""
    return [Binding(key.keys, does, show=False, priority=key.first) for does, key in keys.items()]


def entry(keys: DialogKeys, does: str, label: str) -> BarEntry:
    """What the bar shows of one."""
    return BarEntry(key_name(keys[does].keys.split(",")[0]), label)
