"""undo, redo: any change, in order."""

from collections.abc import Callable

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.language.message import Message
from clepsydra.language.translator import mark
from clepsydra.ledger import history
from clepsydra.ledger.ledger import Ledger
from clepsydra.settings.home import Home

MOST = 1000
"""No more changes than this are taken back at once."""


def undo(context: CommandContext, given: Arguments) -> int:
    """Take back the latest changes, all that are asked for or none."""
    return _again(context, given, history.undo_several, mark("undone: {what}"))


def redo(context: CommandContext, given: Arguments) -> int:
    """Make again the changes undone last, all that are asked for or none."""
    return _again(context, given, history.redo_several, mark("done again: {what}"))


def _again(
    context: CommandContext, given: Arguments, steps: Callable[[Ledger, int, Home], list[Message]], sentence: str
) -> int:
    """Take as many steps as are wanted, and say each. Raises `Usage`, and `Refused` with nothing done."""
    typed = given.maybe("count")
    if typed is None:
        typed = "1"
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and 1 <= int(typed) <= MOST):
        raise Usage("“{word}” is not a number from 1 to {most}", word=typed, most=MOST)
    made = [context.said(what) for what in steps(context.ledger, int(typed), context.home)]
    if given.flag("json"):
        context.json({"changes": made})
        return 0
    context.print(*(context.tr.t(sentence, what=what) for what in made))
    return 0


_COUNT = Argument("count", mark("how many changes, all of them or none; one without it"), needed=False, metavar="N")

COMMANDS = (
    Command("undo", mark("take back the latest change"), undo, (_COUNT,), (JSON,)),
    Command("redo", mark("make the change undone last again"), redo, (_COUNT,), (JSON,)),
)
