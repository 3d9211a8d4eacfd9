"""undo, redo: any change, in order."""

from collections.abc import Callable

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.language.message import Message
from clepsydra.language.translator import mark
from clepsydra.ledger import history
from clepsydra.ledger.ledger import Ledger, Refused
from clepsydra.settings.home import Home

MOST = 1000
"""No more changes than this are taken back at once."""


def undo(context: CommandContext, given: Arguments) -> int:
    """Take back the latest changes."""
    return _again(context, given, history.undo, mark("undone: {what}"))


def redo(context: CommandContext, given: Arguments) -> int:
    """Make again the changes undone last."""
    return _again(context, given, history.redo, mark("done again: {what}"))


def _again(context: CommandContext, given: Arguments, step: Callable[[Ledger, Home], Message], sentence: str) -> int:
    """Take steps until as many are made as wanted, or none is left; refused only when the first cannot be made."""
    typed = given.maybe("count") or "1"
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and 1 <= int(typed) <= MOST):
        raise Usage("“{word}” is not a number from 1 to {most}", word=typed, most=MOST)
    made: list[str] = []
    for _ in range(int(typed)):
        try:
            what = context.said(step(context.ledger, context.home))
        except Refused as refused:
            if not made:
                raise
            context.say(context.said(refused.message))
            break
        made.append(what)
        if not given.flag("json"):
            context.print(context.tr.t(sentence, what=what))
    if given.flag("json"):
        context.json({"changes": made})
    return 0


_COUNT = Argument("count", mark("how many changes; one without it"), needed=False, metavar="N")

COMMANDS = (
    Command("undo", mark("take back the latest change"), undo, (_COUNT,), (JSON,)),
    Command("redo", mark("make the change undone last again"), redo, (_COUNT,), (JSON,)),
)
