"""The one table of actions: footer, help, palette and key map are made from it, and from nothing else.

An action has a stable id, which a person's `[keys]` table may give other keys. What stands against it now is a
sentence, told when its key is pressed; the key keeps its place.
"""

from collections.abc import Iterable
from enum import StrEnum

from clepsydra.domain.records import dataclass
from clepsydra.language.message import Message, message
from clepsydra.language.translator import mark
from clepsydra.tui.actions.happened_rows import HAPPENED
from clepsydra.tui.actions.reminder_rows import REMINDERS


class Place(StrEnum):
    """The screen an action belongs to; `ANY` is all of them, `OTHER` all but the main one."""

    ANY = "any"
    OTHER = "other"
    MAIN = "main"
    LOG = "log"
    STATEMENT = "statement"
    INSIGHTS = "insights"
    CALLS = "calls"
    DAY = "day"
    LEAKS = "leaks"
    ROUNDING = "rounding"
    MONEY = "money"
    REMINDERS = "reminders"
    CASH = "cash"
    BANK = "bank"
    SETTINGS = "settings"
    CLIENT = "client"
    CALENDAR = "calendar"


SHARED = (Place.ANY, Place.OTHER)
"""The places that are several screens."""


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
    DRAFT = "draft"
    DOCUMENT = "document"
    DEBT = "debt"
    CALL = "call"
    HAPPENED = "happened"
    OPEN_ITEM = "open item"
    BANK_LINE = "bank line"
    SUGGESTION = "suggestion"


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


_MAIN, _LOG, _ST, _ANY, _OTHER = Place.MAIN, Place.LOG, Place.STATEMENT, Place.ANY, Place.OTHER
_DAY, _LEAKS, _MONEY, _CASH = Place.DAY, Place.LEAKS, Place.MONEY, Place.CASH

_INSIGHTS, _SETTINGS, _CLIENT, _CALENDAR = Place.INSIGHTS, Place.SETTINGS, Place.CLIENT, Place.CALENDAR
_BANK = Place.BANK

ACTIONS: tuple[Action, ...] = (
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
    _a("session.agree", "g", mark("agreed"), mark("Type the agreed time of the session's billing group"), _MAIN,
       Needs.SESSION),
    _a("session.write-off", "w", mark("write off"), mark("Do not bill the session, and say why"), _MAIN,
       Needs.SESSION),
    _a("session.remove", "delete", mark("remove"), mark("Remove the session; undo brings it back"), _MAIN,
       Needs.SESSION),
    _a("client.new", "N", mark("new client"), mark("Create a client"), _MAIN, footer=13),
    _a("go.calls", "i", mark("calls"), mark("See calls and all else that happened"), _MAIN, footer=7),
    _a("go.log", "l", mark("log"), mark("Browse, search and edit every session"), _MAIN, footer=8),
    _a("go.statements", "p", mark("statement"), mark("Preview and issue statements"), _MAIN, Needs.CLIENT, footer=7),
    _a("go.insights", "I", mark("insights"), mark("See where the time goes and what an hour really earns"), _MAIN,
       footer=14),
    _a("alert.seen", "V", mark("seen"), mark("Take note of what the agreements warn of"), _MAIN),
    _a("go.day", "r", mark("day"), mark("Reconcile the day: every minute gets an owner or a reason"), _MAIN, footer=7),
    _a("go.money", "P", mark("invoices"), mark("Draft and issue invoices, see what is open"), _MAIN),
    _a("go.leaks", "k", mark("leaks"), mark("Where time and money went"), _MAIN, footer=14),
    _a("go.rounding", "R", mark("rounding"), mark("What rounding takes and gives: by client, rule and agreed time"),
       _MAIN),
    _a("go.import", "f4", mark("import"), mark("Bring in a file of another program, with a preview first"), _MAIN),
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
    _a("log.join", "j", mark("join"), mark("Join the session with the nearest one of the same work"), _LOG,
       Needs.SESSION, footer=9),
    _a("log.agree", "g", mark("agreed"), mark("Type the agreed time of the session's billing group"), _LOG,
       Needs.SESSION, footer=10),
    _a("log.write-off", "w", mark("write off"), mark("Do not bill the session, and say why"), _LOG, Needs.SESSION,
       footer=11),
    _a("log.remove", "delete", mark("remove"), mark("Remove the session; undo brings it back"), _LOG, Needs.SESSION,
       footer=12),
    _a("log.add", "a", mark("add"), mark("Add a session that was not timed"), _LOG, Needs.CLIENT, footer=13),
    _a("log.choose", "space", mark("choose"), mark("Choose the session, or let it go: keys then act on all chosen"),
       _LOG, Needs.SESSION, footer=3),
    _a("log.choose-down", "shift+down", mark("choose down"), mark("Choose the session and the next one"), _LOG,
       Needs.SESSION),
    _a("log.choose-up", "shift+up", mark("choose up"), mark("Choose the session and the one above"), _LOG,
       Needs.SESSION),
    _a("log.choose-all", "asterisk", mark("choose all"), mark("Choose all that is shown, or none of it"), _LOG,
       Needs.SESSION),
    _a("log.filter", "f", mark("filter"), mark("Filter by days, client, channel, scope, state, text; sort"), _LOG,
       footer=2),
    _a("log.kept", "F", mark("kept filters"), mark("Go to a filter that was kept, keep this one, or forget it"), _LOG),
    _a("log.replace", "R", mark("find and replace"), mark("Find and replace in the notes of what is shown or chosen"),
       _LOG, Needs.SESSION),
    _a("log.export", "X", mark("export"), mark("Write what is shown or chosen to a file: CSV, JSON, Excel, HTML, iCal"),
       _LOG, Needs.SESSION, footer=14),
    _a("statement.client", "c", mark("client"), mark("Choose the client"), _ST, Needs.CLIENT, footer=1),
    _a("statement.period", "d", mark("period"), mark("Choose the period"), _ST, footer=2),
    _a("statement.issue", "i", mark("issue"), mark("Issue the previewed statement: numbered and locked"), _ST,
       Needs.LINES, footer=3),
    _a("statement.export", "x", mark("export"), mark("Write the statement's documents"), _ST, Needs.LINES, footer=4),
    _a("statement.pay", "y", mark("paid"), mark("Record a payment of the statement"), _ST, Needs.STATEMENT, footer=5),
    _a("statement.void", "v", mark("void"), mark("Void the statement and release its sessions"), _ST,
       Needs.STATEMENT, footer=6),
    _a("statement.invoices", "m", mark("invoices"), mark("Draft and issue invoices, see what is open"), _ST, footer=7),
    _a("money.bill", "1", mark("to bill"), mark("Show what is to bill"), _MONEY),
    _a("money.drafts", "2", mark("drafts"), mark("Show the drafts"), _MONEY),
    _a("money.unpaid", "3", mark("open"), mark("Show what is still to be paid"), _MONEY),
    _a("money.overdue", "4", mark("overdue"), mark("Show what is overdue"), _MONEY),
    _a("money.settled", "5", mark("settled"), mark("Show what is settled"), _MONEY),
    _a("money.line", "a", mark("line"), mark("Add a line: 12h15 x120 API, 3d x650 Workshop, -3% Discount"), _MONEY,
       Needs.DRAFT, footer=1),
    _a("money.edit", "e", mark("edit line"), mark("Edit the line under the cursor"), _MONEY, Needs.DRAFT, footer=12),
    _a("money.remove", "delete", mark("remove"), mark("Remove the line under the cursor, or the draft"), _MONEY,
       Needs.DRAFT, footer=13),
    _a("money.subject", "s", mark("subject"), mark("Say what the invoice is about"), _MONEY, Needs.DRAFT, footer=14),
    _a("money.issue", "i", mark("issue"), mark("Issue the draft: numbered and frozen"), _MONEY, Needs.DRAFT, footer=2),
    _a("money.receipt", "y", mark("receipt"), mark("Record money that came in for it"), _MONEY, Needs.DEBT, footer=3),
    _a("money.apply", "equals_sign", mark("apply credit"), mark("Pay it from the client’s credit"), _MONEY, Needs.DEBT,
       footer=15),
    _a("money.difference", "tilde", mark("cents"), mark("Close the cents by which it was paid short"), _MONEY,
       Needs.DEBT, footer=16),
    _a("money.plan", "l", mark("plan"), mark("Have it paid in instalments"), _MONEY, Needs.DEBT, footer=5),
    _a("money.writeoff", "w", mark("write off"), mark("Give up what will not be paid"), _MONEY, Needs.DEBT, footer=17),
    _a("money.take-back", "Y", mark("take back"), mark("Take the latest receipt for it back"), _MONEY, Needs.DEBT),
    _a("money.credit", "k", mark("credit note"), mark("Answer the document by a credit note"), _MONEY, Needs.DOCUMENT,
       footer=4),
    _a("money.export", "x", mark("export"), mark("Copy the document’s files, or write the draft"), _MONEY, footer=7),
    _a("money.sent", "n", mark("sent"), mark("Note that you sent the document"), _MONEY, Needs.DOCUMENT, footer=11),
    _a("money.cash", "f", mark("forecast"), mark("See what will come in, week by week"), _MONEY, footer=9),
    _a("cash.month", "m", mark("month/weeks"), mark("Go to the lines of the month and what each is made of, or back"),
       _CASH, footer=1),
    _a("money.bank", "b", mark("bank"), mark("Bring in files of the bank, and match them with what is open"), _MONEY,
       footer=10),
    _a("bank.accept", "enter", mark("yes"), mark("Book the line as it is proposed, or say what it pays"), _BANK,
       Needs.BANK_LINE, footer=1),
    _a("bank.other", "e", mark("other"), mark("Say what else the line pays, or whose credit it is"), _BANK,
       Needs.BANK_LINE, footer=2),
    _a("bank.split", "s", mark("split"), mark("Book the line in parts: F2026-0042 500 + F2026-0043 + acme"), _BANK,
       Needs.BANK_LINE, footer=3),
    _a("bank.ignore", "x", mark("ignore"), mark("Leave the line out, or take it in again"), _BANK, Needs.BANK_LINE,
       footer=4),
    _a("bank.fee", "tilde", mark("bank fee"), mark("Book the line; what is missing is what a bank kept"), _BANK,
       Needs.BANK_LINE, footer=8),
    _a("bank.all", "A", mark("accept sure"), mark("Book every line that is sure; each is undone by itself"), _BANK,
       footer=5),
    _a("bank.import", "i", mark("new file"), mark("Bring in a file of the bank"), _BANK, footer=6),
    _a("bank.every", "a", mark("all lines"), mark("Show every line, or only the open ones"), _BANK, footer=7),
    _a("cash.currency", "c", mark("currency"), mark("Show the next currency"), _CASH, footer=2),
    *(_a(id_, keys, label, help_, Place(place), Needs(needs), footer)
      for id_, keys, label, help_, place, needs, footer in (*REMINDERS, *HAPPENED)),
    _a("day.accept", "enter", mark("accept"), mark("Accept the suggestion; close the day when nothing is open"), _DAY,
       footer=1),
    _a("day.accept-all", "A", mark("accept all"), mark("See every suggestion of the day, and accept them at once"),
       _DAY, Needs.SUGGESTION, footer=2),
    _a("day.close", "C", mark("close/reopen"), mark("Close the day, or open a closed one again with a reason"), _DAY,
       footer=3),
    _a("day.previous", "left", mark("day before"), mark("Go to the day before"), _DAY, footer=4),
    _a("day.next", "right", mark("day after"), mark("Go to the day after"), _DAY, footer=5),
    _a("day.oldest", "O", mark("oldest open"), mark("Go to the oldest day that is not closed"), _DAY, footer=6),
    _a("day.zoom-in", "plus", mark("closer"), mark("Look closer at the item on the timeline"), _DAY, footer=8),
    _a("day.zoom-out", "minus", mark("wider"), mark("See more of the day, up to all of it"), _DAY, footer=9),
    _a("day.edit", "E", mark("edit"), mark("Edit the session: times, client, channel, note"), _DAY, Needs.SESSION,
       footer=7),
    _a("day.agree", "G", mark("agreed"), mark("Type the agreed time of the session's billing group"), _DAY,
       Needs.SESSION, footer=10),
    _a("leaks.open", "enter", mark("what is behind"), mark("Show the sessions behind the figure"), _LEAKS, footer=1),
    _a("leaks.period", "p", mark("day/week/month/year"), mark("Look at a day, a week, a month or a year"), _LEAKS,
       footer=2),
    _a("leaks.before", "left", mark("before"), mark("Go to the period before"), _LEAKS, footer=3),
    _a("leaks.after", "right", mark("after"), mark("Go to the period after"), _LEAKS, footer=4),
    _a("leaks.client", "c", mark("client"), mark("Show one client, or all again"), _LEAKS, Needs.CLIENT, footer=5),
    _a("insights.open", "enter", mark("look behind"),
       mark("Show the sessions behind the figure; say a kept line in other words"), _INSIGHTS,
       footer=1),
    _a("insights.period", "p", mark("period"), mark("Look at four weeks, thirteen or fifty-two"), _INSIGHTS,
       footer=2),
    _a("insights.view", "w", mark("panel"),
       mark("Go on to the typical week, the agreements, what is worth a look"), _INSIGHTS, footer=3),
    _a("insights.stop", "s", mark("stop it"), mark("Keep what the cursor is on as something to stop"), _INSIGHTS,
       footer=4),
    _a("insights.automate", "a", mark("automate"), mark("Keep what the cursor is on as something to automate"),
       _INSIGHTS, footer=5),
    _a("insights.delegate", "d", mark("delegate"), mark("Keep what the cursor is on as something to delegate"),
       _INSIGHTS, footer=6),
    _a("insights.price", "r", mark("reprice"), mark("Keep what the cursor is on as something to price otherwise"),
       _INSIGHTS, footer=7),
    _a("insights.done", "x", mark("done"), mark("Take the kept line off the list: it is done"), _INSIGHTS, footer=8),
    _a("insights.again", "n", mark("later"), mark("Look at the kept line once more in a month"), _INSIGHTS,
       footer=9),
    _a("settings.change", "enter", mark("change"), mark("Change the setting under the cursor"), _SETTINGS, footer=1),
    _a("settings.file", "E", mark("the file"), mark("Open the settings file in your editor"), _SETTINGS, footer=2),
    _a("go.settings", "comma f2", mark("settings"),
       mark("Language, zone, hours, goals, calls, who sells: all settings"), _MAIN),
    _a("client.change", "enter", mark("change"), mark("Change what is under the cursor"), _CLIENT, footer=1),
    _a("client.rate", "r", mark("new rate"), mark("Another rate from a day on; work before keeps its own"), _CLIENT,
       footer=2),
    _a("client.rounding", "a", mark("rounding"), mark("Another rounding rule from today on"), _CLIENT, footer=3),
    _a("client.contract", "c", mark("agreement"), mark("Say how the work is paid: fee, hours, ceiling, dates"), _CLIENT,
       footer=4),
    _a("client.project", "n", mark("new project"), mark("Add a project"), _CLIENT, footer=5),
    _a("client.open", "E", mark("the file"), mark("Open the client’s file in your editor"), _CLIENT, footer=6),
    _a("go.calendar", "W", mark("calendar"), mark("The week as a calendar, the month and the year as bars"), _MAIN,
       footer=14),
    _a("calendar.open", "enter", mark("look behind"),
       mark("Edit the session, say what a free half hour was, open what is behind a bar"), _CALENDAR, footer=1),
    _a("calendar.view", "v", mark("week/month/year"), mark("Go on from the week to the month, to the year"), _CALENDAR,
       footer=2),
    _a("calendar.before", "pageup", mark("before"), mark("Go to the period before"), _CALENDAR, footer=3),
    _a("calendar.after", "pagedown", mark("after"), mark("Go to the period after"), _CALENDAR, footer=4),
    _a("calendar.today", "h", mark("today"), mark("Go back to today"), _CALENDAR, footer=5),
    _a("calendar.fill", "a", mark("add"), mark("Say what the gap or half hour under the cursor was"), _CALENDAR,
       Needs.CLIENT, footer=6),
    _a("calendar.split", "x", mark("split"), mark("Cut the session where the half hour under the cursor begins"),
       _CALENDAR, Needs.SESSION, footer=7),
    _a("calendar.earlier", "shift+up", mark("earlier"), mark("Move the session half an hour up"), _CALENDAR,
       Needs.SESSION, footer=8),
    _a("calendar.later", "shift+down", mark("later"), mark("Move the session half an hour down"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.day-before", "shift+left", mark("day before"), mark("Move the session to the day before"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.day-after", "shift+right", mark("day after"), mark("Move the session to the day after"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.edit", "e", mark("edit"), mark("Edit the session: times, client, channel, note"), _CALENDAR,
       Needs.SESSION, footer=9),
    _a("calendar.note", "n", mark("note"), mark("Say what the session is about"), _CALENDAR, Needs.SESSION, footer=10),
    _a("calendar.scope", "o", mark("scope"), mark("Mark the session out of scope, unsure, in scope"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.join", "j", mark("join"), mark("Join the session with the nearest one of the same work"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.remove", "delete", mark("remove"), mark("Remove the session; undo brings it back"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.log", "l", mark("log"), mark("Show the sessions of the day or month in the log"), _CALENDAR,
       footer=11),
    _a("calendar.day", "r", mark("day"), mark("Reconcile the day under the cursor"), _CALENDAR, footer=12),
    _a("go.client", "C", mark("client"),
       mark("The client under the cursor: address, tax, terms, rates, rounding, agreement, projects"), _MAIN,
       Needs.CLIENT, footer=13),
    _a("client.file", "E", mark("client’s file"), mark("Open the file of the client under the cursor in your editor"),
       _MAIN, Needs.CLIENT),
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

BY_ID = {action.id: action for action in ACTIONS}


def at(place: Place) -> list[Action]:
    """The actions of a screen, its own first."""
    return [a for a in ACTIONS if a.place is place] + [a for a in ACTIONS if a.place in SHARED and together(a, place)]


def together(action: Action, place: Place) -> bool:
    """Whether an action can be done on some screen where the actions of a place can be."""
    if Place.OTHER in (action.place, place):
        return Place.MAIN not in (action.place, place)
    return Place.ANY in (action.place, place) or action.place is place


_REASONS = {
    Needs.RUNNING: message("nothing is running"),
    Needs.SESSION: message("there is no session to act on: start one, or choose one in the list"),
    Needs.CLIENT: message("there is no client yet: {press[client.new]} creates one"),
    Needs.UNDO: message("there is nothing to undo"),
    Needs.REDO: message("there is nothing to redo"),
    Needs.LINES: message("there is nothing on this statement"),
    Needs.CALL: message("no call waits for a decision"),
    Needs.HAPPENED: message("nothing waits for a decision"),
    Needs.OPEN_ITEM: message("nothing is open about this day"),
    Needs.SUGGESTION: message("nothing is suggested here"),
    Needs.STATEMENT: message("choose an issued statement first"),
    Needs.DRAFT: message("choose a draft first; enter on a client under “to bill” makes one"),
    Needs.DOCUMENT: message("choose an issued document first"),
    Needs.BANK_LINE: message("there is no line of the bank here: {press[bank.import]} brings in a file"),
    Needs.DEBT: message("choose something that is open first"),
}


def why_not(action: Action, present: Iterable[Needs]) -> Message | None:
    """What stands against an action when these needs are met; None when nothing does."""
    if action.needs is Needs.NOTHING or action.needs in present:
        return None
    return _REASONS[action.needs]
