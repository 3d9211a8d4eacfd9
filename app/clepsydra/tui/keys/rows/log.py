"""The actions of the log."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _LOG = ScreenName.MAIN, ScreenName.LOG

ROWS: tuple[Action, ...] = (
    _a("go.log", "l", mark("log"), mark("Browse, search and edit every session"), _MAIN, footer=8,
       opens="log:LogScreen"),
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
    _a("log.agree", "g", mark("agreed"), mark("Type the agreed time of the session’s billing group"), _LOG,
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
)  # fmt: skip
