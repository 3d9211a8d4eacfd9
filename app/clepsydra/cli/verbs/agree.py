"""agree: the total that was agreed for a billing group, in place of what the rule makes of it."""

from typing import TYPE_CHECKING, Any

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command
from clepsydra.cli.parsing import JSON
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.billing import agreed_time

if TYPE_CHECKING:
    from clepsydra.domain.billing import Group

NONE = "none"
"""Typed in place of a duration, it takes an agreed time back."""


def agree(context: CommandContext, given: Arguments) -> int:
    """Set the agreed time of a session's group, or of a client's day."""
    which, second, third = given.word("which"), given.word("second"), given.maybe("third")
    if third is None:
        groups = agreed_time.agree_session(context.ledger, which, _seconds(second))
        taken = groups[0].taken
    else:
        client, project = reading.place(context, which)
        day = reading.day(context, second)
        groups = agreed_time.agree_day(context.ledger, client, project if "/" in which else None, day, _seconds(third))
        taken = agreed_time.billed_on(context.ledger, groups, day)
    if given.flag("json"):
        context.json({"groups": [_object(group) for group in groups], "billed_before_seconds": taken})
    else:
        context.print(*(_line(context, group) for group in groups))
        if taken:
            from clepsydra.ledger.day import wording

            context.print(wording.taken(taken, _seconds(third or second), context.tr))
    return 0


def _seconds(typed: str) -> int | None:
    return None if typed == NONE else reading.duration(typed)


def _line(context: CommandContext, group: "Group") -> str:
    from clepsydra.domain.statement_lines import priced

    tr, figures = context.tr, priced([group])
    return tr.t(
        "{work}, {day}: {exact} worked, {billed} billed, {amount}",
        work=context.place_name(group.key.client, group.key.project),
        day=formats.date(group.day, tr.lang, "weekday"),
        exact=formats.timer(figures.exact_seconds),
        billed=formats.timer(figures.billed_seconds),
        amount=formats.money(figures.billed_minor, group.currency, tr.lang),
    )


def _object(group: "Group") -> dict[str, Any]:
    from clepsydra.domain.statement_lines import priced
    from clepsydra.exchange.statement.json import figures_object

    return {
        "client": group.key.client,
        "project": group.key.project,
        "day": group.day.isoformat(),
        "agreed": group.agreed,
        "currency": group.currency,
        "sessions": list(dict.fromkeys(piece.session.id for piece in group.pieces)),
        **figures_object(priced([group])),
    }


_WHICH = Argument("which", mark("the session, or the client whose day it is"), metavar="ID|CLIENT[/PROJECT]")
_SECOND = Argument("second", mark("the agreed time, as in 2h or 1h45; “none” takes it back"), metavar="DURATION")
_THIRD = Argument("third", needed=False, metavar="DURATION")

COMMANDS = (
    Command(
        "agree",
        mark("set the agreed time of a session or of a client’s day"),
        agree,
        (_WHICH, _SECOND, _THIRD),
        (JSON,),
        usages=("ID DURATION", "CLIENT[/PROJECT] DATE DURATION"),
    ),
)
