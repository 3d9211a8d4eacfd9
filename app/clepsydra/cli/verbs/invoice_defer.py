"""invoice defer: a draft or a statement that is not to be invoiced before a day; it comes back a week before."""

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Option
from clepsydra.cli.parsing import JSON, Usage
from clepsydra.language import formats
from clepsydra.language.translator import mark


def defer(context: CommandContext, given: Arguments) -> int:
    """Put off a draft or a statement until a day, and say why. Raises `Usage` without a day."""
    from clepsydra.ledger.chasing import acting

    number = given.word("number")
    if given.flag("back"):
        acting.end_deferral(context.ledger, number)
        if given.flag("json"):
            context.json({"number": number, "taken_back": True})
        else:
            context.print(context.tr.t("{number}: put off no longer", number=number))
        return 0
    until = reading.day_ahead(context, given.maybe("until"))
    if until is None:
        raise Usage("until which day? As in: --until 2027-01-15")
    row = acting.defer(context.ledger, number, until, given.word("because"))
    if given.flag("json"):
        context.json({"deferral": {"number": number, "client": row.client, "until": until.isoformat(), "why": row.why}})
        return 0
    day = formats.date(until, context.tr.lang)
    context.print(context.tr.t("{number}: put off until {day}; it comes back a week before", number=number, day=day))
    return 0


OPTIONS = (
    Option("until", mark("the day; it comes back a week before"), "DAY"),
    Option("because", mark("why"), "TEXT"),
    Option("back", mark("put it off no longer")),
    JSON,
)
