"""The actions of the settings."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _SETTINGS = ScreenName.MAIN, ScreenName.SETTINGS

ROWS: tuple[Action, ...] = (
    _a("go.settings", "comma f2", mark("settings"),
       mark("Language, zone, hours, goals, calls, seller: all settings"), _MAIN, opens="settings:SettingsScreen"),
    _a("settings.change", "enter", mark("change"), mark("Change the setting under the cursor"), _SETTINGS, footer=1),
    _a("settings.file", "E", mark("the file"), mark("Open the settings file in your editor"), _SETTINGS, footer=2),
)  # fmt: skip
