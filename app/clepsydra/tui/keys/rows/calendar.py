"""The actions of the calendar."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _CALENDAR = ScreenName.MAIN, ScreenName.CALENDAR

ROWS: tuple[Action, ...] = (
    _a("go.calendar", "W", mark("calendar"), mark("The week as a calendar, the month and the year as bars"), _MAIN,
       footer=14),
    _a("calendar.open", "enter", mark("look behind"),
       mark("Edit the session or absence, say what a free half hour was, open what is behind a bar"), _CALENDAR,
       footer=1),
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
    _a("calendar.edit", "e", mark("edit"), mark("Edit the session or the absence"), _CALENDAR, Needs.STRETCH,
       footer=9),
    _a("calendar.note", "n", mark("note"), mark("Say what the session is about"), _CALENDAR, Needs.SESSION, footer=10),
    _a("calendar.scope", "o", mark("scope"), mark("Mark the session out of scope, unsure, in scope"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.join", "j", mark("join"), mark("Join the session with the nearest one of the same work"), _CALENDAR,
       Needs.SESSION),
    _a("calendar.remove", "delete", mark("remove"), mark("Remove the session or the absence; undo brings it back"),
       _CALENDAR, Needs.STRETCH),
    _a("calendar.log", "l", mark("log"), mark("Show the sessions of the day or month in the log"), _CALENDAR,
       footer=11),
    _a("calendar.day", "r", mark("day"), mark("Reconcile the day under the cursor"), _CALENDAR, footer=12),
)  # fmt: skip
