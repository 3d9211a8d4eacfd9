"""The actions of the bank."""

from clepsydra.language.translator import mark
from clepsydra.tui.keys.action import Action, Needs, ScreenName
from clepsydra.tui.keys.action import action as _a

_MONEY, _BANK = ScreenName.MONEY, ScreenName.BANK

ROWS: tuple[Action, ...] = (
    _a("money.bank", "b", mark("bank"), mark("Bring in files of the bank, and match them with what is open"), _MONEY,
       footer=10, opens="bank:BankScreen"),
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
)  # fmt: skip
