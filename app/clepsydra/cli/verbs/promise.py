"""promise and dispute: what a client said of a debt; nobody is reminded of it meanwhile. Both are taken back."""

from datetime import date

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.domain.chasing import broken
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.chasing import acting
from clepsydra.ledger.documents.reading import today_of


def promise(context: CommandContext, given: Arguments) -> int:
    """Keep the day for which a debt was promised, or take that back.

    Raises `Usage` without a day, and for one beside the taking back.
    """
    number, typed = given.word("number"), given.maybe("day")
    if given.flag("back"):
        if typed:
            raise Usage("a promise is taken back without a day")
        acting.end_promise(context.ledger, number)
        return _back(context, given, number, mark("{number}: promise taken back"))
    until = reading.day_ahead(context, typed)
    if until is None:
        raise Usage("for which day? As in: clepsydra promise {number} 2026-12-15", number=number)
    row = acting.promise(context.ledger, number, until)
    if given.flag("json"):
        context.json({"promise": {"number": row.number, "client": row.client, "until": until.isoformat(),
                                  "said_on": date.fromordinal(row.day).isoformat()}})  # fmt: skip
        return 0
    day = formats.date(until, context.tr.lang, "weekday")
    if broken(until, today_of(context.ledger)):
        context.print(context.tr.t("{number}: promised for {day}, and not kept", number=number, day=day))
    else:
        context.print(context.tr.t("{number}: promised for {day}; nobody is reminded before", number=number, day=day))
    return 0


def dispute(context: CommandContext, given: Arguments) -> int:
    """Keep that a debt is disputed and why, or that this is over."""
    number, why = given.word("number"), given.maybe("why") or ""
    if given.flag("back"):
        acting.end_dispute(context.ledger, number)
        return _back(context, given, number, mark("{number}: dispute over"))
    row = acting.dispute(context.ledger, number, why)
    if given.flag("json"):
        context.json({"dispute": {"number": row.number, "client": row.client, "why": row.why,
                                  "said_on": date.fromordinal(row.day).isoformat()}})  # fmt: skip
        return 0
    context.print(context.tr.t("{number}: disputed ({why}); nobody is reminded until that is over", number=number,
                               why=plain(row.why)))  # fmt: skip
    return 0


def _back(context: CommandContext, given: Arguments, number: str, sentence: str) -> int:
    if given.flag("json"):
        context.json({"number": number, "taken_back": True})
    else:
        context.print(context.tr.t(sentence, number=number))
    return 0


_NUMBER = Argument("number", mark("the document or statement, as in F2026-0042"))
_DAY = Argument("day", mark("the promised day, as in 2026-12-15 or tomorrow"), needed=False)
_WHY = Argument("why", mark("why; quotes are not needed"), needed=False, rest=True)
_BACK = Option("back", mark("take it back, or say that it is over"))

COMMANDS = (
    Command(
        "promise", mark("keep the day for which a client promised to pay"), promise, (_NUMBER, _DAY), (_BACK, JSON)
    ),
    Command("dispute", mark("keep that a client disputes a debt"), dispute, (_NUMBER, _WHY), (_BACK, JSON)),
)
