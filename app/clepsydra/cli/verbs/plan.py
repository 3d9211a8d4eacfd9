"""plan: the instalments a document or a statement is paid in."""

from datetime import date
from typing import TYPE_CHECKING

from clepsydra.cli import reading
from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Argument, Arguments, Command, Option
from clepsydra.cli.output import plain
from clepsydra.cli.parsing import JSON
from clepsydra.language import formats
from clepsydra.language.translator import mark
from clepsydra.ledger.documents.reading import today_of
from clepsydra.ledger.receivables import document_objects, owing, planning

if TYPE_CHECKING:
    from clepsydra.domain.receivables import Debt, Part


def plan(context: CommandContext, given: Arguments) -> int:
    """Make, replace, take away or show the plan of a debt."""
    ledger, number, typed = context.ledger, given.word("number"), _words(given.word("parts"))
    if given.flag("remove"):
        return _tell(context, given, planning.remove(ledger, number))
    if not typed:
        return _tell(context, given, owing.debt(ledger, number))
    first = reading.day_ahead(context, given.maybe("from"))
    if len(typed) == 1 and typed[0].removeprefix("-").isdecimal() and len(typed[0]) <= 3:
        return _tell(
            context, given, planning.make(ledger, number, planning.monthly(ledger, number, int(typed[0]), first))
        )
    currency = owing.debt(ledger, number).currency
    days, amounts = list[date](), list[int | None]()
    for word in typed:
        day, equals, amount = word.partition("=")
        if (due := reading.day_ahead(context, day)) is not None:
            days.append(due)
        amounts.append(reading.signed_amount(context, amount, currency) if equals else None)
    return _tell(context, given, planning.make(ledger, number, days, amounts))


def _words(typed: str) -> list[str]:
    """The parts as they were typed: a comma parts them only before a day, since amounts have commas too."""
    import re

    return re.split(r"[\s;]+|,(?=\d{4}-\d|\d{1,2}/\d)", typed.strip()) if typed.strip() else []


def _tell(context: CommandContext, given: Arguments, debt: "Debt") -> int:
    ledger, tr = context.ledger, context.tr
    if given.flag("json"):
        content = {"number": debt.number, "kind": debt.kind, "client": debt.client, "currency": debt.currency}
        context.json({**content, "due_on": debt.due.isoformat(), **document_objects.debt_object(ledger, debt)})
        return 0
    still = formats.money(debt.open_minor, debt.currency, tr.lang)
    context.print(tr.t("{number}: {amount} open", number=plain(debt.number), amount=still))
    context.table([_cells(context, debt, part) for part in debt.parts], frozenset({1, 2}))
    if not debt.parts:
        context.say(tr.t("{number} has no instalment plan", number=plain(debt.number)))
    late = planning.missed(debt, today_of(ledger))
    if late:
        context.say(tr.n("{count} part of the plan is late", "{count} parts of the plan are late", len(late)))
    return 0


def _cells(context: CommandContext, debt: "Debt", part: "Part") -> tuple[str, ...]:
    tr = context.tr
    late = part.late_days(today_of(context.ledger))
    still = tr.t("{amount} open", amount=formats.money(part.open_minor, debt.currency, tr.lang))
    return (
        formats.date(part.due, tr.lang),
        formats.money(part.minor, debt.currency, tr.lang),
        still if part.open_minor else tr.p("document state", "settled"),
        tr.n("{count} day late", "{count} days late", late) if late else "",
    )


COMMANDS = (
    Command(
        "plan",
        mark("have a document paid in instalments"),
        plan,
        (
            Argument("number", mark("the document or statement")),
            Argument("parts", mark("how many monthly parts, or their days, each with its amount if you like: "
                                   "2026-12-31=400; without it the plan is shown"), needed=False, rest=True,
                     metavar="COUNT|DATES"),
        ),
        (
            Option("from", mark("the day of the first monthly part"), "DAY"),
            Option("remove", mark("take the plan away")),
            JSON,
        ),
    ),
)  # fmt: skip
