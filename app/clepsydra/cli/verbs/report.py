"""report: the family of reports, each a file of `cli/reports`."""

from clepsydra.cli.context import CommandContext
from clepsydra.cli.grammar import Arguments, Command, Option
from clepsydra.cli.parsing import JSON
from clepsydra.cli.reports.dormant import FLOOR, dormant
from clepsydra.cli.reports.entries import entries
from clepsydra.cli.reports.least import least
from clepsydra.cli.reports.rates import rates
from clepsydra.cli.reports.received import BY, collected, receipts, register
from clepsydra.cli.reports.scope import scope
from clepsydra.cli.reports.shapes import SHAPES
from clepsydra.cli.reports.totals import rounding, totals
from clepsydra.cli.shared import CLIENT, FROM, PERIOD, TO
from clepsydra.language.translator import mark

CHECK = Option("check", mark("how often the band would have held in the last twelve months"))


def aging(context: CommandContext, given: Arguments) -> int:
    """What is owed by how late it is, and what is not billed yet."""
    from clepsydra.cli.reports.owed import aging as report

    return report(context, given)


def dso(context: CommandContext, given: Arguments) -> int:
    """How many days of sales are owed, what they could be at best, how late each client pays."""
    from clepsydra.cli.reports.owed import dso as report

    return report(context, given)


def forecast(context: CommandContext, given: Arguments) -> int:
    """Weeks of cash with a band, and the month's revenue in three lines."""
    from clepsydra.cli.reports.forecast import forecast as report

    return report(context, given)


def leaks(context: CommandContext, given: Arguments) -> int:
    """Where time and money went, per class and client."""
    from clepsydra.cli.reports.leaks import leaks as report

    return report(context, given)


def days(context: CommandContext, given: Arguments) -> int:
    """What each day or month brought, in hours and money."""
    from clepsydra.cli.reports.days import days as report

    return report(context, given)


STRETCH = Option("by", mark("the stretch of a row; days without it"), "STRETCH", ("day", "month"))

COMMANDS = (
    Command(
        "report",
        mark("what is unbilled, what rounding costs, where it leaks"),
        commands=(
            Command("totals", mark("what is unbilled, and today, this week, this month"), totals, (), (*PERIOD, JSON)),
            Command(
                "days", mark("what each day or month brought: the calendar"), days, (), (STRETCH, FROM, TO, *SHAPES)
            ),
            Command("rounding", mark("what rounding and agreed times lose and gain"), rounding, (), (*PERIOD, JSON)),
            Command(
                "rates",
                mark("what an hour really earned, of late or in a period"),
                rates,
                (),
                (*PERIOD, *SHAPES),
            ),
            Command(
                "dormant",
                mark("clients gone quiet, and clients who cost more than they bring"),
                dormant,
                (),
                (FLOOR, *SHAPES),
            ),
            Command(
                "aging", mark("what is owed and how late, what is unbilled and how old"), aging, (), (CLIENT, *SHAPES)
            ),
            Command("dso", mark("how long money stays out, and how late each client pays"), dso, (), (CLIENT, *SHAPES)),
            Command(
                "forecast",
                mark("what will come in, week by week, and what the month will bring"),
                forecast,
                (),
                (CHECK, CLIENT, *SHAPES),
            ),
            Command("least", mark("the tenth of the hours that earned least"), least, (), (*PERIOD, *SHAPES)),
            Command("scope", mark("overrun and drift, apart, and what is undecided"), scope, (), (*PERIOD, *SHAPES)),
            Command("entries", mark("the sales journal for the accountant"), entries, (), (FROM, TO, *SHAPES)),
            Command("register", mark("every document in the order of its series"), register, (), (FROM, TO, *SHAPES)),
            Command("receipts", mark("the book of receipts"), receipts, (), (FROM, TO, *SHAPES)),
            Command(
                "collected", mark("turnover and tax on what was collected"), collected, (), (BY, FROM, TO, *SHAPES)
            ),
            Command("leaks", mark("where time and money went, leak by leak"), leaks, (), (*PERIOD, JSON)),
        ),
        default="totals",
    ),
)
