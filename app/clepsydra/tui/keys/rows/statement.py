"""The actions of statements."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MAIN, _ST = ScreenName.MAIN, ScreenName.STATEMENT

ROWS: tuple[Action, ...] = (
    _a("go.statements", "p", mark("statement"), mark("Preview and issue statements"), _MAIN, Needs.CLIENT, footer=7),
    _a("statement.client", "c", mark("client"), mark("Choose the client"), _ST, Needs.CLIENT, footer=1),
    _a("statement.period", "d", mark("period"), mark("Choose the period"), _ST, footer=2),
    _a("statement.issue", "i", mark("issue"), mark("Issue the previewed statement: numbered and locked"), _ST,
       Needs.LINES, footer=3),
    _a("statement.look", "o", mark("see it"), mark("Look at it as the document, in the viewer of your system"), _ST,
       Needs.LINES, footer=4),
    _a("statement.words", "e", mark("words"), mark("Give it a subject, an order number, a personal note"), _ST,
       Needs.LINES, footer=6),
    _a("statement.export", "x", mark("export"), mark("Write the statement’s documents"), _ST, Needs.LINES, footer=5),
    _a("statement.pay", "y", mark("paid"), mark("Record a payment of the statement"), _ST, Needs.STATEMENT, footer=7),
    _a("statement.void", "v", mark("void"), mark("Void the statement and release its sessions"), _ST,
       Needs.STATEMENT, footer=8),
    _a("statement.invoices", "m", mark("invoices"), mark("Draft and issue invoices, see what is open"), _ST, footer=9,
       opens="money:MoneyScreen"),
    _a("statement.terms", "C", mark("terms"), mark("The client’s address, tax, terms and rates"), _ST, Needs.CLIENT,
       footer=10),
    _a("statement.file", "E", mark("client’s file"), mark("Open the client’s file in your editor"), _ST, Needs.CLIENT),
    _a("statement.settings", "comma f2", mark("settings"), mark("Who sends it, and all other settings"), _ST),
    _a("statement.log", "l", mark("log"), mark("Browse, search and edit the client’s sessions"), _ST, Needs.CLIENT),
    _a("statement.day", "r", mark("day"), mark("Reconcile the first day that the statement waits for"), _ST,
       Needs.CLIENT),
)  # fmt: skip
