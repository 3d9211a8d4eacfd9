"""The actions of reminders, also where they are called from Money and a day."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_DAY, _MONEY, _REMINDERS = ScreenName.DAY, ScreenName.MONEY, ScreenName.REMINDERS

ROWS: tuple[Action, ...] = (
    _a("money.remind", "r", mark("remind"), mark("Who is to be reminded, and what else is to be done about money"),
       _MONEY, footer=3, opens="reminders:RemindersScreen"),
    _a("day.money", "M", mark("money"), mark("What is to be done about money: reminders, promises, invoices to send"),
       _DAY, footer=11, opens="reminders:RemindersScreen"),
    _a("money.promise", "p", mark("promise"), mark("Keep the day for which it was promised, or take that back"),
       _MONEY, Needs.DEBT),
    _a("money.dispute", "d", mark("dispute"), mark("Keep that it is disputed and why, or that this is over"),
       _MONEY, Needs.DEBT),
    _a("reminders.draft", "enter w", mark("write"), mark("Write the letter as a mail that waits to be sent"),
       _REMINDERS, Needs.DEBT, footer=1),
    _a("reminders.paper", "L", mark("letter"), mark("Write the letter as a PDF too, to be printed"),
       _REMINDERS, Needs.DEBT, footer=2),
    _a("reminders.sent", "n", mark("sent"), mark("Keep that you sent the letter today"),
       _REMINDERS, Needs.DEBT, footer=3),
    _a("reminders.promise", "p", mark("promise"), mark("Keep the day for which it was promised, or take that back"),
       _REMINDERS, Needs.DEBT, footer=4),
    _a("reminders.dispute", "d", mark("dispute"), mark("Keep that it is disputed and why, or that this is over"),
       _REMINDERS, Needs.DEBT, footer=5),
    _a("reminders.charges", "c", mark("charges"),
       mark("Say what late payment may cost, write a note of charges, or say nothing of it"),
       _REMINDERS, Needs.DEBT, footer=6),
    _a("reminders.drop", "delete", mark("drop"), mark("Throw the drafted letter away"), _REMINDERS, Needs.DEBT),
    _a("reminders.letter", "tab", mark("scroll"), mark("Go to the letter and back, to read all of it"), _REMINDERS),
)  # fmt: skip
