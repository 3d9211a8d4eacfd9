"""The one table of actions: footer, help, palette and key map are made from it, and from nothing else.

An action has a stable id, which a person's `[keys]` table may give other keys. What stands against it now is a
sentence, told when its key is pressed; the key keeps its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clepsydra.language.message import Message, message
from clepsydra.language.translator import mark


class Place(StrEnum):
    """The screen an action belongs to; `ANY` is all of them."""

    ANY = "any"
    MAIN = "main"
    LOG = "log"
    STATEMENT = "statement"
    INSIGHTS = "insights"


class Needs(StrEnum):
    """What an action cannot do without."""

    NOTHING = "nothing"
    RUNNING = "running"
    SESSION = "session"
    CLIENT = "client"
    UNDO = "undo"
    REDO = "redo"
    LINES = "lines"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do: `label` for the footer, `help` a sentence; `footer` is its rank there, 0 for not."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    place: Place
    needs: Needs = Needs.NOTHING
    footer: int = 0

    @property
    def method(self) -> str:
        """The screen's method that does it."""
        return "do_" + self.id.replace(".", "_").replace("-", "_")


def _a(
    id_: str, keys: str, label: str, help_: str, place: Place, needs: Needs = Needs.NOTHING, footer: int = 0
) -> Action:
    return Action(id_, tuple(keys.split()), label, help_, place, needs, footer)


_MAIN, _LOG, _ST, _ANY = Place.MAIN, Place.LOG, Place.STATEMENT, Place.ANY

ACTIONS: tuple[Action, ...] = (
    _a("timer.toggle", "space", mark("stop/go on"), mark("Stop what runs; start the last work again when nothing does"),
       _MAIN, footer=1),
    _a("timer.switch", "s", mark("switch"), mark("Switch to another client or project, by name or key"), _MAIN,
       Needs.CLIENT, footer=2),
    _a("timer.client", "enter", mark("start here"), mark("Start, switch to or stop the client under the cursor"), _MAIN,
       Needs.CLIENT),
    _a("timer.pause", "z", mark("pause"), mark("Pause what runs, and resume it with the same key"), _MAIN, footer=9),
    _a("timer.back-date", "b", mark("began at…"), mark("Move the begin of the running timer to when it really began"),
       _MAIN, Needs.RUNNING, footer=10),
    _a("touch.message", "m", mark("message"), mark("Log a message or voice note: then a digit for its minutes"), _MAIN,
       Needs.CLIENT, footer=3),
    _a("touch.fix", "f", mark("fix"), mark("Log a quick fix: then a digit for its minutes"), _MAIN, Needs.CLIENT,
       footer=4),
    _a("session.scope", "o", mark("scope"), mark("Mark the session out of scope, unsure, in scope"), _MAIN,
       Needs.SESSION, footer=5),
    _a("session.note", "n", mark("note"), mark("Say what the session is about"), _MAIN, Needs.SESSION, footer=6),
    _a("session.add", "a", mark("add"), mark("Add a session that was not timed"), _MAIN, Needs.CLIENT, footer=11),
    _a("session.edit", "e", mark("edit"), mark("Edit the session: times, client, channel, note"), _MAIN,
       Needs.SESSION, footer=12),
    _a("session.agree", "g", mark("agreed"), mark("Type the agreed time of the session's billing group"), _MAIN,
       Needs.SESSION),
    _a("session.write-off", "w", mark("write off"), mark("Do not bill the session, and say why"), _MAIN,
       Needs.SESSION),
    _a("session.remove", "delete", mark("remove"), mark("Remove the session; undo brings it back"), _MAIN,
       Needs.SESSION),
    _a("client.new", "N", mark("new client"), mark("Create a client"), _MAIN, footer=13),
    _a("go.log", "l", mark("log"), mark("Browse, search and edit every session"), _MAIN, footer=8),
    _a("go.statements", "p", mark("statement"), mark("Preview and issue statements"), _MAIN, Needs.CLIENT, footer=7),
    _a("go.insights", "i", mark("insights"), mark("See where the time goes and what an hour really earns"), _MAIN,
       footer=14),
    _a("alert.seen", "v", mark("seen"), mark("Take note of what the agreements warn of"), _MAIN),
    _a("log.search", "slash", mark("search"), mark("Search notes, clients and projects"), _LOG, footer=1),
    _a("log.client", "c", mark("client"), mark("Show one client, or all again"), _LOG, Needs.CLIENT, footer=2),
    _a("log.unbilled", "b", mark("unbilled"), mark("Show only what is not billed, or all again"), _LOG, footer=3),
    _a("log.date", "d", mark("go to day"), mark("Go to a day"), _LOG, footer=4),
    _a("log.edit", "e enter", mark("edit"), mark("Edit the session: times, client, channel, note"), _LOG,
       Needs.SESSION, footer=5),
    _a("log.note", "n", mark("note"), mark("Say what the session is about"), _LOG, Needs.SESSION, footer=6),
    _a("log.scope", "o", mark("scope"), mark("Mark the session out of scope, unsure, in scope"), _LOG, Needs.SESSION,
       footer=7),
    _a("log.split", "x", mark("split"), mark("Cut the session in two at a time"), _LOG, Needs.SESSION, footer=8),
    _a("log.join", "j", mark("join"), mark("Join the session with the one before it"), _LOG, Needs.SESSION, footer=9),
    _a("log.agree", "g", mark("agreed"), mark("Type the agreed time of the session's billing group"), _LOG,
       Needs.SESSION, footer=10),
    _a("log.write-off", "w", mark("write off"), mark("Do not bill the session, and say why"), _LOG, Needs.SESSION,
       footer=11),
    _a("log.remove", "delete", mark("remove"), mark("Remove the session; undo brings it back"), _LOG, Needs.SESSION,
       footer=12),
    _a("log.add", "a", mark("add"), mark("Add a session that was not timed"), _LOG, Needs.CLIENT, footer=13),
    _a("statement.client", "c", mark("client"), mark("Choose the client"), _ST, Needs.CLIENT, footer=1),
    _a("statement.period", "d", mark("period"), mark("Choose the period"), _ST, footer=2),
    _a("statement.issue", "i", mark("issue"), mark("Issue the previewed statement: numbered and locked"), _ST,
       Needs.LINES, footer=3),
    _a("statement.export", "x", mark("export"), mark("Write the statement's documents"), _ST, Needs.LINES, footer=4),
    _a("statement.pay", "y", mark("paid"), mark("Record a payment of the statement"), _ST, Needs.STATEMENT, footer=5),
    _a("statement.void", "v", mark("void"), mark("Void the statement and release its sessions"), _ST,
       Needs.STATEMENT, footer=6),
    _a("history.undo", "u", mark("undo"), mark("Undo the last change"), _ANY, Needs.UNDO, footer=20),
    _a("history.redo", "U ctrl+r", mark("redo"), mark("Redo what was undone"), _ANY, Needs.REDO),
    _a("app.theme", "t", mark("theme"), mark("Choose the colours"), _ANY),
    _a("app.help", "question_mark f1", mark("help"), mark("Every key of this screen"), _ANY, footer=30),
    _a("app.palette", "ctrl+p", mark("commands"), mark("Find any command by its name"), _ANY),
    _a("app.back", "escape", mark("back"), mark("Back to where you came from"), _ANY),
    _a("app.quit", "q ctrl+q", mark("quit"), mark("Close Clepsydra; a running timer goes on"), _ANY, footer=31),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}


def at(place: Place) -> list[Action]:
    """The actions of a screen, its own first."""
    return [a for a in ACTIONS if a.place is place] + [a for a in ACTIONS if a.place is Place.ANY]


_REASONS = {
    Needs.RUNNING: message("nothing is running"),
    Needs.SESSION: message("there is no session to act on: start one, or choose one in the list"),
    Needs.CLIENT: message("there is no client yet: N creates one"),
    Needs.UNDO: message("there is nothing to undo"),
    Needs.REDO: message("there is nothing to redo"),
    Needs.LINES: message("there is nothing on this statement"),
    Needs.STATEMENT: message("choose an issued statement first"),
}


def why_not(action: Action, present: Iterable[Needs]) -> Message | None:
    """What stands against an action when these needs are met; None when nothing does."""
    if action.needs is Needs.NOTHING or action.needs in present:
        return None
    return _REASONS[action.needs]
