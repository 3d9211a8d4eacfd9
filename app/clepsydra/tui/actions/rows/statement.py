"""The actions of statements."""

from clepsydra.language.translator import mark
from clepsydra.tui.actions.action import Action, Needs, Place
from clepsydra.tui.actions.action import action as _a

_MAIN, _ST = Place.MAIN, Place.STATEMENT

ROWS: tuple[Action, ...] = (
    _a("go.statements", "p", mark("statement"), mark("Preview and issue statements"), _MAIN, Needs.CLIENT, footer=7),
    _a("statement.client", "c", mark("client"), mark("Choose the client"), _ST, Needs.CLIENT, footer=1),
    _a("statement.period", "d", mark("period"), mark("Choose the period"), _ST, footer=2),
    _a("statement.issue", "i", mark("issue"), mark("Issue the previewed statement: numbered and locked"), _ST,
       Needs.LINES, footer=3),
    _a("statement.words", "e", mark("words"), mark("Give it a subject, an order number, a personal word"), _ST,
       Needs.LINES, footer=5),
    _a("statement.export", "x", mark("export"), mark("Write the statement’s documents"), _ST, Needs.LINES, footer=4),
    _a("statement.pay", "y", mark("paid"), mark("Record a payment of the statement"), _ST, Needs.STATEMENT, footer=5),
    _a("statement.void", "v", mark("void"), mark("Void the statement and release its sessions"), _ST,
       Needs.STATEMENT, footer=6),
    _a("statement.invoices", "m", mark("invoices"), mark("Draft and issue invoices, see what is open"), _ST, footer=7,
       opens="money:MoneyScreen"),
)  # fmt: skip
