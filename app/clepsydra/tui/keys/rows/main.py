"""The actions of the main screen."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN = ScreenName.MAIN

ROWS: tuple[Action, ...] = (
    _a("timer.toggle", "space", mark("stop/go on"), mark("Stop what runs; start the last work again when nothing does"),
       _MAIN, footer=1),
    _a("timer.switch", "s", mark("switch"), mark("Switch to another client or project, by name or key"), _MAIN,
       Needs.CLIENT, footer=2),
    _a("timer.client", "enter", mark("start here"), mark("Start, switch to or stop the client under the cursor"), _MAIN,
       Needs.CLIENT),
    _a("timer.pause", "z", mark("pause"), mark("Pause what runs, and resume it with the same key"), _MAIN, footer=9),
    _a("timer.back-date", "b", mark("began at…"), mark("Move the start of the running timer to when it really began"),
       _MAIN, Needs.RUNNING, footer=10),
    _a("call.hand", "c", mark("call"), mark("Begin a call on any client over what runs; the same key ends it"), _MAIN,
       Needs.CLIENT, footer=3),
    _a("call.accept", "y", mark("yes"), mark("The call in front is whose it seems to be"), _MAIN, Needs.CALL),
    _a("call.dismiss", "x", mark("no call"), mark("The call in front is none: what it interrupted goes on"), _MAIN,
       Needs.CALL),
    _a("call.never", "X", mark("never"), mark("Never take the program of the call in front for a call"), _MAIN,
       Needs.CALL),
    _a("call.unanswered", "A", mark("unanswered"), mark("Nobody answered the call in front"), _MAIN, Needs.CALL),
    _a("touch.message", "m", mark("message"), mark("Log a message or voice note: then a digit for its minutes"), _MAIN,
       Needs.CLIENT, footer=3),
    _a("touch.fix", "f", mark("fix"), mark("Log a quick fix: then a digit for its minutes"), _MAIN, Needs.CLIENT,
       footer=4),
    _a("session.scope", "o", mark("scope"), mark("Mark the session out of scope, unsure, in scope"), _MAIN,
       Needs.SESSION, footer=5),
    _a("session.note", "n", mark("note"), mark("Say what the session is about"), _MAIN, Needs.SESSION, footer=6),
    _a("session.add", "a", mark("add"), mark("Add a session that was not timed"), _MAIN, Needs.CLIENT, footer=11),
    _a("session.line", "slash", mark("log a line"),
       mark("Log work as you would say it: acme yesterday 9h-10h30 review"), _MAIN, Needs.CLIENT, footer=8),
    _a("session.edit", "e", mark("edit"), mark("Edit the session: times, client, channel, note"), _MAIN,
       Needs.SESSION, footer=12),
    _a("session.agree", "g", mark("agreed"), mark("Type the agreed time of the session’s billing group"), _MAIN,
       Needs.SESSION),
    _a("session.write-off", "w", mark("write off"), mark("Do not bill the session, and say why"), _MAIN,
       Needs.SESSION),
    _a("session.remove", "delete", mark("remove"), mark("Remove the session; undo brings it back"), _MAIN,
       Needs.SESSION),
    _a("client.new", "N", mark("new client"), mark("Create a client"), _MAIN, footer=13),
    _a("alert.seen", "V", mark("seen"), mark("Take note of what the agreements warn of"), _MAIN),
    _a("go.import", "f4", mark("import"), mark("Bring in a file of another program, with a preview first"), _MAIN),
    _a("client.file", "E", mark("client’s file"), mark("Open the file of the client under the cursor in your editor"),
       _MAIN, Needs.CLIENT),
    _a("app.backup", "f8", mark("backup"), mark("Write a checked copy of the log now"), _MAIN),
)  # fmt: skip
