"""The actions of every screen, and those that leave one."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_ANY, _OTHER, _MAIN = ScreenName.ANY, ScreenName.OTHER, ScreenName.MAIN

ROWS: tuple[Action, ...] = (
    _a("history.undo", "u", mark("undo"), mark("Undo the last change"), _ANY, Needs.UNDO, footer=20),
    _a("history.redo", "U ctrl+r", mark("redo"), mark("Redo what was undone"), _ANY, Needs.REDO),
    _a("app.theme", "t", mark("theme"), mark("Choose the colours"), _ANY),
    _a("app.evidence", "f9", mark("how calls are noticed"),
       mark("Choose how calls are noticed: by programs, also in the room, or not at all"), _ANY),
    _a("app.help", "question_mark f1", mark("help"), mark("Every key of this screen"), _ANY, footer=30),
    _a("app.palette", "ctrl+p", mark("commands"), mark("Find any command by its name"), _ANY),
    _a("app.suspend", "ctrl+z", mark("put aside"), mark("Put the program aside; fg brings it back"), _ANY),
    _a("app.back", "escape q", mark("back"), mark("Back to where you came from"), _OTHER, footer=31),
    _a("app.quit", "q ctrl+q", mark("quit"), mark("Close Clepsydra; a running timer goes on"), _MAIN, footer=31),
    _a("app.exit", "ctrl+q", mark("quit"), mark("Close Clepsydra; a running timer goes on"), _OTHER),
)  # fmt: skip
