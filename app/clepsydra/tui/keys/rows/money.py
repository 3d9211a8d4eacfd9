"""The actions of Money."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _MONEY = ScreenName.MAIN, ScreenName.MONEY

ROWS: tuple[Action, ...] = (
    _a("go.money", "P", mark("invoices"), mark("Draft and issue invoices, see what is open"), _MAIN,
       opens="money:MoneyScreen"),
    _a("money.bill", "1", mark("to bill"), mark("Show what is to bill"), _MONEY),
    _a("money.drafts", "2", mark("drafts"), mark("Show the drafts"), _MONEY),
    _a("money.unpaid", "3", mark("open"), mark("Show what is still to be paid"), _MONEY),
    _a("money.overdue", "4", mark("overdue"), mark("Show what is overdue"), _MONEY),
    _a("money.settled", "5", mark("settled"), mark("Show what is settled"), _MONEY),
    _a("money.line", "a", mark("line"), mark("Add a line: 12h15 x120 API, 3d x650 Workshop, -3% Discount"), _MONEY,
       Needs.DRAFT, footer=1),
    _a("money.edit", "e", mark("edit line"), mark("Edit the line under the cursor"), _MONEY, Needs.DRAFT, footer=12),
    _a("money.remove", "delete", mark("remove"),
       mark("Remove the typed line under the cursor; in the list, the draft"), _MONEY, Needs.DRAFT, footer=13),
    _a("money.subject", "s", mark("subject"), mark("Say what the invoice is about"), _MONEY, Needs.DRAFT, footer=14),
    _a("money.issue", "i", mark("issue"), mark("Issue the draft: numbered and frozen"), _MONEY, Needs.DRAFT, footer=2),
    _a("money.receipt", "y", mark("receipt"), mark("Record money that came in for it"), _MONEY, Needs.DEBT, footer=3),
    _a("money.apply", "equals_sign", mark("apply credit"), mark("Pay it from the client’s credit"), _MONEY, Needs.DEBT,
       footer=15),
    _a("money.difference", "tilde", mark("cents"), mark("Close the cents by which it was paid short"), _MONEY,
       Needs.DEBT, footer=16),
    _a("money.plan", "l", mark("plan"), mark("Have it paid in instalments"), _MONEY, Needs.DEBT, footer=5),
    _a("money.writeoff", "w", mark("give up"), mark("Give up what will not be paid"), _MONEY, Needs.DEBT, footer=17),
    _a("money.take-back", "Y", mark("take back"), mark("Take the latest receipt for it back"), _MONEY, Needs.DEBT),
    _a("money.credit", "k", mark("credit note"), mark("Answer the document by a credit note"), _MONEY, Needs.DOCUMENT,
       footer=4),
    _a("money.export", "x", mark("export"), mark("Copy the document’s files, or write the draft"), _MONEY, footer=7),
    _a("money.look", "o", mark("see it"), mark("Look at it as the document, in the viewer of your system"), _MONEY,
       footer=18),
    _a("money.sent", "n", mark("sent"), mark("Note that you sent the document"), _MONEY, Needs.DOCUMENT, footer=11),
)  # fmt: skip
